"""A call of a feed arrives whole or counts as not made."""

from __future__ import annotations

import os
from pathlib import Path

import httpx2
import orjson
import pytest

from matcher.errors import FeedError
from matcher.feed import endpoint
from matcher.feed.endpoint import TRIES, Caller, Endpoint
from tests.unit.feed.board import HEADER, KEY, Board, Fault, posting
from tests.unit.feed.conftest import NOW


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "answer.jsonl"


@pytest.fixture(autouse=True)
def two_ads(board: Board) -> None:
    board.rows = [posting("a-1", "2026-08-01T10:00:00"), posting("a-2", "2026-08-02T10:00:00")]


def ids(path: Path) -> list[str]:
    return [orjson.loads(line)["metadata"]["externalId"] for line in path.read_bytes().splitlines()]


def test_an_answer_is_written_without_contacts(board: Board, caller: Caller, to: Path) -> None:
    assert caller.download({"onlyStatus": "PUBLISHED"}, to) == 2
    assert ids(to) == ["a-1", "a-2"]
    assert b"Mallikas" not in to.read_bytes()
    assert board.asked == [{"onlyStatus": "PUBLISHED"}]
    assert board.keys == [KEY]


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ("17", [17.0]),
        ("Tue, 01 Sep 2026 03:00:30 GMT", [30.0]),
        ("Tue, 01 Sep 2026 02:00:00 GMT", []),
        ("soon", [2.0]),
        ("", [2.0]),
    ],
)
def test_one_call_too_many_waits_as_long_as_it_is_told(
    told: str, waited: list[float], board: Board, caller: Caller, waits: list[float]
) -> None:
    board.faults.append(Fault(429, {"Retry-After": told}))
    caller.download({}, Path(os.devnull))
    assert waits == waited


def test_the_last_call_allowed_is_followed_by_a_rest(
    board: Board, caller: Caller, waits: list[float], to: Path
) -> None:
    board.faults.append(Fault(headers={"RateLimit-Remaining": "0", "RateLimit-Reset": "40"}))
    caller.download({}, to)
    assert waits == []
    caller.download({}, to)
    assert waits == [40.0]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(503),
        Fault(promised=5000),
        Fault(body=lambda whole: whole[:-60]),
    ],
    ids=["a fault of the service", "a broken connection", "a torn last line"],
)
def test_an_answer_that_is_not_whole_is_asked_for_again(
    fault: Fault, board: Board, caller: Caller, waits: list[float], to: Path
) -> None:
    board.faults.extend([fault, fault])
    assert caller.download({}, to) == 2
    assert ids(to) == ["a-1", "a-2"]
    assert waits == [2.0, 4.0]


def test_a_service_that_never_answers_is_given_up(
    board: Board, caller: Caller, waits: list[float], to: Path
) -> None:
    board.faults.extend([Fault(500)] * TRIES)
    with pytest.raises(FeedError, match=r"called 6 times: status 500.*asks for the same window"):
        caller.download({}, to)
    assert waits == [2.0, 4.0, 8.0, 16.0, 32.0]


def test_a_wait_past_all_patience_is_not_begun(
    board: Board, caller: Caller, waits: list[float], to: Path
) -> None:
    board.faults.append(Fault(429, {"Retry-After": "86400"}))
    with pytest.raises(FeedError, match="called 1 times: status 429"):
        caller.download({}, to)
    assert waits == []


def test_a_wrong_key_names_the_settings(board: Board, to: Path, waits: list[float]) -> None:
    with httpx2.Client(trust_env=False) as client:
        stranger = Caller(client, Endpoint(board.url, HEADER, "wrong"), lambda: NOW, waits.append)
        with pytest.raises(FeedError, match=r"status 401.*MATCHER_TMT_KEY") as error:
            stranger.download({}, to)
    assert "wrong" not in str(error.value)
    assert len(board.asked) == 1


def test_a_refused_filter_tells_what_the_service_said(
    board: Board, caller: Caller, to: Path
) -> None:
    board.faults.append(Fault(400))
    with pytest.raises(FeedError, match=r"status 400: no"):
        caller.download({}, to)


def test_nobody_there_is_told_after_trying(waits: list[float], to: Path) -> None:
    with httpx2.Client(trust_env=False) as client:
        lost = Caller(
            client, Endpoint("http://127.0.0.1:9/", HEADER, KEY), lambda: NOW, waits.append
        )
        with pytest.raises(FeedError, match="ConnectError"):
            lost.download({}, to)
    assert len(waits) == TRIES - 1


@pytest.mark.parametrize("line", [b"oops maija@b.example\n", b'["maija@b.example"]\n', b"\xff\n"])
def test_a_line_that_is_no_object_is_counted_and_its_words_dropped(
    line: bytes, board: Board, caller: Caller, to: Path
) -> None:
    board.faults.append(Fault(body=lambda whole: line + whole))
    assert caller.download({}, to) == 3
    assert to.read_bytes().startswith(b"{\n{")
    assert b"maija" not in to.read_bytes()


@pytest.mark.parametrize(
    ("name", "told"), [("MAX_LINE", "line is longer"), ("MAX_BYTES", "answer is longer")]
)
def test_an_endless_answer_is_cut_off(
    name: str, told: str, board: Board, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, name, 100_000)
    board.faults.append(Fault(body=lambda _: b"x" * 300_000))
    with pytest.raises(FeedError, match=told):
        caller.download({}, Path(os.devnull))


def test_blank_lines_are_nothing(board: Board, caller: Caller, to: Path) -> None:
    board.faults.append(Fault(body=lambda whole: b"\n" + whole + b"\n \n"))
    assert caller.download({}, to) == 2
    assert ids(to) == ["a-1", "a-2"]
