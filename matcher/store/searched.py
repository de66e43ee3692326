"""The words by which clients are found: what they told, in one case, beside their profiles.

They stand in a table of their own: it is a fraction of the profiles, so that everybody's words
are looked through quickly, and nothing but words is in it, so that no name of a field is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

import orjson
from sqlalchemy import ColumnElement, Connection, delete, insert, select

from matcher.store.database import parts
from matcher.store.schema import profile_words, profiles


def folded(text: str) -> str:
    """Return a text in which letters differ by more than their case, Ä and Å included.

    References
    ----------
    The Unicode Standard, section 5.18, on caseless matching.
    """
    # PostgreSQL keeps no NUL in a text.
    return normalize("NFC", normalize("NFC", text).casefold()).replace("\0", " ")


def words_of(payload: str) -> str:
    """Return what a stored profile is found by: number, competences, occupations, own words.

    What a person cannot do is not among it: nobody is looked up by health.
    """
    told = orjson.loads(payload)
    jobs = (*told["occupations_wanted"], *told["occupations_done"])
    said = (
        told["id"],
        *(one["name"] for one in told["competences"]),
        *(one["title"] for one in jobs),
        told["education"],
        told["text"],
    )
    return folded("\n".join(said))


def write_words(connection: Connection, payloads: Mapping[str, str]) -> None:
    """Note the words of profiles that are being stored, in the place of those before."""
    for part in parts(sorted(payloads)):
        connection.execute(delete(profile_words).where(profile_words.c.profile_id.in_(part)))
        rows = [{"profile_id": id, "words": words_of(payloads[id])} for id in part]
        connection.execute(insert(profile_words), rows)


def is_said(words: str) -> ColumnElement[bool]:
    """Return the condition that a row of `profiles` has these letters in it, in one place."""
    said = profile_words.c.words.contains(folded(words), autoescape=True)
    return profiles.c.id.in_(select(profile_words.c.profile_id).where(said))


def forget_words(connection: Connection, profile_id: str) -> None:
    """Erase the words by which a person is found."""
    connection.execute(delete(profile_words).where(profile_words.c.profile_id == profile_id))
