"""A job board on this machine that behaves like Työmarkkinatori's interface, and misbehaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import orjson

KEY = "secret-of-the-tests"
HEADER = "KIPA-Subscription-Key"
Row = dict[str, Any]


def posting(id: str, modified: str, *, archived: str | None = None, title: str = "Kokki") -> Row:
    """Return an advertisement as the interface gives it, contacts included."""
    return {
        "languages": ["fi"],
        "metadata": {"externalId": id, "lastModified": modified, "archived": archived},
        "owner": {"company": {"fi": "Ravintola Oy"}},
        "position": {"title": {"fi": title}, "jobDescription": {"fi": "Keität keittoa."}},
        "location": {"municipalities": ["564"], "regions": ["17"]},
        "application": {"published": "2026-08-01T10:00:00", "openPositions": 1},
        "contacts": [{"firstName": "Maija", "lastName": "Mallikas", "email": "maija@b.example"}],
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that is not what was asked for.

    Parameters
    ----------
    status, headers
        Of the answer.
    body
        What of the true lines is sent instead of all.
    promised
        How many bytes more than sent ``Content-Length`` promises.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[bytes], bytes] = lambda whole: whole
    promised: int = 0


@dataclass
class Board:
    """The advertisements of the interface, the faults to come, and what was asked of it."""

    url: str = ""
    rows: list[Row] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    asked: list[Row] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def answer(self, filters: Row) -> bytes:
        """Return the lines that fit the filters."""
        return b"".join(orjson.dumps(row) + b"\n" for row in self.rows if _fits(row, filters))


def _fits(row: Row, filters: Row) -> bool:
    metadata = row["metadata"]
    status = "ARCHIVED" if metadata["archived"] else "PUBLISHED"
    if filters.get("onlyStatus") not in {None, status}:
        return False
    regions = filters.get("regionIn")
    if regions is not None and not set(regions) & set(row["location"]["regions"]):
        return False
    moments = {"modified": metadata["lastModified"], "archived": metadata["archived"]}
    return all(
        moment is not None and filters[name]["from"] <= moment < filters[name]["to"]
        for name, moment in moments.items()
        if name in filters
    )


@contextmanager
def served() -> Iterator[Board]:
    """Serve a board on a free port of this machine."""
    board = Board()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            filters = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
            board.asked.append(filters)
            board.keys.append(self.headers.get(HEADER))
            fault = board.faults.popleft() if board.faults else Fault()
            status = fault.status if board.keys[-1] == KEY else 401
            body = fault.body(board.answer(filters)) if status == 200 else b"no"
            self.send_response(status)
            self.send_header("Content-Length", str(len(body) + fault.promised))
            for name, value in fault.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    board.url = f"http://127.0.0.1:{server.server_port}/v2/jobpostings"
    try:
        yield board
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
