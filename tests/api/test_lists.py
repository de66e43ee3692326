"""The lists of the last night."""

from __future__ import annotations

import pytest

from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match, PhrasePair
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest

PATH = "/v1/profiles/p-oulu/list"


def _entry(kind: OfferKind, id: str, rank: int, *, is_new: bool) -> ListEntry:
    pair = PhrasePair("hitsaus", "MIG-hitsaus", Importance.ESSENTIAL, 0.9, 0.41239)
    gate = GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "022")
    match = Match("p-oulu", id, kind, rank, 0.71239, Band.GOOD, (pair,), (), (gate,), 12.34)
    return ListEntry(kind, id, rank, match.score, match.band, is_new, codec.dump(match))


@pytest.fixture
def listed(api: ApiUnderTest) -> ApiUnderTest:
    """The application after a night that made a list for one profile."""
    entries = (
        _entry(OfferKind.NEED, "n-own", 2, is_new=False),
        _entry(OfferKind.NEED, "n-survey", 1, is_new=True),
        _entry(OfferKind.VACANCY, "v-closed", 1, is_new=True),
        _entry(OfferKind.VACANCY, "v-welder", 2, is_new=False),
    )
    with api.store() as store:
        made = StoredList("p-oulu", "run-1", api.snapshot, NOW, entries, "prior-1")
        store.lists.replace_many([made])
    return api


def test_the_list_tells_what_is_new_and_when_it_was_made(listed: ApiUnderTest) -> None:
    answer = listed.json("coach", "GET", PATH)
    assert (answer["run_id"], answer["snapshot"]) == ("run-1", listed.snapshot)
    assert (answer["created_at"], answer["ranker"]) == ("2026-11-02T12:00:00Z", "prior-1")
    assert [(m["offer"]["id"], m["is_new"]) for m in answer["lists"]["need"]] == [
        ("n-survey", True),
        ("n-own", False),
    ]


def test_an_entry_is_explained_like_a_fresh_match(listed: ApiUnderTest) -> None:
    match = listed.json("coach", "GET", PATH)["lists"]["need"][0]
    assert (match["rank"], match["band"], match["score"]) == (1, "good", 0.7124)
    assert (match["rank_by_fit"], match["moved"]) == (1, None)
    assert match["distance_km"] == 12.3
    assert match["reasons"] == [
        {
            "requirement": "hitsaus",
            "competence": "MIG-hitsaus",
            "importance": "essential",
            "part": "requirement",
            "said": "has",
            "contribution": 0.4124,
        }
    ]
    assert match["questions"] == [
        f"Onko asiakkaalla tämä kortti tai lupa: {match['gates'][0]['required_text']}?"
    ]


def test_an_entry_that_was_spread_keeps_its_place_by_fit_and_says_why(api: ApiUnderTest) -> None:
    first = _entry(OfferKind.NEED, "n-own", 2, is_new=False)._replace(rank=1, rank_by_fit=2)
    second = _entry(OfferKind.NEED, "n-survey", 1, is_new=False)._replace(rank=2, rank_by_fit=1)
    third = _entry(OfferKind.NEED, "n-other", 3, is_new=False)._replace(rank_by_fit=3)
    with api.store() as store:
        made = StoredList("p-oulu", "run-1", api.snapshot, NOW, (second, third, first))
        store.lists.replace_many([made])
    found = api.json("coach", "GET", f"{PATH}?lang=en")["lists"]["need"]
    why = "Moved from place {}, so that not everyone is sent to the same jobs."
    assert [(m["offer"]["id"], m["rank"], m["rank_by_fit"], m["moved"]) for m in found] == [
        ("n-own", 1, 2, why.format(2)),
        ("n-survey", 2, 1, why.format(1)),
        ("n-other", 3, 3, None),
    ]


def test_what_closed_or_went_since_the_night_is_left_out(listed: ApiUnderTest) -> None:
    assert _ids(listed) == {"need": ["n-survey", "n-own"], "vacancy": ["v-welder"]}
    listed.call("indexer", "DELETE", "/v1/offers/need/n-survey")
    listed.json("indexer", "PUT", "/v1/offers/vacancy/v-welder", _expired(listed))
    assert _ids(listed) == {"need": ["n-own"]}


def test_a_list_made_with_another_snapshot_is_not_served(listed: ApiUnderTest) -> None:
    with listed.store() as store:
        entries = (_entry(OfferKind.VACANCY, "v-welder", 1, is_new=True),)
        store.lists.replace_many([StoredList("p-oulu", "run-2", "not published", NOW, entries)])
    assert listed.json("coach", "GET", PATH)["run_id"] == "run-1"


def test_without_a_night_there_is_no_list(reading_api: ApiUnderTest) -> None:
    assert reading_api.call("coach", "GET", PATH).status_code == 404


def _ids(api: ApiUnderTest) -> dict[str, list[str]]:
    lists = api.json("coach", "GET", PATH)["lists"]
    return {kind: [match["offer"]["id"] for match in found] for kind, found in lists.items()}


def _expired(api: ApiUnderTest) -> object:
    offer = api.json("admin", "GET", "/v1/offers/vacancy/v-welder")["offer"]
    return {**offer, "expires": "2026-11-01"}
