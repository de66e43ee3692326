from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psutil
import pytest

from matcher.errors import NotFoundError, StoreError
from matcher.store import locks
from matcher.store.runs import Run, Step
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

HOUR = timedelta(hours=1)


def test_a_run_is_written_down_step_by_step(store: Store) -> None:
    run_id = store.runs.start("nightly", NOON)
    store.runs.step(run_id, "encode", "started", {}, NOON)
    store.runs.step(run_id, "encode", "done", {"phrases": 7}, LATER)
    store.runs.step(run_id, "build", "failed", {"why": "disk"}, LATER)
    store.runs.finish(run_id, "failed", {"profiles": 30}, LATER)
    run = store.runs.get(run_id)
    assert run == Run(
        id="nightly-20260301T120000",
        kind="nightly",
        state="failed",
        started_at=NOON,
        finished_at=LATER,
        report={"profiles": 30},
        steps=(
            Step("encode", "started", {}, NOON),
            Step("encode", "done", {"phrases": 7}, LATER),
            Step("build", "failed", {"why": "disk"}, LATER),
        ),
    )
    assert run.done() == {"encode"}


def test_an_open_run_is_running(store: Store) -> None:
    run = store.runs.get(store.runs.start("nightly", NOON))
    assert (run.state, run.finished_at, run.report, run.steps) == ("running", None, {}, ())


def test_runs_of_one_second_have_their_own_ids(store: Store) -> None:
    ids = [store.runs.start("nightly", NOON) for _ in range(3)]
    base = "nightly-20260301T120000"
    assert ids == [base, f"{base}-2", f"{base}-3"]


def test_the_latest_run_is_that_of_its_kind(store: Store) -> None:
    assert store.runs.latest("nightly") is None
    store.runs.start("nightly", NOON)
    second = store.runs.start("nightly", LATER)
    store.runs.start("transfer", LATER + HOUR)
    latest = store.runs.latest("nightly")
    assert latest is not None
    assert latest.id == second


def test_reports_of_a_state_come_newest_first(store: Store) -> None:
    for hours, state in enumerate(("published", "refused", "published")):
        now = NOON + hours * HOUR
        store.runs.finish(store.runs.start("nightly", now), state, {"hours": hours}, now)
    assert store.runs.reports("nightly", "published") == [{"hours": 2}, {"hours": 0}]
    assert store.runs.reports("transfer", "published") == []


def test_a_run_that_is_not_there_cannot_be_written_to(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no run 'x'"):
        store.runs.step("x", "encode", "started", {}, NOON)
    with pytest.raises(NotFoundError, match="There is no run 'x'"):
        store.runs.finish("x", "done", {}, NOON)
    with pytest.raises(NotFoundError, match="There is no run 'x'"):
        store.runs.get("x")


def test_a_second_holder_is_told_who_holds_the_lock_and_since_when(store: Store) -> None:
    store.runs.acquire("nightly", "night A", NOON, HOUR)
    with pytest.raises(StoreError, match=r"held by night A on .+ since 2026-03-01 12:00 UTC"):
        store.runs.acquire("nightly", "night B", LATER, HOUR)


def test_a_lock_that_was_given_back_is_free(store: Store) -> None:
    store.runs.acquire("nightly", "night A", NOON, HOUR)
    store.runs.release("nightly", "night B")
    with pytest.raises(StoreError):
        store.runs.acquire("nightly", "night B", NOON, HOUR)
    store.runs.release("nightly", "night A")
    store.runs.acquire("nightly", "night B", NOON, HOUR)


def test_locks_of_other_names_do_not_matter(store: Store) -> None:
    store.runs.acquire("nightly", "night A", NOON, HOUR)
    store.runs.acquire("transfer", "night B", NOON, HOUR)


def test_a_silent_holder_on_another_host_loses_the_lock(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("platform.node", lambda: "another-host")
        store.runs.acquire("nightly", "night A", NOON, HOUR)
    store.runs.acquire("nightly", "night B", NOON + HOUR + timedelta(seconds=1), HOUR)
    with pytest.raises(StoreError, match="night A no longer holds the lock 'nightly'"):
        store.runs.heartbeat("nightly", "night A", LATER)


def test_a_holder_that_is_heard_of_keeps_the_lock(store: Store) -> None:
    store.runs.acquire("nightly", "night A", NOON, HOUR)
    store.runs.heartbeat("nightly", "night A", NOON + HOUR)
    with pytest.raises(StoreError):
        store.runs.acquire("nightly", "night B", NOON + 2 * HOUR, HOUR)


def test_a_silent_holder_on_this_host_keeps_the_lock_while_its_process_runs(
    store: Store, store_url: str
) -> None:
    script = (
        "import sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "from matcher.store.store import Store\n"
        "store = Store.open(sys.argv[1])\n"
        "now = datetime(2026, 3, 1, 12, tzinfo=UTC)\n"
        "store.runs.acquire('nightly', 'night A', now, timedelta(hours=1))\n"
        "print('taken', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, store_url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as silent:
        assert silent.stdout is not None
        assert silent.stdout.readline() == "taken\n"
        with pytest.raises(StoreError, match=rf"night A on .*process {silent.pid}\)"):
            store.runs.acquire("nightly", "night B", NOON + 9 * HOUR, HOUR)
        silent.communicate()


def test_a_restarted_container_does_not_take_itself_for_the_holder_before_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.runs.acquire("nightly", "night A", NOON, HOUR)
    # The new process has the host name and process id of the one before, not its memory.
    monkeypatch.setattr(locks, "_TAKEN_HERE", set())
    store.runs.acquire("nightly", "night B", NOON, HOUR)
    with pytest.raises(StoreError, match="held by night B"):
        store.runs.acquire("nightly", "night A", NOON + 9 * HOUR, HOUR)


def test_a_killed_holder_loses_the_lock_at_once(store: Store, store_url: str) -> None:
    script = (
        "import os, sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "from matcher.store.store import Store\n"
        "store = Store.open(sys.argv[1])\n"
        "now = datetime(2026, 3, 1, 12, tzinfo=UTC)\n"
        "store.runs.acquire('nightly', 'night A', now, timedelta(hours=1))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, store_url], check=False)
    assert killed.returncode == -9
    store.runs.acquire("nightly", "night B", NOON, HOUR)


def test_a_process_with_the_number_of_the_dead_holder_is_not_the_holder(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("os.getpid", os.getppid)
        store.runs.acquire("nightly", "night A", NOON, HOUR)
    # The parent of this process has the number, but began at another moment than was noted.
    parent = psutil.Process(os.getppid())
    assert parent.is_running()
    with monkeypatch.context() as later:
        began = psutil.Process.create_time
        later.setattr(psutil.Process, "create_time", lambda self: began(self) + 60)
        store.runs.acquire("nightly", "night B", NOON, HOUR)
    with pytest.raises(StoreError, match="held by night B"):
        store.runs.acquire("nightly", "night C", NOON, HOUR)


def test_of_many_that_ask_at_once_one_gets_the_lock(store_url: str) -> None:
    def ask(holder: str) -> str:
        with Store.open(store_url) as store:
            try:
                store.runs.acquire("nightly", holder, NOON, HOUR)
            except StoreError:
                return "refused"
            return "got it"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, "ABCD"))
    assert sorted(answers) == ["got it", "refused", "refused", "refused"]
