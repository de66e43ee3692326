"""Case files: what is noted of the work with a client."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.service import ApiUnderTest

MEETING = {
    "topic": "meeting",
    "begins": "2026-11-03T09:00:00+02:00",
    "kind": "discussion",
    "channel": "phone",
}
TASK = {"topic": "task", "text": "Päivitä CV", "responsible": "client", "due": "2026-11-10"}
CASE = "/v1/profiles/p-oulu/case"


def test_an_entry_comes_back_with_its_writer_and_moment(api: ApiUnderTest) -> None:
    written = _write(api, MEETING)
    assert (written["version"], written["profile_id"]) == (1, "p-oulu")
    assert written["at"] == "2026-11-02T12:00:00Z"
    assert written["entry"]["state"] == "planned"
    assert api.json("coach", "GET", CASE)["items"] == [written]


def test_a_change_of_an_old_version_answers_409_and_loses_nothing(api: ApiUnderTest) -> None:
    path = f"{CASE}/{_write(api, MEETING)['id']}"
    held = {"version": 1, "entry": {**MEETING, "state": "held", "notes": "Sovittiin kurssista."}}
    assert api.json("coach", "PUT", path, held)["version"] == 2
    missed = {"version": 1, "entry": {**MEETING, "state": "missed"}}
    refused = api.call("admin", "PUT", path, missed)
    assert refused.status_code == 409
    assert "version 1 was expected, 2 is there" in refused.json()["detail"]
    states = [one["entry"]["state"] for one in api.json("coach", "GET", CASE)["items"]]
    assert states == ["planned", "held"]


def test_an_entry_cannot_be_changed_through_another_clients_file(api: ApiUnderTest) -> None:
    id = _write(api, TASK)["id"]
    change = {"version": 1, "entry": {**TASK, "text": "Muu"}}
    refused = api.call("admin", "PUT", f"/v1/profiles/p-kempele/case/{id}", change)
    assert refused.status_code == 404
    assert api.json("coach", "GET", CASE)["items"][0]["entry"]["text"] == "Päivitä CV"


@pytest.mark.parametrize(
    ("kind", "calls_for"),
    [
        ("moved", ["update_profile", "match_anew", "check_rules"]),
        ("competence", ["update_profile", "match_anew"]),
        ("benefit", ["check_rules"]),
        ("other", []),
    ],
)
def test_a_reported_change_tells_what_it_calls_for(
    kind: str, calls_for: list[str], api: ApiUnderTest
) -> None:
    change = {
        "topic": "reported_change",
        "kind": kind,
        "text": "Muutin.",
        "since": "2026-11-01",
        "channel": "online",
        "due": "2026-11-04",
    }
    assert _write(api, change)["calls_for"] == calls_for


def test_what_is_due_shows_the_own_municipalities_only(api: ApiUnderTest) -> None:
    task, meeting = _write(api, TASK), _write(api, MEETING)
    due = "/v1/due?until=2026-11-10"
    assert api.json("coach", "GET", due)["items"] == [meeting, task]
    assert api.json("coach", "GET", "/v1/due?until=2026-11-09")["items"] == [meeting]
    assert api.json("other coach", "GET", due)["items"] == []


def test_clients_without_a_coach_are_told_until_they_have_one(api: ApiUnderTest) -> None:
    _write(api, {"topic": "assignment", "coach": "Anna", "start": "2026-11-01"})
    coaching = api.json("coach", "GET", "/v1/coaches")
    assert coaching["loads"] == [{"coach": "Anna", "clients": 1}]
    assert coaching["unassigned"] == [f"p-oulu-{n}" for n in range(2, 7)]
    assert api.json("other coach", "GET", "/v1/coaches")["loads"] == []
    again = {"entry": {"topic": "assignment", "coach": "Pekka", "start": "2026-11-02"}}
    assert api.call("coach", "POST", CASE, again).status_code == 422


def test_ideas_are_listed_without_telling_whose_they_are(api: ApiUnderTest) -> None:
    idea = {"topic": "idea", "about": "vertaisryhmät", "text": "Lisää ryhmiä illalla."}
    _write(api, idea)
    api.json("coach", "POST", "/v1/ideas", {"entry": {**idea, "text": "Soittakaa takaisin."}})
    items = api.json("lead", "GET", "/v1/ideas")["items"]
    assert [(one["profile_id"], one["entry"]["text"]) for one in items] == [
        (None, "Soittakaa takaisin."),
        (None, "Lisää ryhmiä illalla."),
    ]
    assert api.json("other coach", "GET", "/v1/ideas")["items"] == []


def test_an_idea_without_a_name_is_of_one_of_the_callers_municipalities(api: ApiUnderTest) -> None:
    def give(who: str, municipality: str | None) -> Any:
        idea = {"topic": "idea", "about": "ryhmät", "text": "Lisää.", "municipality": municipality}
        return api.call(who, "POST", "/v1/ideas", {"entry": idea})

    assert give("coach", None).json()["entry"]["municipality"] == "564"
    refused = give("coach", "244")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "entry.municipality"
    assert give("admin", "244").status_code == 201
    assert give("admin", "1234").status_code == 422


def test_contacts_in_notes_are_left_out(api: ApiUnderTest) -> None:
    notes = {**MEETING, "notes": "Soita numeroon 040 123 4567."}
    assert _write(api, notes)["entry"]["notes"] == "Soita numeroon […]."


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({**MEETING, "begins": "2026-11-03T09:00:00"}, "entry.meeting.begins"),
        ({**TASK, "responsible": "somebody"}, "entry.task.responsible"),
        ({**TASK, "owner": "me"}, "entry.task.owner"),
        ({"topic": "wish"}, "entry"),
    ],
)
def test_a_wrong_entry_is_refused_by_field(entry: Any, field: str, api: ApiUnderTest) -> None:
    refused = api.call("coach", "POST", CASE, {"entry": entry})
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_plan_is_printed_in_the_language_asked_for(api: ApiUnderTest) -> None:
    plan = {
        "topic": "plan",
        "goal": "Hitsaajaksi",
        "steps": [{"text": "Tulityökortti", "responsible": "client", "due": "2026-12-01"}],
        "agreed": "2026-11-02",
        "next_review": "2027-02-01",
    }
    _write(api, plan)
    page = api.call("coach", "GET", "/v1/profiles/p-oulu/plan?tongue=ru")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Ваш план</h1>" in page.text
    assert "Не позднее 1.12.2026." in page.text


def test_the_case_file_goes_with_the_person(api: ApiUnderTest) -> None:
    _write(api, TASK)
    assert api.call("coach", "DELETE", "/v1/profiles/p-oulu").status_code == 204
    assert api.call("admin", "GET", CASE).status_code == 404
    assert api.json("admin", "GET", "/v1/due?until=2026-12-31")["items"] == []


def _write(api: ApiUnderTest, entry: Any) -> Any:
    return api.json("coach", "POST", CASE, {"entry": entry})
