"""Who may do what: every operation by every caller, and what the table cannot show."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from httpx2 import Response

import api.routes
from api.access import OPEN, PARTS, ROLES
from api.web.pages import ROUTERS
from matcher.domain.access import Grant, Role
from matcher.domain.casework.placements import Assignment
from matcher.domain.casework.plans import Plan
from matcher.domain.consent import Standing
from matcher.domain.sharing import NeedShare, Part, Share, SharePurpose
from tests.api.conftest import KEYS, NOW, SCHOOL, WELDER, fill, running
from tests.api.service import ApiUnderTest
from tests.api.walk import MAIJA, MISSING, PEOPLE, TABLE, Answers

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"
WHO = (*(who for who in KEYS if who != "revoked"), *PEOPLE)
ROUTES = [
    route
    for module in pkgutil.iter_modules(api.routes.__path__)
    for router in vars(import_module(f"api.routes.{module.name}")).values()
    if isinstance(router, APIRouter)
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema
]
PAGES = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and not route.include_in_schema
]
TOMORROW = NOW + timedelta(days=1)
AINO = Assignment(coach="Aino", start=date(2026, 1, 1))
PLAN = Plan(goal="Hitsaajaksi", steps=(), agreed=date(2026, 11, 2), next_review=date(2026, 12, 2))
SHARED = Share(
    id="sh-maija",
    profile_id="p-maija",
    organisation=SCHOOL,
    parts=tuple(Part),
    purpose=SharePurpose.STUDIES,
    agreed=date(2026, 11, 1),
    until=date(2026, 11, 30),
    at=NOW,
    by="key",
)
NEED_SHARED = NeedShare(
    id="ns-own", need_id="n-own", organisation=SCHOOL, until=date(2026, 11, 30), at=NOW, by="key"
)
#: Requests that take somebody away, or end the sessions before.
ENDING = ("/links", "/link", "/link/end", "/erasure", "/logout")
_NUMBERS = count()
#: What is answered about a person or a need that the caller may not see.
HIDDEN = {"There is no profile 'p-maija'."} | {
    f"There is no need {id!r}." for id in ("n-own", "n-survey")
}


class Walker:
    """Sends requests as every caller, two people in sessions among them."""

    def __init__(self, api: ApiUnderTest) -> None:
        self._api = api
        self._secrets: dict[str, str] = {}
        self.arrange()

    def arrange(self) -> None:
        """Store Maija, whose client she is and what was shared, over what a request has left."""
        fill(self._api.settings)
        with self._api.store() as store:
            store.profiles.upsert([replace(WELDER, id="p-maija")], NOW)
            if not store.shares.of_profile("p-maija"):
                store.cases.add(
                    "p-maija", Assignment(coach="Aino", start=date(2026, 1, 1)), "", NOW
                )
                store.cases.add("p-maija", PLAN, "", NOW)
                store.shares.add(SHARED)
            needs = {share.need_id for share in store.need_shares.of_need("n-own")}
            if not needs:
                store.need_shares.add(NEED_SHARED)
            for who, id in zip(PEOPLE, ("p-maija", "p-oulu-2"), strict=True):
                self._secrets[who] = f"{who} {next(_NUMBERS)}"
                grant = Grant(role=Role.PERSON, profile_id=id)
                secret = self._secrets[who]
                link = store.links.make(id, (secret, "0"), NOW, TOMORROW, "")
                store.sessions.open(link.id, grant, secret, now=NOW, until=TOMORROW)

    def call(self, who: str, method: str, path: str, body: object = None) -> Response:
        """Send a request as one of `WHO`."""
        if who in PEOPLE:
            return self._api.call_in_session(self._secrets[who], method, path, body)
        return self._api.call(who, method, path, body)


@pytest.fixture
def walker(api: ApiUnderTest) -> Walker:
    """Everybody, before Maija's service."""
    return Walker(api)


@pytest.fixture(scope="module")
def walked(region_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiUnderTest]:
    """The application that the whole table is tried on."""
    yield from running(region_home, tmp_path_factory.mktemp("walked") / "home")


def outcome(response: Response) -> int:
    """The status, told apart by whether it hides something or something is not there."""
    if response.status_code == 404 and response.json()["detail"] not in HIDDEN:
        return MISSING
    return response.status_code


