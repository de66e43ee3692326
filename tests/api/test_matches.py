"""Matches: explained, gated, in the language asked for."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.matcher import Matcher
from tests.api.conftest import ENCODER, NOW, WELDER
from tests.api.service import ApiUnderTest

STORED = {"profile_id": "p-oulu"}


def test_the_answer_is_what_the_matcher_finds(reading_api: ApiUnderTest) -> None:
    answer = reading_api.json("coach", "POST", "/v1/matches", STORED)
    with reading_api.store() as store:
        records = RecordEncoder(ENCODER)
        live = Live(reading_api.settings.snapshots, store, records, lambda: NOW)
        matcher = Matcher(live, store, records, reading_api.settings.retrieve)
        [expected] = matcher.match([WELDER], on=NOW.date())
    assert answer["snapshot"] == live.snapshot
    assert answer["profile_id"] == "p-oulu"
    assert {
        kind: [(m["offer"]["id"], m["rank"], m["band"], m["score"]) for m in found]
        for kind, found in answer["lists"].items()
    } == {
        kind: [(m.offer_id, m.rank, m.band, round(m.score, 4)) for m in found]
        for kind, found in expected.items()
    }
    assert answer["lists"]["need"][0]["rank"] == 1


def test_a_match_says_why_what_is_missing_and_what_to_ask(reading_api: ApiUnderTest) -> None:
    answer = reading_api.json("coach", "POST", "/v1/matches", STORED)
    match = next(m for m in answer["lists"]["need"] if m["offer"]["id"] == "n-survey")
    pairs = {(pair["requirement"], pair["competence"]) for pair in match["reasons"]}
    assert ("MIG/MAG-hitsaus", "MIG/MAG-hitsaus") in pairs
    assert ("piirustusten lukeminen", "piirustusten lukeminen") in pairs
    assert match["missing"] == [{"requirement": "trukin ajaminen", "importance": "essential"}]
    card = next(gate for gate in match["gates"] if gate["gate"] == "card")
    assert (card["outcome"], card["required"], card["evidence"]) == ("unknown", "022", None)
    assert card["required_text"] in " ".join(match["questions"])


@pytest.mark.parametrize(
    ("lang", "note", "title", "question"),
    [
        ("fi", "Ihminen päättää.", "Hitsaaja", "Mitä kieliä asiakas osaa ja kuinka hyvin?"),
        ("sv", "En människa beslutar.", "Svetsare", "Vilka språk kan klienten och hur väl?"),
        (
            "en",
            "A human decides.",
            "Hitsaaja",
            "Which languages does the client know, and how well?",
        ),
    ],
)
def test_the_answer_speaks_the_language_asked_for(
    lang: str, note: str, title: str, question: str, reading_api: ApiUnderTest
) -> None:
    answer = reading_api.json("coach", "POST", "/v1/matches", {**STORED, "lang": lang})
    assert answer["note"].endswith(note)
    assert answer["lists"]["vacancy"][0]["offer"]["title"] == title
    assert question in answer["questions"]


def test_only_the_kinds_asked_for_are_listed_and_no_more_than_k(reading_api: ApiUnderTest) -> None:
    body = {**STORED, "kinds": ["need"], "k": 2}
    lists = reading_api.json("coach", "POST", "/v1/matches", body)["lists"]
    assert {kind: [m["rank"] for m in found] for kind, found in lists.items()} == {"need": [1, 2]}


def order(found: list[dict[str, Any]]) -> list[str]:
    return [match["offer"]["id"] for match in found]


def scores(found: list[dict[str, Any]]) -> dict[str, float]:
    return {match["offer"]["id"]: match["score"] for match in found}


def test_weights_tilt_the_order_and_not_the_scores(api: ApiUnderTest) -> None:
    can = ["MIG/MAG-hitsaus", "piirustusten lukeminen", "trukin ajaminen"]
    fitting = {"title": can[0], "requirements": can, "place": {"municipalities": ["091"]}}
    wished = {"title": "Leipuri", "tasks": can[2:], "place": {"municipalities": ["564"]}}
    far = api.json("employer", "POST", "/v1/needs", fitting)["id"]
    dream = api.json("employer", "POST", "/v1/needs", wished)["id"]
    person = {"competences": can, "occupations_wanted": ["Leipuri"], "municipality": "564"}

    def needs(**weights: float) -> list[dict[str, Any]]:
        body = {"profile": person, "kinds": ["need"], **weights}
        answer = api.json("coach", "POST", "/v1/matches", body)
        found: list[dict[str, Any]] = answer["lists"]["need"]
        return found

    plain, wanted, near = needs(), needs(want=1), needs(near=1)
    assert order(plain)[0] == far
    assert order(wanted)[0] == dream
    assert order(near)[-1] == far
    assert scores(plain) == scores(wanted) == scores(near)


@pytest.mark.parametrize("value", [-0.1, 1.01, "0.5", True, None])
def test_a_weight_is_a_number_from_nought_to_one(
    value: float | str | bool | None, reading_api: ApiUnderTest
) -> None:
    response = reading_api.call("coach", "POST", "/v1/matches", {**STORED, "near": value})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["near"]


def test_blocked_offers_are_shown_only_on_request(reading_api: ApiUnderTest) -> None:
    person = {"competences": ["MIG/MAG-hitsaus", "piirustusten lukeminen"], "cards": []}
    body = {"profile": person, "kinds": ["need"]}
    hidden = reading_api.json("coach", "POST", "/v1/matches", body)["lists"]["need"]
    shown = reading_api.json("coach", "POST", "/v1/matches", {**body, "blocked": "show"})
    blocked = shown["lists"]["need"]
    assert hidden == []
    assert {m["offer"]["id"] for m in blocked} == {"n-survey", "n-own", "n-other"}
    assert {g["outcome"] for m in blocked for g in m["gates"] if g["gate"] == "card"} == {"unmet"}


def test_an_inline_profile_matches_like_the_stored_one_and_is_not_kept(
    reading_api: ApiUnderTest,
) -> None:
    document = reading_api.json("coach", "GET", "/v1/profiles/p-oulu")
    with reading_api.store() as store:
        before = store.revision()
        inline = reading_api.json("coach", "POST", "/v1/matches", {"profile": document})
        assert store.revision() == before
    stored = reading_api.json("coach", "POST", "/v1/matches", STORED)
    assert inline == {**stored, "profile_id": None, "list_id": None}


def test_a_profile_is_given_once(reading_api: ApiUnderTest) -> None:
    both = {**STORED, "profile": {"text": "Hitsaan."}}
    response = reading_api.call("coach", "POST", "/v1/matches", both)
    assert response.json()["errors"] == [
        {"location": "body", "field": "", "message": "give either profile_id or profile"}
    ]


def test_before_the_first_night_searches_are_not_ready_and_the_rest_works(
    empty_api: ApiUnderTest,
) -> None:
    body = {"competences": ["hitsaus"], "municipality": "564"}
    id = empty_api.json("coach", "POST", "/v1/profiles", body)["id"]
    response = empty_api.call("coach", "POST", "/v1/matches", {"profile_id": id})
    assert response.status_code == 503
    assert response.json()["detail"] == "The service is not ready. Run `matcher nightly` first."


def test_where_little_is_near_what_is_further_away_is_asked_about_and_not_listed(
    reading_api: ApiUnderTest,
) -> None:
    person = {
        "competences": ["MIG/MAG-hitsaus", "piirustusten lukeminen"],
        "municipality": "678",
        "commute": {"max_km": 20},
    }
    body = {"profile": person, "kinds": ["need"], "lang": "en"}
    answer = reading_api.json("coach", "POST", "/v1/matches", body)
    [ring] = answer["wider"]
    assert (answer["lists"]["need"], ring["kind"], ring["own_km"], ring["km"]) == (
        [],
        "need",
        20,
        80,
    )
    assert ring["question"].startswith(
        "Few companies' needs are within 20 km. Could the client travel up to 80 km?"
    )
    assert [
        gate["outcome"] for gate in ring["matches"][0]["gates"] if gate["gate"] == "commute"
    ] == ["unmet"]
    shown = reading_api.json("coach", "POST", "/v1/matches", {**body, "blocked": "show"})
    assert shown["wider"] == []
