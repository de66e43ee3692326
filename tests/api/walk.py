"""What every caller is answered by every operation: the table that the walk tries.

One client, Maija, lives in Oulu, is Aino's client, and has shared profile, plan and list with
the school. Every caller of `tests.api.conftest.KEYS` and two people try everything on her.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAIJA: Final = "/v1/profiles/p-maija"
MAIJAS_PAGES: Final = "/clients/p-maija"
PROFILE: Final = {"competences": ["hitsaus"], "municipality": "564"}
SAVED: Final = {"kind": "vacancy", "offer_id": "v-welder", "action": "saved"}
ASK: Final = {"need_id": "n-own", "deadline": "2026-11-09", "until": "2026-12-31"}
NEED: Final = {"title": "Hitsaaja", "place": {"municipalities": ["564"]}}
TITLE: Final = {"title": "Jotain"}
TASK: Final = {
    "entry": {"topic": "task", "text": "Soita", "responsible": "client", "due": "2026-12-01"}
}
IDEA: Final = {"entry": {"topic": "idea", "about": "ryhmät", "text": "Lisää vertaisryhmiä."}}
SHARE: Final = {
    "organisation": "Työpaja",
    "parts": ["profile"],
    "purpose": "workshop",
    "agreed": "2026-11-02",
    "until": "2026-12-31",
}
NEED_SHARE: Final = {"organisation": "Työpaja", "until": "2026-12-31"}
CHANGE: Final = {"kind": "moved", "text": "Muutan.", "since": "2026-12-01"}

#: Let in, and told that the thing itself is not there: another 404 than that of a person or a
#: need which the caller may not see.
MISSING: Final = -404
#: Statuses by caller; who is not named gets 403.
Answers = Mapping[str, int]


def staff(status: int, hidden: int = 404) -> Answers:
    """Coaches and leads of the municipality, the client's own coach among those with a name."""
    return {
        **dict.fromkeys(("coach", "own coach", "lead", "admin"), status),
        **dict.fromkeys(("other coach", "colleague", "other lead"), hidden),
    }


def looking(status: int) -> Answers:
    """Staff, and the data protection officer of the municipality."""
    return {**staff(status), "data protection": status, "other data protection": 404}


def shared(status: int) -> Answers:
    """Who looks, and the partner with whom it was shared."""
    return {**looking(status), "partner": status, "other partner": 404}


def leads(status: int) -> Answers:
    """Leads of the municipality."""
    return {"lead": status, "other lead": 404, "admin": status}


def everybody(*who: str, status: int = 200) -> Answers:
    """These callers, wherever they work."""
    return dict.fromkeys(who, status)


COACHES: Final = ("coach", "other coach", "own coach", "colleague")
LEADS: Final = ("lead", "other lead")
STAFF: Final = (*COACHES, *LEADS, "admin")
OFFICERS: Final = ("data protection", "other data protection")
EMPLOYERS: Final = ("employer", "other employer")
PARTNERS: Final = ("partner", "other partner")
KEY_HOLDERS: Final = (*STAFF, *OFFICERS, *EMPLOYERS, *PARTNERS, "indexer", "indicators")
PEOPLE: Final = ("person", "other person")
#: Who has pages to come to.
COMERS: Final = (*STAFF, *EMPLOYERS, *PEOPLE, "indicators")
OWN_NEED: Final = {"employer": 200, "other employer": 404, "admin": 200}
READ_NEED: Final = {**OWN_NEED, "indexer": 200, "partner": 200, "other partner": 404}

