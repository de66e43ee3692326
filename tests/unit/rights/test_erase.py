"""After an erasure and a night nothing of the person is found: every file and table is searched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from matcher.config import Settings
from matcher.domain.consent import Move, ask
from matcher.domain.kinds import RecordKind
from matcher.domain.parts import Competence, Occupation, Restriction
from matcher.domain.profile import Profile
from matcher.domain.rights import Ground, proof_of
from matcher.encode.cache import CachedEncoder
from matcher.encode.protocol import TextRole
from matcher.encode.records import RecordEncoder
from matcher.errors import ForbiddenError, NotFoundError, SnapshotError
from matcher.index import publication
from matcher.index.live import Live
from matcher.index.publication import current, verify
from matcher.index.snapshot import open_snapshot
from matcher.nightly import pipeline
from matcher.nightly.journal import NightState, Start
from matcher.nightly.pipeline import run_night
from matcher.nightly.report import NightReport
from matcher.rights.copies import copies_folder, write_copy
from matcher.rights.erase import Erased, erase_person
from matcher.rights.held import personal_data
from matcher.rights.rectify import corrected
from matcher.store.people import OF_PEOPLE
from matcher.store.quarantine import QuarantinedRow
from matcher.store.schema import consent_events, metadata, profile_words, profiles, train_ups
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.planting import plant
from tests.unit.nightly import samples

ID = "tmt:zq-person-1"
#: One word a field, which nothing else in the region says.
MARKS = {
    name: f"xq{name}qx"
    for name in ("text", "competence", "done", "wanted", "education", "restriction", "old")
}
PERSON = Profile(
    id=ID,
    source="tmt",
    text=f"Olen tehnyt kaikenlaista {MARKS['text']} ja oppinut siinä uutta.",
    competences=(Competence(MARKS["competence"]), Competence("hitsaus")),
    occupations_done=(Occupation(MARKS["done"]),),
    occupations_wanted=(Occupation(MARKS["wanted"]),),
    education=MARKS["education"],
    restrictions=(Restriction(MARKS["restriction"]),),
)
RECEIPT = "receipt of the person"


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        samples.fill(opened)
        opened.profiles.upsert([replace(PERSON, education=MARKS["old"])], samples.NOW)
        yield opened


def night(home: Path, store: Store, day: int, start: Start = Start.FRESH) -> NightReport:
    return run_night(samples.tools(home, store, samples.NOW + timedelta(days=day)), start)


def erase(home: Path, store: Store, day: int = 2) -> Erased:
    return erase_person(
        store,
        copies_folder(Settings(home=home)),
        ID,
        by="dpo",
        ground=Ground.OBJECTION,
        receipt=RECEIPT,
        now=samples.NOW + timedelta(days=day),
    )


def quarantined(raw: Mapping[str, object]) -> QuarantinedRow:
    return QuarantinedRow(
        kind="profiles",
        format="own",
        source="tmt",
        file="people.jsonl",
        row="line 1",
        field="licences",
        reason="'Z' is not a known driving licence class",
        remedy="Correct it.",
        raw=json.dumps(raw),
        at=samples.NOW,
    )


def needles(store: Store, encoder: FakeEncoder) -> dict[str, bytes]:
    """Everything by which the person could be recognised in a file, by what it is."""
    words = {f"word {name}": mark.encode() for name, mark in MARKS.items()}
    texts = RecordEncoder(encoder).profile_texts([PERSON])[0].phrases
    own = [phrase.text for phrase in texts if any(mark in phrase.text for mark in MARKS.values())]
    vectors = encoder.encode(own, TextRole.PASSAGE)
    pooled = RecordEncoder(encoder).encode_profiles([PERSON]).pooled[0]
    return {
        **words,
        "id": ID.encode(),
        "own part of the id": ID.partition(":")[2].encode(),
        "id in an array": ID.encode("utf-32-le"),
        "pooled vector": pooled.tobytes(),
        **{
            f"vector of {text}": vector.tobytes() for text, vector in zip(own, vectors, strict=True)
        },
    }


def traces(home: Path, wanted: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Every needle with the files that hold it."""
    found = set()
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            folder = path.relative_to(home).parts[0]
            found |= {(folder, name) for name, needle in wanted.items() if needle in content}
    return found


def rows_with(store: Store, wanted: Mapping[str, bytes]) -> set[str]:
    """Names of the tables in which a needle that is text stands."""
    texts = [needle.decode() for name, needle in wanted.items() if name.startswith(("word", "id"))]
    with store._database.read() as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(text in repr(tuple(row)) for text in texts if "\0" not in text)
        }


