"""What an employer learns of a need at once."""

from __future__ import annotations

from tests.api.service import ApiUnderTest


def test_an_employer_learns_what_shuts_people_out_and_no_one(api: ApiUnderTest) -> None:
    for n in range(2, 7):
        path = f"/v1/profiles/p-oulu-{n}"
        document = api.json("coach", "GET", path)
        api.json("coach", "PUT", path, {**document, "cards": []})
    response = api.call("employer", "GET", "/v1/needs/n-own/insight?lang=en")
    assert response.status_code == 200
    answer = response.json()
    assert set(answer["counts"].values()) == {"under 5"}
    assert answer["at_least"] == "under 5"
    assert answer["obstacles"][0] == {
        "gate": "card",
        "required": "022",
        "required_text": "Hygiene passport",
        "shuts_out": 5,
        "brings": 5,
        "text": "Hygiene passport: shuts out 5; without it, 5 more people could be offered this",
    }
    assert [one["support"] for one in answer["supports"]] == [
        "work_trial",
        "pay_subsidy",
        "training_agreement",
    ]
    assert answer["note"] == "Who is entitled to a support is decided person by person."
    assert "p-oulu" not in response.text


def test_an_insight_counts_the_people_of_the_callers_municipalities(
    reading_api: ApiUnderTest,
) -> None:
    path = "/v1/needs/n-own/insight"
    own = reading_api.json("employer", "GET", path)["counts"]
    assert own == reading_api.json("coach", "GET", path)["counts"]
    assert 6 in own.values()
    assert set(reading_api.json("other coach", "GET", path)["counts"].values()) == {"under 5"}


def test_before_the_first_night_there_is_no_insight(empty_api: ApiUnderTest) -> None:
    need = {"title": "Hitsaaja", "place": {"municipalities": ["564"]}}
    id = empty_api.json("employer", "POST", "/v1/needs", need)["id"]
    assert empty_api.call("employer", "GET", f"/v1/needs/{id}/insight").status_code == 503
