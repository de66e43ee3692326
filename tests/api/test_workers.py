"""Several processes over one store and one folder of snapshots see what each other does at once.

Two applications here, each with an index and a store of its own, as `serve --workers 2` has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.index.publication import publish
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import ENCODER, NOW, WELDER
from tests.api.service import ApiUnderTest
from tests.snapshots import write_snapshot

NEEDS = {"profile_id": "p-oulu-2", "kinds": ["need"]}


@pytest.fixture
def other(api: ApiUnderTest) -> Iterator[ApiUnderTest]:
    """Another process over the same home."""
    app = create_app(api.settings, clock=lambda: NOW, load=lambda _: ENCODER)
    with TestClient(app, base_url="https://testserver") as client:
        yield replace(api, app=app, client=client)


def _needs(api: ApiUnderTest) -> set[str]:
    answer: Any = api.json("coach", "POST", "/v1/matches", NEEDS)
    return {match["offer"]["id"] for match in answer["lists"]["need"]}


def test_what_one_stores_and_erases_is_in_the_next_answer_of_the_other(
    api: ApiUnderTest, other: ApiUnderTest
) -> None:
    before = _needs(other)
    need = {
        "title": {"fi": "Hitsaaja"},
        "organisation": "Uusi Oy",
        "tasks": ["MIG/MAG-hitsaus ja laserhitsaus"],
        "requirements": [{"text": "piirustusten lukeminen"}],
    }
    posted = api.json("employer", "POST", "/v1/needs", need)["id"]
    assert _needs(other) == before | {posted}
    other.call("employer", "DELETE", f"/v1/needs/{posted}")
    assert _needs(api) == before


def test_a_person_erased_at_one_is_gone_from_what_the_other_has_kept(
    api: ApiUnderTest, other: ApiUnderTest
) -> None:
    match = Match("p-oulu-2", "n-survey", OfferKind.NEED, 1, 0.7, Band.GOOD, (), (), ())
    entry = ListEntry(OfferKind.NEED, "n-survey", 1, 0.7, Band.GOOD, False, codec.dump(match))
    with api.store() as store:
        store.lists.replace_many([StoredList("p-oulu-2", "r", api.snapshot, NOW, (entry,))])
    for each in (api, other):
        each.json("coach", "GET", "/v1/profiles/p-oulu-2/list")
    api.call("coach", "DELETE", "/v1/profiles/p-oulu-2")
    assert other.call("coach", "GET", "/v1/profiles/p-oulu-2/list").status_code == 404


def test_both_answer_from_a_snapshot_as_soon_as_it_is_published(
    api: ApiUnderTest, other: ApiUnderTest
) -> None:
    with api.store() as store:
        revision = store.revision()
    later = NOW + timedelta(days=1)
    root = api.settings.snapshots
    name = write_snapshot(root, {}, encoder=ENCODER, revision=revision, now=later)
    publish(root, name)
    for each in (api, other):
        answer = each.json("coach", "POST", "/v1/matches", {"profile_id": WELDER.id})
        assert (answer["snapshot"], answer["lists"]["need"]) == (name, [])
