from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.casework.months import MonthTotals
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.domain.ranker import Decision, RankerEntry
from matcher.domain.situation import Situation
from matcher.encode.cache import CachedEncoder
from matcher.errors import InputError, NotFoundError, SnapshotError, StoreError
from matcher.index import verified
from matcher.index.folders import snapshot_names
from matcher.index.manifest import Manifest, verify_files
from matcher.index.publication import current, list_snapshots, publish
from matcher.index.snapshot import open_snapshot
from matcher.match.ranker import PRIOR, Ranker
from matcher.nightly.gates import Gate
from matcher.nightly.journal import KIND, NightState, Start
from matcher.nightly.pipeline import rehearse_night, run_night
from matcher.nightly.report import DutyTotals, NightReport
from matcher.nightly.shards import Rows, Shard
from matcher.rights.retention import Kept
from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index.samples import vacancy
from tests.unit.nightly import samples

TOMORROW = samples.NOW + timedelta(days=1)


def night(home: Path, store: Store, day: int = 0, start: Start = Start.FRESH) -> NightReport:
    return run_night(samples.tools(home, store, samples.NOW + timedelta(days=day)), start)


def found(home: Path, store: Store, profile: str, kind: OfferKind = OfferKind.VACANCY) -> list[str]:
    entries = samples.served(home, store, profile).entries
    return [entry.offer_id for entry in entries if entry.kind is kind]


def fail(shards: Iterable[Shard]) -> Iterator[Rows]:
    raise SnapshotError("Broken.")


def test_a_night_closes_indexes_publishes_and_lists(tmp_path: Path, store: Store) -> None:
    report = night(tmp_path, store)
    assert report.state is NightState.PUBLISHED
    assert report.closed.offers[OfferKind.VACANCY] == 1
    assert report.built.sizes == {
        RecordKind.PROFILE: 5,
        RecordKind.VACANCY: 5,
        RecordKind.NEED: 1,
        RecordKind.TRAINING: 1,
        RecordKind.SERVICE: 0,
    }
    assert report.built.wordless[RecordKind.PROFILE] == 1
    assert current(tmp_path / "snapshots") == report.built.snapshot
    assert {id: found(tmp_path, store, id)[0] for id in samples.SKILLS} == {
        "p1": "v1",
        "p2": "v2",
        "p3": "v3",
        "p4": "v4",
        "p5": "v5",
    }
    assert found(tmp_path, store, "p4", OfferKind.TRAINING) == ["t1"]
    assert found(tmp_path, store, "p7") == []


