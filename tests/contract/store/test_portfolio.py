from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.casework.item import Responsible
from matcher.domain.casework.meetings import Task
from matcher.domain.casework.placements import Assignment
from matcher.domain.decision import Decision, Placed
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.store.lists import ListEntry, StoredList
from matcher.store.portfolio import NEVER, Ask, Narrowed, OpenEntry, Place
from matcher.store.reach import Reach
from matcher.store.store import Store
from tests.contract.store.records import NOON, TODAY, YESTERDAY, profile
from tests.contract.store.test_decisions import MATCH, OF_NIGHT

REACH = Reach(("564",), None, "Aino", TODAY)
SOON = TODAY + timedelta(days=7)
AINO = Assignment(coach="Aino", start=date(2026, 1, 1))


@pytest.fixture
def people(store: Store) -> Store:
    """Four people: p3 is late, p1 has a task later, p2 and p4 have none."""
    people = [profile(f"p{n}") for n in range(1, 5)]
    store.profiles.upsert([*people, profile("kempele", municipality="244")], NOON)
    store.cases.add("p1", _task(SOON + timedelta(days=1)), "key", NOON)
    store.cases.add("p3", _task(SOON), "key", NOON)
    store.cases.add("p3", _task(YESTERDAY), "key", NOON)
    store.cases.add("p2", AINO, "key", NOON)
    return store


def _task(due: date, done: date | None = None) -> Task:
    return Task(text="Soita", responsible=Responsible.CLIENT, due=due, done=done)


def _list(profile_id: str, run: str, snapshot: str, *offers: str) -> StoredList:
    entries = [ListEntry(OfferKind.VACANCY, id, 1, 0.8, "good", True, "{}") for id in offers]
    return StoredList(profile_id, run, snapshot, NOON, tuple(entries))


def _opened(profile_id: str, run: str, shown: tuple[Placed, ...]) -> Decision:
    return replace(OF_NIGHT, id=f"l-{run}", profile_id=profile_id, run_id=run, placed=shown)


def _new(store: Store, *ids: str) -> dict[str, list[str]]:
    found = store.portfolios.new_offers(ids, "s-2")
    return {person: [id for _, id in offers] for person, offers in found.items()}


def _ids(store: Store, narrowed: Narrowed, words: str = "", municipality: str = "") -> list[str]:
    ask = Ask(
        reach=REACH,
        soon=SOON,
        snapshot="s-2",
        narrowed=narrowed,
        words=words,
        municipality=municipality,
    )
    return [row.profile.id for row in store.portfolios.page(ask)]


def test_what_is_due_first_comes_first_and_who_has_nothing_due_last(people: Store) -> None:
    rows = people.portfolios.page(Ask(reach=REACH, soon=SOON))
    assert [(row.profile.id, row.coach, row.place.due) for row in rows] == [
        ("p3", None, YESTERDAY),
        ("p1", None, SOON + timedelta(days=1)),
        ("p2", "Aino", NEVER),
        ("p4", None, NEVER),
    ]


def test_pages_follow_each_other_without_gaps_or_repetition(people: Store) -> None:
    ask, after, seen = Ask(reach=REACH, soon=SOON), None, []
    while rows := people.portfolios.page(ask, after=after, limit=1):
        after = rows[0].place
        seen.append(after.id)
    assert seen == ["p3", "p1", "p2", "p4"]


def test_whose_place_is_known_is_found_again_after_others_have_gone(people: Store) -> None:
    people.profiles.close(["p1"], NOON)
    after = Place(id="p1", due=SOON + timedelta(days=1))
    rows = people.portfolios.page(Ask(reach=REACH, soon=SOON), after=after)
    assert [row.profile.id for row in rows] == ["p2", "p4"]


def test_what_was_done_is_not_due(people: Store) -> None:
    people.cases.add("p4", _task(YESTERDAY, done=YESTERDAY), "key", NOON)
    assert _ids(people, Narrowed.OVERDUE) == ["p3"]


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Narrowed.ALL, ["p3", "p1", "p2", "p4"]),
        (Narrowed.MINE, ["p2"]),
        (Narrowed.OVERDUE, ["p3"]),
        (Narrowed.SOON, ["p3"]),
        (Narrowed.UNASSIGNED, ["p3", "p1", "p4"]),
        (Narrowed.UNOPENED, []),
    ],
)
def test_clients_are_narrowed(people: Store, narrowed: Narrowed, found: list[str]) -> None:
    assert _ids(people, narrowed) == found