def live_through_everything(home: Path, store: Store) -> None:
    """Two nights, a correction, a failed night, a copy, rows in quarantine, rows everywhere."""
    night(home, store, 0)
    store.corrections.correct(
        corrected(store.profiles.get(ID), {"education": MARKS["education"]}),
        ("education",),
        reason=MARKS["old"],
        by="coach",
        now=samples.NOW,
    )
    night(home, store, 1)
    run = store.runs.start("nightly", samples.NOW)
    store.runs.finish(run, "failed", {"error": str(NotFoundError("profile", ID))}, samples.NOW)
    settings = Settings(home=home)
    data = personal_data(store, settings, ID, samples.NOW)
    write_copy(copies_folder(settings), ID, {"json": json.dumps(data.document())}, samples.NOW)
    store.quarantine.add(
        [
            quarantined({"id": ID.partition(":")[2], "text": MARKS["text"], "licences": ["Z"]}),
            quarantined({"text": PERSON.text, "licences": ["Z"]}),
            quarantined({"id": "somebody else", "licences": ["Z"]}),
        ]
    )
    dates = (date(2026, 12, 1), date(2027, 3, 1))
    asked = ask((ID, "n1"), dates, id="c1", pseudonym="K-1", now=samples.NOW, by="coach")
    store.consents.ask(asked)
    store.consents.move(ID, "c1", Move.YES, samples.NOW, "coach")
    with store._database.write() as connection:
        for table, _ in OF_PEOPLE:
            # The profile has filled the words, the nights the train-ups.
            if table not in {profiles, profile_words, consent_events, train_ups}:
                plant(connection, table, ID)


def test_after_an_erasure_and_a_night_no_file_and_no_table_holds_a_trace(
    tmp_path: Path, store: Store
) -> None:
    wanted = needles(store, FakeEncoder())
    live_through_everything(tmp_path, store)
    # The search finds what is there: else it would prove nothing.
    before = traces(tmp_path, wanted)
    assert {name for _, name in before} == set(wanted)
    assert {folder for folder, _ in before} >= {"snapshots", "vectors", "exports"}
    assert rows_with(store, wanted) >= {table.name for table, _ in OF_PEOPLE} | {
        "quarantine",
        "runs",
    }
    erase(tmp_path, store)
    assert rows_with(store, wanted) == {"tombstones"}
    assert {folder for folder, _ in traces(tmp_path, wanted)} <= {
        "snapshots",
        "vectors",
        "store.sqlite",
    }
    report = night(tmp_path, store, 2)
    assert report.state is NightState.PUBLISHED
    assert traces(tmp_path, wanted) == set()
    assert rows_with(store, wanted) == set()


def test_after_the_night_that_erases_a_closed_profile_no_trace_is_left_either(
    tmp_path: Path, store: Store
) -> None:
    wanted = needles(store, FakeEncoder())
    live_through_everything(tmp_path, store)
    store.profiles.close([ID], samples.NOW)
    # A row that says who it is and a copy that are younger than their own periods.
    later = samples.NOW + timedelta(days=800)
    store.quarantine.add([replace(quarantined({"id": ID.partition(":")[2]}), at=later)])
    write_copy(copies_folder(Settings(home=tmp_path)), ID, {"json": json.dumps(ID)}, later)
    assert night(tmp_path, store, 800).state is NightState.PUBLISHED
    assert traces(tmp_path, wanted) == set()
    assert rows_with(store, wanted) == set()
    assert not list(copies_folder(Settings(home=tmp_path)).iterdir())


def test_what_stays_is_a_proof_that_only_the_receipt_opens(tmp_path: Path, store: Store) -> None:
    live_through_everything(tmp_path, store)
    done = erase(tmp_path, store)
    assert (done.shown_to, done.source) == (("n1",), "tmt")
    proof = done.proof
    assert proof.counts["profiles"] == 1
    assert proof.counts["quarantine"] == 2
    assert proof.counts["exports"] == 1
    assert proof.counts["journals"] == 1
    assert (proof.by, proof.ground, proof.archived_at) == ("dpo", Ground.OBJECTION, None)
    night(tmp_path, store, 2)
    (kept,) = store.erasures.all()
    assert kept == replace(proof, archived_at=samples.NOW + timedelta(days=2))
    assert store.erasures.find(proof_of(RECEIPT, ID)) == kept
    with pytest.raises(NotFoundError):
        store.erasures.find(proof_of("a guess", ID))


def test_rows_of_others_stay(tmp_path: Path, store: Store) -> None:
    live_through_everything(tmp_path, store)
    erase(tmp_path, store)
    assert [json.loads(row.raw)["id"] for row in store.quarantine.all()] == ["somebody else"]
    night(tmp_path, store, 2)
    assert store.profiles.ids() == ["p1", "p2", "p3", "p4", "p5", "p6", "p7"]


def test_a_rewritten_index_answers_as_before_but_for_the_person(
    tmp_path: Path, store: Store
) -> None:
    first = night(tmp_path, store, 0).built.snapshot
    root, encoder = tmp_path / "snapshots", FakeEncoder()
    before = open_snapshot(root, first, encoder)
    erase(tmp_path, store, 0)
    report = night(tmp_path, store, 1)
    assert report.purged is not None
    assert report.purged.rewritten == (first,)
    after = open_snapshot(root, first, encoder)
    ids = before.batch(RecordKind.PROFILE).ids
    rows = [row for row, id in enumerate(ids) if id != ID]
    assert after.batch(RecordKind.PROFILE).ids == tuple(ids[row] for row in rows)
    vectors = before.index(RecordKind.PROFILE).vectors[rows]
    assert (after.index(RecordKind.PROFILE).vectors == vectors).all()
    assert verify(root, first).sizes[RecordKind.PROFILE] == len(rows)


