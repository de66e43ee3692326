"""The own format of profiles and offers, from JSON, JSONL, CSV or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError

from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.ingest.columns import columns_of, fields_from
from matcher.ingest.ids import OWN, content_id, store_id
from matcher.ingest.records import OFFER_RECORDS, ProfileRecord, Record, offer_from, profile_from
from matcher.ingest.rows import Container, Fields, ImportKind, Notes, Thing

R = TypeVar("R", bound=Record)

OFFER_KINDS: dict[ImportKind, OfferKind] = {
    ImportKind.ADS: OfferKind.VACANCY,
    ImportKind.NEEDS: OfferKind.NEED,
    ImportKind.TRAININGS: OfferKind.TRAINING,
    ImportKind.SERVICES: OfferKind.SERVICE,
}


def record_type(kind: ImportKind) -> type[Record]:
    """Return the record that describes a kind in the own format."""
    return ProfileRecord if kind is ImportKind.PROFILES else OFFER_RECORDS[OFFER_KINDS[kind]]


def fits(kind: ImportKind) -> Callable[[Container, Fields], bool]:
    """Return a test of whether a file's first record has only fields of the own format.

    An unknown field among several known ones is a slip of the pen, not another format: the
    row will say so.
    """
    known = set(record_type(kind).model_fields)

    def test(_: Container, first: Fields) -> bool:
        told = without_comments(first).keys()
        return 2 * len(known & told) > len(told)

    return test


def parse(kind: ImportKind) -> Callable[[Fields, str | None, Notes], Thing]:
    """Return a parser of one row in the own format."""

    def parse_row(fields: Fields, source: str | None, _: Notes) -> Thing:
        return thing_from(kind, without_comments(fields), source or OWN)

    return parse_row


def fits_table(kind: ImportKind) -> Callable[[Container, Fields], bool]:
    """Return a test of whether a header has a column of the kind's template."""
    known = {column.name for column in columns_of(kind)}
    return lambda _, header: bool(known & header.keys())


def parse_table(kind: ImportKind) -> Callable[[Fields, str | None, Notes], Thing]:
    """Return a parser of one row of a filled template."""

    def parse_row(cells: Fields, source: str | None, _: Notes) -> Thing:
        return thing_from(kind, fields_from(kind, cells), source or OWN)

    return parse_row


def without_comments(fields: Fields) -> Fields:
    """Return a JSON object without the keys that start with ``#``."""
    return {key: value for key, value in fields.items() if not key.startswith("#")}


def thing_from(kind: ImportKind, fields: Fields, source: str) -> Thing:
    """Return the profile or offer that the fields of one record describe.

    Raises
    ------
    InputError
        If a field cannot be used; it is named.
    """
    if kind is ImportKind.PROFILES:
        profile = _validated(ProfileRecord, fields)
        return profile_from(profile, id=_id(profile, profile.id, source, "profile"), source=source)
    offer_kind = OFFER_KINDS[kind]
    offer = _validated(OFFER_RECORDS[offer_kind], fields)
    return offer_from(offer, id=_id(offer, offer.id, source, offer_kind.value), source=source)


def _id(record: Record, given: str, source: str, kind: str) -> str:
    if given:
        return store_id(source, given)
    return content_id(source, kind, record.model_dump(mode="json", exclude={"id"}))


def _validated(cls: type[R], fields: Fields) -> R:
    try:
        return cls.model_validate(fields)
    except ValidationError as error:
        raise _first_problem(error, cls) from error


def _first_problem(error: ValidationError, cls: type[Record]) -> InputError:
    first, *more = error.errors(include_url=False)
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        reason = f"{field!r} is no field of this format"
        remedy = f"Remove it, or use one of: {', '.join(cls.model_fields)}."
    else:
        reason = first["msg"].removeprefix("Value error, ")
        remedy = "Correct the value."
    if not isinstance(first["input"], dict | list) and first["type"] != "value_error":
        reason += f"; found {str(first['input'])[:80]!r}"
    others = f" ({len(more)} more in this row)" if more else ""
    return InputError(reason + others, remedy=remedy, field=field)
