"""The client's path, as client and coach agreed on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.casework.item import CaseItem, Responsible
from matcher.domain.offer import OfferKind


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
