"""An open-loop load generator: requests leave at a constant rate, whether or not answers come.

A closed loop, which waits for an answer before it asks again, asks less whenever the service
is slow and so hides its slow moments (coordinated omission). Here every latency counts from
the moment at which the request was meant to leave.

    python -m benchmarks.load PORT RATE SECONDS < requests.json

reads a list of `Request` in JSON, sends them in turns, and prints a `Load` in JSON.

References
----------
Tene, G. (2013). How not to measure latency. Strange Loop.
Schroeder, B., Wierman, A. & Harchol-Balter, M. (2006). Open versus closed: a cautionary tale.
NSDI.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from time import perf_counter
from typing import Final

#: Far more than are ever busy at the rates that are asked for.
CONNECTIONS: Final = 64
HOST: Final = "127.0.0.1"
#: Answers that take longer count as lost.
PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request; the body is JSON, empty for none."""

    method: str
    path: str
    key: str
    body: str = ""

    def wire(self) -> bytes:
        """Return the bytes that are sent."""
        body = self.body.encode()
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            f"Host: {HOST}",
            f"Authorization: Bearer {self.key}",
            "Accept-Encoding: gzip",  # as every browser says
            f"Content-Length: {len(body)}",
        ]
        if body:
            lines.append("Content-Type: application/json")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Load:
    """What came back.

    Parameters
    ----------
    seconds
        From the moment each answered request was meant to leave until its last byte came.
    statuses
        How many answers had each status; 0 counts those that never came.
    took
        From the first request meant to leave until the last answer, in seconds.
    bytes
        Size of all bodies.
    """

    seconds: list[float]
    statuses: dict[int, int]
    took: float
    bytes: int


Sent = tuple[float, bytes]
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _Connections:
    """Takes requests from a queue, each as soon as a connection is free."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.waiting: asyncio.Queue[Sent] = asyncio.Queue()
        self.seconds: list[float] = []
        self.statuses: dict[int, int] = {}
        self.bytes = 0

    async def work(self) -> None:
        """Send and read, one request after another on one connection."""
        stream = await asyncio.open_connection(HOST, self._port)
        try:
            while True:
                due, wire = await self.waiting.get()
                if stream[0].at_eof():  # a server closes connections that idle for seconds
                    stream[1].close()
                    stream = await asyncio.open_connection(HOST, self._port)
                await self._note(stream, due, wire)
                self.waiting.task_done()
        finally:
            stream[1].close()
            await stream[1].wait_closed()

    async def _note(self, stream: Stream, due: float, wire: bytes) -> None:
        try:
            status, size = await asyncio.wait_for(_asked(stream, wire), PATIENCE)
            self.seconds.append(perf_counter() - due)
            self.bytes += size
        except (OSError, EOFError, TimeoutError):
            status = 0
            # What may still come belongs to nobody: the connection is not used again.
            stream[0].feed_eof()
        self.statuses[status] = self.statuses.get(status, 0) + 1


async def _asked(stream: Stream, wire: bytes) -> tuple[int, int]:
    """Send one request; return status and size of the answer."""
    reader, writer = stream
    writer.write(wire)
    head = await reader.readuntil(b"\r\n\r\n")
    size = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    await reader.readexactly(size)
    return int(head[9:12]), size


async def run(port: int, rate: float, seconds: float, requests: Sequence[Request]) -> Load:
    """Send requests in turns at a constant rate.

    Parameters
    ----------
    port
        Of the service on this machine.
    rate
        Requests a second.
    seconds
        How long.
    requests
        Sent in this order, again and again.
    """
    connections = _Connections(port)
    workers = [asyncio.create_task(connections.work()) for _ in range(CONNECTIONS)]
    await asyncio.sleep(0.2)
    wires = cycle([request.wire() for request in requests])
    start = perf_counter()
    for number, wire in enumerate(islice(wires, round(rate * seconds))):
        due = start + number / rate
        if (early := due - perf_counter()) > 0:
            await asyncio.sleep(early)
        connections.waiting.put_nowait((due, wire))
    await connections.waiting.join()
    took = perf_counter() - start
    for worker in workers:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
    return Load(connections.seconds, connections.statuses, took, connections.bytes)


def main() -> None:
    """Read requests, send them, and print what came back."""
    port, rate, seconds = sys.argv[1:]
    requests = [Request(**one) for one in json.load(sys.stdin)]
    json.dump(
        asdict(asyncio.run(run(int(port), float(rate), float(seconds), requests))), sys.stdout
    )


if __name__ == "__main__":
    main()
