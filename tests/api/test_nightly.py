"""An answer with a stored list is given again only while it would be the same."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.access import Caller, Identity
from api.kept import KeptAnswers
from api.nightly import nightly_document
from api.schemas.matches import NightlyAnswer
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Situation
from matcher.domain.text import Lang
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import KEYS, NOW, VACANCY, WELDER
from tests.api.service import ApiUnderTest

PATH = "/v1/profiles/p-oulu-2/list"
TOO_FAR = {"kind": "vacancy", "offer_id": "v-welder", "action": "not_suitable"}


def _list(api: ApiUnderTest, run: str, *offers: tuple[OfferKind, str]) -> StoredList:
    entries = []
    for rank, (kind, id) in enumerate(offers, 1):
        match = Match("p-oulu-2", id, kind, rank, 0.7, Band.GOOD, (), (), ())
        entries.append(ListEntry(kind, id, rank, 0.7, Band.GOOD, False, codec.dump(match)))
    return StoredList("p-oulu-2", run, api.snapshot, NOW, tuple(entries))


@pytest.fixture
def read(api: ApiUnderTest) -> ApiUnderTest:
    """The application after a list was made, and read once."""
    made = _list(api, "run-1", (OfferKind.NEED, "n-survey"), (OfferKind.VACANCY, "v-welder"))
    with api.store() as store:
        store.lists.replace_many([made])
    assert _titles(api) == {"n-survey": "Hitsaaja konepajalle", "v-welder": "Hitsaaja"}
    return api


def _titles(api: ApiUnderTest, lang: str = "fi") -> dict[str, str]:
    lists = api.json("coach", "GET", f"{PATH}?lang={lang}")["lists"]
    return {m["offer"]["id"]: m["offer"]["title"] for found in lists.values() for m in found}


def test_what_was_just_made_is_what_is_read_back_later(api: ApiUnderTest) -> None:
    made = _list(api, "run-1", (OfferKind.NEED, "n-survey"), (OfferKind.VACANCY, "v-welder"))
    with api.store() as store:
        store.lists.replace_many([made])
    services = api.client.app_state["services"]
    caller = Caller(Identity("coach", KEYS["coach"]), "")
    first, again = (nightly_document("p-oulu-2", Lang.FI, caller, services) for _ in range(2))
    assert first == again
    assert first.model_dump() == again.model_dump()
    assert [one.offer.id for one in again.lists[OfferKind.NEED]] == ["n-survey"]


def _changed_offer(api: ApiUnderTest) -> None:
    with api.store() as store:
        newer = replace(VACANCY, title=replace(VACANCY.title, fi="Levyseppä"))
        store.offers(OfferKind.VACANCY).upsert([newer], NOW)


def _erased_offer(api: ApiUnderTest) -> None:
    api.call("indexer", "DELETE", "/v1/offers/vacancy/v-welder")


def _expired_offer(api: ApiUnderTest) -> None:
    with api.store() as store:
        gone = replace(VACANCY, expires=NOW.date().replace(day=1))
        store.offers(OfferKind.VACANCY).upsert([gone], NOW)


def _refused_offer(api: ApiUnderTest) -> None:
    body = {**TOO_FAR, "reason": "other", "text": "ei käy"}
    api.json("coach", "POST", "/v1/profiles/p-oulu-2/feedback", body)


def _newer_list(api: ApiUnderTest) -> None:
    with api.store() as store:
        store.lists.replace_many([_list(api, "run-2", (OfferKind.NEED, "n-own"))])


def _same_run_again(api: ApiUnderTest) -> None:
    with api.store() as store:
        store.lists.replace_many([_list(api, "run-1", (OfferKind.VACANCY, "v-welder"))])


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (_changed_offer, {"n-survey": "Hitsaaja konepajalle", "v-welder": "Levyseppä"}),
        (_erased_offer, {"n-survey": "Hitsaaja konepajalle"}),
        (_expired_offer, {"n-survey": "Hitsaaja konepajalle"}),
        (_refused_offer, {"n-survey": "Hitsaaja konepajalle"}),
        (_newer_list, {"n-own": "Hitsaaja telakalle"}),
        (_same_run_again, {"v-welder": "Hitsaaja"}),
    ],
)
def test_a_change_shows_in_the_next_answer(
    read: ApiUnderTest, change: Callable[[ApiUnderTest], None], left: dict[str, str]
) -> None:
    change(read)
    assert _titles(read) == left


def test_a_situation_told_in_between_shows_in_the_instruments(read: ApiUnderTest) -> None:
    def instruments() -> Any:
        return read.json("coach", "GET", PATH)["lists"]["vacancy"][0]["instruments"]

    before = instruments()
    with read.store() as store:
        store.situations.put("p-oulu-2", Situation(registrations=()), NOW)
    assert instruments() != before


def test_every_language_has_its_own_answer(read: ApiUnderTest) -> None:
    assert _titles(read, "sv")["v-welder"] == "Svetsare"
    assert _titles(read, "fi")["v-welder"] == "Hitsaaja"


def test_what_is_kept_is_shown_to_nobody_else_and_not_after_erasure(read: ApiUnderTest) -> None:
    assert read.call("other coach", "GET", PATH).status_code == 404
    read.call("coach", "DELETE", "/v1/profiles/p-oulu-2")
    assert read.call("coach", "GET", PATH).status_code == 404


def test_nothing_is_kept_of_who_was_erased_elsewhere(read: ApiUnderTest) -> None:
    kept = _kept(read)
    assert kept.get("p-oulu-2") is not None
    with read.store() as store:
        store.erase_profile("p-oulu-2", NOW)
    assert read.call("coach", "GET", "/v1/profiles/p-oulu-3/list").status_code == 404
    assert kept.get("p-oulu-2") is None


def test_an_unchanged_answer_is_not_made_again(
    read: ApiUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read.call("coach", "GET", PATH).content
    monkeypatch.delattr("api.nightly.nightly_lists")
    with read.store() as store:
        store.profiles.upsert([replace(WELDER, id="p-somebody-else")], NOW)
    assert read.call("coach", "GET", PATH).content == first


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("*", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_an_answer_is_packed_for_who_takes_it(
    read: ApiUnderTest, accepted: str, encoding: str | None
) -> None:
    headers = {"Authorization": "Bearer secret of coach", "Accept-Encoding": accepted}
    with read.client.stream("GET", PATH, headers=headers) as response:
        sent = b"".join(response.iter_raw())
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    plain = gzip.decompress(sent) if encoding else sent
    assert NightlyAnswer.model_validate_json(plain).profile_id == "p-oulu-2"


def _kept(api: ApiUnderTest) -> KeptAnswers:
    kept: KeptAnswers = api.client.app_state["services"].kept
    return kept
