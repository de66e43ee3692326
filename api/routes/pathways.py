"""Pathways: areas, situations, and what the rules of an area say of a person or a need."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query

from api import examples
from api.deps import CallerDep, Id, IndexDep, InLang, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.pathways import AreaAnswer, AreaSummary, PackageAnswer, VersionedSituation
from api.scope import check_profile, readable_need, readable_profile
from matcher.domain.calendar import finnish_day
from matcher.domain.casework.meetings import Meeting
from matcher.domain.text import Lang
from matcher.ingest.situations import situation_from
from matcher.match.decisions.items import package_items
from matcher.match.decisions.record import package_terms
from matcher.match.package.for_client import package_for
from matcher.match.package.packer import Packer
from matcher.pathways.documents import (
    InstrumentRuling,
    PathwayDocument,
    instrument_rulings,
    pathway_document,
)
from matcher.pathways.duties import held_meetings
from matcher.pathways.instruments import instruments_open_to
from matcher.pathways.load import area_named, area_of, areas
from matcher.pathways.pathway import pathway_of, standing_in

router = APIRouter(prefix="/v1", tags=["pathways"])
SituationBody = Annotated[VersionedSituation, Body(openapi_examples=examples.SITUATIONS)]
AreaName = Annotated[
    str, Query(description="Name of an area; left out, that of the home", max_length=100)
]
OnDay = Annotated[date | None, Query(description="Day looked at; left out, today")]


@router.get("/profiles/{id}/situation", responses=problems(404))
def read_situation(id: Id, services: ServicesDep, caller: CallerDep) -> VersionedSituation:
    """Return what is known of a client beside the profile; what is null is unknown."""
    check_profile(caller, id, services)
    return VersionedSituation.of(*services.store.situations.read(id))


@router.put("/profiles/{id}/situation", responses=problems(400, 404, 409))
def replace_situation(
    id: Id, body: SituationBody, services: ServicesDep, caller: CallerDep
) -> VersionedSituation:
    """Store what is known of a client; ranking never reads it. Contacts are left out.

    It names the version that you have read, 0 where nothing was stored.
    """
    check_profile(caller, id, services)
    situation = situation_from(body)
    version = services.store.situations.change(id, body.version, situation, services.clock())
    return VersionedSituation.of(version, situation)


@router.get("/profiles/{id}/pathway", responses=problems(404))
def read_pathway(
    id: Id,
    services: ServicesDep,
    caller: CallerDep,
    *,
    on: OnDay = None,
    area: AreaName = "",
    lang: InLang = Lang.FI,
) -> PathwayDocument:
    """Return a client's target group, unit, phase, duties and instruments, and what is missing."""
    profile = readable_profile(id, services, caller)
    situation = services.store.situations.get(id)
    standing = standing_in(area, profile, situation, on or services.today())
    meetings = [each.item for each in services.store.cases.of_person(id, Meeting)]
    return pathway_document(pathway_of(standing, held_meetings(meetings)), lang)


@router.get("/profiles/{id}/package", responses=problems(404))
def read_package(
    id: Id,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    trail: TrailDep,
    *,
    budget_eur: Annotated[
        float | None, Query(ge=0, description="Euros for fees of trainings")
    ] = None,
    lang: InLang = Lang.FI,
) -> PackageAnswer:
    """Choose jobs, trainings and services that cover a client's barriers; a human decides."""
    profile = readable_profile(id, services, caller)
    packer = Packer(services.store, services.records, index.matcher)
    now, moment = services.clock(), index.recorder.moment()
    chosen = package_for(packer, profile, budget_eur=budget_eur, on=finnish_day(now))
    items, terms = package_items(chosen.packed, services.store), package_terms(chosen.packing, now)
    decision = index.recorder.of_items(profile, items, terms, moment, now)
    trail.shows(decision)
    return PackageAnswer(list_id=decision.id, **dict(chosen.document(lang)))


@router.get("/areas", responses=problems())
def list_areas(lang: InLang = Lang.FI) -> list[AreaSummary]:
    """List the areas whose rules are known, by name."""
    return [AreaSummary.of(area, lang) for area in areas()]


@router.get("/areas/{id}", responses=problems(404))
def read_area(id: Id, lang: InLang = Lang.FI) -> AreaAnswer:
    """Return an area with all its rules in words."""
    return AreaAnswer.of(area_named(id), lang)


@router.get("/needs/{id}/instruments", responses=problems(404))
def list_need_instruments(
    id: Id, services: ServicesDep, caller: CallerDep, lang: InLang = Lang.FI
) -> list[InstrumentRuling]:
    """List the instruments that a need allows by what the company is ready for.

    What is missing are facts of the person; nobody is named. Empty if the company named
    none, or the need names no municipality whose rules are known.
    """
    need, today = readable_need(id, services, caller), services.today()
    found = (area_of(code, today) for code in need.place.municipalities)
    area = next((each for each in found if each), None)
    rulings = instruments_open_to(need, area, today) if area else ()
    return instrument_rulings(rulings, lang)
