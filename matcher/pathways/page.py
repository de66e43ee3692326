"""An area as a page that a civil servant can check against the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matcher.domain.codes import municipalities
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Benefit, Period
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.pathways.area import (
    Area,
    CatalogueRule,
    DutyRule,
    InstrumentRule,
    PhaseRule,
    RoutingRule,
    Rule,
    TargetRule,
)
from matcher.pathways.conditions import (
    All,
    Any,
    Bound,
    CodeIs,
    Comparison,
    Condition,
    FlagIs,
    Not,
    NumberIs,
)
from matcher.pathways.factnames import FACTS, FactKind
from matcher.pathways.words import (
    BARRIERS,
    BENEFITS,
    DECIDERS,
    DUTIES,
    INSTRUMENTS,
    OFFER_KINDS,
    PHASES,
)

_STEP: Final = "  "

_ALL = msg("all of these:")
_ANY = msg("at least one of these:")
_NOT = msg("not:")
_NOT_SO = msg("not: {fact}")
_BELOW = msg("{fact}: under {limit}")
_AT_LEAST = msg("{fact}: at least {limit}")
_ONE_OF = msg("{fact}: {codes}")
_FROM = msg("in force from {start}")
_FROM_TO = msg("in force {start}–{end}")
_SOURCE = msg("Source: {source}")
_NOTE = msg("Note: {note}")
_CLIENTS = msg("About {n} clients.")
_MUNICIPALITIES = msg("Municipalities ({n})")
_TARGET = msg("Target group")
_ROUTING = msg("Unit that serves")
_PHASES = msg("Phases")
_DUTIES = msg("Duties and their dates")
_INSTRUMENTS = msg("Instruments")
_SERVICES = msg("Services")
_HOME = msg("the home municipality")
_EVERYBODY = msg("everybody else")
_RESTARTS = msg("A job search counts anew after a gap of more than {n} days.")
_IN_MONTHS = msg("within {n} months of the start of the search")
_IN_DAYS = msg("within {n} working days of the start of the search")
_AT_DAYS = msg("when unemployment benefit has been paid for {n} days")
_AT_END = msg("or when the earnings-related allowance ends")
_EVERY = msg("then every {n} months")
_RESPONSIBLE = msg("Responsible: {who}")
_DECIDES = msg("Decides: {who}")
_OFFERS = msg("Goes with: {kinds}")
_NO_OFFER = msg("Needs no offer.")
_EVIDENCE = msg("Evidence: {evidence}")
_PROVIDER = msg("Provider: {who}")
_HELPS = msg("Helps with: {areas}")
_UNKNOWN = msg(
    "A fact that is not known never decides: the answer is then “not known”, and names the fact."
)


def area_page(area: Area, lang: Lang) -> str:
    """Return the area's rules as Markdown, every rule with its days, source and note."""
    return "\n".join(_Page(area, lang).lines()) + "\n"


def condition_lines(condition: Condition, lang: Lang, indent: str = "") -> Iterator[str]:
    """Yield a condition in words, as the items of a Markdown list."""
    words = Words.of(lang)
    match condition:
        case All(parts) | Any(parts):
            heading = _ALL if isinstance(condition, All) else _ANY
            yield f"{indent}- {words(heading)}"
            for part in parts:
                yield from condition_lines(part, lang, indent + _STEP)
        case Not(part):
            yield f"{indent}- {words(_NOT)}"
            yield from condition_lines(part, lang, indent + _STEP)
        case _:
            yield f"{indent}- {_comparison(condition, lang)}"


def _comparison(comparison: Comparison, lang: Lang) -> str:
    words = Words.of(lang)
    fact = words(FACTS[comparison.fact].name)
    match comparison:
        case FlagIs(_, True):
            return fact
        case FlagIs():
            return words(_NOT_SO, fact=fact)
        case NumberIs(_, bound, limit):
            return words(_BELOW if bound is Bound.BELOW else _AT_LEAST, fact=fact, limit=limit)
        case CodeIs():
            codes = words.listed([_code(comparison, code, lang) for code in comparison.codes], "or")
            return words(_ONE_OF, fact=fact, codes=codes)


def _code(comparison: CodeIs, code: str, lang: Lang) -> str:
    words = Words.of(lang)
    if FACTS[comparison.fact].kind is FactKind.MUNICIPALITY:
        return municipalities()[code].name.best(lang)
    if code in FACTS[comparison.fact].codes & frozenset(Benefit):
        return words(BENEFITS[Benefit(code)])
    return words(OFFER_KINDS[OfferKind(code)])


