"""Many callers at once: most behave, some are slow, some are broken."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from time import monotonic

import httpx2

ADMIN = {"Authorization": "Bearer secret of admin"}
HEAD = b"POST /v1/profiles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret of admin\r\n"
#: What a port on the internet gets to hear.
RUBBISH = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"POST /v1/profiles HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    HEAD + b"Content-Length: 400\r\n\r\n{",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    HEAD + b"Content-Length: 9\r\nContent-Length: 2\r\n\r\n{}",
    b"",
)


@dataclass
class Told:
    """What the service told its callers.

    Parameters
    ----------
    stored
        Texts of the profiles that it said it has stored, by id.
    statuses
        How often it answered what to those who behave.
    lost
        How often it did not answer those who behave.
    """

    stored: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


async def gather_crowd(port: int, callers: int, seconds: float) -> Told:
    """Let a crowd loose on a service: of ten callers seven behave, two are slow, one is broken."""
    told, until = Told(), monotonic() + seconds
    kinds = [*[_well_behaved] * 7, *[_slow] * 2, _broken]
    await asyncio.gather(
        *(_while(until, kinds[n % 10], port, Random(n), told) for n in range(callers))
    )
    return told


Visit = Callable[[int, Random, Told], Awaitable[None]]


async def _while(until: float, visit: Visit, port: int, rng: Random, told: Told) -> None:
    while monotonic() < until:
        await visit(port, rng, told)


async def _well_behaved(port: int, rng: Random, told: Told) -> None:
    """Store a profile, read it back and ask for its list."""
    # Of letters: digits may look like a telephone number, which is not stored.
    text = f"Olen hitsannut {''.join(rng.choices('aeiklnost', k=16))}."
    try:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=ADMIN, timeout=60, trust_env=False
        ) as client:
            answer = await client.post("/v1/profiles", json={"text": text, "municipality": "564"})
            told.statuses[answer.status_code] += 1
            if answer.status_code == 201:
                id = answer.json()["id"]
                told.stored[id] = text
                body = {"profile_id": id, "k": 3}
                for reply in (
                    await client.get(f"/v1/profiles/{id}"),
                    await client.post("/v1/matches", json=body),
                ):
                    told.statuses[reply.status_code] += 1
    except httpx2.HTTPError as error:
        told.lost[type(error).__name__] += 1


async def _slow(port: int, rng: Random, told: Told) -> None:
    """Send a body byte by byte, and leave before its end."""
    await _speak(port, [HEAD + b"Content-Length: 400\r\n\r\n", *[b"{"] * rng.randrange(1, 9)], 0.1)


async def _broken(port: int, rng: Random, told: Told) -> None:
    """Say something that is no request, and hang up."""
    await _speak(port, [rng.choice(RUBBISH)], rng.random() / 10)


async def _speak(port: int, words: list[bytes], pause: float) -> None:
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        for word in words:
            writer.write(word)
            await writer.drain()
            await asyncio.sleep(pause)
        writer.close()
        await writer.wait_closed()
