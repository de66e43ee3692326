"""From the entries of area and law files to areas."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from matcher.domain.codes import municipalities
from matcher.domain.situation import Period
from matcher.domain.text import LocalText
from matcher.pathways.area import (
    Area,
    CatalogueRule,
    DutyRule,
    InstrumentRule,
    PhaseRule,
    RoutingRule,
    TargetRule,
)
from matcher.pathways.records import (
    AreaEntry,
    DutyEntry,
    InstrumentEntry,
    LawEntry,
    PhaseEntry,
    RoutingEntry,
    RuleEntry,
    ServiceEntry,
    TargetEntry,
)


class _Common(TypedDict):
    id: str
    valid: Period
    source: str
    note: str


def build_area(entry: AreaEntry, law: LawEntry) -> Area:
    """Return the area that a checked entry describes, with the law's instruments of its days."""
    days = Period(entry.valid_from, entry.valid_to)
    return Area(
        name=entry.name,
        title=entry.title.text(),
        valid=days,
        source=entry.source,
        note=entry.note,
        clients=entry.clients,
        municipalities=_places(entry),
        restarts_after=entry.restarts_after_days,
        target=tuple(_target(rule, days) for rule in entry.target),
        routing=tuple(_routing(rule, days) for rule in entry.routing),
        phases=tuple(_phase(rule, days) for rule in entry.phases),
        duties=tuple(_duty(rule, days) for rule in entry.duties),
        instruments=_instruments(entry, law),
        services=tuple(_service(rule, days) for rule in entry.services),
    )


def _places(entry: AreaEntry) -> tuple[str, ...]:
    inside = (code for code, each in municipalities().items() if each.region in entry.regions)
    return tuple(sorted({*entry.municipalities, *inside}))


def _common(rule: RuleEntry, days: Period) -> _Common:
    return {"id": rule.id, "valid": rule.valid(days), "source": rule.source, "note": rule.note}


def _target(rule: TargetEntry, days: Period) -> TargetRule:
    return TargetRule(**_common(rule, days), when=rule.when.condition())


def _routing(rule: RoutingEntry, days: Period) -> RoutingRule:
    return RoutingRule(
        **_common(rule, days),
        unit=rule.unit.text() if rule.unit else LocalText(),
        when=rule.when.condition() if rule.when else None,
    )


def _phase(rule: PhaseEntry, days: Period) -> PhaseRule:
    return PhaseRule(**_common(rule, days), phase=rule.phase, begins=rule.begins.condition())


def _duty(rule: DutyEntry, days: Period) -> DutyRule:
    return DutyRule(
        **_common(rule, days),
        duty=rule.duty,
        responsible=rule.responsible,
        after_months=rule.after_months,
        after_working_days=rule.after_working_days,
        at_benefit_days=rule.at_benefit_days,
        at_end_of_earnings_related=rule.at_end_of_earnings_related,
        every_months=rule.every_months,
    )


def _service(rule: ServiceEntry, days: Period) -> CatalogueRule:
    return CatalogueRule(
        **_common(rule, days),
        title=rule.title.text(),
        provider=rule.provider.text(),
        areas=rule.areas,
    )


def _instruments(entry: AreaEntry, law: LawEntry) -> tuple[InstrumentRule, ...]:
    """Return the law's rules that hold on any of the area's days, with the area's deciders."""
    days, ends = Period(law.valid_from, law.valid_to), entry.valid_to or date.max
    built = (_instrument(rule, days, entry) for rule in law.instruments)
    return tuple(
        rule
        for rule in built
        if rule.valid.start <= ends and entry.valid_from <= (rule.valid.end or date.max)
    )


def _instrument(rule: InstrumentEntry, days: Period, entry: AreaEntry) -> InstrumentRule:
    common, decides = _common(rule, days), rule.decides
    own = next((each for each in entry.decides if each.instrument is rule.instrument), None)
    if own:
        common["source"] = f"{rule.source}; {own.source}"
        decides = own.decides
    return InstrumentRule(
        **common,
        instrument=rule.instrument,
        decides=decides,
        offers=rule.offers,
        when=rule.when.condition(),
        evidence=tuple(each.text() for each in rule.evidence),
    )