def _name(rule: Rule) -> Message:
    match rule:
        case PhaseRule():
            return PHASES[rule.phase]
        case DutyRule():
            return DUTIES[rule.duty]
        case InstrumentRule():
            return INSTRUMENTS[rule.instrument]
    return _TARGET


class _Page:
    """The page of one area in one language."""

    def __init__(self, area: Area, lang: Lang) -> None:
        self._area = area
        self._lang = lang
        self._words = Words.of(lang)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        area, words = self._area, self._words
        yield f"# {area.title.best(self._lang)}"
        yield from ("", f"`{area.name}`, {self._days(area.valid)}.")
        if area.clients:
            yield words(_CLIENTS, n=area.clients)
        yield from (words(_RESTARTS, n=area.restarts_after), words(_UNKNOWN), "")
        yield from self._origin(area.source, area.note)
        names = sorted(municipalities()[code].name.best(self._lang) for code in area.municipalities)
        yield from ("", f"## {words(_MUNICIPALITIES, n=len(names))}", "", ", ".join(names) + ".")
        for heading, rules in (
            (_TARGET, area.target),
            (_ROUTING, area.routing),
            (_PHASES, area.phases),
            (_DUTIES, area.duties),
            (_INSTRUMENTS, area.instruments),
            (_SERVICES, area.services),
        ):
            yield from ("", f"## {words(heading)}")
            for rule in rules:
                yield from self._rule(rule)

    def _rule(self, rule: Rule) -> Iterator[str]:
        yield from ("", f"### {self._title(rule)}", "")
        yield from (f"`{rule.id}`, {self._days(rule.valid)}.", "")
        yield from self._says(rule)
        yield ""
        yield from self._origin(rule.source, rule.note)

    def _title(self, rule: Rule) -> str:
        match rule:
            case RoutingRule(unit=title):
                return title.best(self._lang) or self._words(_HOME)
            case CatalogueRule(title=title):
                return title.best(self._lang)
        return self._words(_name(rule)) + self._finnish(rule)

    def _finnish(self, rule: Rule) -> str:
        """Return the instrument's Finnish name in brackets: sources and forms use it."""
        if isinstance(rule, InstrumentRule) and self._lang is not Lang.FI:
            return f" ({Words.of(Lang.FI)(_name(rule))})"
        return ""

    def _says(self, rule: Rule) -> Iterator[str]:
        words = self._words
        match rule:
            case TargetRule():
                yield from condition_lines(rule.when, self._lang)
            case RoutingRule():
                others = iter([f"- {words(_EVERYBODY)}"])
                yield from condition_lines(rule.when, self._lang) if rule.when else others
            case PhaseRule():
                yield from condition_lines(rule.begins, self._lang)
            case DutyRule():
                yield from (f"- {part}" for part in self._times(rule))
                yield f"- {words(_RESPONSIBLE, who=words(DECIDERS[rule.responsible]))}"
            case InstrumentRule():
                yield from condition_lines(rule.when, self._lang)
                yield f"- {self._offers(rule)}"
                evidence = "; ".join(text.best(self._lang) for text in rule.evidence)
                yield f"- {words(_EVIDENCE, evidence=evidence)}"
                yield f"- {words(_DECIDES, who=words(DECIDERS[rule.decides]))}"
            case CatalogueRule():
                yield f"- {words(_PROVIDER, who=rule.provider.best(self._lang))}"
                areas = words.listed([words(BARRIERS[area]) for area in rule.areas])
                yield f"- {words(_HELPS, areas=areas)}"

    def _times(self, rule: DutyRule) -> Iterator[str]:
        words = self._words
        if rule.after_months is not None:
            yield words(_IN_MONTHS, n=rule.after_months)
        if rule.after_working_days is not None:
            yield words(_IN_DAYS, n=rule.after_working_days)
        if rule.at_benefit_days is not None:
            yield words(_AT_DAYS, n=rule.at_benefit_days)
        if rule.at_end_of_earnings_related:
            yield words(_AT_END)
        if rule.every_months is not None:
            yield words(_EVERY, n=rule.every_months)

    def _offers(self, rule: InstrumentRule) -> str:
        if not rule.offers:
            return self._words(_NO_OFFER)
        kinds = [self._words(OFFER_KINDS[kind]) for kind in rule.offers]
        return self._words(_OFFERS, kinds=self._words.listed(kinds, "or"))

    def _days(self, days: Period) -> str:
        if days.end is None:
            return self._words(_FROM, start=days.start)
        return self._words(_FROM_TO, start=days.start, end=days.end)

    def _origin(self, source: str, note: str) -> Iterator[str]:
        yield self._words(_SOURCE, source=source) + ("" if source.endswith(".") else ".")
        if note:
            yield from ("", self._words(_NOTE, note=note))
