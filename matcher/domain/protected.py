"""What nobody is ranked by: kept in a table of its own, read to check outcomes and nothing else.

Nothing that decides an order imports this module; a test holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """As a register has it, or as the person says."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedAttributes:
    """What is known of a person beside what decides an order; None is unknown.

    Parameters
    ----------
    profile_id
        Whose.
    birth_year, sex, first_language
        The language as a two- or three-letter code.
    unemployed_since
        First day of the unemployment that lasts.
    """

    profile_id: str
    birth_year: int | None = None
    sex: Sex | None = None
    first_language: str | None = None
    unemployed_since: date | None = None
