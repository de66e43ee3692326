"""One writer of the audit log a process: what many requests hand in is stored together.

A request waits until its entries are stored for good, but not for a transaction of its own:
while one is under way others gather, and the next one takes all of them.
"""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Final

from matcher.domain.audit import Happening
from matcher.domain.decision import Decision

#: So many requests are stored together at most.
TOGETHER: Final = 256

Append = Callable[[Sequence[Happening], Sequence[Decision]], None]


@dataclass(frozen=True, slots=True)
class _Page:
    """What one request hands in, and the promise that it is stored."""

    happenings: Sequence[Happening]
    decisions: Sequence[Decision]
    stored: Future[None] = field(default_factory=Future)


class Scribe:
    """Writes happenings down for many requests at once.

    Open it in a ``with`` block, which ends when all that was handed in is written.

    Parameters
    ----------
    append
        Stores happenings and the records of lists, all or nothing.
    """

    def __init__(self, append: Append) -> None:
        self._append = append
        self._pages: SimpleQueue[_Page | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="scribe", daemon=True)

    async def write(
        self, happenings: Sequence[Happening], decisions: Sequence[Decision] = ()
    ) -> None:
        """Return when happenings, and the records of lists, are stored for good.

        Raises
        ------
        StoreError
            If they cannot be: then nothing may be shown or changed.
        """
        page = _Page(happenings, decisions)
        self._pages.put(page)
        await wrap_future(page.stored)

    def __enter__(self) -> Scribe:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pages.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (page := self._pages.get()) is not None:
            pages = [page, *self._waiting()]
            if self._stored(pages) or len(pages) == 1:
                continue
            # One of them may be at fault: the others do not suffer for it.
            for each in pages:
                self._stored([each])

    def _waiting(self) -> list[_Page]:
        """Return what has gathered; the sign to end goes back to be met again."""
        pages: list[_Page] = []
        while len(pages) < TOGETHER:
            try:
                page = self._pages.get_nowait()
            except Empty:
                break
            if page is None:
                self._pages.put(None)
                break
            pages.append(page)
        return pages

    def _stored(self, pages: Sequence[_Page]) -> bool:
        """Store pages in one transaction; tell those who wait, unless another try follows."""
        try:
            self._append(
                [one for page in pages for one in page.happenings],
                [one for page in pages for one in page.decisions],
            )
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            if len(pages) == 1:
                _tell(pages[0], error)
            return False
        for page in pages:
            _tell(page, None)
        return True


def _tell(page: _Page, error: Exception | None) -> None:
    # Who waited may have been cancelled meanwhile.
    if not page.stored.set_running_or_notify_cancel():
        return
    if error is None:
        page.stored.set_result(None)
    else:
        page.stored.set_exception(error)
