"""What a process prepares beside its first answers: not many need it, and none waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from matcher.errors import MatcherError


@contextmanager
def warming(*preparations: Callable[[], object]) -> Iterator[None]:
    """Have preparations made in a thread, one after another, and wait for them at the end.

    What cannot be prepared fails again, and is told, where it is asked for.
    """
    thread = Thread(target=_prepare, args=preparations, name="warming")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _prepare(*preparations: Callable[[], object]) -> None:
    for prepare in preparations:
        with suppress(MatcherError):
            prepare()
