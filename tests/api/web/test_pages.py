"""The shell of the pages: signing in and out, languages, errors, and what is told of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from api.access import OPEN, ROLES
from api.cookies import SESSION
from api.web.page import POLICY
from api.web.rendering import environment, prepare
from matcher.domain.access import Role
from matcher.i18n.tongue import Tongue
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.test_access import PAGES
from tests.api.web.visitor import Visitor

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "pages.md"


@pytest.fixture
def visitor(api: ApiUnderTest) -> Visitor:
    """Somebody with a browser that speaks Finnish."""
    return Visitor(api)


def test_templates_are_compiled_before_anybody_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    # Whatever would be compiled now is compiled while a reader waits.
    monkeypatch.delattr(Environment, "compile")
    for tongue in Tongue:
        known = environment(tongue)
        names = known.list_templates()
        assert "matches/lists.html" in names
        assert [known.get_template(name).name for name in names] == names


def test_a_way_back_that_is_too_long_for_the_login_is_left_out(visitor: Visitor) -> None:
    sent = visitor.get(f"/clients?q={'x' * 3000}")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/login?to=%2F")


def test_who_is_not_in_is_sent_to_the_login_and_back(visitor: Visitor) -> None:
    asked = visitor.get("/clients?after=p-oulu")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/login?to=%2Fclients%3Fafter%3Dp-oulu"
    entered = visitor.post("/login", {"key": "secret of coach", "to": "/clients?after=p-oulu"})
    assert entered.headers["Location"] == "/clients?after=p-oulu"
    assert visitor.get("/clients?after=p-oulu").status_code == 200


@pytest.mark.parametrize("to", ["https://example.fi/", "//example.fi", "/\\example.fi"])
def test_the_login_leads_to_pages_of_this_service_only(visitor: Visitor, to: str) -> None:
    entered = visitor.post("/login", {"key": "secret of coach", "to": to})
    assert entered.headers["Location"] == "/"


@pytest.mark.parametrize("who", ["nobody", "revoked"])
def test_a_key_that_is_not_valid_lets_nobody_in(visitor: Visitor, who: str) -> None:
    refused = visitor.post("/login", {"key": f"secret of {who}"})
    assert refused.status_code == 422
    assert "Tällä avaimella ei pääse sisään." in refused.text
    assert f"secret of {who}" not in refused.text
    assert SESSION not in refused.cookies


def test_a_session_ends_when_its_key_is_revoked(api: ApiUnderTest, visitor: Visitor) -> None:
    visitor.sign_in("coach")
    with api.store() as store:
        key = next(key for key in store.keys.list() if key.label == "coach")
        store.keys.revoke(key.id, key.created_at)
    shut = visitor.get("/clients")
    assert shut.headers["Location"] == "/login?to=%2Fclients&ended=yes"
    assert "Istuntosi on päättynyt." in visitor.get(shut.headers["Location"]).text


def test_an_address_has_so_many_attempts_in_a_minute(api: ApiUnderTest, visitor: Visitor) -> None:
    attempts = api.client.app_state["services"].attempts
    assert all(attempts.allow("testclient") for _ in range(attempts.per_minute - 1))
    tried = [visitor.post("/login", {"key": "wrong"}).status_code for _ in range(2)]
    assert tried == [422, 429]


def test_a_change_after_the_session_has_ended_is_told_not_to_be_saved(
    api: ApiUnderTest, visitor: Visitor
) -> None:
    visitor.sign_in("coach")
    token = visitor.token("/clients")
    with api.store() as store:
        for session in store.sessions.list(NOW):
            store.sessions.revoke(session.id, NOW)
    here = {"Referer": "https://testserver/clients?after=p-oulu"}
    shut = visitor.post("/logout", token, here)
    assert shut.headers["Location"] == "/login?to=%2Fclients%3Fafter%3Dp-oulu&ended=unsaved"
    assert "viimeisintä muutostasi ei tallennettu" in visitor.get(shut.headers["Location"]).text


@pytest.mark.parametrize("referer", ["https://example.fi/clients", "", "nonsense"])
def test_other_sites_do_not_say_where_to_come_back_to(visitor: Visitor, referer: str) -> None:
    shut = visitor.post("/logout", {}, {"Referer": referer})
    assert shut.headers["Location"] == "/login?to=%2F"


def test_a_login_that_fails_at_the_provider_leads_back_to_the_page(visitor: Visitor) -> None:
    failed = visitor.get("/v1/login/callback?state=x&code=y")
    assert failed.headers["Location"] == "/login?to=%2F&ended=failed"
    assert "Kirjautuminen ei onnistunut." in visitor.get(failed.headers["Location"]).text


def test_pages_tell_other_sites_nothing_of_where_one_comes_from(visitor: Visitor) -> None:
    assert visitor.get("/login").headers["Referrer-Policy"] == "same-origin"


def test_leaving_ends_the_session(visitor: Visitor) -> None:
    visitor.sign_in("coach")
    left = visitor.post("/logout", visitor.token("/clients"))
    assert left.headers["Location"] == "/login"
    assert "Olet kirjautunut ulos." in visitor.get("/login").text
    assert "Olet kirjautunut ulos." not in visitor.get("/login").text
    assert visitor.get("/clients").status_code == 303


@pytest.mark.parametrize("csrf", [{}, {"csrf": ""}, {"csrf": "0" * 64}])
def test_a_form_without_the_token_of_the_session_changes_nothing(
    visitor: Visitor, csrf: dict[str, str]
) -> None:
    visitor.sign_in("coach")
    refused = visitor.post("/logout", csrf)
    assert refused.status_code == 403
    assert "Sivu on vanhentunut" in refused.text
    assert visitor.get("/clients").status_code == 200


@pytest.mark.parametrize("path", ["/login", "/language"])
def test_open_forms_of_other_sites_are_refused(visitor: Visitor, path: str) -> None:
    refused = visitor.post(path, {"key": "secret of coach"}, {"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


def test_the_language_is_remembered(visitor: Visitor) -> None:
    assert "Kirjaudu sisään" in visitor.get("/login").text
    chosen = visitor.post("/language", {"language": "sv", "to": "/login"})
    assert chosen.headers["Location"] == "/login"
    assert "Logga in" in visitor.get("/login").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [("sv-FI,sv;q=0.9", "Logga in"), ("de", "Kirjaudu sisään"), ("en", "Sign in")],
)
def test_the_language_of_the_browser_is_spoken_first(
    visitor: Visitor, asked: str, said: str
) -> None:
    assert said in visitor.get("/login", {"Accept-Language": asked}).text


@pytest.mark.parametrize("who", ["coach", "lead", "admin"])
def test_everybody_comes_to_their_own_first_page(visitor: Visitor, who: str) -> None:
    visitor.sign_in(who)
    first = "/lead" if who == "lead" else "/clients"
    assert visitor.get("/").headers["Location"] == first


def test_a_role_without_pages_is_told_so(visitor: Visitor) -> None:
    visitor.sign_in("indexer")
    assert "Sinulle ei ole vielä sivuja" in visitor.get("/").text
    assert visitor.get("/clients").status_code == 403


def test_what_is_not_there_is_a_page(visitor: Visitor) -> None:
    visitor.sign_in("coach")
    missing = visitor.get("/nowhere")
    assert missing.status_code == 404
    assert missing.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Tätä sivua ei ole" in missing.text
    assert "Asiakkaani" in missing.text


def test_programs_are_answered_with_problem_documents(api: ApiUnderTest) -> None:
    answered = api.client.get("/v1/profiles", headers={"Accept": "text/html"})
    assert answered.headers["Content-Type"] == "application/problem+json"


def test_scripts_are_sent_to_the_login_as_a_whole_page(visitor: Visitor) -> None:
    asked = visitor.get("/clients", {"HX-Request": "true"})
    assert (asked.status_code, asked.headers["HX-Redirect"]) == (200, "/login?to=%2Fclients")


def test_pages_load_nothing_from_elsewhere_and_hold_no_script_or_style(visitor: Visitor) -> None:
    visitor.sign_in("coach")
    page = visitor.get("/clients")
    assert page.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert re.search(r"<style|\sstyle=|\son[a-z]+=|https?://", page.text) is None
    assert page.headers["Cache-Control"] == "no-store"


def test_style_is_kept_by_browsers_for_ever_under_its_own_address(visitor: Visitor) -> None:
    address = re.search(r'href="(/static/app\.css\?v=[0-9a-f]{12})"', visitor.get("/login").text)
    assert address
    style = visitor.get(address[1])
    assert style.headers["Content-Type"].startswith("text/css")
    assert "immutable" in style.headers["Cache-Control"]
    assert len(style.content) < 20_000


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fpage.py", "app.css%00"])
def test_only_files_of_the_folder_are_given(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/static/{name}").status_code == 404


def test_the_documentation_lists_every_page_with_who_may_open_it() -> None:
    text = DOCUMENTATION.read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z]+ /[^`]*)` \| ([^|]+) \|", text, re.MULTILINE)
    told = {page: frozenset(who.strip().split(", ")) for page, who in rows}
    assert told == {
        f"{method} {route.path}": _who(route.name)
        for route in PAGES
        for method in route.methods or ()
    }


def _who(operation: str) -> frozenset[str]:
    if operation in OPEN:
        return frozenset({"open"})
    roles = frozenset(role.value for role in ROLES[operation])
    return frozenset({"everybody"}) if len(roles) == len(Role) else roles