@pytest.mark.parametrize(
    ("method", "path", "body", "answers"),
    TABLE,
    ids=[f"{method} {path} {number}" for number, (method, path, *_) in enumerate(TABLE)],
)
def test_each_caller_may_do_what_the_table_says(
    method: str, path: str, body: object, answers: Answers, walked: ApiUnderTest
) -> None:
    walker, answered = Walker(walked), {}
    for who in WHO:
        answered[who] = outcome(walker.call(who, method, path.format(who=who), body))
        # What takes away, and a new link, which ends the sessions before.
        if answered[who] < 400 and (method == "DELETE" or path.endswith(ENDING)):
            walker.arrange()
    assert answered == {who: answers.get(who, 403) for who in WHO}


def test_the_table_tries_every_operation_as_every_role() -> None:
    tried = {
        route.name
        for method, path, *_ in TABLE
        for route in (*ROUTES, *PAGES)
        if method in (route.methods or ()) and route.path_regex.match(path.partition("?")[0])
    }
    assert tried == set(ROLES)
    roles = {KEYS[who].role for who in WHO if who in KEYS} | {Role.PERSON}
    assert roles == set(Role)


def test_every_route_has_a_policy(reading_api: ApiUnderTest) -> None:
    documented = {
        operation["operationId"]
        for path in reading_api.app.openapi()["paths"].values()
        for operation in path.values()
    }
    assert {route.name for route in ROUTES} == documented
    pages = {route.name for route in PAGES}
    assert not documented & pages
    assert (documented | pages) - set(OPEN) == set(ROLES)
    unlocked = {"is_live", "is_ready", "enter", "begin_login", "finish_login"}
    assert documented & set(OPEN) == unlocked


def test_what_a_partner_may_call_about_a_person_is_shown_by_a_part() -> None:
    about_people = {
        route.name
        for route in ROUTES
        if route.path.startswith(("/v1/profiles/{id}", "/v1/matches"))
    }
    assert set(PARTS) == {name for name in about_people if Role.PARTNER in ROLES[name]}


@pytest.mark.parametrize(
    "route", [*ROUTES, *(page for page in PAGES if page.name not in OPEN)], ids=lambda r: r.name
)
@pytest.mark.parametrize("who", [None, "nobody", "revoked"])
def test_every_route_but_open_ones_needs_a_valid_key(
    route: APIRoute, who: str | None, reading_api: ApiUnderTest
) -> None:
    path = route.path.format(
        kind="vacancy",
        id="v-welder",
        entry_id="c-none",
        month="2026-10",
        wish="fb-1",
        consent="c-1",
        share="sh-1",
        offer_id="v-welder",
        list_id="l-none",
        pseudonym="K-0",
        section="work",
    )
    for method in route.methods or ():
        headers = {"Authorization": f"Bearer secret of {who}"} if who else {}
        response = reading_api.client.request(method, path, headers=headers, content=b"{not json")
        if route.name in OPEN:
            assert response.status_code == (200 if route.path.startswith("/health") else 422)
        else:
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == 'Bearer realm="kohtaanto"'


@pytest.mark.parametrize("path", ["/v1/tomorrow", "/tomorrow", "/docs/", "/redoc", "/v1//profiles"])
def test_addresses_that_do_not_exist_need_a_key_too(path: str, reading_api: ApiUnderTest) -> None:
    assert reading_api.client.get(path).status_code == 401
    assert reading_api.call("admin", "GET", path).status_code == 404


def test_a_route_without_policy_is_refused_even_to_an_admin(api: ApiUnderTest) -> None:
    @api.app.get("/v1/tomorrow")
    def tomorrow() -> None:
        raise AssertionError("must not be reached")

    assert api.client.get("/v1/tomorrow").status_code == 401
    assert api.call("admin", "GET", "/v1/tomorrow").status_code == 403


def test_a_key_that_is_revoked_is_refused_from_the_next_request_on(api: ApiUnderTest) -> None:
    assert api.call("coach", "GET", "/v1/profiles").status_code == 200
    with api.store() as store:
        store.keys.revoke(next(k.id for k in store.keys.list() if k.label == "coach"), NOW)
    assert api.call("coach", "GET", "/v1/profiles").status_code == 401