def test_another_coachs_clients_are_not_within_a_coachs_reach(people: Store) -> None:
    reach = Reach(("564",), "Eero", "Eero", TODAY)
    rows = people.portfolios.page(Ask(reach=reach, soon=SOON))
    assert [row.profile.id for row in rows] == ["p3", "p1", "p4"]


def test_words_are_found_as_they_are_written_quotes_and_signs_too(people: Store) -> None:
    people.profiles.upsert([profile("p4", competences=(Competence('Käytän "100 %" lasia'),))], NOON)
    assert _ids(people, Narrowed.ALL, words='KÄYTÄN "100 %"') == ["p4"]
    assert _ids(people, Narrowed.ALL, words='ytän "100 %"') == ["p4"]
    assert _ids(people, Narrowed.ALL, words='ytän "1_0') == []
    assert _ids(people, Narrowed.ALL, municipality="244") == []


@pytest.mark.parametrize(
    "name", ["payload", "competences", "occupations_wanted", "own_car", "null"]
)
def test_a_name_of_a_field_finds_nobody(people: Store, name: str) -> None:
    assert _ids(people, Narrowed.ALL, words=name) == []


@pytest.mark.parametrize("words", ["ÅNGTVÄTTAR ÖVERALLT", "ångtvättar", "A\u030angtvättar"])
def test_letters_with_rings_and_dots_are_found_in_any_case(people: Store, words: str) -> None:
    people.profiles.upsert([profile("p4", text="Ångtvättar överallt")], NOON)
    assert _ids(people, Narrowed.ALL, words=words) == ["p4"]
    assert _ids(people, Narrowed.ALL, words="angtvattar") == []


def test_signs_that_stand_for_others_elsewhere_are_letters(people: Store) -> None:
    people.profiles.upsert([profile("p4", text="100 % villaa, a_b ja c/d\\e")], NOON)
    for found in ("0 % v", "a_b", "c/d", "d\\e"):
        assert _ids(people, Narrowed.ALL, words=found) == ["p4"]
    for other in ("1%a", "a_j", "%", "_"):
        expected = ["p4"] if other in "% _" else []
        assert _ids(people, Narrowed.ALL, words=other) == expected


def test_a_text_with_a_nul_is_found_by_what_stands_around_it(people: Store) -> None:
    people.profiles.upsert([profile("p4", text="hitsaan\0putkia")], NOON)
    for words in ("hitsaan", "putkia", "hitsaan\0putkia"):
        assert _ids(people, Narrowed.ALL, words=words) == ["p4"]


def test_who_is_changed_is_found_by_the_new_words_alone(people: Store) -> None:
    people.profiles.upsert([profile("p4", text="hitsaan")], NOON)
    people.profiles.upsert([profile("p4", text="sorvaan")], NOON)
    assert _ids(people, Narrowed.ALL, words="hitsaan") == []
    assert _ids(people, Narrowed.ALL, words="sorvaan") == ["p4"]
    assert people.held_of("p4")["profile_words"] == [{"profile_id": "p4", "words": "p4\n\nsorvaan"}]


def test_entries_that_are_open_are_told_first_things_first(people: Store) -> None:
    assert people.portfolios.open_entries(["p3", "p4"]) == {
        "p3": [OpenEntry("Task", YESTERDAY), OpenEntry("Task", SOON)]
    }


def test_new_is_what_no_opened_list_had(people: Store) -> None:
    old = _list("p1", "night-1", "s-1", "v1", "v2")
    people.lists.replace_many([old, _list("p2", "night-1", "s-1", "v1")])
    people.lists.replace_many([_list("p1", "night-2", "s-2", "v2", "v3", "v4")])
    people.lists.replace_many([_list("p2", "night-2", "s-2", "v1")])
    assert _new(people, "p1", "p2", "p3") == {"p1": ["v2", "v3", "v4"], "p2": ["v1"]}
    assert _ids(people, Narrowed.UNOPENED) == ["p1", "p2"]
    shown = (Placed(MATCH, 1, ""),)
    people.decisions.add([_opened("p1", "night-1", shown), _opened("p2", "night-2", shown)])
    assert _new(people, "p1", "p2") == {"p1": ["v3", "v4"], "p2": []}
    assert _ids(people, Narrowed.UNOPENED) == ["p1"]
