"""Make a list again from what it was made from, and tell whether it comes out the same.

Two lists are the same when order, bands, gates, reasons and what was heard of
employers are equal and numbers agree after
rounding to 1e-4. What spread moved is put back first: the order by fit is made again, the
moves themselves follow from the lists of everybody and are only checked to lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

from matcher.domain.decision import Basis, Decision, Item, What
from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.errors import NotReadyError
from matcher.index.live import Live
from matcher.match.decisions.again import Then
from matcher.match.decisions.revisions import basis_now
from matcher.match.matcher import Matcher
from matcher.match.search import Blocked
from matcher.match.weights import Weights
from matcher.store import codec
from matcher.store.store import Store
from matcher.store.versions import Moment

_DIGITS: Final = 4
#: Sums of the same floats in another order differ by less.
_NOISE: Final = 1e-6
_OPEN_AT_ONCE: Final = 2


class Aspect(StrEnum):
    """In what two lists can differ."""

    PROFILE = "profile"
    OFFER = "offer"
    ORDER = "order"
    SCORE = "score"
    BAND = "band"
    GATES = "gates"
    REASONS = "reasons"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that did not come out the same.

    Parameters
    ----------
    aspect
        What differs.
    kind, place
        In which list and at which place by fit; None for the profile.
    recorded, found
        The record's value and the new one, as ids, codes or numbers.
    """

    aspect: Aspect
    kind: OfferKind | None
    place: int | None
    recorded: str
    found: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of making a list again.

    Parameters
    ----------
    list_id
        Which list.
    differences
        What did not come out the same; empty if the lists are equal.
    other
        Names of what is another revision now: ``encoder``, ``ranker``, ``rules``, ``code``
        or ``taxonomy``.
    passed_over
        Of candidates: how many people stood before the last one who were not shown. Whoever
        asked may not have seen them; who might see whom on that day is not kept.
    """

    list_id: str
    differences: tuple[Difference, ...]
    other: tuple[str, ...]
    passed_over: int = 0

    @property
    def is_equal(self) -> bool:
        """Whether the list came out the same."""
        return not self.differences


class Replayer:
    """Makes lists again.

    Parameters
    ----------
    store, records
        Of the installation.
    snapshots
        Folder of the snapshots.
    """

    def __init__(self, store: Store, records: RecordEncoder, snapshots: Path) -> None:
        self._store = store
        self._records = records
        self._snapshots = snapshots
        self._opened = lru_cache(_OPEN_AT_ONCE)(self._open)

    def replay(self, decision: Decision) -> Replay:
        """Make a list again and compare; of candidates the whole list of which it is a place.

        Raises
        ------
        NotReadyError
            If the record does not say from what the list was made.
        NotFoundError
            If the snapshot, or the profile as it was, is no longer kept.
        SnapshotError
            If the snapshot is damaged, or was built with another encoder.
        """
        inputs = decision.inputs
        if not inputs.content_hash or decision.placed is None:
            raise NotReadyError(
                f"The record of list {decision.id} does not say from what it was made.",
                remedy="It was made before records were kept; later lists can be made again.",
            )
        moment = Moment(inputs.revision, inputs.said, inputs.ranked, inputs.heard)
        if decision.terms.what is What.CANDIDATES:
            return self._candidates(self._store.decisions.of_list(decision.id), moment)
        profile = self._store.at(moment).profiles.get(decision.profile_id)
        digest = codec.digest(codec.dump(profile))
        differences = [
            *_input(inputs.content_hash, digest),
            *self._differences(decision, profile, moment),
        ]
        return Replay(decision.id, tuple(differences), self._other(decision.basis))

    def _differences(
        self, decision: Decision, profile: Profile, moment: Moment
    ) -> Iterator[Difference]:
        terms = decision.terms
        past = self._opened(decision.basis, moment, terms.on)
        if terms.what is What.TRAIN_UPS:
            return _unlike(decision.items, past.train_ups(profile, decision))
        if terms.what is What.PACKAGE:
            return _unlike(decision.items, past.package(profile, decision))
        [found] = past.matcher.match(
            [profile],
            kinds=terms.kinds,
            k=terms.k,
            blocked=Blocked(terms.blocked),
            on=terms.on,
            weights=Weights(terms.want, terms.near),
        )
        return _compared(decision, found)

    def _candidates(self, places: Sequence[Decision], moment: Moment) -> Replay:
        first = places[0]
        past = self._opened(first.basis, moment, first.terms.on)
        found = past.candidates(places)
        recorded = {one.profile_id for one in places}
        again = [match for match in found if match.profile_id in recorded]
        last = max((place for place, one in enumerate(found, 1) if one in again), default=0)
        differences = [*_changed(past, places), *_same_people(places, again)]
        whole = first.id.partition(".")[0]
        other = self._other(first.basis)
        return Replay(whole, tuple(differences), other, last - len(again))

    def _open(self, basis: Basis, moment: Moment, on: date) -> Then:
        past = self._store.at(moment)
        noon = datetime.combine(on, time(12), UTC)
        live = Live(self._snapshots, past, self._records, lambda: noon, pinned=basis.snapshot)
        matcher = Matcher(live, past, self._records, basis.retrieve)
        return Then(past, live, self._records, matcher)

    def _other(self, basis: Basis) -> tuple[str, ...]:
        encoder = self._records.encoder
        now = asdict(basis_now(self._store, encoder, basis.snapshot, basis.retrieve))
        return tuple(name for name, value in asdict(basis).items() if now[name] != value)


def _changed(past: Then, places: Sequence[Decision]) -> Iterator[Difference]:
    """Yield where the offer or a profile is not the one of then."""
    sought = places[0].terms.sought
    if sought is not None:
        digest = codec.digest(codec.dump(past.offer(places[0])))
        if digest != sought.content_hash:
            yield Difference(Aspect.OFFER, sought.kind, None, sought.content_hash, digest)
    hashes = past.store.profiles.hashes([one.profile_id for one in places])
    for one in places:
        yield from _input(one.inputs.content_hash, hashes.get(one.profile_id, ""))


def _same_people(places: Sequence[Decision], again: Sequence[Match]) -> Iterator[Difference]:
    """Compare the places of people; who they are is not told, whoever reads the outcome."""
    order = {match.profile_id: number for number, match in enumerate(again, 1)}
    recorded = [one.match for place in places for one in place.placed or ()]
    for number, match in enumerate(recorded, 1):
        now = order.get(match.profile_id)
        if now != number:
            found = "" if now is None else f"place {now}"
            yield Difference(Aspect.ORDER, match.kind, match.rank, f"place {number}", found)
        else:
            # Compared at its own place: who was not shown has none in the list that was.
            again_there = replace(again[now - 1], rank=match.rank)
            yield from _differences(match.kind, match.rank, match, again_there)


def _unlike(recorded: Sequence[Item], again: Sequence[Item]) -> Iterator[Difference]:
    """Compare train-ups or packages item by item."""
    for place, (before, now) in enumerate(zip_longest(recorded, again), 1):
        before_ids, now_ids = _ids(before), _ids(now)
        kind = (before or now).offers[0][0]
        if before_ids != now_ids:
            yield Difference(Aspect.ORDER, kind, place, before_ids, now_ids)
        elif not _same(_figures(before), _figures(now)):
            yield Difference(Aspect.SCORE, kind, place, _told(before), _told(now))


def _ids(item: Item | None) -> str:
    return " ".join(id for _, id, _ in item.offers) if item else ""


def _figures(item: Item) -> list[object]:
    opened = [list(asdict(one).values()) for one in item.opened]
    return [list(item.offers), list(item.figures.values()), opened]


def _told(item: Item) -> str:
    return " ".join(f"{name} {value:.6f}" for name, value in item.figures.items())


def _input(recorded: str, found: str) -> Iterator[Difference]:
    if recorded != found:
        yield Difference(Aspect.PROFILE, None, None, recorded, found)


def _compared(
    decision: Decision, found: Mapping[OfferKind, Sequence[Match]]
) -> Iterator[Difference]:
    for kind in decision.terms.kinds:
        recorded = _by_fit(decision, kind)
        again = list(found.get(kind, ()))
        ids = [match.offer_id for match in recorded]
        if ids == [match.offer_id for match in again]:
            for place, (before, now) in enumerate(zip(recorded, again, strict=True), 1):
                yield from _differences(kind, place, before, now)
        else:
            for place, (before_id, now_id) in enumerate(_padded(recorded, again), 1):
                if before_id != now_id:
                    yield Difference(Aspect.ORDER, kind, place, before_id, now_id)


def _by_fit(decision: Decision, kind: OfferKind) -> list[Match]:
    """Return the recorded list of one kind, with what spread moved put back."""
    placed = [one for one in decision.placed or () if one.match.kind is kind]
    ranked = [replace(one.match, rank=one.rank_by_fit or one.match.rank) for one in placed]
    return sorted(ranked, key=lambda match: match.rank)


def _padded(recorded: Sequence[Match], again: Sequence[Match]) -> Iterator[tuple[str, str]]:
    for place in range(max(len(recorded), len(again))):
        yield (
            recorded[place].offer_id if place < len(recorded) else "",
            again[place].offer_id if place < len(again) else "",
        )


def _differences(kind: OfferKind, place: int, before: Match, now: Match) -> Iterator[Difference]:
    if before.rank != place:
        yield Difference(Aspect.ORDER, kind, place, str(before.rank), str(place))
    if not _same(before.score, now.score):
        yield Difference(Aspect.SCORE, kind, place, f"{before.score:.6f}", f"{now.score:.6f}")
    if before.band is not now.band:
        yield Difference(Aspect.BAND, kind, place, before.band.value, now.band.value)
    if before.gates != now.gates:
        yield Difference(Aspect.GATES, kind, place, _codes(before), _codes(now))
    if before.replies != now.replies or not _same(before.lift, now.lift):
        yield Difference(Aspect.REPLIES, kind, place, f"{before.lift:.6f}", f"{now.lift:.6f}")
    if not _same(_reasons(before), _reasons(now)):
        recorded, found = _counted(before), _counted(now)
        yield Difference(Aspect.REASONS, kind, place, recorded, found)


def _codes(match: Match) -> str:
    # Codes only: evidence is what the profile says.
    return " ".join(f"{gate.gate.value}:{gate.outcome.value}" for gate in match.gates)


def _counted(match: Match) -> str:
    return f"{len(match.reasons)} reasons, {len(match.missing)} missing"


def _reasons(match: Match) -> list[object]:
    pairs = [list(asdict(pair).values()) for pair in match.reasons]
    gaps = [list(asdict(gap).values()) for gap in match.missing]
    return [pairs, gaps, match.distance_km]


def _same(before: object, now: object) -> bool:
    """Compare values of any depth, numbers after rounding."""
    if isinstance(before, float) and isinstance(now, float):
        return round(before, _DIGITS) == round(now, _DIGITS) or abs(before - now) <= _NOISE
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(_same, before, now))
    return before == now
