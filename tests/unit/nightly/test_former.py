"""What has not changed is not encoded again, and comes out as if it were."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.index.archives import clear_archives
from matcher.index.folders import hidden_folder
from matcher.index.publication import publish
from matcher.index.snapshot import finish_snapshot
from matcher.match.gates.kept import KeptGates
from matcher.nightly import former
from matcher.nightly.build import EncodedStore, encode_store
from matcher.nightly.former import Former
from matcher.nightly.reading import read_here
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index.samples import vacancy
from tests.unit.nightly import samples

ON = samples.NOW.date()


def encoded_into(folder: Path, store: Store, root: Path, encoder: FakeEncoder) -> EncodedStore:
    records = RecordEncoder(encoder, store.concepts.labels)
    known, read = Former.open(root, store, encoder), read_here(store)
    return encode_store(store, records, ON, lambda *_: None, known, folder=folder, read=read)


def encoded(store: Store, root: Path, encoder: FakeEncoder) -> EncodedStore:
    with hidden_folder(root) as folder:  # what is mapped outlives its files
        return encoded_into(folder, store, root, encoder)


def build(store: Store, root: Path, encoder: FakeEncoder) -> str:
    """Encode what has changed since what is published, and publish it."""
    with hidden_folder(root) as folder:
        found = encoded_into(folder, store, root, encoder)
        name = finish_snapshot(
            folder,
            found.batches,
            found.attached(),
            encoder=encoder,
            revision=found.revision,
            now=samples.NOW,
        )
    publish(root, name)
    return name


def new_words(store: Store) -> None:
    one = Profile(id="p1", competences=(Competence("leipominen"), Competence("kassatyö")))
    store.profiles.upsert([one, replace(one, id="p0")], samples.NOW)


def nothing_to_say(store: Store) -> None:
    store.profiles.upsert([Profile(id="p2")], samples.NOW)


def at_last_something(store: Store) -> None:
    store.profiles.upsert([Profile(id="p7", competences=(Competence("siivous"),))], samples.NOW)


def erased(store: Store) -> None:
    store.profiles.delete("p3", samples.NOW)


def asked_of_drivers(store: Store) -> None:
    ads = [
        replace(vacancy("v2", "Kuljettaja", "trukin ajaminen"), licences=("CE",)),
        replace(vacancy("v0", "Jakaja", "jakelu"), licences=("B",)),
    ]
    store.offers(OfferKind.VACANCY).upsert(ads, samples.NOW)


def closed(store: Store) -> None:
    store.offers(OfferKind.VACANCY).close(["v1"], samples.NOW)


CHANGES: Mapping[str, Callable[[Store], None]] = {
    one.__name__: one
    for one in (new_words, nothing_to_say, at_last_something, erased, asked_of_drivers, closed)
}


def asked(gates: KeptGates) -> list[tuple[Hashable, ...]]:
    """Return what is asked for by each offer, whatever numbers stand for it."""
    return [
        tuple(demands[code - 1] if code else None for code, demands in told)
        for told in (zip(codes, gates.demands, strict=True) for codes in gates.codes.tolist())
    ]


def assert_same(found: EncodedStore, anew: EncodedStore) -> None:
    for kind in RecordKind:
        one, other = found.batches[kind], anew.batches[kind]
        assert (one.ids, one.hashes) == (other.ids, other.hashes)
        for name in ("pooled", "phrases", "offsets", "roles", "weights", "openness"):
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-6)
        assert (one.lexical != other.lexical).nnz == 0
        assert one.groups.ids.tolist() == other.groups.ids.tolist()
        assert found.sources[kind].tolist() == anew.sources[kind].tolist()
    assert found.wordless == anew.wordless
    for kind, gates in found.gates.items():
        assert asked(gates) == asked(anew.gates[kind])
        assert gates.last_days.tolist() == anew.gates[kind].last_days.tolist()


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=3), min_size=1, max_size=2
    )
)
def test_what_is_taken_over_equals_what_is_encoded_anew(
    tmp_path_factory: pytest.TempPathFactory, nights: list[list[str]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        samples.fill(store)
        for names in nights:
            build(store, home / "snapshots", FakeEncoder())
            for name in names:
                if name != "erased" or store.profiles.hashes(["p3"]):
                    CHANGES[name](store)
        found = encoded(store, home / "snapshots", FakeEncoder())
        assert_same(found, encoded(store, home / "none", FakeEncoder()))


def test_only_what_has_changed_is_encoded(tmp_path: Path, store: Store) -> None:
    build(store, tmp_path, FakeEncoder())
    encoder = FakeEncoder()
    assert encoded(store, tmp_path, encoder).taken_over == {
        RecordKind.PROFILE: 5,
        RecordKind.VACANCY: 5,
        RecordKind.NEED: 1,
        RecordKind.TRAINING: 1,
        RecordKind.SERVICE: 0,
    }
    assert encoder.asked == []
    new_words(store)
    assert encoded(store, tmp_path, encoder).taken_over[RecordKind.PROFILE] == 4
    assert set(encoder.asked) == {"leipominen", "kassatyö"}


def test_other_labels_or_another_program_encode_everything_anew(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(store, tmp_path, FakeEncoder())
    with monkeypatch.context() as patch:
        patch.setattr(former, "encoding_revision", lambda: "another")
        assert set(encoded(store, tmp_path, FakeEncoder()).taken_over.values()) == {0}
    concept = Concept("c1", ConceptKind.SKILL, "", LocalText(fi="hitsaus"), {}, "")
    store.concepts.replace_all([concept], [], store.concepts.version() or "")
    assert set(encoded(store, tmp_path, FakeEncoder()).taken_over.values()) == {0}


def test_another_encoder_encodes_everything_anew(tmp_path: Path, store: Store) -> None:
    build(store, tmp_path, FakeEncoder())
    assert set(encoded(store, tmp_path, FakeEncoder(seed=1)).taken_over.values()) == {0}


def test_a_damaged_snapshot_is_not_taken_over(tmp_path: Path, store: Store) -> None:
    name = build(store, tmp_path, FakeEncoder())
    (tmp_path / name / "profiles" / "phrases.npy").write_bytes(b"other")
    assert set(encoded(store, tmp_path, FakeEncoder()).taken_over.values()) == {0}


def test_who_was_taken_out_of_a_snapshot_leaves_the_others_as_they_are(
    tmp_path: Path, store: Store
) -> None:
    build(store, tmp_path, FakeEncoder())
    erased(store)
    clear_archives(tmp_path, store.erasures.waiting())
    found = encoded(store, tmp_path, FakeEncoder())
    assert found.taken_over[RecordKind.PROFILE] == len(found.batches[RecordKind.PROFILE]) == 4
    assert_same(found, encoded(store, tmp_path / "none", FakeEncoder()))


def test_a_record_that_went_back_to_what_it_was_is_known_again(
    tmp_path: Path, store: Store
) -> None:
    build(store, tmp_path, FakeEncoder())
    new_words(store)
    store.profiles.upsert(samples.PROFILES, samples.NOW)
    encoder = FakeEncoder()
    assert encoded(store, tmp_path, encoder).taken_over[RecordKind.PROFILE] == 5
    assert set(encoder.asked) == {"leipominen", "kassatyö"}  # of the new one, p0
