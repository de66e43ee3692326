"""What a client can do and needs, as assessed by others and by the client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.barriers import Barrier
from matcher.domain.casework.item import CaseItem
from matcher.domain.parts import Competence


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMapping(CaseItem):
    """Competences that a partner mapped, such as a vocational school (R20).

    Parameters
    ----------
    organisation, author
        Who wrote it; they stay with it for good.
    written
        On which day.
    competences
        What the person can do, as the partner words it.
    text
        The mapping in words.
    accepted
        Day on which a coach took the competences into the profile.
    """

    organisation: str
    author: str
    written: date
    competences: tuple[Competence, ...] = ()
    text: str = ""
    accepted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNeeds(CaseItem):
    """The assessment of what a client needs (palvelutarpeen arviointi; R4, R5).

    Parameters
    ----------
    assessed
        On which day.
    network
        Who took part beside coach and client, by profession or service.
    barriers
        What stands between the client and work; empty if nothing does.
    """

    assessed: date
    network: tuple[str, ...] = ()
    barriers: tuple[Barrier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessment(CaseItem):
    """How a client sees the own situation, asked at meetings; only sums are kept.

    Parameters
    ----------
    on
        Day on which it was asked.
    work_ability
        Work ability now against the lifetime best, 0 to 10 (työkykypistemäärä); None if not
        answered.
    wellbeing
        WHO-5 well-being index, 0 to 100; None if not answered.
    readiness
        How ready the client feels to begin work or study within three months, 0 to 10; None
        if not answered. Our own question.

    References
    ----------
    Ilmarinen, J. (2007). The Work Ability Index (WAI). Occupational Medicine 57(2).
    Topp, C. W. et al. (2015). The WHO-5 Well-Being Index: a systematic review of the
    literature. Psychotherapy and Psychosomatics 84(3).
    """

    on: date
    work_ability: int | None = None
    wellbeing: int | None = None
    readiness: int | None = None
