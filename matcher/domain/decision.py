"""The record of one list: what it was made from, how, and what was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened


class What(StrEnum):
    """What a list is of."""

    OFFERS = "offers"
    CANDIDATES = "candidates"
    TRAIN_UPS = "train_ups"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Basis:
    """What many lists were made with.

    Parameters
    ----------
    snapshot
        Name of the index.
    encoder, ranker, rules, code
        Revisions of the model, of the weights of the ranking, of the tables and rules of
        gates, and of the program.
    taxonomy
        Version of ESCO whose labels were added to the words; empty if none was loaded.
    retrieve
        How many candidates each search returned.
    """

    snapshot: str
    encoder: str
    ranker: str
    rules: str
    code: str
    taxonomy: str
    retrieve: int


@dataclass(frozen=True, slots=True)
class Sought:
    """For which offer people were looked for, and where.

    Parameters
    ----------
    kind, offer_id, content_hash
        Which offer, and its hash as it was.
    homes
        Municipalities in which people were looked for, sorted; None for all.
    document
        The offer itself as JSON, if it is not stored; else empty.
    """

    kind: OfferKind
    offer_id: str
    content_hash: str
    homes: tuple[str, ...] | None
    document: str


@dataclass(frozen=True, slots=True)
class Packing:
    """From what beside the profile a package was chosen.

    Parameters
    ----------
    needs
        The assessment of service needs as it was.
    phase
        Of the job search; empty if it was not known.
    budget_eur
        What might be spent on fees; None is no limit.
    """

    needs: ServiceNeeds
    phase: str
    budget_eur: float | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What was asked for.

    Parameters
    ----------
    kinds, k
        Which kinds of offer, and how many of each at most.
    blocked
        ``hide`` or ``show``: what became of offers with an unmet gate.
    want, near
        How much wishes and nearness tilted the order.
    on
        The day for which the list was made.
    what
        What the list is of.
    sought
        Of candidates: for which offer.
    packing
        Of a package: from what it was chosen.
    """

    kinds: tuple[OfferKind, ...]
    k: int
    blocked: str
    want: float
    near: float
    on: date
    what: What = What.OFFERS
    sought: Sought | None = None
    packing: Packing | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One match of a list.

    Parameters
    ----------
    match
        With the place at which it was shown.
    rank_by_fit
        Its place before the list was spread; None if it was not.
    content_hash
        Of the offer as it was; empty if it had gone by the time of writing.
    """

    match: Match
    rank_by_fit: int | None
    content_hash: str


@dataclass(frozen=True, slots=True)
class Item:
    """One train-up of a list of them, or one item of a package.

    Parameters
    ----------
    offers
        What it consists of, in order: kind, id, and the hash of the offer as it was.
    figures
        By which it was chosen: of a train-up ``opens`` and ``rise``, of an item of a package
        ``stage``.
    opened
        Of a train-up: the offers that it opens, as far as they are shown.
    """

    offers: tuple[tuple[OfferKind, str, str], ...]
    figures: Mapping[str, float]
    opened: tuple[BriefOpened, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """From what one list was made.

    Parameters
    ----------
    revision, said, ranked
        Numbers of the last change of a record, of the last feedback, and of the last decision
        about the weights that rank, that it heeds.
    content_hash
        Of the profile as it was.
    heard
        Number of the last count of how employers have replied that it heeds.
    """

    revision: int
    said: int
    ranked: int
    content_hash: str
    heard: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One list; of a list of candidates the place of one person.

    Parameters
    ----------
    id
        Of the list; of candidates with the place behind a dot, as in ``l-0f1e.3``.
    profile_id
        Whose it is, or who stood in it.
    run_id
        The night that made it; empty if it was asked for.
    made_at
        When it was made.
    basis, terms, inputs
        With what, by which wishes, and from what it was made.
    placed
        What is in it, by kind and place; None until a list of the night is first shown.
    items
        What is in it, if it is one of train-ups or a package.
    """

    id: str
    profile_id: str
    run_id: str
    made_at: datetime
    basis: Basis
    terms: Terms
    inputs: Inputs
    placed: tuple[Placed, ...] | None
    items: tuple[Item, ...] = ()
