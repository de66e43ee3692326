"""What happens around a client: who is responsible, what was agreed, asked, reported, running.

These facts lead the work with a person; ranking reads none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from matcher.domain.barriers import Barrier
from matcher.domain.calendar import finnish_day
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.domain.text import Lang


class Channel(StrEnum):
    """How people meet or write (käynti, puhelu, etäyhteys, kirje, sähköinen asiointi)."""

    VISIT = "visit"
    PHONE = "phone"
    REMOTE = "remote"
    LETTER = "letter"
    ONLINE = "online"


class MeetingKind(StrEnum):
    """What a meeting is for.

    Alkuhaastattelu, työnhakukeskustelu, osaamiskartoitus, suunnitelman tarkistus,
    verkostotapaaminen; inledande intervju, jobbsökningssamtal, kompetenskartläggning,
    översyn av planen, nätverksmöte.
    """

    FIRST_INTERVIEW = "first_interview"
    DISCUSSION = "discussion"
    MAPPING = "mapping"
    PLAN_REVIEW = "plan_review"
    NETWORK = "network"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Responsible(StrEnum):
    """Who has promised to do something."""

    CLIENT = "client"
    COACH = "coach"
    PARTNER = "partner"


class ChangeKind(StrEnum):
    """What has changed in a client's situation."""

    MOVED = "moved"
    COMPETENCE = "competence"
    AVAILABILITY = "availability"
    RESTRICTION = "restriction"
    FOUND_WORK = "found_work"
    STARTED_STUDIES = "started_studies"
    BENEFIT = "benefit"
    LANGUAGE = "language"
    OTHER = "other"


class Consequence(StrEnum):
    """What a reported change calls for."""

    UPDATE_PROFILE = "update_profile"
    MATCH_ANEW = "match_anew"
    CHECK_RULES = "check_rules"