@pytest.mark.parametrize(
    "header", ["secret of admin", "Basic secret of admin", "Bearer ", "Bearer"]
)
def test_only_a_bearer_secret_is_a_key(header: str, reading_api: ApiUnderTest) -> None:
    response = reading_api.client.get("/v1/profiles", headers={"Authorization": header})
    assert response.status_code == 401


@pytest.mark.parametrize("id", ["p-kempele", "p-homeless", "p-closed"])
def test_a_profile_that_is_hidden_is_answered_like_one_that_does_not_exist(
    id: str, reading_api: ApiUnderTest
) -> None:
    hidden = reading_api.call("coach", "GET", f"/v1/profiles/{id}").json()
    absent = reading_api.call("coach", "GET", "/v1/profiles/p-nobody").json()
    assert hidden["detail"] == f"There is no profile {id!r}."
    assert absent["detail"] == "There is no profile 'p-nobody'."
    assert {**hidden, "detail": "", "instance": ""} == {**absent, "detail": "", "instance": ""}


def test_nobody_stores_a_profile_outside_the_own_municipalities(api: ApiUnderTest) -> None:
    homeless = {"text": "Hitsaan."}
    for who in ("coach", "lead"):
        assert api.call(who, "POST", "/v1/profiles", homeless).status_code == 403
        moved = {**homeless, "municipality": "244"}
        assert api.call(who, "PUT", "/v1/profiles/p-oulu", moved).status_code == 403
    assert api.call("admin", "POST", "/v1/profiles", homeless).status_code == 201


def test_a_coach_with_a_name_lists_the_own_clients_and_those_of_nobody(
    api: ApiUnderTest, walker: Walker
) -> None:
    def listed(who: str, purpose: str | None = None) -> set[str]:
        answer = api.call(who, "GET", "/v1/profiles", purpose=purpose)
        return {profile["id"] for profile in answer.json()["items"]}

    assert "p-maija" in listed("own coach")
    assert listed("own coach") - listed("colleague") == {"p-maija"}
    assert "p-oulu" in listed("colleague")
    assert listed("colleague", "substitution") == listed("own coach") == listed("lead")


def test_who_stands_in_for_a_colleague_says_so(api: ApiUnderTest, walker: Walker) -> None:
    assert api.call("colleague", "GET", MAIJA).status_code == 404
    assert api.call("colleague", "GET", MAIJA, purpose="substitution").status_code == 200
    # Standing in opens no other municipality.
    other = api.call("other coach", "GET", MAIJA, purpose="substitution")
    assert other.status_code == 404


@pytest.mark.parametrize("purpose", ["curiosity", "recruitment", ""])
def test_a_purpose_that_the_role_has_not_is_refused(
    purpose: str, reading_api: ApiUnderTest
) -> None:
    answer = reading_api.call("coach", "GET", "/v1/profiles/p-oulu", purpose=purpose)
    assert answer.status_code == 403
    assert "these: substitution." in answer.json()["detail"]


def test_candidates_are_people_whom_the_caller_may_see(api: ApiUnderTest, walker: Walker) -> None:
    def found(who: str) -> set[str]:
        answer = api.json(who, "POST", "/v1/candidates", {"need_id": "n-survey", "k": 50})
        return {each["profile"]["id"] for each in answer["candidates"]}

    everybody = {"p-maija", "p-oulu", *(f"p-oulu-{n}" for n in range(2, 7))}
    assert found("own coach") == everybody
    assert found("colleague") == everybody - {"p-maija"}
    with api.store() as store:
        store.consents.stand(Standing(profile_id="p-oulu", protected=True, at=NOW, by="key"))
    assert found("own coach") == everybody - {"p-oulu"}


def test_a_protected_person_is_seen_by_named_staff_only(api: ApiUnderTest, walker: Walker) -> None:
    def seen_by() -> set[str]:
        return {who for who in WHO if walker.call(who, "GET", MAIJA).status_code == 200}

    assert seen_by() == {
        *("coach", "own coach", "lead", "partner", "data protection", "admin"),
    }
    told = {"protected": True}
    assert api.call("own coach", "PUT", f"{MAIJA}/standing", told).status_code == 200
    # Who writes the order down goes on with the client.
    assert seen_by() == {"own coach"}
    assert walker.call("person", "GET", "/v1/own/profile").status_code == 200
    names = {"names": ["Aino", "Leena"]}
    assert api.json("lead", "PUT", f"{MAIJA}/staff", names) == names
    assert seen_by() == {"own coach", "lead"}
    for who in ("coach", "colleague", "admin"):
        listed = api.json(who, "GET", "/v1/profiles")["items"]
        assert "p-maija" not in {profile["id"] for profile in listed}
        assert walker.call(who, "GET", f"{MAIJA}/case").status_code == 404
    assert api.json("partner", "GET", "/v1/shared") == []


