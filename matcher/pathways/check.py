"""What can be wrong with an area file beyond its form: contradictions, gaps, overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Final

from matcher.domain.situation import Period
from matcher.pathways.area import Instrument, PhaseKind
from matcher.pathways.conditions import (
    All,
    Any,
    CodeIs,
    Comparison,
    Condition,
    FlagIs,
    Not,
    NumberIs,
    comparisons,
    evaluate,
)
from matcher.pathways.factnames import FACTS, OFFER_FACTS, FactName, FactValue, Span
from matcher.pathways.lines import Path
from matcher.pathways.records import AreaEntry, LawEntry, PhaseEntry, RuleEntry, WhenEntry
from matcher.pathways.truth import Truth

_DAY = timedelta(days=1)
_COMPARE: Final = "Correct its comparisons."


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, at which key, and what to do."""

    path: Path
    message: str
    remedy: str


def check_area(entry: AreaEntry, law: LawEntry) -> Iterator[Problem]:
    """Yield what is wrong with an area whose form is right; `law` has its instruments."""
    file = Period(entry.valid_from, entry.valid_to)
    sections = {
        "target": entry.target,
        "routing": entry.routing,
        "phases": entry.phases,
        "duties": entry.duties,
        "services": entry.services,
    }
    yield from _dates(file, sections)
    yield from _places(entry)
    yield from _law(entry, law)
    yield from _single_target(entry)
    yield from _routing(entry)
    yield from _phases(entry.phases)
    for section, rules in sections.items():
        for i, rule in enumerate(rules):
            for key in ("when", "begins"):
                when = getattr(rule, key, None)
                if isinstance(when, WhenEntry):
                    yield from _condition(when.condition(), (section, i, key))
                    yield from _about_persons(when.condition(), (section, i, key))


def check_law(entry: LawEntry) -> Iterator[Problem]:
    """Yield what is wrong with a file of instruments whose form is right."""
    yield from _dates(Period(entry.valid_from, entry.valid_to), {"instruments": entry.instruments})
    ids: dict[Instrument, str] = {}
    for i, rule in enumerate(entry.instruments):
        condition = rule.when.condition()
        yield from _condition(condition, ("instruments", i, "when"))
        if not rule.offers:
            yield from _about_persons(condition, ("instruments", i, "when"))
        if ids.setdefault(rule.instrument, rule.id) != rule.id:
            yield Problem(
                ("instruments", i, "instrument"),
                f"{rule.instrument} has the rules {ids[rule.instrument]} and {rule.id}.",
                "Keep one id for all versions of an instrument's rule.",
            )
    if lacking := sorted(set(Instrument) - set(ids)):
        yield Problem(
            ("instruments",),
            f"There is no rule for {', '.join(lacking)}.",
            "Add one; its note can say what is unsure.",
        )


def _dates(file: Period, sections: Mapping[str, Sequence[RuleEntry]]) -> Iterator[Problem]:
    if file.end is not None and file.end < file.start:
        yield Problem(
            ("valid_to",),
            f"The file ends on {file.end}, before it begins on {file.start}.",
            "Correct the dates.",
        )
        return
    homes: dict[str, str] = {}
    for section, rules in sections.items():
        versions: dict[str, list[tuple[Period, Path]]] = {}
        for i, rule in enumerate(rules):
            versions.setdefault(rule.id, []).append((rule.valid(file), (section, i)))
            if homes.setdefault(rule.id, section) != section:
                yield Problem(
                    (section, i, "id"),
                    f"The id {rule.id!r} is used in {homes[rule.id]} already.",
                    "Give every rule an id of its own.",
                )
        for id, found in versions.items():
            yield from _tiles(id, sorted(found, key=lambda each: each[0].start), file)


def _tiles(id: str, versions: Sequence[tuple[Period, Path]], file: Period) -> Iterator[Problem]:
    """Check that the versions of one rule cover the file's days, each day once."""
    for valid, path in versions:
        if valid.end is not None and valid.end < valid.start:
            yield Problem(
                (*path, "valid_to"),
                f"The rule {id} ends on {valid.end}, before it begins on {valid.start}.",
                "Correct its dates.",
            )
            return
    first, last = versions[0], versions[-1]
    if first[0].start != file.start:
        yield _unlike(id, (*first[1], "valid_from"), first[0].start, file.start, "begins")
    for (one, _), (other, path) in pairwise(versions):
        yield from _meet(id, one, other, (*path, "valid_from"))
    if last[0].end != file.end:
        yield _unlike(id, (*last[1], "valid_to"), last[0].end, file.end, "ends")


def _meet(id: str, one: Period, other: Period, path: Path) -> Iterator[Problem]:
    if one.end is None or other.start <= one.end:
        yield Problem(
            path,
            f"Two versions of {id} hold on {other.start}.",
            "End the older version on the day before.",
        )
    elif other.start != one.end + _DAY:
        yield Problem(
            path,
            f"No version of {id} holds from {one.end + _DAY} to {other.start - _DAY}.",
            "Let one version begin on the day after the other ends.",
        )


