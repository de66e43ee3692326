"""How groups of people fare: who is offered good matches, and whom offers put first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.evaluate.fairness.groups import BOUNDED, UNKNOWN, Attribute
from matcher.metrics.fairness import (
    Interval,
    impact_ratio,
    mean_interval,
    person_exposure,
    rate,
)
from matcher.metrics.suppression import hidden_groups
from matcher.store.lists import ListOrder

#: A group whose rate is surely below this share of everybody else's stops a publication.
RATIO_AT_LEAST: Final = 0.8
#: So many places of each list count, of each kind: what people look at.
_DEPTH: Final = 10
_JOBS: Final = (OfferKind.VACANCY, OfferKind.NEED)
_GOOD: Final = frozenset({Band.STRONG.value, Band.GOOD.value})
#: Profiles of a batch to the group of each person by attribute.
GroupsOf = Callable[[Sequence[str]], Mapping[Attribute, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How one group fares.

    Parameters
    ----------
    attribute, group
        Who.
    people
        How many; None if the group is too small to be shown, with all that follows.
    good
        Share of them who have a good or strong match among jobs.
    ratio
        That share divided by that of everybody else who is known; None if it cannot be told.
    exposure
        Mean exposure of them, divided by that of everybody.
    """

    attribute: Attribute
    group: str
    people: int | None = None
    good: Interval | None = None
    ratio: Interval | None = None
    exposure: Interval | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether the group may stop a publication."""
        return self.attribute in BOUNDED and self.group != UNKNOWN

    @property
    def passes(self) -> bool:
        """Whether the group may fare as it does: it is not surely below the bound."""
        return not self.is_bounded or self.ratio is None or self.ratio.high >= RATIO_AT_LEAST


def group_rates(batches: Iterable[Sequence[ListOrder]], groups_of: GroupsOf) -> list[GroupRate]:
    """Return how each group of each attribute fares in some lists.

    Parameters
    ----------
    batches
        Lists of all people, batch by batch.
    groups_of
        Tells the group of each person.

    Returns
    -------
    list of GroupRate
        By attribute and group; small groups without figures.
    """
    seen = _Seen()
    groups: dict[Attribute, list[str]] = {attribute: [] for attribute in Attribute}
    for batch in batches:
        seen.take(batch)
        for attribute, names in groups_of([one.profile_id for one in batch]).items():
            groups[attribute] += names
    if not seen.good:
        return []
    good, exposure = np.array(seen.good), seen.exposure()
    return [
        figure
        for attribute, names in groups.items()
        for figure in _rates(attribute, np.array(names), good, exposure)
    ]


class _Seen:
    """What lists say, person after person, in arrays."""

    def __init__(self) -> None:
        self.good: list[bool] = []
        self._offers: dict[tuple[OfferKind, str], int] = {}
        self._pairs: list[tuple[int, int, float]] = []

    def take(self, batch: Sequence[ListOrder]) -> None:
        for one in batch:
            jobs = [place for place in one.places if place.kind in _JOBS]
            for place in jobs:
                if (place.rank_by_fit or place.rank) <= _DEPTH:
                    row = self._offers.setdefault((place.kind, place.offer_id), len(self._offers))
                    self._pairs.append((row, len(self.good), place.score))
            self.good.append(any(place.band in _GOOD for place in jobs))

    def exposure(self) -> NDArray[np.float64]:
        """Return each person's exposure, relative to the mean."""
        offers, people, scores = np.array(self._pairs, np.float64).reshape(-1, 3).T
        found = person_exposure(
            offers.astype(np.int64),
            people.astype(np.int64),
            scores.astype(np.float32),
            len(self.good),
        )
        return found / (found.mean() or 1.0)


def _rates(
    attribute: Attribute,
    names: NDArray[np.str_],
    good: NDArray[np.bool_],
    exposure: NDArray[np.float64],
) -> list[GroupRate]:
    sizes = {str(name): int((names == name).sum()) for name in sorted(set(names.tolist()))}
    hidden = hidden_groups(sizes)
    known = names != UNKNOWN
    figures = []
    for name, people in sizes.items():
        if name in hidden:
            figures.append(GroupRate(attribute, name))
            continue
        mine, others = names == name, known & (names != name)
        figures.append(
            GroupRate(
                attribute,
                name,
                people,
                rate(int(good[mine].sum()), people),
                impact_ratio(
                    int(good[mine].sum()), people, int(good[others].sum()), int(others.sum())
                ),
                mean_interval(exposure[mine]),
            )
        )
    return figures
