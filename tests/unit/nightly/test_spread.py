from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.replies import Replies
from matcher.errors import InputError
from matcher.nightly import spread
from matcher.nightly.pipeline import run_night
from matcher.nightly.spread import Spread, spread_lists
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store
from tests.unit.index.samples import vacancy
from tests.unit.nightly import samples

OULU, KEMPELE = "564", "244"
PEOPLE = [f"a{n}" for n in range(4)]
JOBS = ("j1", "j2", "j3", "j4")


def entries(kind: OfferKind, *scores: float) -> tuple[ListEntry, ...]:
    return tuple(
        ListEntry(kind, id, rank, score, "good", False, f"{{{id}}}")
        for rank, (id, score) in enumerate(zip(JOBS, scores, strict=True), start=1)
    )


@pytest.fixture
def listed(store: Store) -> Store:
    """A store with four people of the same past, of whom one lives elsewhere."""
    homes = dict.fromkeys(PEOPLE, OULU) | {"a3": KEMPELE}
    people = [Profile(id=id, municipality=home) for id, home in homes.items()]
    store.profiles.upsert(people, samples.NOW)
    jobs = [vacancy(id, "Myyjä", "myynti") for id in JOBS]
    store.offers(OfferKind.VACANCY).upsert([replace(jobs[0], places=2), *jobs[1:]], samples.NOW)
    same = (*entries(OfferKind.VACANCY, 0.9, 0.89, 0.88, 0.5), *trainings())
    store.lists.replace_many(
        [StoredList(id, "run-1", "snapshot", samples.NOW, same) for id in PEOPLE]
    )
    return store


def trainings() -> tuple[ListEntry, ...]:
    return entries(OfferKind.TRAINING, 0.9, 0.89, 0.88, 0.5)


def order(store: Store, person: str) -> list[tuple[str, int, int | None]]:
    found = store.lists.served(person, "snapshot").entries
    return [
        (entry.offer_id, entry.rank, entry.rank_by_fit)
        for entry in found
        if entry.kind is OfferKind.VACANCY
    ]


def spread_all(store: Store, *off: str) -> Spread:
    return spread_lists(store, "run-1", off, lambda _: None, heard=0)


def test_people_with_the_same_past_do_not_all_begin_with_the_same_job(listed: Store) -> None:
    done = spread_all(listed).kinds[OfferKind.VACANCY]
    firsts = sorted(order(listed, person)[0][0] for person in PEOPLE)
    # Of five places the first job has two: twice its share of four first places is three.
    assert firsts == ["j1", "j1", "j1", "j2"]
    assert (done.lists, done.before.moved) == (4, 0)
    assert 0 < done.after.moved < 4
    assert 0 < done.after.worst <= 0.1


def test_every_match_keeps_its_place_by_fit_and_what_explains_it(listed: Store) -> None:
    spread_all(listed)
    for person in PEOPLE:
        found = order(listed, person)
        assert [rank for _, rank, _ in found] == [1, 2, 3, 4]
        assert {id: by_fit for id, _, by_fit in found} == {"j1": 1, "j2": 2, "j3": 3, "j4": 4}
        payloads = {e.offer_id: e.payload for e in listed.lists.served(person, "snapshot").entries}
        assert payloads == {id: f"{{{id}}}" for id in JOBS}


def test_what_is_no_job_is_not_spread(listed: Store) -> None:
    spread_all(listed)
    kept = listed.lists.served("a0", "snapshot").entries[len(JOBS) :]
    assert kept == trainings()


def test_spreading_again_also_from_the_middle_ends_alike(
    listed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "PROFILES_AT_ONCE", 2)
    told: list[int] = []

    def stop(passed: int) -> None:
        if passed == 6:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        spread_lists(listed, "run-1", (), stop, heard=0)
    assert order(listed, "a3")[0][2] is None
    first = spread_lists(listed, "run-1", (), told.append, heard=0)
    after = [order(listed, person) for person in PEOPLE]
    assert told == [2, 4, 6, 8]
    assert spread_all(listed) == first
    assert [order(listed, person) for person in PEOPLE] == after


def test_where_spread_is_off_the_order_is_that_of_fit(listed: Store) -> None:
    spread_all(listed)
    done = spread_all(listed, KEMPELE)
    assert order(listed, "a3") == [(id, rank, None) for rank, id in enumerate(JOBS, start=1)]
    assert (done.left, done.kinds[OfferKind.VACANCY].lists) == (1, 3)


def test_lists_of_another_run_are_left_alone(listed: Store) -> None:
    done = spread_lists(listed, "run-2", (), lambda _: None, heard=0)
    assert done.kinds[OfferKind.VACANCY].lists == 0
    assert order(listed, "a0")[0] == ("j1", 1, None)


def test_a_municipality_that_there_is_not_is_refused_before_the_night(
    tmp_path: Path, store: Store
) -> None:
    settings = Settings(home=tmp_path, spread_off=("999",))
    tools = replace(samples.tools(tmp_path, store), settings=settings)
    with pytest.raises(InputError, match="MATCHER_SPREAD_OFF names '999'"):
        run_night(tools)


def test_what_employers_replies_part_is_not_exchanged_as_nearly_equal(store: Store) -> None:
    store.profiles.upsert([Profile(id=id) for id in PEOPLE], samples.NOW)
    employers = ("Vastaava Oy", "Vaiti Oy", "Uusi Oy", "Uusin Oy")
    store.offers(OfferKind.NEED).upsert(
        [CompanyNeed(id=id, organisation=name) for id, name in zip(JOBS, employers, strict=True)],
        samples.NOW,
    )
    replies = {"vastaava oy": Replies(taken_up=5), "vaiti oy": Replies(silent=5)}
    store.replies.note(replies, samples.NOW)
    same = entries(OfferKind.NEED, 0.5, 0.472, 0.3, 0.2)
    store.lists.replace_many(
        [StoredList(id, "run-1", "snapshot", samples.NOW, same) for id in PEOPLE]
    )

    def firsts(heard: int) -> set[str]:
        spread_lists(store, "run-1", (), lambda _: None, heard=heard)
        found = [store.lists.served(id, "snapshot").entries for id in PEOPLE]
        return {one.offer_id for few in found for one in few if one.rank == 1}

    assert firsts(heard=0) == {"j1", "j2"}
    assert firsts(heard=store.replies.heard()) == {"j1"}
    [first, *_] = store.lists.served("a0", "snapshot").entries
    assert first.score == 0.5
