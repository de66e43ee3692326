"""What stands between a person and work, by area of life, as a coach assesses it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BarrierArea(StrEnum):
    """Areas of the service-need assessment (palvelutarpeen arviointi).

    Työllistyminen, osaaminen, terveys, sosiaalinen tilanne, asuminen, talous, kieli,
    digitaidot, liikkuminen, hoivavastuu; sysselsättning, kompetens, hälsa, social situation,
    boende, ekonomi, språk, digital färdighet, rörlighet, omsorgsansvar.
    """

    EMPLOYMENT = "employment"
    COMPETENCE = "competence"
    HEALTH = "health"
    SOCIAL = "social"
    HOUSING = "housing"
    FINANCE = "finance"
    LANGUAGE = "language"
    DIGITAL = "digital"
    MOBILITY = "mobility"
    CARE = "care"


class Severity(StrEnum):
    """How much a barrier hinders (lievä, kohtalainen, vaikea)."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Barrier:
    """One barrier, and what is to be reached.

    Parameters
    ----------
    area, severity
        Which kind, and how much it hinders.
    text
        What it is about, in a few plain words; health in general terms only.
    goal
        What would be better, as agreed with the client.
    """

    area: BarrierArea
    severity: Severity
    text: str = ""
    goal: str = ""
