"""One offer for one profile: where it stands and why."""

from __future__ import annotations

import pytest

from matcher.match.features import Feature
from tests.api.service import ApiUnderTest

PATH = "/v1/profiles/p-oulu/matches/need/n-survey"


def test_an_offer_of_the_list_is_explained_like_there(reading_api: ApiUnderTest) -> None:
    body = {"profile_id": "p-oulu", "kinds": ["need"]}
    listed = reading_api.json("coach", "POST", "/v1/matches", body)["lists"]["need"]
    match = next(each for each in listed if each["offer"]["id"] == "n-survey")
    answer = reading_api.json("coach", "GET", PATH)
    del match["instruments"]  # of the list alone
    assert {name: answer[name] for name in match} == match
    assert (answer["standing"], answer["same_as"]) == ("listed", None)
    assert answer["standing_text"] == f"Vaihtoehto on listalla sijalla {match['rank']}."
    assert list(answer["parts"]) == [feature.name.lower() for feature in Feature]


def test_an_explanation_says_all_in_sentences_in_the_language_asked_for(
    reading_api: ApiUnderTest,
) -> None:
    answer = reading_api.json("coach", "GET", f"{PATH}?lang=sv")
    assert answer["sentences"]["carries"] == answer["because"]
    assert (
        "I klientens uppgifter finns ”piirustusten lukeminen”. "
        "Det motsvarar kravet ”piirustusten lukeminen”."
    ) in answer["because"]
    assert answer["sentences"]["missing"] == [
        "I klientens uppgifter nämns inte kravet ”trukin ajaminen”."
    ]
    assert {
        "question": "Har klienten detta kort eller tillstånd: Hygienpass?",
        "effect": "decides",
    } in answer["ask_next"]


@pytest.mark.parametrize("offer", ["vacancy/v-closed", "vacancy/n-survey", "need/nothing"])
def test_what_is_not_open_is_not_explained(offer: str, reading_api: ApiUnderTest) -> None:
    path = f"/v1/profiles/p-oulu/matches/{offer}"
    assert reading_api.call("coach", "GET", path).status_code == 404
