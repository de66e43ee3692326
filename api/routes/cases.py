"""Case files: coaches, meetings, tasks, requests, changes, running services and ideas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query
from starlette.responses import HTMLResponse

from api import examples
from api.access import Caller
from api.deps import CallerDep, Id, Limit, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.cases import (
    CaseAnswer,
    CaseEntries,
    ChangedCaseEntry,
    Coaching,
    CoachLoad,
    NewCaseEntry,
    NewIdea,
)
from api.scope import check_profile
from api.state import Services
from matcher.casework.plan_page import plan_page
from matcher.domain.casework.contacts import Idea
from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.plans import Plan
from matcher.errors import InputError, NotFoundError
from matcher.i18n.tongue import Tongue
from matcher.ingest.casework.records import case_item
from matcher.ingest.contacts import scrub
from matcher.store.caserows import CaseEntry

router = APIRouter(prefix="/v1", tags=["cases"])
CaseBody = Annotated[NewCaseEntry, Body(openapi_examples=examples.CASE_ENTRIES)]
ChangeBody = Annotated[ChangedCaseEntry, Body(openapi_examples=examples.CASE_CHANGES)]
IdeaBody = Annotated[NewIdea, Body(openapi_examples=examples.IDEAS)]


@router.post("/profiles/{id}/case", status_code=201, responses=problems(400, 404))
def create_case_entry(
    id: Id, body: CaseBody, services: ServicesDep, caller: CallerDep
) -> CaseAnswer:
    """Write an entry into a client's case file; contacts in its texts are left out."""
    check_profile(caller, id, services)
    item = scrub(case_item(body.entry))
    return CaseAnswer.of(services.store.cases.add(id, item, caller.id, services.clock()))


@router.get("/profiles/{id}/case", responses=problems(404))
def read_case_file(id: Id, services: ServicesDep, caller: CallerDep) -> CaseEntries:
    """Return a client's whole case file with every version, oldest first."""
    check_profile(caller, id, services)
    return _answer(services.store.cases.file_of(id))


@router.put("/profiles/{id}/case/{entry_id}", responses=problems(400, 404, 409))
def change_case_entry(
    id: Id, entry_id: Id, body: ChangeBody, services: ServicesDep, caller: CallerDep
) -> CaseAnswer:
    """Write a new version of an entry; the versions before stay readable."""
    check_profile(caller, id, services)
    _check_whose(entry_id, id, services)
    item = scrub(case_item(body.entry))
    changed = services.store.cases.change(entry_id, body.version, item, caller.id, services.clock())
    return CaseAnswer.of(changed)


@router.get("/profiles/{id}/plan", response_class=HTMLResponse, responses=problems(404))
def print_plan(
    id: Id,
    services: ServicesDep,
    caller: CallerDep,
    tongue: Annotated[Tongue, Query(description="Language of the page")] = Tongue.FI,
) -> HTMLResponse:
    """Return a client's newest plan as a page for paper."""
    check_profile(caller, id, services)
    plans = services.store.cases.of_person(id, Plan)
    if not plans:
        raise NotFoundError("plan of", id, remedy="Write one into the case file.")
    return HTMLResponse(plan_page(plans[-1].item, tongue))


@router.get("/due", responses=problems())
def list_due(
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    until: Annotated[date, Query(description="Last day looked at")],
    limit: Limit = 50,
) -> CaseEntries:
    """List what is to be done by a day in the caller's municipalities, overdue things first."""
    reach = caller.reach(services.today())
    due = services.store.cases.due(until, reach=reach, limit=limit)
    trail.saw(entry.profile_id for entry in due if entry.profile_id is not None)
    return _answer(due)


@router.get("/coaches", responses=problems())
def list_coaches(services: ServicesDep, caller: CallerDep, trail: TrailDep) -> Coaching:
    """Tell how many clients each coach has today, and which clients have none."""
    today = services.today()
    reach = caller.reach(today)
    loads = services.store.coaches.loads(today, reach=reach)
    unassigned = services.store.coaches.unassigned(today, reach=reach)
    trail.saw(unassigned)
    return Coaching(
        loads=[CoachLoad(coach=coach, clients=count) for coach, count in loads.items()],
        unassigned=unassigned,
    )


@router.post("/ideas", status_code=201, responses=problems(400))
def create_idea(body: IdeaBody, services: ServicesDep, caller: CallerDep) -> CaseAnswer:
    """Store an idea of a client who gave no name; contacts in it are left out."""
    idea = scrub(_placed(caller, case_item(body.entry)))
    return CaseAnswer.of(services.store.cases.add(None, idea, caller.id, services.clock()))


@router.get("/ideas", responses=problems())
def list_ideas(services: ServicesDep, caller: CallerDep, limit: Limit = 50) -> CaseEntries:
    """List the newest ideas in the caller's municipalities without telling whose they are."""
    latest = services.store.cases.latest_ideas(limit, caller.reach(services.today()))
    return CaseEntries(
        items=[CaseAnswer.of(one).model_copy(update={"profile_id": None}) for one in latest]
    )


def _answer(entries: list[CaseEntry[CaseItem]]) -> CaseEntries:
    return CaseEntries(items=[CaseAnswer.of(entry) for entry in entries])


def _placed(caller: Caller, item: CaseItem) -> CaseItem:
    """Return an idea with the place where it was given: it decides who reads it.

    Raises
    ------
    InputError
        If it is none of the caller's municipalities, or the caller has several.
    """
    if not isinstance(item, Idea) or caller.scope is None:
        return item
    if item.municipality is None and len(caller.scope) == 1:
        return replace(item, municipality=caller.scope[0])
    if item.municipality not in caller.scope:
        raise InputError(
            "An idea given without a name is of one of your municipalities.",
            remedy=f"Give one of these: {', '.join(caller.scope)}.",
            field="entry.municipality",
        )
    return item


def _check_whose(entry_id: str, profile_id: str, services: Services) -> None:
    """Refuse an entry of another client's file as if it did not exist."""
    history = services.store.cases.history(entry_id)
    if not history or history[0].profile_id != profile_id:
        raise NotFoundError("entry", entry_id)
