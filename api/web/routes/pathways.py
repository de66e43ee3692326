"""A client's path: phases, what is due, what is missing, instruments, package and plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import Response

from api.access import Caller
from api.deps import CallerDep, Id, ServicesDep
from api.routes.pathways import read_package, read_pathway
from api.scope import check_profile
from api.state import Services
from api.web.desk import DeskDep
from api.web.forms import MISSING, Form, FormDep
from api.web.languages import choices
from api.web.page import Page, PageDep
from api.web.views.facts import FactForm
from api.web.views.path import duties_in_time, missing_of, open_instruments, phases
from api.web.views.tables import TABLES
from matcher.casework.plan_page import plan_words
from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan
from matcher.domain.codes import languages
from matcher.errors import InputError, NotFoundError
from matcher.i18n.message import Message, msg
from matcher.i18n.tongue import Tongue
from matcher.ingest.contacts import scrub
from matcher.pathways.answers import answered, form_of
from matcher.pathways.documents import PathwayDocument
from matcher.pathways.words import BENEFITS, DUTY_STATES, TRUTHS

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
_TONGUES: Final = choices("/own")
_NOTED: Final = msg("The answer is saved. The path was judged anew.")
_RESPONSIBLE: Final[Mapping[Responsible, Message]] = {
    Responsible.CLIENT: msg("the client"),
    Responsible.COACH: msg("the personal coach"),
    Responsible.PARTNER: msg("a partner"),
}
Euros = Annotated[str, Query(max_length=12)]
InTongue = Annotated[Tongue | None, Query(description="Language of the client")]


@router.get("/pathway")
def show_pathway(id: Id, page: PageDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Show where a client stands, what is due, and what has to be asked."""
    return _show(id, Form(), page, services, caller)


@router.post("/pathway")
def answer_fact(
    id: Id, form: FormDep, page: PageDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Write the answer to one question where the rules read it."""
    check_profile(caller, id, services)
    try:
        told = FactForm.read(form)
        _, known = services.store.situations.read(id)
        new = scrub(answered(known, told.fact, told.answer))
    except ValidationError as error:
        return _show(id, form.wrong_as(error), page, services, caller, status=422)
    except InputError as error:
        wrong = form.wrong({error.field or "": MISSING})
        return _show(id, wrong, page, services, caller, status=422)
    services.store.situations.change(id, told.version, new, services.clock())
    return page.go(f"/clients/{quote(id, safe='')}/pathway", page.words(_NOTED))


@router.get("/package")
def show_package(id: Id, page: PageDep, desk: DeskDep, budget: Euros = "") -> Response:
    """Show jobs, trainings and services that together cover the barriers of a client."""
    check_profile(desk.caller, id, desk.services)
    euros = float(budget) if budget.isdecimal() else None
    try:
        package = read_package(
            id,
            desk.services,
            desk.index,
            desk.caller,
            desk.trail,
            budget_eur=euros,
            lang=desk.lang,
        )
    except NotFoundError:
        package = None
    context = {"id": id, "package": package, "budget": budget if euros is not None else ""}
    return page.show("pathway/package.html", {**context, **TABLES})


@router.get("/plan")
def show_plan(
    id: Id, page: PageDep, services: ServicesDep, caller: CallerDep, tongue: InTongue = None
) -> Response:
    """Show a client's plan as the client reads it, to print or to look at together."""
    check_profile(caller, id, services)
    plan, reads = _plan(id, services), tongue or page.tongue
    if plan is None:
        raise NotFoundError("plan of", id, remedy="Write one into the case file.")
    context = {"id": id, "paper": plan_words(plan, reads), "reads": reads, "tongues": _TONGUES}
    return page.show("pathway/plan.html", context)


def _show(
    id: str, form: Form, page: Page, services: Services, caller: Caller, *, status: int = 200
) -> Response:
    check_profile(caller, id, services)
    plan, path = _plan(id, services), _path(id, page, services, caller)
    version, _ = services.store.situations.read(id)
    context = {
        "id": id,
        "form": form,
        "path": path,
        "phases": phases(path.phase, page.lang) if path else (),
        "duties": duties_in_time(path.duties) if path else (),
        "instruments": open_instruments(path.instruments) if path else (),
        "missing": [(fact, form_of(fact.fact)) for fact in missing_of(path)] if path else (),
        "version": version,
        "plan": plan,
        "responsible": _RESPONSIBLE,
        "benefits": BENEFITS,
        "truths": TRUTHS,
        "states": DUTY_STATES,
        "languages": [(code, one.name.best(page.lang)) for code, one in languages().items()],
    }
    return page.show("pathway/path.html", context, status)


def _path(id: str, page: Page, services: Services, caller: Caller) -> PathwayDocument | None:
    """Return what the rules say; None if none are known for the client's home."""
    try:
        return read_pathway(id, services, caller, lang=page.lang)
    except InputError:
        return None


def _plan(id: str, services: Services) -> Plan | None:
    plans = services.store.cases.of_person(id, Plan)
    return plans[-1].item if plans else None
