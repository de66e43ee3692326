"""The record of one list: what it was made from, how, and what was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from matcher.domain.match import Match
from matcher.domain.offer import OfferKind


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
    """

    kinds: tuple[OfferKind, ...]
    k: int
    blocked: str
    want: float
    near: float
    on: date


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
class Inputs:
    """From what one list was made.

    Parameters
    ----------
    revision, said, ranked
        Numbers of the last change of a record, of the last feedback, and of the last decision
        about the weights that rank, that it heeds.
    content_hash
        Of the profile as it was.
    """

    revision: int
    said: int
    ranked: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One list.

    Parameters
    ----------
    id
        Of the list.
    profile_id
        Whose it is.
    run_id
        The night that made it; empty if it was asked for.
    made_at
        When it was made.
    basis, terms, inputs
        With what, by which wishes, and from what it was made.
    placed
        What is in it, by kind and place; None until a list of the night is first shown.
    """

    id: str
    profile_id: str
    run_id: str
    made_at: datetime
    basis: Basis
    terms: Terms
    inputs: Inputs
    placed: tuple[Placed, ...] | None
