"""The report of a night as tables and charts for people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.charts import Bar, Curve, bars
from api.web.small_groups import hidden_groups
from matcher.domain.codes import municipalities
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.evaluate.fairness.groups import UNKNOWN, Attribute
from matcher.evaluate.fairness.rates import GroupRate
from matcher.i18n.message import Message, msg, msg_in
from matcher.i18n.words import Words
from matcher.match.reasons.names import BANDS, KINDS
from matcher.match.spread.curve import SpreadFigures
from matcher.metrics.fairness import Interval
from matcher.nightly.gates import Gate, GateFigure
from matcher.nightly.report import NightReport

_PROFILES: Final = msg("Clients")
_BEFORE: Final = msg("By fit alone")
_AFTER: Final = msg("As people see them")
_ATTRIBUTES: Final[dict[Attribute, Message]] = {
    Attribute.AGE: msg("By age"),
    Attribute.SEX: msg("By sex"),
    Attribute.LANGUAGE: msg("By language"),
    Attribute.MUNICIPALITY: msg("By municipality"),
    Attribute.DURATION: msg("By length of the job search"),
}
_GROUPS: Final[dict[str, Message]] = {
    UNKNOWN: msg("not known"),
    "under 25": msg("under 25"),
    "55 and over": msg("55 and over"),
    "female": msg("women"),
    "male": msg("men"),
    "other": msg_in("group", "others"),
    "Finnish": msg("Finnish"),
    "Swedish": msg("Swedish"),
    "under 3 months": msg("under 3 months"),
    "3–12 months": msg("3–12 months"),
    "1–2 years": msg("1–2 years"),
    "over 2 years": msg("over 2 years"),
}
#: As they follow each other; municipalities, by name, stand before who nothing is known of.
_ORDER: Final = (
    *("under 25", "25–34", "35–44", "45–54", "55 and over"),
    *("female", "male", "Finnish", "Swedish", "other"),
    *("under 3 months", "3–12 months", "1–2 years", "over 2 years", UNKNOWN),
)
_GATES: Final[dict[Gate, Message]] = {
    Gate.SIZE: msg("The index has not shrunk"),
    Gate.SELF_RETRIEVAL: msg("Every record finds itself"),
    Gate.RECALL: msg("The search misses nothing"),
    Gate.GOLDEN: msg("Known cases are ordered as well as before"),
    Gate.CHURN: msg("What people were shown stays"),
    Gate.DRIFT: msg("Matches keep their strength"),
    Gate.TWINS: msg("Words that should not matter do not"),
    Gate.GROUPS: msg("No group is offered much less than others"),
}
#: Points of the curve that the table names, of its twenty.
_NAMED: Final = (5, 10, 15)


@dataclass(frozen=True, slots=True)
class SpreadTable:
    """How evenly jobs of a kind are shown.

    Parameters
    ----------
    name
        Of the kind.
    curves
        Before and after spread; empty for a night of an older version.
    lines
        What is measured, before and after.
    """

    name: str
    curves: Sequence[Curve]
    lines: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """How the groups of an attribute fare: bars of those with a good match, and all figures.

    Parameters
    ----------
    title
        By what people are told apart.
    bars
        Of the groups that may be shown.
    lines
        Name and figures of the same groups.
    hidden
        Sentence about the groups that are too small to be shown; empty if none is.
    """

    title: str
    bars: Sequence[Bar]
    lines: Sequence[tuple[str, Sequence[str]]]
    hidden: str


def band_bars(report: NightReport, words: Words) -> list[Bar]:
    """Return how many matches the lists hold by band."""
    found = report.lists.bands if report.lists else {}
    return bars([(words(BANDS[b]), found.get(b, 0), words.number(found.get(b, 0))) for b in Band])


def kind_lines(report: NightReport, words: Words) -> list[tuple[str, Sequence[str]]]:
    """Return by kind how many records there were and are, and how many matches."""
    matches = report.lists.matches if report.lists else {}
    new = report.lists.new if report.lists else {}
    return [
        (
            words(_PROFILES) if kind is RecordKind.PROFILE else words(KINDS[OfferKind(kind.value)]),
            [
                words.number(report.built.before[kind]),
                words.number(report.built.sizes[kind]),
                *(
                    ("–", "–")
                    if kind is RecordKind.PROFILE
                    else (words.number(matches.get(kind, 0)), words.number(new.get(kind, 0)))
                ),
            ],
        )
        for kind in RecordKind
    ]


def gate_lines(figures: Sequence[GateFigure], words: Words) -> list[tuple[str, bool]]:
    """Return each check of the night, and whether all that it measured passed."""
    passed: dict[Gate, bool] = {}
    for figure in figures:
        passed[figure.gate] = passed.get(figure.gate, True) and figure.passed
    return [(words(_GATES[gate]), good) for gate, good in passed.items()]


def spread_tables(report: NightReport, words: Words) -> list[SpreadTable]:
    """Return how evenly the lists show jobs and company needs."""
    kinds = report.spread.kinds if report.spread else {}
    return [
        SpreadTable(
            words(KINDS[kind]),
            [
                Curve.of(words(name), figures.curve)
                for name, figures in ((_BEFORE, one.before), (_AFTER, one.after))
                if figures.curve
            ],
            _spread_lines(one.before, one.after, words),
        )
        for kind, one in kinds.items()
    ]


def group_tables(
    report: NightReport, scope: Collection[str] | None, words: Words
) -> list[GroupTable]:
    """Return how groups of people fare, municipalities only of those that the reader may count.

    Parameters
    ----------
    report
        Of the night.
    scope
        Codes of municipalities; None means all.
    words
        Of the reader.
    """
    rates = [
        one
        for one in (report.groups.rates if report.groups else ())
        if one.attribute is not Attribute.MUNICIPALITY or scope is None or one.group in scope
    ]
    tables = []
    for attribute, title in _ATTRIBUTES.items():
        of_it = sorted(
            (one for one in rates if one.attribute is attribute),
            key=lambda one: _place(one, words),
        )
        if of_it:
            tables.append(_group_table(words(title), of_it, words))
    return tables


def _group_table(title: str, rates: Sequence[GroupRate], words: Words) -> GroupTable:
    named = [(_group_name(one, words), one) for one in rates]
    drawn = [
        (name, one.good.value, words.percent(one.good.value)) for name, one in named if one.good
    ]
    cells = [(name, _rate_cells(one, words)) for name, one in named]
    return GroupTable(
        title,
        bars(drawn, most=1.0),
        [(name, figures) for name, figures in cells if figures],
        hidden_groups([name for name, figures in cells if not figures], words),
    )


def _place(one: GroupRate, words: Words) -> tuple[int, str]:
    return (
        _ORDER.index(one.group) if one.group in _ORDER else -1,
        _group_name(one, words),
    )


def _group_name(one: GroupRate, words: Words) -> str:
    if one.attribute is Attribute.MUNICIPALITY and one.group in municipalities():
        return municipalities()[one.group].name.best(Lang(words.tongue.value))
    return words(_GROUPS[one.group]) if one.group in _GROUPS else one.group


def _rate_cells(one: GroupRate, words: Words) -> list[str]:
    """Return the figures of a group; none if it is too small to be shown."""
    if one.people is None or one.good is None:
        return []
    return [
        words.number(one.people),
        _between(one.good, words.percent),
        "–" if one.ratio is None else _between(one.ratio, _rounded(words)),
        "–" if one.exposure is None else _between(one.exposure, _rounded(words)),
    ]


def _between(one: Interval, write: Callable[[float], str]) -> str:
    return f"{write(one.value)} ({write(one.low)} – {write(one.high)})"


def _rounded(words: Words) -> Callable[[float], str]:
    return lambda number: words.number(round(number, 2))


_TOP_FIRST: Final = msg("Share of first places that the ten most shown have")
_NEVER: Final = msg("Jobs that nobody sees among the first three")
_GINI: Final = msg("Unevenness, from 0 (all alike) to 1")
_LEAST: Final = msg("Share of views that the least shown {share} of jobs have")


def _spread_lines(
    before: SpreadFigures, after: SpreadFigures, words: Words
) -> list[tuple[str, Sequence[str]]]:
    rounded = _rounded(words)
    named = [
        (
            words(_LEAST, share=words.percent(at / (len(after.curve) - 1))),
            [words.percent(before.curve[at]), words.percent(after.curve[at])],
        )
        for at in _NAMED
        if before.curve and after.curve
    ]
    return [
        (words(_TOP_FIRST), [words.percent(before.top_first), words.percent(after.top_first)]),
        (words(_NEVER), [words.number(before.starving), words.number(after.starving)]),
        (words(_GINI), [rounded(before.gini), rounded(after.gini)]),
        *named,
    ]
