from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Event

import pytest

from api.scribe import Scribe
from matcher.domain.audit import Deed, Ending, Happening, Purpose
from matcher.domain.decision import Decision
from matcher.errors import StoreError
from tests.api.conftest import NOW


def happening(event: str) -> Happening:
    return Happening(
        event, NOW, "key-a", "coach", Deed.READ, "read", Ending.DONE, Purpose.GUIDANCE, "here"
    )


class Log:
    """Keeps what is handed in together; the first batch waits until it is let through."""

    def __init__(self, refused: str = "") -> None:
        self.batches: list[list[str]] = []
        self.busy = Event()
        self.gate = Event()
        self._refused = refused

    def append(self, happenings: Sequence[Happening], _: Sequence[Decision]) -> None:
        self.busy.set()
        self.gate.wait(10)
        events = [one.event for one in happenings]
        if self._refused in events:
            raise StoreError("The disk is full.")
        self.batches.append(events)


async def handed_in(scribe: Scribe, log: Log, events: Sequence[str]) -> list[object]:
    tasks = []
    for event in events:
        tasks.append(asyncio.create_task(scribe.write([happening(event)])))
        if len(tasks) == 1:
            # Until the first batch is under way, all would come into it.
            await asyncio.to_thread(log.busy.wait, 10)
    await asyncio.sleep(0.05)
    log.gate.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def test_what_gathers_while_one_batch_is_stored_is_stored_together() -> None:
    log = Log()
    with Scribe(log.append) as scribe:
        asyncio.run(handed_in(scribe, log, ["a", "b", "c", "d"]))
    assert log.batches == [["a"], ["b", "c", "d"]]


def test_of_many_only_the_one_at_fault_is_told_so() -> None:
    log = Log(refused="c")
    with Scribe(log.append) as scribe:
        answers = asyncio.run(handed_in(scribe, log, ["a", "b", "c", "d"]))
    assert [isinstance(answer, StoreError) for answer in answers] == [False, False, True, False]
    assert sorted(event for batch in log.batches for event in batch) == ["a", "b", "d"]


def test_who_waits_is_told_that_nothing_was_stored() -> None:
    log = Log(refused="a")
    log.gate.set()
    with Scribe(log.append) as scribe, pytest.raises(StoreError, match="full"):
        asyncio.run(scribe.write([happening("a")]))


def test_what_was_handed_in_is_stored_before_the_scribe_leaves() -> None:
    log = Log()

    async def leave_early(scribe: Scribe) -> None:
        task = asyncio.create_task(scribe.write([happening("a")]))
        await asyncio.to_thread(log.busy.wait, 10)
        task.cancel()

    with Scribe(log.append) as scribe:
        asyncio.run(leave_early(scribe))
        log.gate.set()
    assert log.batches == [["a"]]
