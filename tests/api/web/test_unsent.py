"""What is typed in a session that has ended is kept for who had typed it, and for nobody else."""

from __future__ import annotations

import html
import json
import re

import pytest
from httpx2 import Response

from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

MAPPING = "/clients/p-oulu/mapping"
SENT_TO = f"{MAPPING}/words"
OURS = {"Sec-Fetch-Site": "same-origin", "Referer": f"https://testserver{MAPPING}"}
TYPED = "Osaan <b>kaikenlaista</b> & muuta."


def end_sessions(api: ApiUnderTest) -> None:
    with api.store() as store:
        for session in store.sessions.list(NOW):
            store.sessions.revoke(session.id, NOW)


def kept_in(answer: Response) -> dict[str, str]:
    found = re.search(r'name="unsent" value="([^"]*)"', answer.text)
    assert found, answer.text
    return {"unsent": html.unescape(found[1])}


def fields_of(answer: Response) -> dict[str, str]:
    """Return the hidden fields of the form that sends again what was typed."""
    form = answer.text.partition('<form method="post" action="/clients')[2]
    pairs = re.findall(r'name="([^"]*)" value="([^"]*)"', form.partition("</form>")[0])
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


def seen_words(visitor: Visitor) -> str:
    found = re.search(r'id="seen-words" name="seen" value="([^"]*)"', visitor.get(MAPPING).text)
    assert found
    return found[1]


@pytest.fixture
def visitor(api: ApiUnderTest) -> Visitor:
    return Visitor(api)


@pytest.fixture
def refused(api: ApiUnderTest, visitor: Visitor) -> Response:
    """The answer to a text that a coach sends when the session has ended."""
    visitor.sign_in("coach")
    form = {**visitor.token(MAPPING), "text": TYPED, "language": "fi", "seen": "-"}
    end_sessions(api)
    return visitor.post(SENT_TO, form, OURS)


def test_what_was_typed_comes_back_after_signing_in_again_and_is_saved(
    api: ApiUnderTest, visitor: Visitor, refused: Response
) -> None:
    assert refused.status_code == 200
    assert "Lähettämääsi ei tallennettu." in refused.text
    assert "/language" not in refused.text
    visitor.sign_in("coach")
    assert "Sulje tämä välilehti" in visitor.get("/unsent").text
    shown = visitor.post("/unsent", kept_in(refused), OURS)
    assert html.escape(TYPED) in shown.text
    assert TYPED not in shown.text
    with api.store() as store:
        assert store.profiles.get("p-oulu").text != TYPED
    again = fields_of(shown)
    assert again["text"] == TYPED
    assert again["csrf"] != kept_in(refused)["unsent"]
    saved = visitor.post(SENT_TO, {**again, "seen": seen_words(visitor)})
    assert saved.status_code == 303
    with api.store() as store:
        assert store.profiles.get("p-oulu").text == TYPED


def test_the_version_that_the_writer_saw_is_kept_so_that_a_conflict_is_found(
    visitor: Visitor, refused: Response
) -> None:
    visitor.sign_in("coach")
    again = fields_of(visitor.post("/unsent", kept_in(refused), OURS))
    assert visitor.post(SENT_TO, again).status_code == 409


def test_who_goes_on_without_signing_in_keeps_what_was_typed(
    visitor: Visitor, refused: Response
) -> None:
    once_more = visitor.post("/unsent", kept_in(refused), OURS)
    assert kept_in(once_more) == kept_in(refused)


def test_somebody_else_at_the_same_browser_is_shown_nothing(
    visitor: Visitor, refused: Response
) -> None:
    visitor.sign_in("lead")
    shown = visitor.post("/unsent", kept_in(refused), OURS)
    assert shown.status_code == 422
    assert "kaikenlaista" not in shown.text


def test_who_has_signed_in_again_in_another_tab_sends_it_at_once(
    api: ApiUnderTest, visitor: Visitor
) -> None:
    visitor.sign_in("coach")
    form = {**visitor.token(MAPPING), "text": TYPED, "seen": "-"}
    visitor.sign_in("coach")
    assert fields_of(visitor.post(SENT_TO, form, OURS))["text"] == TYPED
    visitor.sign_in("lead")
    other = visitor.post(SENT_TO, form, OURS)
    assert (other.status_code, "kaikenlaista" in other.text) == (403, False)


def test_a_script_gets_the_whole_page_and_puts_it_in_the_place_of_the_one_before(
    api: ApiUnderTest, visitor: Visitor
) -> None:
    visitor.sign_in("coach")
    form = {**visitor.token(MAPPING), "text": TYPED, "seen": "-"}
    end_sessions(api)
    answer = visitor.post(SENT_TO, form, {**OURS, "HX-Request": "true"})
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("body", "innerHTML")
    assert json.loads(kept_in(answer)["unsent"])["back"] == MAPPING


@pytest.mark.parametrize(
    ("changed", "headers"),
    [
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
        ({}, {"Origin": "https://example.fi"}),
        ({}, {}),
        ({"csrf": "0" * 64}, OURS),
        ({"text": "x " * 60_000}, OURS),
    ],
    ids=["other site", "neighbour", "origin", "unsaid", "no mark", "too large"],
)
def test_other_forms_are_not_kept_and_that_is_told(
    changed: dict[str, str], headers: dict[str, str], api: ApiUnderTest, visitor: Visitor
) -> None:
    visitor.sign_in("coach")
    form = {**visitor.token(MAPPING), "text": TYPED, "seen": "-", **changed}
    end_sessions(api)
    answer = visitor.post(SENT_TO, form, headers)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("ended=unsaved")


@pytest.mark.parametrize(
    "change",
    [
        {"to": "https://example.fi/"},
        {"to": "//example.fi"},
        {"back": "javascript:alert(1)"},
        {"mark": ""},
        {"more": "x"},
    ],
)
def test_nothing_that_a_page_of_ours_did_not_keep_is_shown(
    change: dict[str, str], visitor: Visitor, refused: Response
) -> None:
    visitor.sign_in("coach")
    kept = json.loads(kept_in(refused)["unsent"]) | change
    assert visitor.post("/unsent", {"unsent": json.dumps(kept)}, OURS).status_code == 422
    foreign = visitor.post("/unsent", kept_in(refused), {"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


def test_a_person_is_told_to_open_the_link_again(
    api: ApiUnderTest, visitor: Visitor, refused: Response
) -> None:
    kept = json.loads(kept_in(refused)["unsent"]) | {"to": "/own/changes"}
    visitor.post("/logout", {})
    shown = visitor.post("/unsent", {"unsent": json.dumps(kept)}, OURS)
    assert "Avaa valmentajalta saamasi linkki" in shown.text
