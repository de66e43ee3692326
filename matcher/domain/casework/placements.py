"""Who works with a client, and where: coach, service, unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.casework.item import CaseItem
from matcher.domain.offer import OfferKind


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
