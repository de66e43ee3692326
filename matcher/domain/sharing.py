"""What is shared with other organisations: of a person, with consent, and of a need.

A share names what, with whom, what for, how long and who did it. It can be revoked at any
moment, by staff or by the person, and then shows nothing from the next request on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.calendar import finnish_day
from matcher.errors import InputError


class Part(StrEnum):
    """What of a person can be shared."""

    PROFILE = "profile"
    PLAN = "plan"
    LIST = "list"


class SharePurpose(StrEnum):
    """What a partner needs it for."""

    STUDIES = "studies"
    HEALTH = "health"
    REHABILITATION = "rehabilitation"
    SOCIAL_SERVICE = "social_service"
    WORKSHOP = "workshop"
    EMPLOYMENT_SERVICE = "employment_service"


@dataclass(frozen=True, slots=True)
class Revocation:
    """When and by whom a share was ended before its last day."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one organisation sees of one person.

    Parameters
    ----------
    id, profile_id
        Of the share and the person.
    organisation
        Who sees it: every partner's caller of this organisation.
    parts
        What they see.
    purpose
        What they need it for.
    agreed
        Day on which the person agreed.
    until
        Last day on which it holds.
    at, by
        When it was written down, and by whom.
    revoked
        None while nobody has revoked it.
    """

    id: str
    profile_id: str
    organisation: str
    parts: tuple[Part, ...]
    purpose: SharePurpose
    agreed: date
    until: date
    at: datetime
    by: str
    revoked: Revocation | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the organisation sees anything on a day."""
        return self.revoked is None and on <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShare:
    """A need that another organisation may read; nobody's personal data is in it.

    Parameters
    ----------
    id, need_id, organisation, until, at, by, revoked
        As in `Share`.
    """

    id: str
    need_id: str
    organisation: str
    until: date
    at: datetime
    by: str
    revoked: Revocation | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the organisation may read the need on a day."""
        return self.revoked is None and on <= self.until


def check_share(agreed: date, until: date, now: datetime) -> None:
    """Refuse a share that nobody agreed to yet, or that would never hold.

    Raises
    ------
    InputError
        If the day of agreement is to come, or the last day is past.
    """
    today = finnish_day(now)
    if agreed > today:
        raise InputError(
            f"The person agrees on {agreed}, which is to come.",
            remedy="Share when they have agreed.",
            field="agreed",
        )
    check_until(until, now)


def check_until(until: date, now: datetime) -> None:
    """Refuse a last day that is past.

    Raises
    ------
    InputError
        If it is.
    """
    if until < finnish_day(now):
        raise InputError(
            f"The last day {until} is past.", remedy="Give one to come.", field="until"
        )
