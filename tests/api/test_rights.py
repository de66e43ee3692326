"""A copy, a correction, an erasure: through the service, and what everybody sees afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matcher.domain.feedback import Action, Feedback
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.domain.rights import proof_of
from matcher.ingest.records import ProfileRecord, profile_from
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import NOW, WELDER
from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu-2"
WRONG = {"changes": {"municipality": "244"}, "reason": "Muutti jo keväällä."}
GROUND = {"ground": "objection"}


def make_list(api: ApiUnderTest) -> None:
    """Store a list for the person that was made an hour ago."""
    match = Match("p-oulu-2", "v-welder", OfferKind.VACANCY, 1, 0.7, Band.GOOD, (), (), ())
    entry = ListEntry(OfferKind.VACANCY, "v-welder", 1, 0.7, Band.GOOD, False, codec.dump(match))
    made = StoredList("p-oulu-2", "run-1", api.snapshot, NOW - timedelta(hours=1), (entry,))
    with api.store() as store:
        store.lists.replace_many([made])


def candidates(api: ApiUnderTest) -> set[str]:
    found = api.json("admin", "POST", "/v1/candidates", {"need_id": "n-survey"})
    return {one["profile"]["id"] for one in found["candidates"]}


def test_a_copy_holds_everything_and_can_be_imported_elsewhere(api: ApiUnderTest) -> None:
    said = Feedback(
        id="fb-own",
        profile_id="p-oulu-2",
        offer_id="v-welder",
        kind=OfferKind.VACANCY,
        action=Action.SAVED,
        text="Tämä kiinnostaa",
        at=NOW,
        by="coach",
    )
    make_list(api)
    with api.store() as store:
        store.feedback.add(said)
    copy = api.json("coach", "GET", f"{PERSON}/copy")
    assert copy["held"]["feedback"][0]["text"] == "Tämä kiinnostaa"
    assert copy["held"]["lists"][0]["payload"][0]["band"] == "good"
    taken = profile_from(ProfileRecord.model_validate(copy["profile"]), id="p-oulu-2")
    assert taken == replace(WELDER, id="p-oulu-2")


def test_a_copy_tells_who_has_looked_and_making_one_is_written_down_too(
    api: ApiUnderTest,
) -> None:
    api.json("coach", "GET", PERSON)
    first = api.json("coach", "GET", f"{PERSON}/copy")
    assert [(one["what"], one["role"]) for one in first["seen"]] == [("read", "coach")]
    second = api.json("admin", "GET", f"{PERSON}/copy")
    assert [one["what"] for one in second["seen"]] == ["read", "export"]


def test_the_page_speaks_the_language_of_the_person_or_the_one_asked_for(
    api: ApiUnderTest,
) -> None:
    page = api.call("data protection", "GET", f"{PERSON}/copy/page")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Tietosi Kohtaannossa" in page.text
    assert "Olen hitsannut konepajalla" in page.text
    swedish = api.call("data protection", "GET", f"{PERSON}/copy/page?lang=sv")
    assert "Dina uppgifter i Kohtaanto" in swedish.text


def test_a_correction_is_searched_at_once_kept_with_its_reason_and_marks_old_lists(
    api: ApiUnderTest,
) -> None:
    make_list(api)
    assert api.json("coach", "GET", f"{PERSON}/list")["corrected"] == []
    made = api.json("admin", "POST", f"{PERSON}/corrections", WRONG)
    assert (made["fields"], made["before"]["municipality"]) == (["municipality"], "564")
    assert made["reason"] == "Muutti jo keväällä."
    # Who moved is no longer a client of the municipality, and is one of the other.
    assert api.call("coach", "GET", PERSON).status_code == 404
    assert api.json("other coach", "GET", PERSON)["municipality"] == "244"
    assert api.json("other coach", "GET", f"{PERSON}/list")["corrected"] == ["municipality"]


def test_corrected_words_are_found_by_the_next_search(api: ApiUnderTest) -> None:
    assert "p-oulu-2" in candidates(api)
    words = {"competences": ["kirjanpito"], "text": "", "occupations_wanted": ["kirjanpitäjä"]}
    api.json("coach", "POST", f"{PERSON}/corrections", {"changes": words, "reason": "x"})
    need = {"title": "Kirjanpitäjä", "requirements": ["kirjanpito"]}
    found = api.json("admin", "POST", "/v1/candidates", {"need": need})["candidates"]
    assert found[0]["profile"]["id"] == "p-oulu-2"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"changes": {"municipality": "999"}, "reason": "x"}, "not a known municipality"),
        ({"changes": {"owner": "x"}, "reason": "x"}, "cannot be corrected"),
        ({"changes": {"active": True}, "reason": "x"}, "says that already"),
    ],
)
def test_a_correction_that_cannot_be_used_changes_nothing(
    body: Any, complaint: str, api: ApiUnderTest
) -> None:
    answer = api.call("coach", "POST", f"{PERSON}/corrections", body)
    assert complaint in answer.json()["detail"]
    with api.store() as store:
        assert store.profiles.get("p-oulu-2") == replace(WELDER, id="p-oulu-2")
        assert store.corrections.of_profile("p-oulu-2") == []


def test_a_correction_without_a_reason_is_refused(api: ApiUnderTest) -> None:
    body = {"changes": {"municipality": "244"}, "reason": "  "}
    assert api.call("coach", "POST", f"{PERSON}/corrections", body).status_code == 422


def test_an_erasure_answers_with_a_proof_that_its_receipt_opens(api: ApiUnderTest) -> None:
    make_list(api)
    done = api.json("data protection", "POST", f"{PERSON}/erasure", GROUND)
    assert done["proof"]["counts"]["profiles"] == done["proof"]["counts"]["lists"] == 1
    assert done["source"] == "own"
    assert api.json("admin", "GET", "/v1/erasures") == [done["proof"]]
    with api.store() as store:
        found = store.erasures.find(proof_of(done["receipt"], "p-oulu-2"))
    assert (found.id, found.by) == (done["proof"]["id"], store_key(api, "data protection"))


def store_key(api: ApiUnderTest, label: str) -> str:
    with api.store() as store:
        return next(key.id for key in store.keys.list() if key.label == label)


@pytest.mark.parametrize(("method", "path"), [("POST", f"{PERSON}/erasure"), ("DELETE", PERSON)])
def test_nothing_finds_an_erased_person_from_the_next_request_on(
    method: str, path: str, api: ApiUnderTest
) -> None:
    make_list(api)
    assert "p-oulu-2" in candidates(api)
    assert api.call("coach", "GET", f"{PERSON}/list").status_code == 200
    body = GROUND if method == "POST" else None
    assert api.call("coach", method, path, body).status_code < 300
    assert "p-oulu-2" not in candidates(api)
    for gone in ("", "/list", "/copy", "/copy/page", "/case"):
        assert api.call("coach", "GET", f"{PERSON}{gone}").status_code == 404


@pytest.mark.parametrize(("method", "path"), [("POST", f"{PERSON}/erasure"), ("DELETE", PERSON)])
def test_a_legal_hold_answers_with_its_reason(method: str, path: str, api: ApiUnderTest) -> None:
    with api.store() as store:
        store.holds.set_on_person("p-oulu-2", "KHO 7/2026", "dpo", NOW)
    answer = api.call("coach", method, path, GROUND if method == "POST" else None)
    assert answer.status_code == 403
    assert "KHO 7/2026" in answer.json()["detail"]
    assert api.call("coach", "GET", PERSON).status_code == 200
