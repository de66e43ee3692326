"""Training offers of 2019 from Opintopolku, collected as JSONL.

The collection tells many offers twice under one id, from two systems; the first telling,
which names the qualification, counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.domain.offer import Training
from matcher.domain.parts import Occupation, Place
from matcher.domain.text import LocalText
from matcher.errors import InputError
from matcher.ingest.ids import store_id
from matcher.ingest.places import municipality_in, region_code
from matcher.ingest.records import MAX_PHRASE
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.values import language_of, number, plain, string

SOURCE = "opintopolku"
MAX_OUTCOMES = 30
#: Full studies are 60 credits a year.
_CREDITS_A_MONTH = 5
_MIN_OUTCOME = 8
_CAN = re.compile(
    r"\b(?:osaa|osaavat|osaat|hallitsee|hallitset)\b(?:\s+(?:myös|lisäksi|mm\.))?[\s:]*"
    r"|\b(?:avlagt|utexaminerade?|examinerade?)\b[^.]*?\bkan\b\s*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s*(?=[A-ZÅÄÖ•])|\n|•|\s*-\s+(?=osaa\b)")
_NOTHING = ("", "None")


def fits(_: Container, first: Fields) -> bool:
    """Return whether a record has the fields of the collection."""
    return {"id", "name", "provider", "text", "koulutuskoodi"} <= first.keys()


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the training of one offer.

    Raises
    ------
    InputError
        If it has no id or no name.
    """
    given, name = string(fields.get("id")), plain(fields.get("name"))
    for key, value in (("id", given), ("name", name)):
        if value in _NOTHING:
            raise InputError(f"the offer has no {key}", remedy="Correct the row.", field=key)
    source = source or SOURCE
    language = language_of(fields.get("lang"), notes)
    text = plain(fields.get("text"))
    return Training(
        id=store_id(source, given),
        source=source,
        language=language,
        title=LocalText.of(language, _title(name, _told(fields, "qualification"))),
        text=LocalText.of(language, text),
        organisation=_told(fields, "provider"),
        occupations=_occupations(_told(fields, "degree_title")),
        place=_place(fields, notes),
        outcomes=tuple(outcomes(text)),
        duration_months=_months(fields),
    )


def outcomes(text: str) -> Iterator[str]:
    """Yield what one can do after a training, as its description words it, once each.

    A sentence tells it after "osaa", "hallitsee" or Swedish "avlagt … kan"; where it ends
    with that word, the lines below that start with a small letter are a list of outcomes.
    """
    found: dict[str, None] = {}
    listing = False
    for sentence in (part.strip() for part in _SENTENCE_END.split(text)):
        told = _CAN.search(sentence)
        if told:
            phrase = sentence[told.end() :]
            listing = not phrase.strip(" :")
        else:
            listing = listing and sentence[:1].islower()
            phrase = sentence if listing else ""
        phrase = phrase.strip(" .:;,-–")
        if len(phrase) >= _MIN_OUTCOME:
            found[phrase[:MAX_PHRASE]] = None
    yield from list(found)[:MAX_OUTCOMES]


def _told(fields: Fields, name: str) -> str:
    value = plain(fields.get(name))
    return "" if value in _NOTHING else value


def _title(name: str, qualification: str) -> str:
    if not qualification or qualification.casefold() in name.casefold():
        return name
    return f"{qualification}, {name}"


def _occupations(degree_title: str) -> tuple[Occupation, ...]:
    return (Occupation(degree_title),) if degree_title else ()


def _place(fields: Fields, notes: Notes) -> Place:
    municipality = municipality_in(string(fields.get("provider")))
    province = _told(fields, "province")
    region = region_code(province)
    if province and region is None:
        notes[f"unknown region {province[:40]!r}"] += 1
    return Place(
        municipalities=(municipality,) if municipality else (),
        regions=(region,) if region else (),
    )


def _months(fields: Fields) -> float | None:
    credits = number(fields.get("credits"))
    return credits / _CREDITS_A_MONTH if credits else None