_FITS_ANEW: Final = (Consequence.UPDATE_PROFILE, Consequence.MATCH_ANEW)
#: What follows from a change: new lists where matching reads what has changed, a new look at
#: target group, phase and instruments where their rules do.
CONSEQUENCES: Final[dict[ChangeKind, tuple[Consequence, ...]]] = {
    ChangeKind.MOVED: (*_FITS_ANEW, Consequence.CHECK_RULES),
    ChangeKind.COMPETENCE: _FITS_ANEW,
    ChangeKind.AVAILABILITY: _FITS_ANEW,
    ChangeKind.RESTRICTION: _FITS_ANEW,
    ChangeKind.LANGUAGE: _FITS_ANEW,
    ChangeKind.FOUND_WORK: (Consequence.UPDATE_PROFILE, Consequence.CHECK_RULES),
    ChangeKind.STARTED_STUDIES: (Consequence.UPDATE_PROFILE, Consequence.CHECK_RULES),
    ChangeKind.BENEFIT: (Consequence.CHECK_RULES,),
    ChangeKind.OTHER: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    """What a case file holds: one of the classes below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(CaseItem):
    """Which coach and team work with a client (omavalmentaja, egen coach).

    Parameters
    ----------
    coach
        Name or id of the coach in the municipality's own register.
    team
        The coach's team; empty if none is told.
    start, end
        First and last day; no end while it holds.
    reason
        Why it was made or ended, in words.
    """

    coach: str
    team: str = ""
    start: date
    end: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(CaseItem):
    """A meeting, planned or past.

    Parameters
    ----------
    begins
        When, with its time zone.
    kind, channel, state
        What for, how, and what became of it.
    participants
        Who takes part beside the client, by role or organisation.
    notes
        What was said, in words; health matters as little as the work needs.
    """

    begins: datetime
    kind: MeetingKind
    channel: Channel
    state: MeetingState = MeetingState.PLANNED
    participants: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(CaseItem):
    """Something agreed on (sovittu tehtävä, avtalad uppgift).

    Parameters
    ----------
    text
        What is to be done.
    responsible
        Who does it.
    due, done
        Last day for it, and the day on which it was done.
    meeting
        Id of the meeting at which it was agreed, if at one.
    """

    text: str
    responsible: Responsible
    due: date
    done: date | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRequest(CaseItem):
    """A client asks to be contacted (yhteydenottopyyntö, kontaktbegäran).

    Parameters
    ----------
    channel
        How the client wants to be reached.
    text
        What it is about.
    due
        Day by which somebody is to answer.
    answered
        Day on which somebody did.
    """

    channel: Channel
    text: str
    due: date
    answered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChange(CaseItem):
    """A change in the situation that a client reports (ilmoitettu muutos).

    Parameters
    ----------
    kind, text
        What has changed, as code and in the client's words.
    since
        Day from which it holds.
    channel
        How it was reported.
    due, handled
        Day by which a coach is to look at it, and the day on which one did.
    """

    kind: ChangeKind
    text: str
    since: date
    channel: Channel
    due: date
    handled: date | None = None


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
class ServiceWishes(CaseItem):
    """How a client can be served and reached.

    Parameters
    ----------
    codes
        Languages, best first, as in ``("ru", "fi")`` (asiointikielet).
    interpreter
        Whether an interpreter is needed; None if not asked.
    online
        Whether notices may come by e-service; None if not asked. Many have no online
        banking credentials to log in with (R24).
    """

    codes: tuple[str, ...]
    interpreter: bool | None = None
    online: bool | None = None


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
class PlanStep:
    """One step of a client's path.

    Parameters
    ----------
    text
        What happens, in words.
    responsible
        Who sees to it.
    start, due
        From when, and by when; None if it is open.
    done
        Day on which it was done.
    kind, offer_id
        The offer that it is about, if it is about one.
    """

    text: str
    responsible: Responsible
    start: date | None = None
    due: date | None = None
    done: date | None = None
    kind: OfferKind | None = None
    offer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(CaseItem):
    """The client's path to work, training or other services (polku, suunnitelma; R7).

    Parameters
    ----------
    goal
        What it leads to, in the client's words.
    steps
        In their order.
    agreed
        Day on which client and coach agreed on this version.
    next_review
        Day on which they look at it again.
    """

    goal: str
    steps: tuple[PlanStep, ...]
    agreed: date
    next_review: date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(CaseItem):
    """A training or service that a client takes part in.

    Parameters
    ----------
    kind, offer_id
        Which one; no id for one that is in no catalogue.
    title
        What it is called.
    start, end
        First day, and last day if it is known.
    monthly_cost_eur
        What it costs the municipality a month, in euros; None if unknown.
    """

    kind: OfferKind
    title: str
    start: date
    end: date | None = None
    offer_id: str | None = None
    monthly_cost_eur: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(CaseItem):
    """A client has come to another unit's service (asiakassiirto, klientöverföring).

    Parameters
    ----------
    plan, stage
        Which transfer, and which stage of it.
    unit
        Who serves the client from now on.
    on
        First day there.
    """

    plan: str
    stage: int
    unit: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(CaseItem):
    """Something that a client is told in writing (ilmoitus, meddelande).

    Parameters
    ----------
    about
        Entry that it tells of.
    channel
        By letter or e-service.
    sent
        Day on which it was sent; None while it waits.
    """

    about: str
    channel: Channel
    sent: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea(CaseItem):
    """An idea, view or experience of a client (R32); it may be given without a name.

    Parameters
    ----------
    text
        In the client's words.
    about
        Which service or matter.
    language
        Of the text.
    """

    text: str
    about: str
    language: Lang = Lang.FI


CASE_ITEMS: Final[tuple[type[CaseItem], ...]] = (
    Assignment,
    Meeting,
    Task,
    ContactRequest,
    ReportedChange,
    PartnerMapping,
    ServiceWishes,
    ServiceNeeds,
    Plan,
    SelfAssessment,
    Enrolment,
    Transfer,
    Notice,
    Idea,
)


def due_on(item: CaseItem) -> date | None:
    """Return the day on which something has to be done; None if nothing is open."""
    match item:
        case Task(due=due, done=None):
            return due
        case ContactRequest(due=due, answered=None):
            return due
        case ReportedChange(due=due, handled=None):
            return due
        case Plan(next_review=due):
            return due
        case Meeting(begins=begins, state=MeetingState.PLANNED):
            return finnish_day(begins)
        case _:
            return None
