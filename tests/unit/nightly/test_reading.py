"""Records are read alike by whoever reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.config import Settings
from matcher.domain.kinds import RecordKind
from matcher.encode.records import RecordEncoder
from matcher.nightly.build import EncodedStore, encode_store
from matcher.nightly.crew import Processes
from matcher.nightly.former import Former
from matcher.nightly.reading import ReadShards, StoreAt, Unread, read_here, read_in_workers
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples


def encoded(store: Store, read: ReadShards, folder: Path) -> EncodedStore:
    encoder = FakeEncoder()
    records, former = RecordEncoder(encoder, store.concepts.labels), Former(None, "")
    folder.mkdir()
    on = samples.NOW.date()
    return encode_store(store, records, on, lambda *_: None, former, folder=folder, read=read)


def test_what_processes_have_read_is_encoded_as_what_is_read_here(
    tmp_path: Path, store: Store
) -> None:
    here = encoded(store, read_here(store), tmp_path / "here")
    with Processes(2) as processes:
        read = read_in_workers(StoreAt(Settings(home=tmp_path).url), processes)
        there = encoded(store, read, tmp_path / "there")
    assert there.wordless == here.wordless == dict.fromkeys(RecordKind, 0) | {RecordKind.PROFILE: 1}
    for kind in RecordKind:
        ours, theirs = here.batches[kind], there.batches[kind]
        assert (theirs.ids, theirs.hashes) == (ours.ids, ours.hashes)
        np.testing.assert_array_equal(theirs.pooled, ours.pooled)
        np.testing.assert_array_equal(theirs.phrases, ours.phrases)
        np.testing.assert_array_equal(theirs.lexical.toarray(), ours.lexical.toarray())
        np.testing.assert_array_equal(there.sources[kind], here.sources[kind])
    for kind, gates in here.gates.items():
        assert there.gates[kind].demands == gates.demands
        np.testing.assert_array_equal(there.gates[kind].codes, gates.codes)


def test_who_is_gone_when_it_is_read_is_left_out(store: Store) -> None:
    [read] = read_here(store)([Unread(RecordKind.PROFILE, ("p1", "gone", "p2"))])
    assert read.words.ids == ("p1", "p2")
    known = store.profiles.hashes(["p1", "p2"])
    assert read.contents == (known["p1"], known["p2"])
