"""What knowing who calls, checking what they may see and writing it down adds to an answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from enum import Enum
from functools import partial
from itertools import cycle
from time import process_time
from typing import Final

import anyio
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import Caller, Identity, authorise
from api.app import create_app
from api.auditing import Auditing, Trail, begin
from api.auth import Authentication
from api.identity.doors import open_doors
from api.identity.providers import Provider, Providers
from benchmarks.measure import Benchmark, Figure, Result, in_turns, milliseconds
from benchmarks.region import Region, now
from matcher.domain.access import Grant, Role
from matcher.domain.codes import municipalities
from matcher.match.service import Service
from matcher.store.database import Database
from matcher.store.records import RowInfo, State
from matcher.store.sight import People, Sight
from tests.issuer import Issuer, new_key

_COACH: Final = Grant(role=Role.COACH, municipalities=tuple(municipalities()))
#: Who read at once, and what the store writes for one entry: five pages.
_CALLERS: Final = 32
_ENTRY_BYTES: Final = 5 * 4096
_SECRET, _SESSION = "secret of the benchmark", "session of the benchmark"


class Way(Enum):
    """How much of it the application does."""

    BARE = "nothing checked"
    ACCESS = "access checked"
    ALL = "access checked and written down"


class Anybody:
    """Stands in for `Authentication`: everybody is the same coach."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            Request(scope).state.identity = Identity("anybody", _COACH)
        await self._app(scope, receive, send)


