"""The spread of the night's lists over the offers of the region.

Lists are made and stored shard by shard; who else is sent where is known only when all are
there. So the orders of the lists are read twice: first for ids and scores, of which all are
kept to be spread together, then those that are to change, shard by shard, to be stored anew.
What explains the matches stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matcher.domain.codes import municipalities
from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.match.replies.heard import Heard
from matcher.match.spread.assign import Ranking, SpreadRule
from matcher.match.spread.bounded import spread_within
from matcher.match.spread.curve import SpreadFigures, figures
from matcher.nightly.lists import PROFILES_AT_ONCE
from matcher.store.lists import ListOrder, Place
from matcher.store.store import Store

#: What too many can be sent to: jobs. Trainings and services are advised to each alone.
KINDS: Final = (OfferKind.VACANCY, OfferKind.NEED)
#: Scores that differ by less are the same, on whatever machine they were computed.
_DIGITS: Final = 4

#: For each person which place by fit (from 0) stands first, second and so on.
Orders = Mapping[str, tuple[int, ...]]
#: Ranks by fit as they stand in a list, of each kind that is spread.
_Standing = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class _Sized:
    """What is read of every offer that stands in a list: how many people it can take."""

    places: int | None = None


@dataclass(frozen=True, slots=True)
class KindSpread:
    """What spread did to the lists of one kind of offer.

    Parameters
    ----------
    lists
        How many hold something.
    before, after
        How they show the offers by fit alone, and as they are stored.
    slack
        How far from the best an offer could be and still change places with it.
    """

    lists: int
    before: SpreadFigures
    after: SpreadFigures
    slack: float


@dataclass(frozen=True, slots=True)
class Spread:
    """What spread did.

    Parameters
    ----------
    kinds
        The kinds that are spread.
    left
        How many people's lists stay by fit alone: spread is off in their municipality.
    """

    kinds: Mapping[OfferKind, KindSpread]
    left: int = 0


def check_municipalities(codes: Collection[str]) -> None:
    """Refuse municipalities that there are not.

    Raises
    ------
    InputError
        If one is unknown.
    """
    unknown = sorted(set(codes) - set(municipalities()))
    if unknown:
        raise InputError(
            f"MATCHER_SPREAD_OFF names {unknown[0]!r}, which is no municipality.",
            remedy="Give codes of municipalities, as in 564,244.",
        )


def spread_lists(
    store: Store,
    run_id: str,
    off: Collection[str],
    progress: Callable[[int], None],
    *,
    heard: int,
) -> Spread:
    """Spread the lists that a run has stored.

    The order by fit alone stays with the lists, and everything begins from it: to do this
    again, also after having been stopped in the middle, ends alike.

    Parameters
    ----------
    store
        Holds lists, profiles and offers.
    run_id
        Whose lists.
    off
        Codes of the municipalities whose people's lists stay by fit alone; they also take
        nothing of the room that offers have for others.
    progress
        Is told how many lists have been passed, each of them twice.
    heard
        Number of the count of employers' replies that moved the order of the lists.
    """
    rankings: dict[OfferKind, list[Ranking]] = {kind: [] for kind in KINDS}
    standing: dict[str, _Standing] = {}
    left = 0
    for batch in store.lists.orders_of(run_id, PROFILES_AT_ONCE):
        at_home = _at_home(store, batch, off)
        taking_part = [one for one in batch if one.profile_id not in at_home]
        for kind in KINDS:
            rankings[kind] += [_ranking(one, kind) for one in taking_part]
        standing |= {one.profile_id: _standing(one) for one in batch}
        left += len(batch) - len(taking_part)
        progress(len(standing))
    replies = Heard(store.replies.until(heard))
    orders: dict[OfferKind, Orders] = {}
    kinds: dict[OfferKind, KindSpread] = {}
    for kind in KINDS:
        places, lifts = _known(store, kind, rankings[kind], replies)
        lifted = [_lifted(one, lifts) for one in rankings[kind]]
        orders[kind], kinds[kind] = _spread(lifted, places)
    # Of lists that were taken over most stand already as they are to.
    others = [id for id, stand in standing.items() if stand != _wanted(id, stand, orders)]
    for start in range(0, len(others), PROFILES_AT_ONCE):
        progress(2 * len(standing) - len(others) + start)
        some = store.lists.places_of_run(others[start : start + PROFILES_AT_ONCE], run_id)
        moved = [ListOrder(id, _moved(ListOrder(id, at), orders)) for id, at in some.items()]
        store.lists.reorder(run_id, moved)
    progress(2 * len(standing))
    return Spread(kinds, left)


def _standing(one: ListOrder) -> _Standing:
    return tuple(
        tuple([place.rank_by_fit for place in one.places if place.kind is kind]) for kind in KINDS
    )


def _wanted(id: str, stand: _Standing, orders: Mapping[OfferKind, Orders]) -> _Standing:
    """Return how a list is to stand: by fit where nobody spreads it, as it was made."""
    return tuple(
        tuple([at + 1 for at in order])
        if (order := orders[kind].get(id)) is not None
        else (None,) * len(now)
        for kind, now in zip(KINDS, stand, strict=True)
    )


def _at_home(store: Store, batch: Sequence[ListOrder], places: Collection[str]) -> set[str]:
    """Return who of the people of some lists lives in one of some municipalities."""
    if not places:
        return set()
    profiles = store.profiles.get_many([one.profile_id for one in batch])
    return {id for id, profile in profiles.items() if profile.municipality in places}


def _by_fit(one: ListOrder, kind: OfferKind) -> list[Place]:
    places = [place for place in one.places if place.kind is kind]
    return sorted(places, key=lambda place: place.rank_by_fit or place.rank)


def _ranking(one: ListOrder, kind: OfferKind) -> Ranking:
    places = _by_fit(one, kind)
    offers = tuple(place.offer_id for place in places)
    return Ranking(one.profile_id, offers, tuple(place.score for place in places))


def _known(
    store: Store, kind: OfferKind, rankings: Sequence[Ranking], heard: Heard
) -> tuple[dict[str, int | None], dict[str, float]]:
    """Return how many people each offer can take, and what employers' replies add to it."""
    ids = sorted({offer for ranking in rankings for offer in ranking.offers})
    repository = store.offers(kind)
    places, lifts = dict[str, int | None](), dict[str, float]()
    for start in range(0, len(ids), PROFILES_AT_ONCE):
        some = ids[start : start + PROFILES_AT_ONCE]
        places |= {id: one.places for id, one in repository.get_as(_Sized, some).items()}
        if heard and kind is OfferKind.NEED:
            needs = repository.get_many(some)
            lifts |= {id: added for id, need in needs.items() if (added := heard.lift(need))}
    return places, lifts


