from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import create_engine, text

from matcher.domain.offer import OfferKind
from matcher.store.records import Changes
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, YESTERDAY, profile, vacancy


def test_an_empty_store_is_at_revision_0(store: Store) -> None:
    assert store.revision() == 0
    assert store.profiles.changed_since(0, TODAY) == Changes([], [], 0)


def test_revisions_are_counted_through_all_kinds(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    store.offers(OfferKind.VACANCY).upsert([vacancy("a")], NOON)
    assert store.profiles.info("p2").revision == 2
    assert store.offers(OfferKind.VACANCY).info("a").revision == 3
    assert store.revision() == 3


def test_changes_tell_what_is_new_and_what_is_gone(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    vacancies.upsert([vacancy(id) for id in ("closed", "deleted", "same", "new")], NOON)
    start = store.revision()
    vacancies.upsert([vacancy("new", "Maalari"), vacancy("late", expires=YESTERDAY)], LATER)
    vacancies.close(["closed"], LATER)
    vacancies.delete("deleted", LATER)
    assert vacancies.changed_since(start, TODAY) == Changes(
        upserted=[vacancy("new", "Maalari")],
        removed=["closed", "deleted", "late"],
        revision=start + 4,
    )


def test_offers_are_the_same_until_one_changes_comes_or_goes(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    vacancies.upsert([vacancy("a"), vacancy("b")], NOON)
    store.profiles.upsert([profile("p1")], NOON)
    start = store.revision()
    store.profiles.delete("p1", LATER)
    assert vacancies.is_same_since(start)
    for change in (
        lambda: vacancies.upsert([vacancy("a", "Maalari")], LATER),
        lambda: vacancies.upsert([vacancy("c")], LATER),
        lambda: vacancies.close(["b"], LATER),
        lambda: vacancies.delete("a", LATER),
    ):
        before = store.revision()
        change()
        assert not vacancies.is_same_since(before)
        assert vacancies.is_same_since(store.revision())
    assert not vacancies.is_same_since(start)


def test_what_was_forgotten_may_have_changed(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    start = store.revision()
    store.profiles.delete("p1", LATER)
    store.erasures.archives_cleared(store.revision(), LATER)
    assert not store.offers(OfferKind.VACANCY).is_same_since(start)


def test_changes_come_in_the_order_of_their_ids(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    for id in ("b", "ä", "B", "a"):
        vacancies.upsert([vacancy(id)], NOON)
    changes = vacancies.changed_since(0, TODAY)
    assert [one.id for one in changes.upserted] == ["B", "a", "b", "ä"]


def test_a_paused_profile_is_removed(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.profiles.upsert([profile("p1", active=False)], LATER)
    assert store.profiles.changed_since(1, TODAY) == Changes([], ["p1"], 2)


def test_what_came_back_is_not_removed(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.profiles.delete("p1", NOON)
    store.profiles.upsert([profile("p1")], LATER)
    assert store.profiles.changed_since(0, TODAY) == Changes([profile("p1")], [], 3)


def test_changes_of_other_kinds_do_not_show(store: Store) -> None:
    store.offers(OfferKind.VACANCY).upsert([vacancy("a")], NOON)
    store.offers(OfferKind.VACANCY).delete("a", NOON)
    assert store.profiles.changed_since(0, TODAY) == Changes([], [], 2)


def test_writers_at_once_get_distinct_revisions_in_their_order(store_url: str) -> None:
    def write(writer: int) -> list[int]:
        with Store.open(store_url) as store:
            revisions = []
            for n in range(10):
                id = f"p{writer}-{n}"
                store.profiles.upsert([profile(id)], NOON)
                revisions.append(store.profiles.info(id).revision)
            return revisions

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(write, range(4)))
    assert [revisions == sorted(revisions) for revisions in written] == [True] * 4
    assert sorted(revision for revisions in written for revision in revisions) == list(range(1, 41))


def test_threads_may_share_a_store(store: Store) -> None:
    def write(n: int) -> str:
        store.profiles.upsert([profile(f"p{n}")], NOON)
        return store.profiles.get(f"p{n}").id

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(write, range(40))) == [f"p{n}" for n in range(40)]
    assert store.revision() == 40


def test_a_reader_never_misses_a_change_that_commits_late(store_url: str) -> None:
    def write(writer: int) -> None:
        with Store.open(store_url) as store:
            for n in range(15):
                store.profiles.upsert([profile(f"p{writer}-{n}-{m}") for m in range(3)], NOON)

    seen: set[str] = set()
    with Store.open(store_url) as store, ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(write, writer) for writer in range(2)]
        revision = 0
        while not all(job.done() for job in jobs) or revision < store.revision():
            changes = store.profiles.changed_since(revision, TODAY)
            seen |= {one.id for one in changes.upserted}
            revision = changes.revision
        assert sorted(seen) == store.profiles.ids()
        assert store.profiles.count() == 90


def test_an_erased_record_leaves_no_word_in_the_tables(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.profiles.upsert([profile("p1", text="Verenpainetauti")], NOON)
        store.profiles.delete("p1", LATER)
    engine = create_engine(store_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM profiles")).scalar() == 0
        assert connection.execute(text("SELECT kind, id, revision FROM tombstones")).all() == [
            ("profile", "p1", 2)
        ]
    engine.dispose()
