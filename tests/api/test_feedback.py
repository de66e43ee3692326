"""What was said of offers, and what it changes at once."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import KEYS, NOW
from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu-2"
REFUSED = {
    "kind": "vacancy",
    "offer_id": "v-welder",
    "action": "not_suitable",
    "reason": "employer",
    "text": "Kysy Annalta, 040 123 4567",
    "position": 1,
    "shown": "snapshot-1",
}


def vacancies(api: ApiUnderTest) -> tuple[list[str], int]:
    body = {"profile_id": "p-oulu-2", "kinds": ["vacancy"]}
    answer = api.json("coach", "POST", "/v1/matches", body)
    return [one["offer"]["id"] for one in answer["lists"]["vacancy"]], answer["kept_out"]["vacancy"]


def wishes(api: ApiUnderTest, lang: str = "fi") -> Any:
    return api.json("coach", "GET", f"{PERSON}/wishes?lang={lang}")


def test_feedback_is_noted_with_who_and_when_and_without_contacts(api: ApiUnderTest) -> None:
    made = api.json("coach", "POST", f"{PERSON}/feedback?lang=sv", REFUSED)
    [listed] = api.json("coach", "GET", f"{PERSON}/feedback?lang=sv")
    assert listed == made
    with api.store() as store:
        coach = next(key.id for key in store.keys.list() if key.label == "coach")
    assert {name: made[name] for name in made if name != "id"} == {
        "kind": "vacancy",
        "offer_id": "v-welder",
        "action": "not_suitable",
        "reason": "employer",
        "reason_text": "inte hos denna arbetsgivare",
        "text": "[…], […]",
        "position": 1,
        "shown": "snapshot-1",
        "at": "2026-11-02T12:00:00Z",
        "by": coach,
        "withdraws": None,
    }


def test_a_reason_acts_on_the_next_list_until_it_is_withdrawn(api: ApiUnderTest) -> None:
    assert vacancies(api) == (["v-welder"], 0)
    wish = api.json("coach", "POST", f"{PERSON}/feedback", REFUSED)["id"]
    assert vacancies(api) == ([], 1)
    assert api.call("coach", "DELETE", f"{PERSON}/wishes/{wish}").status_code == 204
    assert vacancies(api) == (["v-welder"], 0)
    actions = [one["action"] for one in api.json("coach", "GET", f"{PERSON}/feedback")]
    assert actions == ["not_suitable", "withdrawn"]


def test_a_wish_is_shown_with_its_day_and_what_it_keeps_out(api: ApiUnderTest) -> None:
    made = api.json("coach", "POST", f"{PERSON}/feedback", REFUSED)
    answer = wishes(api)
    assert answer["wishes"] == [
        {
            "id": made["id"],
            "limit": "employer",
            "value": "Satama Oy",
            "text": "asiakkaan oma toive 2.11.2026: ei työnantajaa ”Satama Oy”",
            "reason": "employer",
            "since": "2026-11-02",
        }
    ]
    [kept_out] = answer["kept_out"]["vacancy"]
    assert kept_out["offer"]["id"] == "v-welder"
    gate = next(gate for gate in kept_out["gates"] if gate["gate"] == "wish")
    assert (gate["outcome"], gate["required"], gate["evidence"]) == (
        "unmet",
        "employer:Satama Oy",
        "2026-11-02",
    )


def test_the_list_of_the_night_heeds_what_was_said_since(api: ApiUnderTest) -> None:
    match = Match("p-oulu-2", "v-welder", OfferKind.VACANCY, 1, 0.5, Band.GOOD, (), (), ())
    entry = ListEntry(OfferKind.VACANCY, "v-welder", 1, 0.5, "good", False, codec.dump(match))
    with api.store() as store:
        made = StoredList("p-oulu-2", "run-1", api.snapshot, NOW, (entry,))
        store.lists.replace_many([made])
    before = api.json("coach", "GET", f"{PERSON}/list")
    assert [one["offer"]["id"] for one in before["lists"]["vacancy"]] == ["v-welder"]
    api.json("coach", "POST", f"{PERSON}/feedback", REFUSED)
    after = api.json("coach", "GET", f"{PERSON}/list")
    assert (after["lists"], after["kept_out"]["vacancy"]) == ({"vacancy": []}, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": None}, "reason"),
        ({"action": "saved"}, "reason"),
        ({"reason": "other", "text": ""}, "text"),
        ({"action": "withdrawn", "reason": None}, "action"),
        ({"position": 0}, "position"),
        ({"reason": "bad mood"}, "reason"),
    ],
)
def test_what_does_not_go_together_is_refused_by_field(
    change: dict[str, object], field: str, reading_api: ApiUnderTest
) -> None:
    response = reading_api.call("coach", "POST", f"{PERSON}/feedback", {**REFUSED, **change})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_feedback_on_an_offer_that_does_not_exist_is_not_noted(reading_api: ApiUnderTest) -> None:
    body = {**REFUSED, "offer_id": "v-nothing"}
    assert reading_api.call("coach", "POST", f"{PERSON}/feedback", body).status_code == 404


def test_the_wishes_of_another_client_cannot_be_withdrawn(api: ApiUnderTest) -> None:
    assert "coach" in KEYS
    assert api.call("coach", "DELETE", f"{PERSON}/wishes/fb-coach").status_code == 404


def test_feedback_goes_with_the_person(api: ApiUnderTest) -> None:
    api.json("coach", "POST", f"{PERSON}/feedback", REFUSED)
    api.call("coach", "DELETE", PERSON)
    with api.store() as store:
        assert store.feedback.of_profile("p-oulu-2") == []