def _lifted(one: Ranking, lifts: Mapping[str, float]) -> Ranking:
    """Return a ranking with the scores by which it is in order."""
    raised = (
        score + lifts.get(offer, 0.0) for offer, score in zip(one.offers, one.scores, strict=True)
    )
    return replace(one, scores=tuple(round(score, _DIGITS) for score in raised))


def _spread(
    rankings: Sequence[Ranking], places: Mapping[str, int | None]
) -> tuple[Orders, KindSpread]:
    by_fit = [tuple(range(len(ranking.offers))) for ranking in rankings]
    found = spread_within(rankings, places, SpreadRule())
    orders = found.orders
    told = KindSpread(
        sum(bool(ranking.offers) for ranking in rankings),
        figures(rankings, by_fit, places),
        figures(rankings, orders, places),
        found.slack,
    )
    return {one.person: order for one, order in zip(rankings, orders, strict=True)}, told


def _moved(one: ListOrder, orders: Mapping[OfferKind, Orders]) -> tuple[Place, ...]:
    """Return the places of a list, those of a kind that is spread in their new order."""
    places: list[Place] = []
    for kind in dict.fromkeys(place.kind for place in one.places):
        by_fit = _by_fit(one, kind)
        order = orders.get(kind, {}).get(one.profile_id)
        places += [
            _at(rank, by_fit[at], at + 1 if order else None)
            for rank, at in enumerate(order or range(len(by_fit)), start=1)
        ]
    return tuple(places)


def _at(rank: int, place: Place, rank_by_fit: int | None) -> Place:
    if (place.rank, place.rank_by_fit) == (rank, rank_by_fit):
        return place
    return Place(
        place.kind,
        place.offer_id,
        rank,
        place.score,
        place.band,
        place.is_new,
        rank_by_fit,
        place.number,
    )
