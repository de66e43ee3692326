"""What the rules say of a person, as plain data with words: for JSON and for the API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from matcher.domain.codes import municipalities
from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.pathways.area import (
    Decider,
    DutyKind,
    Instrument,
    InstrumentRule,
    PhaseKind,
    Rule,
    TargetRule,
)
from matcher.pathways.duties import Duty, DutyState
from matcher.pathways.factnames import FACTS, FactName
from matcher.pathways.pathway import Pathway
from matcher.pathways.phase import PhaseAnswer
from matcher.pathways.standing import Route, Ruling
from matcher.pathways.truth import Truth
from matcher.pathways.words import DECIDERS, DUTIES, INSTRUMENTS, PHASES


class MissingFact(BaseModel):
    """A fact that nobody has told, and how to ask for it."""

    fact: FactName
    name: str
    question: str


class RuleDocument(BaseModel):
    """Which version of which rule answered."""

    id: str
    version: str = Field(description="The rule and the first day of its version")
    valid_from: date
    valid_to: date | None
    source: str
    note: str = Field(description="What is unsure; empty if nothing is")


class RulingDocument(BaseModel):
    """What a rule answers."""

    truth: Truth
    because: list[str] = Field(description="Names of the facts that decided")
    missing: list[MissingFact]
    rule: RuleDocument


class InstrumentRuling(RulingDocument):
    """Whether an instrument is open to a person; a human decides."""

    instrument: Instrument
    name: str
    decides: Decider
    decides_name: str
    evidence: list[str] = Field(description="What has to be shown")


class UnitDocument(BaseModel):
    """Which unit serves a person; while facts are missing, every unit that may."""

    units: list[str]
    missing: list[MissingFact]
    rules: list[RuleDocument]


class PhaseDocument(BaseModel):
    """Where in the path a person stands."""

    phase: PhaseKind | None = Field(
        description="Null while facts are missing, and for who is no jobseeker"
    )
    name: str
    reached: PhaseKind | None = Field(description="The last phase that has surely begun")
    possible: list[PhaseKind] = Field(description="Later ones that may have begun")
    missing: list[MissingFact]
    rules: list[RuleDocument]


class DutyDocument(BaseModel):
    """What the service owes a person."""

    duty: DutyKind
    name: str
    state: DutyState
    due: date | None = Field(description="Last day for it; null if nobody can tell")
    held: date | None = Field(description="When it was done last")
    responsible: Decider
    responsible_name: str
    missing: list[MissingFact]
    rule: RuleDocument


class PathwayDocument(BaseModel):
    """Everything that the rules of an area say of a person on a day."""

    area: str
    area_name: str
    on: date
    target: RulingDocument
    unit: UnitDocument
    phase: PhaseDocument
    duties: list[DutyDocument]
    instruments: list[InstrumentRuling] = Field(description="Those that need no offer")


def pathway_document(pathway: Pathway, lang: Lang) -> PathwayDocument:
    """Return a pathway with its words in a language."""
    standing = pathway.standing
    return PathwayDocument(
        area=standing.area.name,
        area_name=standing.area.title.best(lang),
        on=standing.on,
        target=_ruling(pathway.target, lang),
        unit=_unit(pathway.route, standing.home, lang),
        phase=_phase(pathway.phase, lang),
        duties=[_duty(each, lang) for each in pathway.duties],
        instruments=instrument_rulings(pathway.instruments, lang),
    )


def instrument_rulings(
    rulings: Iterable[Ruling[InstrumentRule]], lang: Lang
) -> list[InstrumentRuling]:
    """Return instruments with their words in a language."""
    words = Words.of(lang)
    return [
        InstrumentRuling(
            instrument=each.rule.instrument,
            name=words(INSTRUMENTS[each.rule.instrument]),
            decides=each.rule.decides,
            decides_name=words(DECIDERS[each.rule.decides]),
            evidence=[text.best(lang) for text in each.rule.evidence],
            truth=each.truth,
            because=_names(each.verdict.because, lang),
            missing=missing_facts(each.missing, lang),
            rule=rule_document(each.rule),
        )
        for each in rulings
    ]


def missing_facts(facts: Iterable[FactName], lang: Lang) -> list[MissingFact]:
    """Return missing facts with the question for each."""
    words = Words.of(lang)
    return [
        MissingFact(fact=fact, name=words(FACTS[fact].name), question=words(FACTS[fact].question))
        for fact in facts
    ]


def rule_document(rule: Rule) -> RuleDocument:
    """Return a rule's version and source."""
    return RuleDocument(
        id=rule.id,
        version=rule.version,
        valid_from=rule.valid.start,
        valid_to=rule.valid.end,
        source=rule.source,
        note=rule.note,
    )


def _names(facts: Iterable[FactName], lang: Lang) -> list[str]:
    words = Words.of(lang)
    return [words(FACTS[fact].name) for fact in facts]


def _ruling(ruling: Ruling[TargetRule], lang: Lang) -> RulingDocument:
    return RulingDocument(
        truth=ruling.truth,
        because=_names(ruling.verdict.because, lang),
        missing=missing_facts(ruling.missing, lang),
        rule=rule_document(ruling.rule),
    )


def _unit(route: Route, home: str | None, lang: Lang) -> UnitDocument:
    own = municipalities()[home].name.best(lang) if home in municipalities() else ""
    return UnitDocument(
        units=[each.rule.unit.best(lang) or own for each in route.rulings],
        missing=missing_facts(route.missing, lang),
        rules=[rule_document(each.rule) for each in route.rulings],
    )


def _phase(answer: PhaseAnswer, lang: Lang) -> PhaseDocument:
    reached = [] if answer.reached is None else [answer.reached]
    return PhaseDocument(
        phase=answer.phase,
        name=Words.of(lang)(PHASES[answer.phase]) if answer.phase else "",
        reached=answer.reached.rule.phase if answer.reached else None,
        possible=[each.rule.phase for each in answer.possible],
        missing=missing_facts(answer.missing, lang),
        rules=[rule_document(each.rule) for each in (*reached, *answer.possible)],
    )


def _duty(duty: Duty, lang: Lang) -> DutyDocument:
    words = Words.of(lang)
    return DutyDocument(
        duty=duty.rule.duty,
        name=words(DUTIES[duty.rule.duty]),
        state=duty.state,
        due=duty.due,
        held=duty.held,
        responsible=duty.rule.responsible,
        responsible_name=words(DECIDERS[duty.rule.responsible]),
        missing=missing_facts(duty.missing, lang),
        rule=rule_document(duty.rule),
    )
