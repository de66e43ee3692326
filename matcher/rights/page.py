"""A copy of somebody's data as a page to read and print, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from matcher.domain.calendar import finnish_day
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.rights.held import PersonalData
from matcher.rights.labels import LABELS, TABLES
from matcher.rights.retention import Period

_TITLE: Final = msg("Your data in Kohtaanto")
_MADE: Final = msg("This is a copy of everything that was held of you on {day}.")
_WHY_TITLE: Final = msg("What your data are used for")
_WHY: Final = (
    msg(
        "The employment service of your municipality uses them to find jobs, trainings and "
        "services that suit you, and to work on your plan together with you."
    ),
    msg(
        "The service puts offers in an order and says why. It decides nothing about you: a "
        "person at the employment service decides, and you may ask how an order came about."
    ),
    msg("Your age, sex, mother tongue, nationality and health are never used for the order."),
)
_SOURCE: Final = msg("Your profile came from: {source}.")
_SHOWN_TITLE: Final = msg("Who is shown your data")
_NOBODY: Final = msg("You are not shown to any company.")
_SHOWN: Final = msg("With your consent you are shown to the companies with these needs: {needs}.")
_KEPT_TITLE: Final = msg("How long your data stay")
_KEPT_DAYS: Final = msg("{name}: {days} days {counted}")
_KEPT_WITH_YOU: Final = msg("{name}: as long as your profile")
_RIGHTS_TITLE: Final = msg("Your rights")
_RIGHTS: Final = (
    msg("You may have what is wrong corrected, and ask for your data to be erased."),
    msg("You may object to the use of your data, or ask that it be restricted."),
    msg("You may withdraw a consent at any time."),
    msg(
        "The file beside this page holds the same in a form that machines read; you may take "
        "it to another service."
    ),
    msg("If you think that the law is not kept, you may turn to the Data Protection Ombudsman."),
)
_HELD_TITLE: Final = msg("What is held of you")
_SEEN: Final = msg("Who has used your data")
_QUARANTINE: Final = msg("Rows about you that could not be imported")
_INDEXES: Final = msg("Search indexes that hold your words as numbers")
_YES: Final = msg("yes")
_NO: Final = msg("no")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the page with all that stands below it, as nested labels and words."""

    title: str
    entries: Sequence[Any]


def copy_page(data: PersonalData, lang: Lang) -> str:
    """Return a copy of somebody's data as a page that needs nothing else.

    Parameters
    ----------
    data
        What is held; its own words stay in the language in which they were written.
    lang
        Of everything else.
    """
    words = Words.of(lang)
    templates = Environment(
        loader=PackageLoader("matcher.rights", "."), autoescape=True, undefined=StrictUndefined
    )
    needs = words.listed(data.shown_to)
    return templates.get_template("copy.html").render(
        lang=lang.value,
        title=words(_TITLE),
        made=words(_MADE, day=finnish_day(data.made_at)),
        notes=[
            (words(_WHY_TITLE), [words(one) for one in _WHY]),
            (
                words(_SHOWN_TITLE),
                [
                    words(_SHOWN, needs=needs) if data.shown_to else words(_NOBODY),
                    words(_SOURCE, source=data.profile.source),
                ],
            ),
            (words(_RIGHTS_TITLE), [words(one) for one in _RIGHTS]),
            (words(_KEPT_TITLE), [_stays(period, words, lang) for period in data.periods]),
        ],
        held_title=words(_HELD_TITLE),
        sections=list(_sections(data, words)),
    )


def _sections(data: PersonalData, words: Words) -> list[Section]:
    held = [
        Section(_title(table, words), [_labelled(row, words) for row in rows])
        for table, rows in data.rows.items()
    ]
    document = data.document()
    others = [
        (_SEEN, document["seen"]),
        (_QUARANTINE, data.quarantined),
        (_INDEXES, data.indexes),
    ]
    return held + [
        Section(words(title), [_labelled(one, words) for one in entries])
        for title, entries in others
        if entries
    ]


def _title(table: str, words: Words) -> str:
    return words(TABLES[table]) if table in TABLES else _spaced(table)


def _stays(period: Period, words: Words, lang: Lang) -> str:
    name = period.name.best(lang)
    if period.days is None:
        return words(_KEPT_WITH_YOU, name=name)
    return words(_KEPT_DAYS, name=name, days=period.days, counted=period.counted.best(lang))


def _labelled(value: Any, words: Words) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a value with the names of its fields in words, and without what is unknown."""
    if isinstance(value, Mapping):
        return {
            _label(name, words): _labelled(inner, words)
            for name, inner in value.items()
            if inner is not None and inner not in ([], "")
        }
    if isinstance(value, list | tuple):
        return [_labelled(one, words) for one in value]
    if isinstance(value, bool):
        return words(_YES if value else _NO)
    return words.number(value) if isinstance(value, int | float) else str(value)


def _label(name: str, words: Words) -> str:
    label: Message | None = LABELS.get(name)
    return words(label) if label else _spaced(name)


def _spaced(name: str) -> str:
    return name.replace("_", " ")