def test_the_part_that_was_shared_is_seen_and_no_other(api: ApiUnderTest, walker: Walker) -> None:
    with api.store() as store:
        store.shares.revoke("p-maija", "sh-maija", NOW, "key")
        store.shares.add(replace(SHARED, id="sh-plan", parts=(Part.PLAN,)))
    assert api.call("partner", "GET", f"{MAIJA}/plan").status_code == 200
    assert api.call("partner", "GET", MAIJA).status_code == 404
    assert api.call("partner", "GET", f"{MAIJA}/list").status_code == 404


def test_a_closed_profile_is_seen_by_nobody_and_erased_by_its_municipality(
    api: ApiUnderTest,
) -> None:
    for who in KEYS:
        if who != "revoked":
            answer = api.call(who, "GET", "/v1/profiles/p-closed")
            assert answer.status_code in {403, 404}
    assert api.call("other coach", "DELETE", "/v1/profiles/p-closed").status_code == 404
    assert api.call("coach", "DELETE", "/v1/profiles/p-closed").status_code == 204


def test_staff_of_the_organisation_that_has_the_need_are_told_and_it_is_written_down(
    api: ApiUnderTest,
) -> None:
    need = {"title": "Kirvesmies", "organisation": "Oulun Kaupunki", "tasks": ["rakentaminen"]}
    id = api.json("employer", "POST", "/v1/needs", need)["id"]
    shown = api.call("own coach", "POST", "/v1/candidates", {"need_id": id})
    assert shown.headers["Kohtaanto-Conflict"] == "same-organisation"
    explained = api.call("own coach", "GET", f"/v1/profiles/p-oulu/matches/need/{id}")
    assert explained.headers["Kohtaanto-Conflict"] == "same-organisation"
    # Nobody tells who employs this coach.
    assert (
        "Kohtaanto-Conflict"
        not in api.call("coach", "POST", "/v1/candidates", {"need_id": id}).headers
    )
    noted = api.json("data protection", "GET", "/v1/conflicts")
    assert [(one["operation"], one["need_id"], one["profile_id"]) for one in noted] == [
        ("explain_offer", id, "p-oulu"),
        ("find_candidates", id, None),
    ]
    assert {one["caller"][:4] for one in noted} == {"key-"}
    with api.store() as store:
        store.consents.stand(Standing(profile_id="p-oulu", protected=True, at=NOW, by="key"))
    for who in ("data protection", "admin"):
        [hidden, nobody] = api.json(who, "GET", "/v1/conflicts")
        assert (hidden["profile_id"], hidden["is_person_hidden"]) == (None, True)
        assert (nobody["profile_id"], nobody["is_person_hidden"]) == (None, False)
    # A data protection officer who is of no organisation watches over none.
    assert api.json("other data protection", "GET", "/v1/conflicts") == []


def test_every_role_is_named_in_the_policy() -> None:
    assert set().union(*ROLES.values()) == set(Role)


def test_the_documentation_tells_who_may_do_what() -> None:
    told = {}
    roles: list[Role] = []
    for line in DOCUMENTATION.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| | "):
            roles = [Role(cell) for cell in cells[1:]]
        if line.startswith("| `") and roles:
            may = {role for role, cell in zip(roles, cells[1:], strict=True) if cell != "–"}
            told[cells[0].strip("`")] = may
    assert told == {
        f"{method} {route.path}": ROLES[route.name]
        for route in ROUTES
        for method in route.methods or ()
        if route.name in ROLES
    }


def test_browsers_and_proxies_are_told_to_keep_no_copy(reading_api: ApiUnderTest) -> None:
    for path in ("/v1/profiles", "/v1/profiles/p-nobody"):
        assert reading_api.call("coach", "GET", path).headers["Cache-Control"] == "no-store"
