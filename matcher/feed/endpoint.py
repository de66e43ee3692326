"""One call of a feed: asked politely, received whole, kept without contacts.

The interface of Työmarkkinatori answers with one advertisement a line and nothing that marks
the end, so a call either arrives whole or counts as not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

import httpx2
import orjson

from matcher.errors import FeedError
from matcher.ingest.streams import MAX_LINE, MEBIBYTE

#: More than this is no feed of advertisements: the whole of Finland has some hundred MiB.
MAX_BYTES: Final = 4096 * MEBIBYTE
#: How often one call is tried, and how long all its waits together may take, in seconds.
TRIES: Final = 6
PATIENCE: Final = 900.0
TIMEOUT: Final = httpx2.Timeout(60.0, connect=10.0)
_FIRST_WAIT: Final = 2.0
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Stands for a line that is no JSON object: its words may be anybody's and are not kept.
_BROKEN: Final = b"{\n"

#: Blocks of an advertisement that hold people's names, numbers and addresses.
_CONTACTS: Final = frozenset({"contacts"})

Filters = dict[str, Any]
Clock = Callable[[], datetime]
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a feed is, and what opens it.

    Parameters
    ----------
    url
        Address of the interface.
    header, key
        Name and value of the header that says who asks.
    """

    url: str
    header: str
    key: str


class Caller:
    """Calls a feed, waiting as long as it asks for.

    Parameters
    ----------
    client
        Of a proxy, certificates and timeouts of its own.
    endpoint
        What is called.
    clock, sleep
        Time, and how to let it pass.
    """

    def __init__(
        self, client: httpx2.Client, endpoint: Endpoint, clock: Clock, sleep: Sleep
    ) -> None:
        self._client = client
        self._endpoint = endpoint
        self._clock = clock
        self._sleep = sleep
        self._rest = 0.0

    def download(self, filters: Filters, to: Path) -> int:
        """Write what a feed answers to a file, without contacts; return the number of lines.

        A call that is refused for being one too many, meets a fault of the service or breaks
        off is made again from its beginning.

        Raises
        ------
        FeedError
            If the service refuses, cannot be reached, or never answers whole.
        """
        waited, attempt = 0.0, 1
        self._pause(self._rest)
        while True:
            try:
                return self._attempt(filters, to)
            except _Later as later:
                wait = _FIRST_WAIT * 2 ** (attempt - 1) if later.wait is None else later.wait
                waited += wait
                if attempt == TRIES or waited > PATIENCE:
                    raise FeedError(
                        f"{self._endpoint.url} did not answer whole, called {attempt} times: "
                        f"{later.why}.",
                        remedy="Nothing is lost: the next fetch asks for the same window again.",
                    ) from later
                self._pause(wait)
                attempt += 1

    def _attempt(self, filters: Filters, to: Path) -> int:
        headers = {
            self._endpoint.header: self._endpoint.key,
            "Accept": "application/x-ndjson",
        }
        try:
            with self._client.stream(
                "POST", self._endpoint.url, json=filters, headers=headers
            ) as response:
                self._check(response)
                lines = self._receive(response, to)
                self._rest = _rest(response.headers)
                return lines
        except httpx2.RequestError as error:
            raise _Later(f"{type(error).__name__} ({error})") from error

    def _check(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status == httpx2.codes.OK:
            return
        if status in _BUSY:
            raise _Later(f"status {status}", _retry_after(response.headers, self._clock()))
        if status in {401, 403}:
            raise FeedError(
                f"{self._endpoint.url} refuses this caller (status {status}).",
                remedy="Check MATCHER_TMT_KEY and MATCHER_TMT_HEADER, and that the service has "
                "opened its interface for the address of this machine.",
            )
        told = response.read()[:300].decode("utf-8", "replace")
        raise FeedError(
            f"{self._endpoint.url} answered with status {status}: {told}",
            remedy="Check MATCHER_TMT_URL and MATCHER_TMT_REGIONS.",
        )

    def _receive(self, response: httpx2.Response, to: Path) -> int:
        count = 0
        with to.open("wb") as stream:
            for line in _lines(response):
                stream.write(_scrubbed(line))
                count += 1
        return count

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)
        self._rest = 0.0


class _Later(Exception):
    """The call has to be made again, after a while."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


def _lines(response: httpx2.Response) -> Iterator[bytes]:
    """Yield the lines of an answer, none blank or longer than `MAX_LINE`; the last one is whole."""
    received, rest = 0, b""
    for chunk in response.iter_bytes():
        received += len(chunk)
        if received > MAX_BYTES:
            raise FeedError(
                f"The answer is longer than {MAX_BYTES // MEBIBYTE} MiB.",
                remedy="Ask for fewer regions with MATCHER_TMT_REGIONS.",
            )
        *whole, rest = (rest + chunk).split(b"\n")
        yield from filter(bytes.strip, whole)
        if len(rest) > MAX_LINE:
            raise FeedError(
                f"A line is longer than {MAX_LINE // MEBIBYTE} MiB.",
                remedy="Report it to the service: this is no advertisement.",
            )
    if rest.strip():
        if not _is_object(rest):
            raise _Later("the last line is torn")
        yield rest


def _scrubbed(line: bytes) -> bytes:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _BROKEN
    if not isinstance(row, dict):
        return _BROKEN
    return orjson.dumps({key: row[key] for key in row if key not in _CONTACTS}) + b"\n"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _rest(headers: httpx2.Headers) -> float:
    """Return how long to wait before the next call, where this was the last one allowed."""
    if headers.get("RateLimit-Remaining", "").strip() != "0":
        return 0.0
    return min(_seconds(headers.get("RateLimit-Reset", "")) or 0.0, PATIENCE)


def _retry_after(headers: httpx2.Headers, now: datetime) -> float | None:
    """Return the seconds of ``Retry-After``, which tells them or a moment; None if unsaid.

    References
    ----------
    RFC 9110, section 10.2.3.
    """
    told = headers.get("Retry-After", "").strip()
    seconds = _seconds(told)
    if seconds is not None or not told:
        return seconds
    try:
        return max((parsedate_to_datetime(told) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def _seconds(told: str) -> float | None:
    return float(told) if told.isascii() and told.isdigit() else None