TABLE: Final[list[tuple[str, str, object, Answers]]] = [
    ("POST", "/v1/profiles", PROFILE, {**staff(201, 403), "colleague": 201}),
    ("GET", "/v1/profiles", None, everybody(*STAFF, *OFFICERS)),
    ("GET", MAIJA, None, shared(200)),
    ("PUT", MAIJA, PROFILE, staff(200)),
    ("DELETE", MAIJA, None, staff(204)),
    ("GET", f"{MAIJA}/copy", None, looking(200)),
    ("GET", f"{MAIJA}/copy/page", None, looking(200)),
    (
        *("POST", f"{MAIJA}/corrections", {"changes": {"active": True}, "reason": "x"}),
        staff(422),
    ),
    ("POST", f"{MAIJA}/erasure", {"ground": "objection"}, looking(201)),
    ("GET", "/v1/erasures", None, everybody(*OFFICERS, "admin")),
    ("GET", f"{MAIJA}/list", None, shared(MISSING)),
    ("GET", f"{MAIJA}/lists/l-none", None, looking(MISSING)),
    ("GET", f"{MAIJA}/lists/l-none/explanation", None, looking(MISSING)),
    ("POST", f"{MAIJA}/lists/l-none/replay", None, looking(MISSING)),
    ("GET", f"{MAIJA}/upskill", None, shared(200)),
    ("POST", f"{MAIJA}/case", TASK, staff(201)),
    ("GET", f"{MAIJA}/case", None, looking(200)),
    ("PUT", f"{MAIJA}/case/c-none", {"version": 1, **TASK}, staff(MISSING)),
    ("GET", f"{MAIJA}/plan", None, shared(200)),
    ("GET", f"{MAIJA}/package", None, staff(MISSING)),
    ("GET", "/v1/due?until=2026-12-31", None, everybody(*STAFF)),
    ("GET", "/v1/coaches", None, everybody(*STAFF)),
    ("POST", "/v1/ideas", IDEA, everybody(*STAFF, status=201)),
    ("GET", "/v1/ideas", None, everybody(*STAFF)),
    ("POST", f"{MAIJA}/feedback", SAVED, staff(201)),
    ("GET", f"{MAIJA}/feedback", None, looking(200)),
    ("GET", f"{MAIJA}/wishes", None, looking(200)),
    ("DELETE", f"{MAIJA}/wishes/fb-none", None, staff(MISSING)),
    ("GET", f"{MAIJA}/matches/need/n-own", None, shared(200)),
    ("GET", f"{MAIJA}/situation", None, looking(200)),
    ("PUT", f"{MAIJA}/situation", {"version": 9}, staff(409)),
    ("GET", f"{MAIJA}/pathway", None, looking(200)),
    ("GET", "/v1/areas", None, everybody(*STAFF, *PARTNERS, "indexer")),
    ("GET", "/v1/areas/oulu-2021", None, everybody(*STAFF, *PARTNERS, "indexer")),
    ("GET", "/v1/needs/n-own/instruments", None, {**READ_NEED, **everybody(*STAFF)}),
    ("POST", f"{MAIJA}/consents", {**ASK, "need_id": "n-none"}, staff(MISSING)),
    ("GET", f"{MAIJA}/consents", None, looking(200)),
    ("POST", f"{MAIJA}/consents/c-none", {"move": "yes"}, staff(MISSING)),
    ("GET", f"{MAIJA}/standing", None, looking(200)),
    ("PUT", f"{MAIJA}/standing", {}, staff(200)),
    (
        *("GET", f"{MAIJA}/staff", None),
        {**leads(200), "data protection": 200, "other data protection": 404},
    ),
    ("PUT", f"{MAIJA}/staff", {"names": []}, leads(200)),
    ("POST", f"{MAIJA}/shares", SHARE, staff(201)),
    ("GET", f"{MAIJA}/shares", None, looking(200)),
    ("DELETE", f"{MAIJA}/shares/sh-none", None, looking(MISSING)),
    ("GET", "/v1/shared", None, everybody(*PARTNERS)),
    ("POST", f"{MAIJA}/links", {"days": 1}, staff(201)),
    ("GET", f"{MAIJA}/links", None, looking(200)),
    ("DELETE", f"{MAIJA}/links", None, looking(204)),
    ("GET", "/v1/conflicts", None, everybody(*OFFICERS, "admin")),
    ("GET", "/v1/needs/n-own/cards", None, OWN_NEED),
    ("POST", "/v1/matches", {"profile_id": "p-maija"}, staff(200)),
    ("POST", "/v1/matches", {"profile": PROFILE}, everybody(*STAFF)),
    ("POST", "/v1/candidates", {"need": NEED}, everybody(*STAFF, *EMPLOYERS)),
    ("POST", "/v1/candidates", {"need_id": "n-own"}, {**OWN_NEED, **everybody(*STAFF)}),
    ("POST", "/v1/needs", NEED, everybody(*EMPLOYERS, "indexer", "admin", status=201)),
    ("GET", "/v1/needs", None, everybody(*EMPLOYERS, *PARTNERS, "indexer", "admin")),
    ("GET", "/v1/needs/n-own", None, READ_NEED),
    (
        *("GET", "/v1/needs/n-survey", None),
        {**dict.fromkeys((*EMPLOYERS, *PARTNERS), 404), "indexer": 200, "admin": 200},
    ),
    ("GET", "/v1/needs/n-own/insight", None, {**OWN_NEED, **everybody(*STAFF)}),
    ("PUT", "/v1/needs/n-own", NEED, {**OWN_NEED, "indexer": 200}),
    (
        *("DELETE", "/v1/needs/n-own", None),
        {"employer": 204, "other employer": 404, "indexer": 204, "admin": 204},
    ),
    (
        *("POST", "/v1/needs/n-own/shares", NEED_SHARE),
        {"employer": 201, "other employer": 404, "admin": 201},
    ),
    ("GET", "/v1/needs/n-own/shares", None, OWN_NEED),
    (
        *("DELETE", "/v1/needs/n-own/shares/ns-none", None),
        {"employer": MISSING, "other employer": 404, "admin": MISSING},
    ),
    ("GET", "/v1/offers/need", None, everybody(*STAFF, "indexer")),
    ("GET", "/v1/offers/vacancy/v-welder", None, everybody(*STAFF, "indexer")),
    ("PUT", "/v1/offers/vacancy/v-{who}", TITLE, everybody("indexer", "admin", status=201)),
    ("DELETE", "/v1/offers/vacancy/v-welder", None, everybody("indexer", "admin", status=204)),
    ("GET", "/v1/indicators/2026-10", None, everybody(*LEADS, "indicators", "admin")),
    ("GET", "/v1/transfers/latest", None, {"admin": MISSING}),
    ("GET", "/v1/snapshots", None, everybody("indexer", "admin")),
    ("GET", "/v1/session", None, everybody(*KEY_HOLDERS, *PEOPLE)),
    ("DELETE", "/v1/session", None, everybody(*KEY_HOLDERS, *PEOPLE)),
    ("GET", "/v1/own/profile", None, everybody(*PEOPLE)),
    ("GET", "/v1/own/copy", None, everybody(*PEOPLE)),
    ("GET", "/v1/own/copy/page", None, everybody(*PEOPLE)),
    ("GET", "/v1/own/list?tongue=ru", None, everybody(*PEOPLE, status=MISSING)),
    ("POST", "/v1/own/changes", CHANGE, everybody(*PEOPLE, status=201)),
    ("GET", "/v1/own/lists/l-none/explanation", None, everybody(*PEOPLE, status=MISSING)),
    ("GET", "/v1/own/seen", None, everybody(*PEOPLE)),
    ("GET", "/v1/own/consents", None, everybody(*PEOPLE)),
    ("POST", "/v1/own/consents/c-none", {"move": "yes"}, everybody(*PEOPLE, status=MISSING)),
    ("GET", "/v1/own/shares", None, everybody(*PEOPLE)),
    # Pages.
    ("GET", "/", None, {**everybody(*KEY_HOLDERS, *PEOPLE), **everybody(*COMERS, status=303)}),
    ("GET", "/unsent", None, everybody(*KEY_HOLDERS, *PEOPLE)),
    ("POST", "/unsent", {"unsent": "-"}, everybody(*KEY_HOLDERS, *PEOPLE, status=422)),
    ("POST", "/logout", None, everybody(*KEY_HOLDERS, *PEOPLE, status=303)),
    ("GET", "/clients", None, everybody(*STAFF, *OFFICERS)),
    ("GET", "/clients/new", None, everybody(*STAFF)),
    (
        *("POST", "/clients/new", {"municipality": "564", "text": "Olen hitsannut."}),
        {**staff(303, 403), "colleague": 303},
    ),
    ("GET", MAIJAS_PAGES, None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/mapping", None, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/mapping/work", {"seen": "-"}, staff(409)),
    ("GET", f"{MAIJAS_PAGES}/suggestions?q=hitsaus", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/tyomarkkinatori.json", None, staff(200)),
    ("GET", "/lead", None, everybody(*LEADS, "indicators", "admin")),
    ("GET", "/lead/nights", None, everybody(*LEADS, "admin")),
    ("GET", "/lead/nights/nightly-none", None, everybody(*LEADS, "admin", status=MISSING)),
    ("GET", f"{MAIJAS_PAGES}/matches", None, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/feedback", SAVED, staff(303)),
    ("POST", f"{MAIJAS_PAGES}/wishes/fb-none", {}, staff(MISSING)),
    ("GET", f"{MAIJAS_PAGES}/offers?q=hitsaaja", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/offers/need/n-own", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/compare?o=vacancy:v-welder&o=need:n-own", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/handout", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/lists/l-none", None, staff(MISSING)),
    ("GET", f"{MAIJAS_PAGES}/visibility", None, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/visibility", {"seen": "-"}, staff(409)),
    ("GET", f"{MAIJAS_PAGES}/link", None, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/link", {"days": "7"}, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/link/end", {}, staff(303)),
    ("GET", f"{MAIJAS_PAGES}/upskill", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/pathway", None, staff(200)),
    ("POST", f"{MAIJAS_PAGES}/pathway", {"fact": "immigrant", "version": "9"}, staff(422)),
    ("GET", f"{MAIJAS_PAGES}/package", None, staff(200)),
    ("GET", f"{MAIJAS_PAGES}/plan", None, staff(200)),
    ("GET", "/consents", None, everybody(*STAFF)),
    ("GET", "/clients/p-maija/consents/new", None, staff(200)),
    ("POST", "/clients/p-maija/consents/new", {**ASK, "need_id": "n-none"}, staff(422)),
    ("POST", "/clients/p-maija/consents/c-none", {"move": "yes"}, staff(MISSING)),
    ("GET", "/needs", None, everybody(*EMPLOYERS, "admin")),
    ("GET", "/needs/new", None, everybody(*EMPLOYERS, "admin")),
    ("POST", "/needs/new", TITLE, everybody(*EMPLOYERS, "admin", status=303)),
    ("POST", "/needs/check", TITLE, everybody(*EMPLOYERS, "admin")),
    ("GET", "/needs/n-own", None, OWN_NEED),
    ("GET", "/needs/n-own/fit", None, OWN_NEED),
    ("GET", "/needs/n-own/edit", None, OWN_NEED),
    (
        *("POST", "/needs/n-own/cards/K-0", {"answer": "hired"}),
        {"employer": MISSING, "other employer": 404, "admin": MISSING},
    ),
    ("POST", "/needs/n-own/close", {}, {"employer": 422, "other employer": 404, "admin": 422}),
    ("POST", "/needs/n-own/edit", TITLE, {**OWN_NEED, "employer": 409, "admin": 409}),
    ("GET", "/own", None, everybody(*PEOPLE)),
    ("GET", "/own/lists/l-none", None, everybody(*PEOPLE, status=MISSING)),
    ("GET", "/own/consents", None, everybody(*PEOPLE)),
    ("POST", "/own/consents/c-none", {"move": "yes"}, everybody(*PEOPLE, status=MISSING)),
    ("POST", "/own/shares/sh-none", {}, everybody(*PEOPLE, status=MISSING)),
    ("GET", "/own/seen", None, everybody(*PEOPLE)),
    ("GET", "/own/changes", None, everybody(*PEOPLE)),
    ("POST", "/own/changes", CHANGE, everybody(*PEOPLE, status=303)),
    ("GET", "/own/data", None, everybody(*PEOPLE)),
    # Maija's own share, which nobody else can withdraw.
    ("DELETE", "/v1/own/shares/sh-maija", None, {"person": 200, "other person": MISSING}),
]
