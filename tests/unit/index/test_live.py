from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.errors import NotReadyError, SnapshotError
from matcher.index.live import Live
from matcher.index.publication import publish
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index import samples

LATER = samples.NOW + timedelta(hours=5)
NEW = samples.vacancy("v4", "Trukinkuljettaja", "trukkikortti", "keräily varastossa")


def clock() -> datetime:
    return LATER


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def query(encoder: FakeEncoder) -> Vectors:
    return FakeEncoder().encode(["trukinkuljettaja, trukkikortti, keräily varastossa"])


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as store:
        store.profiles.upsert(samples.PROFILES, samples.NOW)
        store.offers(OfferKind.VACANCY).upsert(samples.VACANCIES, samples.NOW)
        yield store


@pytest.fixture
def root(tmp_path: Path, store: Store, encoder: FakeEncoder) -> Path:
    root = tmp_path / "snapshots"
    publish(root, samples.write(root, encoder, revision=store.revision()))
    encoder.asked.clear()
    return root


@pytest.fixture
def live(root: Path, store: Store, encoder: FakeEncoder) -> Live:
    return Live(root, store, RecordEncoder(encoder), clock)


def found(live: Live, query: Vectors) -> list[str]:
    corpus = live.corpus(RecordKind.VACANCY)
    return corpus.ids_of(corpus.search(query, 9).rows[0])


def test_without_a_published_snapshot_it_says_what_to_run(tmp_path: Path, store: Store) -> None:
    with pytest.raises(NotReadyError, match="Run `matcher nightly` first"):
        Live(tmp_path / "snapshots", store, RecordEncoder(FakeEncoder()), clock)


def test_it_searches_the_published_snapshot_without_encoding_anything(
    live: Live, encoder: FakeEncoder, query: Vectors
) -> None:
    assert sorted(found(live, query)) == ["v1", "v2", "v3"]
    assert encoder.asked == []


def test_a_refresh_with_nothing_new_keeps_the_very_same_corpora(live: Live) -> None:
    before = {kind: live.corpus(kind) for kind in RecordKind}
    live.refresh()
    assert all(live.corpus(kind) is corpus for kind, corpus in before.items())


def test_a_new_offer_is_found_after_a_refresh_and_only_it_is_encoded(
    live: Live, store: Store, encoder: FakeEncoder, query: Vectors
) -> None:
    store.offers(OfferKind.VACANCY).upsert([NEW], LATER)
    assert "v4" not in found(live, query)
    live.refresh()
    assert found(live, query)[0] == "v4"
    assert sorted(encoder.asked) == ["Trukinkuljettaja", "keräily varastossa", "trukkikortti"]


def test_what_changed_before_the_process_started_is_found_at_once(
    root: Path, store: Store, encoder: FakeEncoder, query: Vectors
) -> None:
    store.offers(OfferKind.VACANCY).upsert([NEW], LATER)
    assert found(Live(root, store, RecordEncoder(encoder), clock), query)[0] == "v4"


def test_changes_of_one_kind_leave_the_other_kinds_alone(live: Live, store: Store) -> None:
    before = live.corpus(RecordKind.PROFILE)
    store.offers(OfferKind.VACANCY).upsert([NEW], LATER)
    live.refresh()
    assert live.corpus(RecordKind.PROFILE) is before


def test_closed_erased_and_expired_offers_are_gone_after_a_refresh(
    live: Live, store: Store, query: Vectors
) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    vacancies.close(["v1"], LATER)
    vacancies.delete("v2", LATER)
    vacancies.upsert([replace(samples.VACANCIES[2], expires=date(2026, 11, 21))], LATER)
    live.refresh()
    assert found(live, query) == []


def test_an_erased_profile_is_gone_after_a_refresh(live: Live, store: Store) -> None:
    store.profiles.delete("p1", LATER)
    live.refresh()
    corpus = live.corpus(RecordKind.PROFILE)
    assert (corpus.size, corpus.row_of("p1")) == (1, None)


def test_a_changed_profile_is_encoded_as_a_query(live: Live, store: Store) -> None:
    store.profiles.upsert([samples.profile("p1", "hitsaus")], LATER)
    live.refresh()
    corpus = live.corpus(RecordKind.PROFILE)
    hits = corpus.search(FakeEncoder().encode(["hitsaus"]), 1)
    assert corpus.ids_of(hits.rows[0]) == ["p1"]


def test_a_newly_published_snapshot_is_taken_with_the_changes_after_it(
    live: Live, root: Path, store: Store, encoder: FakeEncoder, query: Vectors
) -> None:
    name = samples.write(root, encoder, now=LATER, revision=store.revision())
    store.offers(OfferKind.VACANCY).upsert([NEW], LATER)
    publish(root, name)
    live.refresh()
    assert live.snapshot == name
    assert found(live, query)[0] == "v4"


def test_a_damaged_new_snapshot_is_refused_and_the_old_one_stays(
    live: Live, root: Path, store: Store, encoder: FakeEncoder, query: Vectors
) -> None:
    before = live.snapshot
    name = samples.write(root, encoder, now=LATER, revision=store.revision())
    (root / name / "vacancies" / "ids.npy").write_bytes(b"")
    publish(root, name)
    with pytest.raises(SnapshotError, match="is damaged"):
        live.refresh()
    assert live.snapshot == before
    assert sorted(found(live, query)) == ["v1", "v2", "v3"]
    publish(root, before)
    live.refresh()


def test_a_snapshot_of_another_encoder_is_refused(root: Path, store: Store) -> None:
    with pytest.raises(SnapshotError, match="built with encoder revision fake-32-0"):
        Live(root, store, RecordEncoder(FakeEncoder(seed=1)), clock)


def test_readers_see_whole_states_while_others_refresh(
    live: Live, store: Store, query: Vectors
) -> None:
    """Every search returns either all three offers or all four, never something between."""
    stop = threading.Event()

    def read() -> set[tuple[str, ...]]:
        seen = set()
        while not stop.is_set():
            seen.add(tuple(sorted(found(live, query))))
        return seen

    with ThreadPoolExecutor() as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for _ in range(5):
            store.offers(OfferKind.VACANCY).upsert([NEW], LATER)
            live.refresh()
            store.offers(OfferKind.VACANCY).close(["v4"], LATER)
            live.refresh()
        stop.set()
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {("v1", "v2", "v3"), ("v1", "v2", "v3", "v4")}
