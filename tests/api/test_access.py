"""Who may do what."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from api.access import OPEN, ROLES
from api.routes import (
    candidates,
    cases,
    consents,
    explanations,
    feedback,
    health,
    indicators,
    matches,
    needs,
    offers,
    pathways,
    profiles,
    snapshots,
    transfers,
)
from matcher.domain.access import Role
from tests.api.conftest import NOW, fill
from tests.api.service import ApiUnderTest

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api.md"
PROFILE = {"competences": ["hitsaus"], "municipality": "564"}
SAVED = {"kind": "vacancy", "offer_id": "v-welder", "action": "saved"}
ASK = {"need_id": "n-own", "deadline": "2026-11-09", "until": "2026-12-31"}
YES = {"move": "yes"}
NEED = {"title": "Hitsaaja", "place": {"municipalities": ["564"]}}
TITLE = {"title": "Jotain"}
TASK = {"entry": {"topic": "task", "text": "Soita", "responsible": "client", "due": "2026-12-01"}}
CHANGE = {"version": 1, **TASK}
IDEA = {"entry": {"topic": "idea", "about": "ryhmät", "text": "Lisää vertaisryhmiä."}}
WHO = ("coach", "other coach", "employer", "other employer", "indexer", "admin")
ROUTES = [
    route
    for module in (
        candidates,
        cases,
        consents,
        explanations,
        feedback,
        health,
        indicators,
        matches,
        needs,
        offers,
        pathways,
        profiles,
        snapshots,
        transfers,
    )
    for route in module.router.routes
    if isinstance(route, APIRoute)
]

#: Request, then the status for each of `WHO`.
TABLE: list[tuple[str, str, object, tuple[int, ...]]] = [
    ("POST", "/v1/profiles", PROFILE, (201, 403, 403, 403, 403, 201)),
    ("POST", "/v1/profiles", {"text": "Hitsaan."}, (403, 403, 403, 403, 403, 201)),
    ("GET", "/v1/profiles", None, (200, 200, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-oulu", None, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-kempele", None, (404, 200, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-homeless", None, (404, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-closed", None, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-nobody", None, (404, 404, 403, 403, 403, 404)),
    ("PUT", "/v1/profiles/p-oulu", PROFILE, (200, 404, 403, 403, 403, 200)),
    ("PUT", "/v1/profiles/p-kempele", PROFILE, (404, 403, 403, 403, 403, 200)),
    ("DELETE", "/v1/profiles/p-oulu", None, (204, 404, 403, 403, 403, 204)),
    ("DELETE", "/v1/profiles/p-kempele", None, (404, 204, 403, 403, 403, 204)),
    ("GET", "/v1/profiles/p-oulu/list", None, (404, 404, 403, 403, 403, 404)),
    ("POST", "/v1/profiles/p-oulu/case", TASK, (201, 404, 403, 403, 403, 201)),
    ("POST", "/v1/profiles/p-homeless/case", TASK, (404, 404, 403, 403, 403, 201)),
    ("GET", "/v1/profiles/p-oulu/case", None, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-closed/case", None, (404, 404, 403, 403, 403, 404)),
    ("PUT", "/v1/profiles/p-oulu/case/c-none", CHANGE, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/plan", None, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/package", None, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/due?until=2026-12-31", None, (200, 200, 403, 403, 403, 200)),
    ("GET", "/v1/coaches", None, (200, 200, 403, 403, 403, 200)),
    ("POST", "/v1/ideas", IDEA, (201, 201, 403, 403, 403, 201)),
    ("GET", "/v1/ideas", None, (200, 200, 403, 403, 403, 200)),
    ("POST", "/v1/profiles/p-oulu/feedback", SAVED, (201, 404, 403, 403, 403, 201)),
    ("POST", "/v1/profiles/p-closed/feedback", SAVED, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/feedback", None, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-oulu/wishes", None, (200, 404, 403, 403, 403, 200)),
    ("DELETE", "/v1/profiles/p-oulu/wishes/fb-{who}", None, (204, 404, 403, 403, 403, 204)),
    ("GET", "/v1/profiles/p-oulu/matches/need/n-own", None, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-oulu/matches/need/n-no", None, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/situation", None, (200, 404, 403, 403, 403, 200)),
    ("PUT", "/v1/profiles/p-oulu/situation", {}, (200, 404, 403, 403, 403, 200)),
    ("PUT", "/v1/profiles/p-closed/situation", {}, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/pathway", None, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/profiles/p-homeless/pathway", None, (404, 404, 403, 403, 403, 422)),
    ("GET", "/v1/areas", None, (200, 200, 403, 403, 200, 200)),
    ("GET", "/v1/areas/oulu-2021", None, (200, 200, 403, 403, 200, 200)),
    ("GET", "/v1/needs/n-own/instruments", None, (200, 200, 200, 404, 200, 200)),
    ("POST", "/v1/profiles/p-oulu/consents", ASK, (201, 404, 403, 403, 403, 422)),
    ("POST", "/v1/profiles/p-closed/consents", ASK, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/consents", None, (200, 404, 403, 403, 403, 200)),
    ("POST", "/v1/profiles/p-oulu/consents/c-none", YES, (404, 404, 403, 403, 403, 404)),
    ("GET", "/v1/profiles/p-oulu/standing", None, (200, 404, 403, 403, 403, 200)),
    ("PUT", "/v1/profiles/p-oulu/standing", {}, (200, 404, 403, 403, 403, 200)),
    ("GET", "/v1/needs/n-own/cards", None, (403, 403, 200, 404, 403, 200)),
    ("POST", "/v1/matches", {"profile_id": "p-oulu"}, (200, 404, 403, 403, 403, 200)),
    ("POST", "/v1/matches", {"profile_id": "p-kempele"}, (404, 200, 403, 403, 403, 200)),
    ("POST", "/v1/matches", {"profile": PROFILE}, (200, 200, 403, 403, 403, 200)),
    ("POST", "/v1/candidates", {"need": NEED}, (200, 200, 200, 200, 403, 200)),
    ("POST", "/v1/candidates", {"need_id": "n-survey"}, (200, 200, 404, 404, 403, 200)),
    ("POST", "/v1/candidates", {"need_id": "n-own"}, (200, 200, 200, 404, 403, 200)),
    ("POST", "/v1/needs", NEED, (403, 403, 201, 201, 201, 201)),
    ("GET", "/v1/needs", None, (403, 403, 200, 200, 200, 200)),
    ("GET", "/v1/needs/n-own", None, (403, 403, 200, 404, 200, 200)),
    ("GET", "/v1/needs/n-survey", None, (403, 403, 404, 404, 200, 200)),
    ("GET", "/v1/needs/n-own/insight", None, (200, 200, 200, 404, 403, 200)),
    ("GET", "/v1/needs/n-survey/insight", None, (200, 200, 404, 404, 403, 200)),
    ("PUT", "/v1/needs/n-own", NEED, (403, 403, 200, 404, 200, 200)),
    ("DELETE", "/v1/needs/n-own", None, (403, 403, 204, 404, 204, 204)),
    ("GET", "/v1/offers/need", None, (200, 200, 403, 403, 200, 200)),
    ("GET", "/v1/offers/vacancy/v-welder", None, (200, 200, 403, 403, 200, 200)),
    ("PUT", "/v1/offers/vacancy/v-{who}", TITLE, (403, 403, 403, 403, 201, 201)),
    ("PUT", "/v1/offers/training/t-{who}", TITLE, (403, 403, 403, 403, 201, 201)),
    ("PUT", "/v1/offers/service/s-{who}", TITLE, (403, 403, 403, 403, 201, 201)),
    ("DELETE", "/v1/offers/vacancy/v-welder", None, (403, 403, 403, 403, 204, 204)),
    ("GET", "/v1/indicators/2026-10", None, (403, 403, 403, 403, 403, 200)),
    ("GET", "/v1/transfers/latest", None, (403, 403, 403, 403, 403, 404)),
    ("GET", "/v1/snapshots", None, (403, 403, 403, 403, 200, 200)),
]


@pytest.mark.parametrize(("method", "path", "body", "statuses"), TABLE)
def test_each_role_may_do_what_the_table_says(
    method: str, path: str, body: object, statuses: tuple[int, ...], api: ApiUnderTest
) -> None:
    answered = []
    for who in WHO:
        answered.append(api.call(who, method, path.format(who=who), body).status_code)
        if answered[-1] == 204:
            fill(api.settings)
    assert tuple(answered) == statuses


def test_the_table_above_covers_every_operation() -> None:
    tried = {
        route.name
        for method, path, *_ in TABLE
        for route in ROUTES
        if method in (route.methods or ()) and route.path_regex.match(path.partition("?")[0])
    }
    assert tried == set(ROLES)


def test_every_route_has_a_policy(reading_api: ApiUnderTest) -> None:
    documented = {
        operation["operationId"]
        for path in reading_api.app.openapi()["paths"].values()
        for operation in path.values()
    }
    assert {route.name for route in ROUTES} == documented
    assert documented == set(ROLES) | {"is_live", "is_ready"}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("who", [None, "nobody", "revoked"])
def test_every_route_but_health_needs_a_valid_key(
    route: APIRoute, who: str | None, reading_api: ApiUnderTest
) -> None:
    path = route.path.format(
        kind="vacancy",
        id="v-welder",
        entry_id="c-none",
        month="2026-10",
        wish="fb-1",
        consent="c-1",
        offer_id="v-welder",
    )
    for method in route.methods or ():
        headers = {"Authorization": f"Bearer secret of {who}"} if who else {}
        response = reading_api.client.request(method, path, headers=headers, content=b"{not json")
        if route.name in OPEN:
            assert response.status_code == 200
        else:
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == 'Bearer realm="kohtaanto"'


@pytest.mark.parametrize("path", ["/v1/tomorrow", "/", "/docs/", "/redoc", "/v1//profiles"])
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


def test_a_profile_of_another_municipality_is_answered_like_one_that_does_not_exist(
    api: ApiUnderTest,
) -> None:
    hidden = api.call("coach", "GET", "/v1/profiles/p-kempele").json()
    absent = api.call("coach", "GET", "/v1/profiles/p-nobody").json()
    assert hidden["detail"] == "There is no profile 'p-kempele'."
    assert absent["detail"] == "There is no profile 'p-nobody'."
    assert {**hidden, "detail": "", "instance": ""} == {**absent, "detail": "", "instance": ""}


def test_every_role_is_named_in_the_policy() -> None:
    assert set().union(*ROLES.values()) == set(Role)


def test_the_documentation_tells_who_may_do_what() -> None:
    roles = [Role.COACH, Role.EMPLOYER, Role.INDEXER, Role.ADMIN]
    told = {}
    for line in DOCUMENTATION.read_text("utf-8").splitlines():
        if line.startswith("| `"):
            operation, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            may = {role for role, cell in zip(roles, cells, strict=True) if cell != "–"}
            told[operation.strip("`")] = may
    assert told == {
        f"{method} {route.path}": ROLES[route.name]
        for route in ROUTES
        for method in route.methods or ()
        if route.name in ROLES
    }


def test_browsers_and_proxies_are_told_to_keep_no_copy(reading_api: ApiUnderTest) -> None:
    for path in ("/v1/profiles", "/v1/profiles/p-nobody"):
        assert reading_api.call("coach", "GET", path).headers["Cache-Control"] == "no-store"
