"""The measurements measure what they say; how fast the service is, no test asks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from benchmarks import load, match, pages, transfer
from benchmarks.growth import Growth, Night, draw, told_by
from benchmarks.load import HOST, Load, Request
from benchmarks.measure import RESULTS, Figure, in_turns, milliseconds, ratios, save
from benchmarks.region import indexed
from benchmarks.report import README, tables
from matcher.region.generate import Sizes

WAYS = (
    "a stored profile",
    "an inline profile",
    "a need's candidates",
    "a list after a new vacancy",
)


def test_subjects_are_called_once_before_and_then_in_turns() -> None:
    calls: list[str] = []

    def told(name: str) -> Callable[[], None]:
        return lambda: calls.append(name)

    seconds = in_turns({"a": told("a"), "b": told("b")}, 2)
    assert calls == ["a", "b", "a", "b", "a", "b"]
    assert {name: len(all_) for name, all_ in seconds.items()} == {"a": 2, "b": 2}


def test_ratios_are_of_medians_and_their_span_is_within_rounds() -> None:
    # medians 2 and 6; round by round 4, 2 and 5
    seconds = {"ours": [1.0, 3.0, 2.0], "theirs": [4.0, 6.0, 10.0]}
    assert ratios(seconds, "ours", "x: ") == [Figure("x: theirs ÷ ours", "×", 3.0, 2.0, 5.0, 3)]


def test_milliseconds_have_four_digits() -> None:
    assert milliseconds({"a": [0.00123456]}) == [Figure("a", "ms", 1.235, 1.235, 1.235, 1)]


@pytest.mark.slow
def test_a_result_says_what_was_measured_on_what(tmp_path: Path) -> None:
    with indexed(Sizes(profiles=10, offers=25)) as (region, service):
        result = match.measure(service, region.told, calls=5)
    document = json.loads(save(result, "tiny", tmp_path).read_text("utf-8"))
    assert set(document) == {
        *("benchmark", "data", "encoder", "figures"),
        *("mode", "date", "commit", "machine", "versions"),
    }
    assert document["data"].startswith("matcher generate, seed 2026: 10 profiles, 20 ads, 5 needs")
    assert [figure["name"] for figure in document["figures"]] == [
        "the first list after opening",
        *(f"{way}, p{percentile}" for way in WAYS for percentile in (50, 99)),
    ]
    for figure in document["figures"]:
        assert 0 < figure["low"] <= figure["value"] <= figure["high"]
    assert "| a stored profile, p50 |" in tables(tmp_path)


@pytest.mark.slow
def test_each_page_of_a_coach_is_opened_once_for_each_client() -> None:
    with indexed(Sizes(profiles=10, offers=25)) as (region, _):
        times = pages.measure(region.settings, opened=2)
    first = [f"{page}{pages.STARTED}" for page in pages.PAGES]
    told = {name: len(found) for name, found in times.items()}
    assert told == dict.fromkeys(pages.PAGES, 2) | dict.fromkeys(first, 1)
    for found in times.values():
        assert all(processor > 0 and wall > 0 for processor, wall in found)


def test_the_readme_shows_the_committed_results() -> None:
    assert tables(RESULTS) in README.read_text("utf-8")


def test_requests_leave_whether_or_not_answers_come() -> None:
    """A generator that waited for the first answer would wait for ever."""

    async def measured() -> Load:
        arrived = 0
        all_here = asyncio.Event()

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal arrived
            with suppress(EOFError), closing(writer):
                while await reader.readuntil(b"\r\n\r\n"):
                    arrived += 1
                    if arrived == 5:
                        all_here.set()
                    await all_here.wait()
                    status = b"200 OK" if arrived < 6 else b"503 Service Unavailable"
                    writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")

        server = await asyncio.start_server(answer, HOST, 0)
        port = server.sockets[0].getsockname()[1]
        first = await load.run(port, 50, 0.1, [Request("GET", "/", "key")])
        second = await load.run(port, 50, 0.02, [Request("GET", "/", "key")])
        server.close()
        await server.wait_closed()
        assert second.statuses == {503: 1}
        return first

    found = asyncio.run(measured())
    assert (found.statuses, found.bytes) == ({200: 5}, 10)
    # The last one meant to leave waited least, the first one longest.
    assert found.took >= max(found.seconds) >= 4 / 50


def test_a_request_is_written_as_http_says() -> None:
    assert Request("POST", "/v1/matches", "key", '{"k":1}').wire() == (
        b"POST /v1/matches HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\n"
        b"Accept-Encoding: gzip\r\nContent-Length: 7\r\nContent-Type: application/json\r\n\r\n"
        b'{"k":1}'
    )


@pytest.mark.slow
def test_a_transfer_is_measured_with_an_even_balance() -> None:
    assert transfer.measured(30).endswith("30 moved with 90 things, balance even")


def night(people: int, offers: int, processor: float) -> Night:
    return Night(people, offers, processor, 0.06 * people, {"lists": processor}, 500.0)


def test_growth_finds_what_people_offers_and_pairs_cost_and_never_less_than_nothing(
    tmp_path: Path,
) -> None:
    sizes = [(n, m) for n in (1_000, 2_000, 4_000) for m in (2_500, 5_000, 10_000)]
    nights = [night(n, m, 5 + 0.006 * n + 0.001 * m + 2e-7 * n * m) for n, m in sizes]
    growth = Growth.of(nights)
    found = [growth.start, growth.per_person, growth.per_offer, growth.per_pair]
    assert found == pytest.approx([5, 0.006, 0.001, 2e-7], rel=1e-6)
    assert growth.seconds(14_300, 5_000) == pytest.approx(5 + 85.8 + 5 + 14.3)
    pair = next(one for one in told_by(growth, nights) if one.name.startswith("a million pairs"))
    assert (pair.value, pair.unit) == (0.2, "s")
    shrinking = Growth.of([night(n, m, 10 - 1e-4 * m) for n, m in sizes])
    assert min(shrinking.per_offer, shrinking.per_pair, shrinking.per_person) == 0
    draw(nights, growth, tmp_path / "growth.svg")
    assert "10,000 offers" in (tmp_path / "growth.svg").read_text("utf-8")
