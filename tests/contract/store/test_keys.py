from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from matcher.domain.access import Grant, Role
from matcher.errors import InputError, NotFoundError, StoreError
from matcher.store.keys import Key
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

OULU_COACH = Grant(
    role=Role.COACH, municipalities=("564", "425"), name="Aino", organisation="Oulun kaupunki"
)
EMPLOYER = Grant(role=Role.EMPLOYER, municipalities=("564",))


def test_a_key_is_found_by_its_secret(store: Store) -> None:
    key = store.keys.create(OULU_COACH, "Oulu, coaches", NOON, "secret")
    # The start of sha256("secret").
    assert key == Key("key-2bb80d537b1d", OULU_COACH, NOON, None, "Oulu, coaches")
    assert store.keys.find("secret") == key
    assert store.keys.find("Secret") is None
    assert store.keys.find("") is None


def test_a_revoked_key_is_not_found(store: Store) -> None:
    key = store.keys.create(Grant(role=Role.ADMIN), "", NOON, "secret")
    store.keys.revoke(key.id, LATER)
    store.keys.revoke(key.id, LATER.replace(year=2030))
    assert store.keys.find("secret") is None
    assert store.keys.list() == [replace(key, revoked_at=LATER)]


def test_revoking_an_unknown_key_is_an_error(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no key 'key-x'"):
        store.keys.revoke("key-x", NOON)


def test_keys_are_listed_oldest_first(store: Store) -> None:
    second = store.keys.create(Grant(role=Role.INDEXER), "night", LATER, "b")
    first = store.keys.create(EMPLOYER, "Oy Firma Ab", NOON, "a")
    assert store.keys.list() == [first, second]


def test_a_person_has_no_key(store: Store) -> None:
    with pytest.raises(InputError, match="A person has no key"):
        store.keys.create(Grant(role=Role.PERSON, profile_id="p1"), "", NOON, "secret")
    assert store.keys.list() == []


def test_one_secret_makes_one_key(store: Store) -> None:
    store.keys.create(Grant(role=Role.ADMIN), "", NOON, "secret")
    with pytest.raises(StoreError):
        store.keys.create(Grant(role=Role.INDEXER), "", NOON, "secret")


def test_the_secret_itself_is_not_stored(store: Store, store_url: str) -> None:
    store.keys.create(Grant(role=Role.ADMIN), "label", NOON, "top-secret-word")
    engine = create_engine(store_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM keys")).one()
    engine.dispose()
    assert "top-secret-word" not in str(row)