def test_nights_hash_each_snapshot_once(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def noting(folder: Path, manifest: Manifest) -> None:
        hashed.append(folder.name)
        verify_files(folder, manifest)

    monkeypatch.setattr(verified, "verify_files", noting)
    noted = tmp_path / "noted"
    first, second = (
        run_night(samples.tools(tmp_path, store, now, verified=noted)).built.snapshot
        for now in (samples.NOW, TOMORROW)
    )
    assert hashed == [first, second]


def test_the_snapshot_shows_the_store_as_it_was_after_closing(tmp_path: Path, store: Store) -> None:
    name = night(tmp_path, store).built.snapshot
    snapshot = open_snapshot(tmp_path / "snapshots", name, None)
    assert snapshot.manifest.store_revision == store.revision()
    assert snapshot.batch(RecordKind.VACANCY).ids == ("v1", "v2", "v3", "v4", "v5")
    assert snapshot.batch(RecordKind.PROFILE).ids == ("p1", "p2", "p3", "p4", "p5")


def test_every_list_says_which_run_and_snapshot_made_it(tmp_path: Path, store: Store) -> None:
    report = night(tmp_path, store)
    stored = samples.served(tmp_path, store, "p1")
    assert (stored.run_id, stored.snapshot) == (report.run_id, report.built.snapshot)
    assert stored.created_at == samples.NOW


def test_a_night_ranks_to_its_end_by_what_was_in_use_when_it_was_built(
    tmp_path: Path, store: Store
) -> None:
    fitted = Ranker.of(dict.fromkeys(PRIOR.by_name(), 0.1), "fitted")
    encoder = FakeEncoder().revision
    weights = fitted.by_name()
    entry = RankerEntry(
        fitted.revision, encoder, weights, Decision.CHOSEN, {}, samples.NOW, "Liisa"
    )

    def promote_meanwhile(step: str, done: int, of: int) -> None:
        if step == "gates" and done == 1:
            store.rankers.add(entry)

    tools = replace(samples.tools(tmp_path, store), progress=promote_meanwhile)
    first = run_night(tools)
    by_prior = samples.served(tmp_path, store, "p1")
    assert (first.built.ranker, by_prior.ranker) == (PRIOR.revision, PRIOR.revision)
    night(tmp_path, store, day=1)
    by_fitted = samples.served(tmp_path, store, "p1")
    assert by_fitted.ranker == fitted.revision
    assert by_fitted.entries[0].score < by_prior.entries[0].score


def test_paused_profiles_get_no_list(tmp_path: Path, store: Store) -> None:
    assert night(tmp_path, store).lists is not None
    with pytest.raises(NotFoundError, match="p6"):
        samples.served(tmp_path, store, "p6")


def test_only_what_the_list_before_did_not_have_is_new(tmp_path: Path, store: Store) -> None:
    first = night(tmp_path, store)
    assert first.lists is not None
    assert first.lists.new == {}
    store.offers(OfferKind.VACANCY).upsert([vacancy("v6", "Hitsari", "hitsaus")], TOMORROW)
    second = night(tmp_path, store, day=1)
    assert second.lists is not None
    new = {
        id: [e.offer_id for e in one if e.is_new]
        for id, one in samples.lists(tmp_path, store).items()
    }
    assert new["p4"] == ["v6"]
    assert second.lists.new == {"vacancy": sum(map(len, new.values()))}


def test_the_second_night_encodes_only_what_is_new(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    store.offers(OfferKind.VACANCY).upsert([vacancy("v6", "Hitsari", "hitsaus")], TOMORROW)
    assert night(tmp_path, store, day=1).built.new_texts == 1


def test_what_is_gone_leaves_the_vector_cache(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    store.profiles.delete("p3", TOMORROW)
    night(tmp_path, store, day=1)
    store.profiles.upsert([samples.PROFILES[2]], TOMORROW)
    assert night(tmp_path, store, day=2).built.new_texts == 3


def test_two_nights_over_the_same_store_make_the_same_lists(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    first = samples.lists(tmp_path, store)
    night(tmp_path, store, day=1)
    assert samples.lists(tmp_path, store) == first


def test_a_shrunken_store_is_refused_and_yesterday_stays(tmp_path: Path, store: Store) -> None:
    before = night(tmp_path, store).built.snapshot
    lists = samples.lists(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    report = night(tmp_path, store, day=1)
    assert report.state is NightState.REFUSED
    assert [(f.gate, f.kind, f.value) for f in report.judged.refused] == [
        (Gate.SIZE, RecordKind.VACANCY, 3 / 5)
    ]
    assert current(tmp_path / "snapshots") == before
    assert samples.lists(tmp_path, store) == lists
    run = store.runs.latest(KIND)
    assert run is not None
    assert run.state == "refused"


def test_a_refused_night_can_be_taken_up_accepting_the_shrink(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    refused = night(tmp_path, store, day=1)
    tools = samples.tools(tmp_path, store, TOMORROW)
    report = run_night(tools, Start.RESUME, [Gate.SIZE])
    assert (report.run_id, report.state) == (refused.run_id, NightState.PUBLISHED)
    assert current(tmp_path / "snapshots") == refused.built.snapshot
    assert "v1" not in found(tmp_path, store, "p1")


def test_what_tells_of_something_broken_cannot_be_accepted(tmp_path: Path, store: Store) -> None:
    with pytest.raises(InputError, match="self_retrieval refuses cannot be accepted"):
        run_night(samples.tools(tmp_path, store), accept=[Gate.SELF_RETRIEVAL])
    assert store.runs.latest(KIND) is None


def test_a_worse_golden_figure_than_that_of_the_served_snapshot_is_refused(
    tmp_path: Path, store: Store
) -> None:
    tools = samples.tools(tmp_path, store, TOMORROW)
    first = night(tmp_path, store)
    assert [one.value for one in first.judged.figures if one.gate is Gate.GOLDEN] == [1.0]
    wrong = replace(samples.GOLDEN, grades={"p1": {"v4": 3}, "p2": {"v2": 3}, "p3": {"v3": 3}})
    report = run_night(replace(tools, golden=wrong))
    (refused,) = report.judged.refused
    assert (refused.gate, refused.told) == (Gate.GOLDEN, "1.000 before")
    assert current(tmp_path / "snapshots") == first.built.snapshot


def test_going_back_brings_the_lists_of_that_snapshot_back(tmp_path: Path, store: Store) -> None:
    first = night(tmp_path, store)
    before = samples.lists(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1"], TOMORROW)
    night(tmp_path, store, day=1)
    assert samples.lists(tmp_path, store) != before
    publish(tmp_path / "snapshots", first.built.snapshot)
    assert samples.lists(tmp_path, store) == before


def test_a_refused_night_is_built_anew_when_taken_up_after_the_store_was_mended(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    refused = night(tmp_path, store, day=1)
    assert refused.state is NightState.REFUSED
    store.offers(OfferKind.VACANCY).upsert(samples.VACANCIES[:2], TOMORROW)
    report = night(tmp_path, store, day=1, start=Start.RESUME)
    assert (report.run_id, report.state) == (refused.run_id, NightState.PUBLISHED)
    assert report.built.sizes[RecordKind.VACANCY] == 5
    assert current(tmp_path / "snapshots") == report.built.snapshot != refused.built.snapshot
    assert found(tmp_path, store, "p1")[0] == "v1"


def test_a_night_refused_first_and_broken_later_goes_on_with_what_passed(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    night(tmp_path, store, day=1)
    store.offers(OfferKind.VACANCY).upsert(samples.VACANCIES[:2], TOMORROW)
    broken = replace(samples.tools(tmp_path, store, TOMORROW), match=fail)
    with pytest.raises(SnapshotError, match="Broken"):
        run_night(broken, Start.RESUME)
    passed = {
        info.name
        for info in list_snapshots(tmp_path / "snapshots")
        if info.manifest and info.manifest.sizes[RecordKind.VACANCY] == 5 and not info.is_current
    }
    report = night(tmp_path, store, day=1, start=Start.RESUME)
    assert report.state is NightState.PUBLISHED
    assert {report.built.snapshot} == passed


def test_no_report_or_journal_names_a_profile(tmp_path: Path, store: Store) -> None:
    person = replace(samples.PROFILES[0], id="virtanen-maija")
    store.profiles.upsert([person], samples.NOW)
    night(tmp_path, store)
    run = store.runs.latest(KIND)
    assert person.id not in repr(run)
    texts = [path.read_text("utf-8") for path in (tmp_path / "reports").iterdir()]
    assert [person.id in text for text in texts] == [False, False]


def test_rows_in_quarantine_are_purged_after_the_retention_period(
    tmp_path: Path, store: Store
) -> None:
    row = QuarantinedRow(
        kind="profiles",
        format="csv",
        source="csv",
        file="people.csv",
        row="2",
        field="id",
        reason="It is empty.",
        remedy="Fill it in.",
        raw="{}",
        at=samples.NOW - timedelta(days=31),
    )
    recent = replace(row, file="recent.csv", raw='{"id": "p9"}', at=samples.NOW - timedelta(29))
    store.quarantine.add([row, recent])
    report = night(tmp_path, store)
    assert report.purged is not None
    assert report.purged.counts[Kept.QUARANTINE] == 1
    assert [left.file for left in store.quarantine.all()] == ["recent.csv"]


def test_four_fifths_of_the_size_is_enough(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1"], TOMORROW)
    assert night(tmp_path, store, day=1).state is NightState.PUBLISHED


def test_a_rehearsal_tells_what_would_be_published_and_changes_nothing(
    tmp_path: Path, store: Store
) -> None:
    files = sorted(tmp_path.rglob("*"))
    revision = store.revision()
    report = rehearse_night(samples.tools(tmp_path, store))
    assert report.state is NightState.REHEARSED
    assert report.closed.offers[OfferKind.VACANCY] == 1
    assert report.built.sizes[RecordKind.VACANCY] == 5
    assert (sorted(tmp_path.rglob("*")), store.revision()) == (files, revision)
    assert store.runs.latest(KIND) is None


def test_a_rehearsal_tells_what_would_be_refused(tmp_path: Path, store: Store) -> None:
    before = night(tmp_path, store).built.snapshot
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    report = rehearse_night(samples.tools(tmp_path, store, TOMORROW))
    assert (report.state, report.built.previous) == (NightState.REFUSED, before)


def test_two_nights_at_once_the_second_is_told_who_holds_the_lock(
    tmp_path: Path, store: Store
) -> None:
    store.runs.acquire(KIND, "night of the other", samples.NOW, timedelta(minutes=15))
    with pytest.raises(StoreError, match="'nightly' is held by night of the other"):
        night(tmp_path, store)
    assert store.runs.latest(KIND) is None
    assert current(tmp_path / "snapshots") is None


def test_a_lock_without_heartbeat_for_long_is_taken_over(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours_ago = samples.NOW - timedelta(hours=3)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("platform.node", lambda: "another-host")
        store.runs.acquire(KIND, "night of the dead", hours_ago, timedelta(minutes=15))
    assert night(tmp_path, store).state is NightState.PUBLISHED


def test_a_night_that_lost_its_lock_publishes_nothing(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(step: str, done: int, total: int) -> None:
        if step == "gates" and done == total:
            later = samples.NOW + timedelta(hours=1)
            with monkeypatch.context() as elsewhere:
                elsewhere.setattr("platform.node", lambda: "another-host")
                store.runs.acquire(KIND, "night of the other", later, timedelta(minutes=15))

    tools = replace(samples.tools(tmp_path, store), progress=lose)
    with pytest.raises(StoreError, match="no longer holds the lock 'nightly'"):
        run_night(tools)
    assert current(tmp_path / "snapshots") is None


def test_the_night_is_heard_of_at_every_gate(tmp_path: Path, store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    tools = replace(samples.tools(tmp_path, store), progress=lambda *step: told.append(step))
    run_night(tools)
    assert [one for one in told if one[0] == "gates"] == [("gates", n, 5) for n in range(1, 6)]
    assert [one for one in told if one[0] == "list gates"] == [("list gates", 1, 1)]


def test_the_progress_of_every_step_only_grows_and_ends_with_all_of_it(
    tmp_path: Path, store: Store
) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def note(step: str, done: int, total: int) -> None:
        told.setdefault(step, []).append((done, total))

    run_night(replace(samples.tools(tmp_path, store), progress=note))
    assert {"encode", "build", "gates", "lists", "spread", "list gates"} <= told.keys()
    for step, shown in told.items():
        assert shown == sorted(shown), step
        assert shown[-1][0] == shown[-1][1], step


def test_the_day_of_a_night_is_the_one_in_finland(tmp_path: Path, store: Store) -> None:
    before_midnight_utc = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    report = run_night(samples.tools(tmp_path, store, before_midnight_utc))
    assert report.on == date(2026, 11, 22)
    assert report.closed.offers[OfferKind.VACANCY] == 1


def test_the_lock_is_given_back_after_a_night_and_after_an_error(
    tmp_path: Path, store: Store
) -> None:
    tools = replace(samples.tools(tmp_path, store), match=fail)
    with pytest.raises(SnapshotError, match="Broken"):
        run_night(tools)
    run = store.runs.latest(KIND)
    assert run is not None
    assert (run.state, run.report) == ("failed", {"step": "lists", "error": "Broken."})
    report = night(tmp_path, store, start=Start.RESUME)
    assert (report.run_id, report.state) == (run.id, NightState.PUBLISHED)


def test_old_lists_snapshots_and_reports_are_purged(tmp_path: Path, store: Store) -> None:
    old = night(tmp_path, store)
    report = night(tmp_path, store, day=31)
    assert report.purged is not None
    counts = report.purged.counts
    assert (counts[Kept.SNAPSHOTS], counts[Kept.LISTS], counts[Kept.REPORTS]) == (1, 12, 1)
    assert old.built.snapshot not in snapshot_names(tmp_path / "snapshots")
    reports = sorted(path.name for path in (tmp_path / "reports").iterdir())
    assert reports == [f"{report.run_id}.html", f"{report.run_id}.json"]


def test_the_lists_of_every_snapshot_that_one_can_go_back_to_are_kept(
    tmp_path: Path, store: Store
) -> None:
    names = [night(tmp_path, store, day=day).built.snapshot for day in range(4)]
    served = [store.lists.served("p1", name) for name in names]
    assert [one.snapshot for one in served] == names
    assert [store.train_ups.made(["p1"], name) for name in names] == [{"p1"}] * 4


def damage(home: Path, snapshot: str) -> None:
    (home / "snapshots" / snapshot / "manifest.json").write_text("{}")


def test_a_damaged_current_snapshot_does_not_stop_the_next_night(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    damage(tmp_path, night(tmp_path, store, day=1).built.snapshot)
    report = night(tmp_path, store, day=2)
    assert (report.state, report.built.previous) == (NightState.PUBLISHED, None)


def test_sizes_are_held_against_the_newest_snapshot_that_can_be_read(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    damage(tmp_path, night(tmp_path, store, day=1).built.snapshot)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    # The second time, what was refused the first time is no measure.
    for day in (2, 3):
        report = night(tmp_path, store, day=day)
        assert report.built.before[RecordKind.VACANCY] == 5
        assert [(f.gate, f.kind, f.value) for f in report.judged.refused] == [
            (Gate.SIZE, RecordKind.VACANCY, 3 / 5)
        ]


def test_without_any_readable_snapshot_before_the_size_must_be_accepted(
    tmp_path: Path, store: Store
) -> None:
    damage(tmp_path, night(tmp_path, store).built.snapshot)
    report = night(tmp_path, store, day=1)
    assert {(f.gate, f.kind) for f in report.judged.refused} == {
        (Gate.SIZE, kind) for kind in RecordKind
    }
    assert report.judged.refused[1].told == "5 records, and no snapshot before can be read"
    tools = samples.tools(tmp_path, store, TOMORROW)
    assert run_night(tools, Start.RESUME, [Gate.SIZE]).state is NightState.PUBLISHED
    assert current(tmp_path / "snapshots") == report.built.snapshot


class Disguised(FakeEncoder):
    """Gives the vectors of another model under the revision of the right one."""

    @property
    def revision(self) -> str:
        return FakeEncoder().revision


def test_a_wrong_vector_in_the_cache_is_refused(tmp_path: Path, store: Store) -> None:
    cached = CachedEncoder(Disguised(seed=5), tmp_path / "vectors")
    cached.encode(["hitsaus"])
    cached.save()
    report = night(tmp_path, store)
    assert report.state is NightState.REFUSED
    assert [(figure.gate, figure.kind, figure.value) for figure in report.judged.refused] == [
        (Gate.SELF_RETRIEVAL, RecordKind.VACANCY, 4 / 5),
        (Gate.SELF_RETRIEVAL, RecordKind.TRAINING, 0.0),
    ]
    assert current(tmp_path / "snapshots") is None


KILLED_NIGHT = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from matcher.nightly import candidate, lists, pipeline, spread
from matcher.store.store import Store
from tests.unit.nightly import samples

where, home = sys.argv[1], Path(sys.argv[2])
lists.PROFILES_AT_ONCE = 2

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if where in ("publish", "write_report"):
    setattr(pipeline, where, die)
if where == "finish_snapshot":
    candidate.finish_snapshot = die
with Store.open(f"sqlite:///{home}/store.sqlite") as store:
    tools = samples.tools(home, store, samples.NOW + timedelta(days=1))
    if where == "lists":
        real, seen = store.lists.replace_many, []
        store.lists.replace_many = lambda new: die() if seen else (seen.append(1), real(new))
    if where == "spread":
        spread.PROFILES_AT_ONCE = 2
        real_places, calls = store.lists.places_of_run, []
        def places(*args):
            calls.append(1)
            return die() if len(calls) == 2 else real_places(*args)
        store.lists.places_of_run = places
    pipeline.run_night(tools)
"""

BEFORE_PUBLISHING = ("finish_snapshot", "lists", "spread", "publish")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, object]]:
    """Two nights that nobody kills: the second one's snapshot and lists."""
    home = tmp_path_factory.mktemp("undisturbed")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        samples.fill(store)
        night(home, store)
        store.offers(OfferKind.VACANCY).upsert([vacancy("v6", "Hitsari", "hitsaus")], TOMORROW)
        return night(home, store, day=1).built.snapshot, dict(samples.lists(home, store))


@pytest.mark.parametrize("where", [*BEFORE_PUBLISHING, "write_report"])
def test_a_killed_night_is_taken_up_and_ends_like_an_undisturbed_one(
    tmp_path: Path, store: Store, undisturbed: tuple[str, dict[str, object]], where: str
) -> None:
    root = tmp_path / "snapshots"
    yesterday = night(tmp_path, store).built.snapshot
    store.offers(OfferKind.VACANCY).upsert([vacancy("v6", "Hitsari", "hitsaus")], TOMORROW)
    command = [sys.executable, "-c", KILLED_NIGHT, where, str(tmp_path)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    killed = store.runs.latest(KIND)
    assert killed is not None
    assert killed.state == "running"
    assert current(root) == (yesterday if where in BEFORE_PUBLISHING else undisturbed[0])

    report = night(tmp_path, store, day=1, start=Start.RESUME)
    assert (report.run_id, report.state) == (killed.id, NightState.PUBLISHED)
    assert current(root) == undisturbed[0] == report.built.snapshot
    assert [info.name for info in list_snapshots(root)] == [yesterday, undisturbed[0]]
    assert samples.lists(tmp_path, store) == undisturbed[1]
    assert report.lists is not None
    assert report.lists.profiles == 6
    assert report.spread is not None
    assert report.spread.kinds[OfferKind.VACANCY].lists == 5


def test_without_resume_a_killed_night_is_abandoned(tmp_path: Path, store: Store) -> None:
    killed = store.runs.start(KIND, samples.NOW)
    report = night(tmp_path, store)
    assert report.run_id != killed
    assert store.runs.get(killed).state == "abandoned"


def test_a_night_of_another_day_is_not_taken_up(tmp_path: Path, store: Store) -> None:
    killed = store.runs.start(KIND, samples.NOW)
    report = night(tmp_path, store, day=1, start=Start.RESUME)
    assert report.run_id != killed
    assert store.runs.get(killed).state == "abandoned"


def test_a_night_whose_snapshot_was_removed_builds_it_again(tmp_path: Path, store: Store) -> None:
    first = night(tmp_path, store)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    refused = night(tmp_path, store, day=1)
    publish(tmp_path / "snapshots", first.built.snapshot)
    shutil.rmtree(tmp_path / "snapshots" / refused.built.snapshot)
    tools = samples.tools(tmp_path, store, TOMORROW)
    assert run_night(tools, Start.RESUME, [Gate.SIZE]).state is NightState.PUBLISHED


def test_a_night_asks_for_duties_and_counts_months_also_if_a_gate_refuses_it(
    tmp_path: Path, store: Store
) -> None:
    store.months.want(None, samples.NOW)
    store.situations.put("p1", Situation(), samples.NOW)
    first = night(tmp_path, store)
    assert first.duties == DutyTotals(1)
    assert [(row.profile_id, row.is_settled) for row in store.duties.page()] == [("p1", True)]
    assert first.months == MonthTotals((date(2026, 10, 1), date(2026, 11, 1)), 1, 7)
    store.offers(OfferKind.VACANCY).close(["v1", "v2"], TOMORROW)
    store.situations.put("p1", Situation(immigrant=True), TOMORROW)
    assert night(tmp_path, store, day=1).state is NightState.REFUSED
    assert store.duties.waiting(1) == []
    counted = store.months.find(date(2026, 11, 1), None)
    assert counted is not None
    assert counted.at == TOMORROW
