"""The records of lists, told to who checks them and to the person."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.api.conftest import WELDER
from tests.api.service import ApiUnderTest

LISTS = "/v1/profiles/p-oulu/lists"


@pytest.fixture
def shown(api: ApiUnderTest) -> str:
    """Id of a list that was shown just now."""
    return str(api.json("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})["list_id"])


def test_a_list_leads_to_all_that_it_was_made_from(api: ApiUnderTest, shown: str) -> None:
    matches = api.json("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})
    record = api.json("coach", "GET", f"{LISTS}/{shown}")
    assert (record["id"], record["profile_id"], record["run_id"]) == (shown, "p-oulu", None)
    assert record["basis"]["snapshot"] == matches["snapshot"]
    vacancies = [one for one in record["placed"] if one["kind"] == "vacancy"]
    assert [(one["offer_id"], one["score"]) for one in vacancies] == [
        (one["offer"]["id"], one["score"]) for one in matches["lists"]["vacancy"]
    ]
    with api.store() as store:
        assert record["inputs"]["profile_hash"] == store.profiles.hashes(["p-oulu"])["p-oulu"]
    assert WELDER.text not in str(record)
    assert [one["reason"] for one in record["wishes"]] == ["employer"] * len(record["wishes"])


def test_a_list_comes_out_again_after_the_profile_has_changed(
    api: ApiUnderTest, shown: str
) -> None:
    api.json("coach", "PUT", "/v1/profiles/p-oulu", {"text": "Laulan.", "municipality": "564"})
    replay = api.json("coach", "POST", f"{LISTS}/{shown}/replay")
    assert replay == {
        "list_id": shown,
        "is_equal": True,
        "differences": [],
        "other": [],
        "passed_over": 0,
    }


def test_a_list_is_told_in_the_words_of_the_person(api: ApiUnderTest, shown: str) -> None:
    told = api.json("coach", "GET", f"{LISTS}/{shown}/explanation?tongue=fi-simple")
    assert told[1]["lines"][1] == "Ohjelma ei päätä asioistasi. " + (
        "Ohjelma vain laittaa paikat järjestykseen."
    )


def test_the_list_of_another_client_is_not_there(api: ApiUnderTest, shown: str) -> None:
    for path in (shown, f"{shown}/explanation"):
        answer = api.call("coach", "GET", f"/v1/profiles/p-oulu-2/lists/{path}")
        assert answer.status_code == 404
        assert answer.json()["detail"] == f"There is no list {shown!r}."
    assert api.call("other coach", "GET", f"{LISTS}/{shown}").status_code == 404


def test_the_log_names_the_list_that_was_looked_at(api: ApiUnderTest, shown: str) -> None:
    api.json("coach", "GET", f"{LISTS}/{shown}")
    with api.store() as store:
        made, read = (entry.happening for entry in store.audit.of("p-oulu")[-2:])
    assert (made.operation, made.about) == ("find_matches", shown)
    assert (read.operation, read.about) == ("read_list", shown)


def test_a_list_whose_record_cannot_be_kept_is_not_shown(api: ApiUnderTest) -> None:
    with api.store() as store, store._database.write() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON decisions"
                " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    answer = api.call("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})
    assert answer.status_code == 503
    with api.store() as store:
        assert store.audit.of("p-oulu") == []


def test_an_inline_profile_leaves_an_entry_about_nobody_and_no_record(api: ApiUnderTest) -> None:
    body = {"profile": {"competences": ["hitsaus"], "municipality": "564"}}
    assert api.json("coach", "POST", "/v1/matches", body)["list_id"] is None
    with api.store() as store:
        [entry] = list(store.audit.entries())
    assert (entry.happening.subject, entry.happening.about) == (None, "")
