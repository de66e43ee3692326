"""A process answers while it prepares what few need, and ends only when that has ended."""

from __future__ import annotations

from threading import Event

from api.warming import warming
from matcher.errors import StoreError


def test_answers_do_not_wait_for_preparations_but_the_end_does() -> None:
    may_end, prepared = Event(), []

    def prepare() -> None:
        assert may_end.wait(10)
        prepared.append("templates")

    with warming(prepare):
        assert prepared == []
        may_end.set()
    assert prepared == ["templates"]


def test_what_cannot_be_prepared_does_not_keep_the_rest_from_it() -> None:
    prepared: list[str] = []

    def fail() -> None:
        raise StoreError("The store cannot be read.")

    with warming(fail, lambda: prepared.append("suggestions")):
        pass
    assert prepared == ["suggestions"]
