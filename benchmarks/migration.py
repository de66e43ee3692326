"""What readers notice of a new schema: ``python -m benchmarks.migration [PEOPLE] [--url URL]``.

Fills a PostgreSQL database of an old schema with people and their lists, brings it to the
newest one, and meanwhile reads profiles and lists, as an API that is still running does.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter
from typing import Annotated, Final

import typer
from sqlalchemy import Engine, create_engine, text

from benchmarks.servers import postgres
from matcher.store.migrate import upgrade_to
from matcher.store.store import Store

#: The last schema in which lists were found in another way than now.
OLD: Final = "0009"
PEOPLE: Final = 100_000
_READS: Final = (
    "SELECT payload FROM profiles WHERE id = 'p00000042'",
    "SELECT entries FROM lists WHERE profile_id = 'p00000042'",
)
#: About as long as generated ones; a list of fifty took 35 kB at that time.
_FILL: Final = (
    """INSERT INTO profiles SELECT 'p' || lpad(n::text, 8, '0'), 'bench', '564', NULL, 'open',
       NULL, md5(n::text), n, repeat(md5(n::text), 40), now(), now()
       FROM generate_series(1, :people) AS n""",
    """INSERT INTO lists (profile_id, run_id, snapshot, created_at, offers, entries)
       SELECT id, 'night-1', 'bench', now(), '[]', repeat(content_hash, 1100) FROM profiles""",
    "ANALYZE",
)


def main(
    people: Annotated[int, typer.Argument(help="How many, each with a list.")] = PEOPLE,
    url: Annotated[str, typer.Option(help="Of a PostgreSQL server; else one is started.")] = "",
) -> None:
    """Bring a full database to the newest schema and print what readers waited for."""
    with (
        TemporaryDirectory(prefix="kohtaanto-migration-") as folder,
        postgres(url, Path(folder)) as address,
    ):
        engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
        _fill(engine, people)
        ended = Event()
        waits: list[float] = []
        reader = Thread(target=_read, args=(engine, ended, waits))
        reader.start()
        begun = perf_counter()
        Store.open(address).close()
        seconds = perf_counter() - begun
        ended.set()
        reader.join()
        engine.dispose()
    typer.echo(
        f"{people:,} people, schema {OLD} to the newest in {seconds:.2f} s; meanwhile "
        f"{len(waits):,} reads, the longest {max(waits) * 1000:.0f} ms"
    )


def _fill(engine: Engine, people: int) -> None:
    with engine.begin() as connection:
        upgrade_to(connection, OLD)
        for statement in _FILL:
            connection.execute(
                text(statement), {"people": people} if ":people" in statement else {}
            )


def _read(engine: Engine, ended: Event, waits: list[float]) -> None:
    while not ended.is_set():
        for query in _READS:
            begun = perf_counter()
            with engine.connect() as connection:
                connection.execute(text(query)).all()
            waits.append(perf_counter() - begun)


if __name__ == "__main__":
    typer.run(main)
