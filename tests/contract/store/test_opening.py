from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, DateTime, bindparam, create_engine, insert, text

from matcher.domain.offer import OfferKind
from matcher.errors import StoreError
from matcher.store import migrate
from matcher.store.lists import ListEntry, StoredList
from matcher.store.portfolio import Ask
from matcher.store.reach import Reach
from matcher.store.schema import SCHEMA_VERSION, metadata, profiles
from matcher.store.store import Store
from matcher.store.writes import row_of
from tests.contract.store.records import NOON, profile

OPEN = "import sys; from matcher.store.store import Store; store = Store.open(sys.argv[1])\n"


@pytest.fixture
def connection(store_url: str) -> Iterator[Connection]:
    engine = create_engine(store_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_a_bare_database_becomes_a_store(bare_url: str) -> None:
    with Store.open(bare_url) as store:
        store.profiles.upsert([profile("p1")], NOON)
    with Store.open(bare_url) as store:
        assert store.profiles.ids() == ["p1"]


def test_the_migrations_lead_to_the_schema(connection: Connection) -> None:
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert version == SCHEMA_VERSION


def test_processes_may_make_the_store_at_the_same_time(bare_url: str) -> None:
    script = f"{OPEN}print(store.revision())"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, bare_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [process.communicate() for process in processes] == [("0\n", "")] * 3


def test_a_current_store_opens_without_loading_alembic(store_url: str) -> None:
    script = f"{OPEN}print('alembic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, store_url], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("version", ["0999", "1975ea83b712"])
def test_a_store_of_a_newer_or_another_program_is_refused(
    store_url: str, connection: Connection, version: str
) -> None:
    connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    connection.commit()
    with pytest.raises(StoreError, match=rf"has schema version {version}.*Update the program"):
        Store.open(store_url)


def test_a_migration_that_fails_leaves_nothing_behind(bare_url: str) -> None:
    if bare_url.startswith("sqlite"):
        Path(bare_url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    engine = create_engine(bare_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as opened:
        opened.execute(text("CREATE TABLE keys (id TEXT)"))
    with pytest.raises(StoreError, match="already exists"):
        Store.open(bare_url)
    with engine.begin() as opened:
        opened.execute(text("DROP TABLE keys"))
    engine.dispose()
    Store.open(bare_url).close()


def test_lists_of_an_older_program_are_read_on_and_others_follow_them(bare_url: str) -> None:
    if bare_url.startswith("sqlite"):
        Path(bare_url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    engine = create_engine(bare_url.replace("postgresql:", "postgresql+psycopg:"))
    entry = {"kind": "vacancy", "offer_id": "v1", "rank": 2, "score": 0.5, "band": "good"}
    entry |= {"is_new": True, "payload": '{"rank":1}', "rank_by_fit": 1}
    old = {"at": NOON, "entries": json.dumps([entry])}
    with engine.begin() as opened:
        migrate.upgrade_to(opened, "0017")
        for person in ("p1", "p2"):
            opened.execute(
                text(
                    "INSERT INTO lists (profile_id, run_id, snapshot, created_at, offers, entries)"
                    " VALUES (:person, 'r1', 's1', :at, '[]', :entries)"
                ).bindparams(bindparam("at", type_=DateTime(timezone=True))),
                {**old, "person": person},
            )
    engine.dispose()
    read = ListEntry(OfferKind.VACANCY, "v1", 2, 0.5, "good", True, '{"rank":1}', 1)
    with Store.open(bare_url) as store:
        assert store.lists.served("p1", "s1") == StoredList("p1", "r1", "s1", NOON, (read,))
        store.profiles.upsert([profile("p2")], NOON)
        store.lists.replace_many([StoredList("p2", "r2", "s1", NOON, ())])
        assert store.lists.served("p2", "s1").run_id == "r2"


def test_people_whom_an_older_program_stored_are_found_by_their_words(bare_url: str) -> None:
    if bare_url.startswith("sqlite"):
        Path(bare_url.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    engine = create_engine(bare_url.replace("postgresql:", "postgresql+psycopg:"))
    row = row_of(profile("p1", text="ÄNKYTTÄVÄ\0kone"))
    with engine.begin() as opened:
        migrate.upgrade_to(opened, "0024")
        opened.execute(insert(profiles).values(**row, revision=0, created_at=NOON, updated_at=NOON))
    engine.dispose()
    ask = Ask(reach=Reach(None, None, "", NOON.date()), soon=NOON.date(), words="änkyttävä")
    with Store.open(bare_url) as store:
        assert [one.profile.id for one in store.portfolios.page(ask)] == ["p1"]
        stored = store.held_of("p1")["profile_words"]
        store.profiles.upsert([profile("p1")], NOON)
        store.profiles.upsert([profile("p1", text="ÄNKYTTÄVÄ\0kone")], NOON)
        assert store.held_of("p1")["profile_words"] == stored


@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_a_new_program_does_not_make_readers_wait_behind_it(
    bare_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    engine = create_engine(bare_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as older:
        migrate.upgrade_to(older, "0009")
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM lists"))
        with pytest.raises(StoreError, match="lock timeout"):
            Store.open(bare_url)
        assert reader.execute(text("SELECT count(*) FROM lists")).scalar() == 0
    with Store.open(bare_url) as store:
        assert store.profiles.ids() == []
    engine.dispose()
