"""Ids of imported records: the source before a colon, then the source's own id."""

from __future__ import annotations

import hashlib

import orjson

from matcher.ingest.rows import Fields
from matcher.ingest.values import mapping, string

#: Records in the own format keep their ids as they are.
OWN = "own"
_DIGITS = 16


def store_id(source: str, given: str) -> str:
    """Return the store's id of a record that a source calls `given`."""
    if source == OWN or given.startswith(f"{source}:"):
        return given
    return f"{source}:{given}"


def content_id(source: str, kind: str, content: object) -> str:
    """Return an id made from what a record says, for records that come without one."""
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str)
    return store_id(source, f"{kind}-{hashlib.sha256(text).hexdigest()[:_DIGITS]}")


def told_id(fields: Fields) -> str:
    """Return what a row that cannot be used calls itself, in any of the formats; may be empty."""
    places = (
        fields.get("id"),
        fields.get("ilmoituksenID"),
        mapping(fields.get("metadata")).get("externalId"),
        mapping(fields.get("jobAdvertisement")).get("id"),
    )
    return next((text for place in places if (text := string(place))), "")
