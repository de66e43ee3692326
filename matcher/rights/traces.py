"""Rows in quarantine that are about a person, though nothing links them but what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from matcher.domain.profile import Profile
from matcher.ingest.ids import told_id
from matcher.ingest.rows import ImportKind
from matcher.store.quarantine import QuarantinedRow

#: A person's own sentence of this length is nobody else's.
OWN_WORDS: Final = 30


def rows_of(profile: Profile, rows: Iterable[QuarantinedRow]) -> list[QuarantinedRow]:
    """Return the rows that are about a person.

    Those that call themselves as the person's profile is called, that quote its id, or that
    hold its text. What says none of these is found by `containing` at best.

    Parameters
    ----------
    profile
        Of the person, as stored.
    rows
        In quarantine; those of offers are passed over.
    """
    return [row for row in rows if row.kind == ImportKind.PROFILES and _is_of(profile, row)]


def containing(text: str, rows: Iterable[QuarantinedRow]) -> list[QuarantinedRow]:
    """Return the rows that hold a text, in whatever case."""
    wanted = text.casefold()
    return [
        row
        for row in rows
        if any(wanted in said.casefold() for said in (*_texts(_value(row)), row.reason))
    ]


def is_unnamed(row: QuarantinedRow) -> bool:
    """Return whether a row is about a person and does not say who it is."""
    return row.kind == ImportKind.PROFILES and not _told(_value(row))


def _is_of(profile: Profile, row: QuarantinedRow) -> bool:
    value = _value(row)
    if _told(value) in {profile.id, profile.id.partition(":")[2]} - {""}:
        return True
    said = [*_texts(value), row.reason]
    own = profile.text.strip()
    return any(
        profile.id == text or repr(profile.id) in text or (len(own) >= OWN_WORDS and own in text)
        for text in said
    )


def _value(row: QuarantinedRow) -> object:
    return orjson.loads(row.raw) if row.raw else None


def _told(value: object) -> str:
    return told_id(value) if isinstance(value, dict) else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