def _unlike(id: str, path: Path, rule: date | None, file: date | None, verb: str) -> Problem:
    return Problem(
        path,
        f"The rule {id} {verb} on {rule or 'no day'}, the file on {file or 'no day'}.",
        "Let the versions of a rule cover the days of the file exactly.",
    )


def _places(entry: AreaEntry) -> Iterator[Problem]:
    for i, code in enumerate(entry.municipalities):
        if code in entry.municipalities[:i]:
            name = f"Municipality {code} is named twice."
            yield Problem(("municipalities", i), name, "Name it once.")
    if not entry.municipalities and not entry.regions:
        yield Problem(("name",), "The area has no municipality.", "Give municipalities or regions.")


def _law(entry: AreaEntry, law: LawEntry) -> Iterator[Problem]:
    open_end = law.valid_to is not None and (
        entry.valid_to is None or entry.valid_to > law.valid_to
    )
    if entry.valid_from < law.valid_from or open_end:
        yield Problem(
            ("law",),
            f"The law file {law.name} holds from {law.valid_from} to {law.valid_to or 'no day'}, "
            f"the area from {entry.valid_from} to {entry.valid_to or 'no day'}.",
            "Name a law file that covers the area's days.",
        )
    decided = [each.instrument for each in entry.decides]
    for i, instrument in enumerate(decided):
        if instrument in decided[:i]:
            message = f"Two entries decide about {instrument}."
            yield Problem(("decides", i, "instrument"), message, "Keep one of them.")


def _single_target(entry: AreaEntry) -> Iterator[Problem]:
    ids = [rule.id for rule in entry.target]
    if len(set(ids)) > 1:
        yield Problem(
            ("target", 1, "id"),
            f"The target group has several rules: {', '.join(sorted(set(ids)))}.",
            "Join them with any = [...]; versions of one rule share its id.",
        )


def _routing(entry: AreaEntry) -> Iterator[Problem]:
    for i, rule in enumerate(entry.routing):
        is_last = rule.id == entry.routing[-1].id
        if (rule.when is None) is not is_last:
            yield Problem(
                ("routing", i),
                f"The routing rule {rule.id} "
                + ("has a condition, though it is the last." if is_last else "takes everybody."),
                "Let the last rule, and only that one, be without a condition.",
            )


def _phases(phases: Sequence[PhaseEntry]) -> Iterator[Problem]:
    ids: dict[PhaseKind, str] = {}
    for i, rule in enumerate(phases):
        if ids.setdefault(rule.phase, rule.id) != rule.id:
            yield Problem(
                ("phases", i, "phase"),
                f"The phase {rule.phase} has the rules {ids[rule.phase]} and {rule.id}.",
                "Keep one id for all versions of a phase's rule.",
            )


def _about_persons(condition: Condition, path: Path) -> Iterator[Problem]:
    named = {each.fact for each in comparisons(condition)} & OFFER_FACTS
    if named:
        yield Problem(
            path,
            f"{', '.join(sorted(named))} is a fact of an offer.",
            "Only the rules of instruments that go with offers may ask about it.",
        )


def _condition(condition: Condition, path: Path) -> Iterator[Problem]:
    """Yield the parts of a condition that nobody meets, or everybody; the whole is one, too."""
    match condition:
        case All(parts) | Any(parts):
            key = "all" if isinstance(condition, All) else "any"
            inner = [
                problem
                for i, part in enumerate(parts)
                for problem in _condition(part, (*path, key, i))
            ]
            # What is wrong with a part shows in the whole: it is said once, where it is.
            yield from inner or _answers(condition, path)
        case Not(part):
            yield from _condition(part, (*path, "not"))
        case _:
            yield from _answers(condition, path)


def _answers(condition: Condition, path: Path) -> Iterator[Problem]:
    """Try every combination of facts that the condition tells apart."""
    asked: dict[FactName, list[FactValue]] = {}
    for each in comparisons(condition):
        asked.setdefault(each.fact, []).extend(_values(each))
    answers = {
        evaluate(condition, dict(zip(asked, values, strict=True))).truth
        for values in product(*(dict.fromkeys(values) for values in asked.values()))
    }
    if Truth.YES not in answers:
        yield Problem(path, "The condition is never met: it contradicts itself.", _COMPARE)
    if Truth.NO not in answers:
        yield Problem(path, "The condition is always met: it excludes nobody.", _COMPARE)


def _values(comparison: Comparison) -> tuple[FactValue, ...]:
    match comparison:
        case FlagIs():
            return (True, False)
        case NumberIs(_, _, limit):
            return (Span.exactly(limit - 1), Span.exactly(limit))
        case CodeIs(fact, codes):
            # One code that is not listed stands for all others.
            others = sorted(FACTS[fact].codes - set(codes))[:1]
            return (*codes, *others) if FACTS[fact].codes else (*codes, "")
