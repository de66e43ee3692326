"""Candidates: people for coaches, counts for employers."""

from __future__ import annotations

from collections import Counter

from matcher.domain.match import Band
from tests.api.service import ApiUnderTest

WELDER = {"title": "Hitsaaja", "requirements": ["MIG/MAG-hitsaus", "piirustusten lukeminen"]}
OULU = [f"p-oulu{n}" for n in ("", "-2", "-3", "-4", "-5", "-6")]


def test_a_coach_sees_the_people_of_the_own_municipalities(reading_api: ApiUnderTest) -> None:
    assert _ids(reading_api, "coach") == OULU
    assert _ids(reading_api, "other coach") == ["p-kempele"]
    assert _ids(reading_api, "admin") == sorted([*OULU, "p-homeless", "p-kempele"])


def test_a_candidate_comes_with_reasons_and_a_rank_within_the_list(
    reading_api: ApiUnderTest,
) -> None:
    answer = reading_api.json("other coach", "POST", "/v1/candidates", {"need": WELDER})
    [candidate] = answer["candidates"]
    assert candidate["rank"] == 1
    assert candidate["profile"]["municipality"] == "244"
    assert {pair["requirement"] for pair in candidate["reasons"]} >= set(WELDER["requirements"])
    assert answer["note"] == "Lista järjestää ja perustelee; se ei päätä mistään. Ihminen päättää."


def test_an_employer_gets_counts_of_the_own_region_and_no_one(reading_api: ApiUnderTest) -> None:
    people = reading_api.json("coach", "POST", "/v1/candidates", {"need": WELDER})["candidates"]
    bands = Counter(person["band"] for person in people)
    assert sum(bands.values()) == 6
    response = reading_api.call("employer", "POST", "/v1/candidates", {"need": WELDER})
    expected = {band: bands[band] if bands[band] >= 5 else "under 5" for band in Band}
    assert response.json()["counts"] == expected
    assert set(response.json()) == {"need_id", "snapshot", "note", "counts"}
    assert "p-oulu" not in response.text


def test_an_erased_profile_is_no_candidate_from_that_moment_on(api: ApiUnderTest) -> None:
    assert "p-oulu-3" in _ids(api, "coach")
    api.call("coach", "DELETE", "/v1/profiles/p-oulu-3")
    assert _ids(api, "coach") == [id for id in OULU if id != "p-oulu-3"]


def test_a_profile_that_pauses_is_no_candidate(api: ApiUnderTest) -> None:
    document = api.json("coach", "GET", "/v1/profiles/p-oulu-3")
    api.json("coach", "PUT", "/v1/profiles/p-oulu-3", {**document, "active": False})
    assert _ids(api, "coach") == [id for id in OULU if id != "p-oulu-3"]


def test_an_inline_need_is_not_kept(reading_api: ApiUnderTest) -> None:
    with reading_api.store() as store:
        before = store.revision()
        reading_api.json("employer", "POST", "/v1/candidates", {"need": WELDER})
        assert store.revision() == before


def _ids(api: ApiUnderTest, who: str) -> list[str]:
    found = api.json(who, "POST", "/v1/candidates", {"need": WELDER, "k": 100})["candidates"]
    assert [one["rank"] for one in found] == list(range(1, len(found) + 1))
    return sorted(one["profile"]["id"] for one in found)