def test_a_person_erased_during_a_night_is_in_none_of_its_results(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = needles(store, FakeEncoder())

    def publish(root: Path, name: str) -> None:
        erase(tmp_path, store, 0)
        publication.publish(root, name)

    monkeypatch.setattr(pipeline, "publish", publish)
    made = night(tmp_path, store, 0).built.snapshot
    with pytest.raises(NotFoundError):
        store.lists.served(ID, made)
    # The new index was built with the person, and is cleared in the same night.
    assert {folder for folder, _ in traces(tmp_path, wanted)} == {"vectors"}
    monkeypatch.undo()
    night(tmp_path, store, 1)
    assert traces(tmp_path, wanted) == set()


def test_a_night_that_is_refused_clears_the_archives_all_the_same(
    tmp_path: Path, store: Store
) -> None:
    served = night(tmp_path, store, 0).built.snapshot
    wanted = needles(store, FakeEncoder())
    erase(tmp_path, store, 1)
    store.profiles.close(["p1", "p2", "p3"], samples.NOW)
    assert night(tmp_path, store, 1).state is NightState.REFUSED
    assert current(tmp_path / "snapshots") == served
    assert traces(tmp_path, wanted) == set()


def test_every_process_loses_the_person_at_once_also_one_that_slept_through_the_night(
    tmp_path: Path, store: Store
) -> None:
    def found(live: Live) -> bool:
        return live.corpus(RecordKind.PROFILE).row_of(ID) is not None

    night(tmp_path, store, 0)
    root, records = tmp_path / "snapshots", RecordEncoder(FakeEncoder())
    awake, asleep = (Live(root, store, records, lambda: samples.NOW) for _ in range(2))
    assert [found(awake), found(asleep)] == [True, True]
    erase(tmp_path, store, 0)
    awake.refresh()
    assert not found(awake)
    night(tmp_path, store, 1)
    # It cannot even follow to the new index, and the mark of the erasure is gone.
    assert store.erasures.waiting() == {}
    asleep.take_changes()
    assert not found(asleep)


def test_a_damaged_index_that_is_not_served_goes_too(tmp_path: Path, store: Store) -> None:
    old = night(tmp_path, store, 0).built.snapshot
    night(tmp_path, store, 1)
    (tmp_path / "snapshots" / old / "manifest.json").write_text("{}")
    erase(tmp_path, store, 1)
    report = night(tmp_path, store, 2)
    assert report.purged is not None
    assert report.purged.unreadable == (old,)
    assert not (tmp_path / "snapshots" / old).exists()


def test_a_changed_byte_in_a_rewritten_manifest_is_found(tmp_path: Path, store: Store) -> None:
    first = night(tmp_path, store, 0).built.snapshot
    erase(tmp_path, store, 0)
    night(tmp_path, store, 1)
    path = tmp_path / "snapshots" / first / "manifest.json"
    path.write_text(path.read_text().replace('"store_revision": ', '"store_revision": 1'))
    with pytest.raises(SnapshotError, match="is damaged"):
        verify(tmp_path / "snapshots", first)


def test_the_vectors_of_words_leave_the_cache_with_who_was_erased(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store, 0)
    erase(tmp_path, store, 0)
    night(tmp_path, store, 1)
    cached = CachedEncoder(FakeEncoder(), tmp_path / "vectors")
    cached.encode([MARKS["competence"]])
    assert cached.new_texts == 1


def test_a_legal_hold_refuses_the_erasure_with_its_reason_and_nothing_is_lost(
    tmp_path: Path, store: Store
) -> None:
    live_through_everything(tmp_path, store)
    hold = store.holds.set_on_person(ID, "KKO 12/2026", "dpo", samples.NOW)
    rows = len(store.quarantine.all())
    with pytest.raises(ForbiddenError, match="KKO 12/2026") as caught:
        erase(tmp_path, store)
    assert hold.id in str(caught.value)
    assert store.profiles.get(ID).id == ID
    assert len(store.quarantine.all()) == rows
    assert len(list((tmp_path / "exports").iterdir())) == 1
    store.holds.lift(hold.id, samples.NOW)
    assert erase(tmp_path, store).proof.counts["profiles"] == 1


def test_who_comes_back_after_an_erasure_is_there_again(tmp_path: Path, store: Store) -> None:
    old = night(tmp_path, store, 0).built.snapshot
    erase(tmp_path, store, 0)
    store.profiles.upsert([replace(PERSON, text="", education="uusi")], samples.NOW)
    new = night(tmp_path, store, 1).built.snapshot
    root = tmp_path / "snapshots"
    assert ID not in open_snapshot(root, old, None).batch(RecordKind.PROFILE).ids
    assert ID in open_snapshot(root, new, None).batch(RecordKind.PROFILE).ids