class Unwritten:
    """Stands in for `Auditing`: nothing is written down."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            Request(scope).state.trail = Trail()
        await self._app(scope, receive, send)


class Unlooked(People):
    """Stands in for what decides who is seen: everybody is, and nothing is read."""

    def sight(self, id: str, staff: str, on: object) -> Sight:
        """Return a person whom everybody sees."""
        info = RowInfo(id, "", _COACH.municipalities[0], None, State.OPEN, 0, now(), now())
        return Sight(info, None, protected=False, named=False)


async def _let_through(request: Request) -> None:
    request.state.caller = Caller(request.state.identity, "")


async def _nothing() -> None:
    """Begin nothing in the log."""


def measure(service: Service, region: Region, rounds: int) -> Result:
    """Send the same requests to applications that check all, a part, or nothing, in turns.

    Parameters
    ----------
    service
        Open on the region.
    region
        What the applications open, too.
    rounds
        How often each request is sent.
    """
    store = service.store
    store.keys.create(_COACH, "", now(), _SECRET)
    store.sessions.open("s", _COACH, _SESSION, now=now(), until=now() + timedelta(hours=1))
    ids = store.profiles.ids()[:rounds]
    with ExitStack() as opened:
        clients = {way: opened.enter_context(_running(service, region, way)) for way in Way}
        figures = [
            *_compared("a profile read", lambda way: _read(clients[way], ids), rounds),
            *_compared("a list made", lambda way: _matched(clients[way], ids), rounds // 4),
            *_at_once(clients, ids, rounds // 4),
        ]
    figures += milliseconds(in_turns(_identities(service), rounds))
    figures += milliseconds(in_turns(_disk(region), rounds))
    return Result(Benchmark.ACCESS, region.told, service.records.encoder.revision, tuple(figures))


def _compared(name: str, call: Callable[[Way], Callable[[], object]], rounds: int) -> list[Figure]:
    calls = {way.value: call(way) for way in Way}
    seconds = in_turns(calls, rounds)
    figures = milliseconds(seconds, f"{name}, ")
    worked = in_turns(calls, rounds, process_time)
    for told, found in (("added", seconds), ("processor time added", worked)):
        for way in (Way.ACCESS, Way.ALL):
            pairs = zip(found[way.value], found[Way.BARE.value], strict=True)
            added = [1e3 * (whole - least) for whole, least in pairs]
            figures.append(Figure.of(f"{name}: {way.value}, {told}", "ms", added))
    return figures


def _at_once(clients: Mapping[Way, TestClient], ids: list[str], rounds: int) -> list[Figure]:
    """Compare how long many callers take together, who cost the process nothing themselves."""
    people = cycle(ids)

    async def all_read(client: TestClient) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(_CALLERS):
                group.start_soon(_called, client, f"/v1/profiles/{next(people)}")

    def read(client: TestClient) -> None:
        if client.portal is not None:
            client.portal.call(all_read, client)

    name = f"{_CALLERS} profiles read at once"
    calls = {way.value: partial(read, clients[way]) for way in Way}
    seconds = in_turns(calls, rounds)
    worked = in_turns(calls, rounds, process_time)
    figures = milliseconds(seconds, f"{name}, ")
    for way in (Way.ACCESS, Way.ALL):
        for told, found in (("throughput lost", seconds), ("throughput of a core lost", worked)):
            pairs = zip(found[way.value], found[Way.BARE.value], strict=True)
            lost = [100 * (1 - least / whole) for whole, least in pairs]
            figures.append(Figure.of(f"{name}: {way.value}, {told}", "%", lost))
    return figures


async def _called(client: TestClient, path: str) -> None:
    """Send a request to an application as its server does."""
    headers = [(b"host", b"testserver"), (b"authorization", f"Bearer {_SECRET}".encode())]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "state": dict(client.app_state),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"{path} was answered with {message['status']}.")

    await client.app(scope, receive, send)


def _disk(region: Region) -> dict[str, Callable[[], object]]:
    """Return what the disk alone takes to keep as much as one entry for good."""
    file = region.settings.home / "kept.bin"

    def keep() -> None:
        with file.open("ab", buffering=0) as opened:
            opened.write(bytes(_ENTRY_BYTES))
            os.fdatasync(opened.fileno())

    return {"a write that the disk keeps for good": keep}


@contextmanager
def _running(service: Service, region: Region, way: Way) -> Iterator[TestClient]:
    # The encoder is loaded once for all.
    settings = region.settings.model_copy(update={"requests_per_minute": 1_000_000})
    app = create_app(settings, load=lambda _: service.records.encoder)
    if way is not Way.ALL:
        _replace(app, Auditing, Unwritten)
        app.dependency_overrides[begin] = _nothing
    if way is Way.BARE:
        _replace(app, Authentication, Anybody)
        app.dependency_overrides[authorise] = _let_through
    with TestClient(app, headers={"Authorization": f"Bearer {_SECRET}"}) as client:
        if way is Way.BARE:
            store = client.app_state["services"].store
            store.people = Unlooked(Database(settings.url))
        yield client


def _replace(app: FastAPI, old: type, new: type) -> None:
    for each in app.user_middleware:
        if each.cls is old:
            each.cls = new


def _read(client: TestClient, ids: list[str]) -> Callable[[], object]:
    people = cycle(ids)
    return lambda: _checked(client, "GET", f"/v1/profiles/{next(people)}", None)


def _matched(client: TestClient, ids: list[str]) -> Callable[[], object]:
    people = cycle(ids)
    return lambda: _checked(client, "POST", "/v1/matches", {"profile_id": next(people)})


def _checked(client: TestClient, method: str, path: str, body: object) -> None:
    client.request(method, path, json=body).raise_for_status()


def _identities(service: Service) -> dict[str, Callable[[], object]]:
    """Return ways to find out who calls, and what decides whom they see."""
    store, ids = service.store, cycle(service.store.profiles.ids())
    ways: dict[str, Callable[[], object]] = {
        "who calls: a key": lambda: store.keys.find(_SECRET),
        "who calls: a session": lambda: store.sessions.find(_SESSION, now()),
        "whom they see: one person": lambda: store.people.sight(next(ids), "", now().date()),
    }
    for algorithm in ("ES256", "RS256"):
        issuer = Issuer(keys=[new_key(algorithm)])
        provider = Provider(
            name="bench",
            issuer=issuer.issuer,
            audience=issuer.audience,
            roles={"admin": Role.ADMIN},
        )
        token = issuer.token(roles=["admin"])
        client = TestClient(issuer.app, base_url=issuer.issuer)
        doors = open_doors(Providers(provider=(provider,)), client, now)
        ways[f"who calls: a token ({algorithm})"] = partial(
            doors.identify, token, store.revocations
        )
    return ways
