"""Domain objects to JSON and back: what the payload columns hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from matcher.errors import InputError, StoreError

T = TypeVar("T")


_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def dump(thing: object) -> str:
    """Return a domain object as JSON; equal objects give equal texts.

    Raises
    ------
    InputError
        If a text in it is no valid Unicode.
    """
    try:
        return _adapter(type(thing)).dump_json(thing).decode()
    except PydanticSerializationError as error:
        raise InputError(
            f"A text of {type(thing).__name__} {getattr(thing, 'id', '')!r} is no valid Unicode.",
            remedy="Save the source as UTF-8.",
        ) from error


def load(cls: type[T], payload: str) -> T:
    """Return the object that `dump` wrote; unknown fields are ignored.

    Raises
    ------
    StoreError
        If the payload is damaged.
    """
    try:
        thing: T = _adapter(cls).validate_json(payload)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise StoreError(
            f"A stored {cls.__name__} cannot be read: {where}: {first['msg']}.",
            remedy="Import the record again.",
        ) from error
    return thing


def digest(payload: str) -> str:
    """Return the sha256 of a payload, in hexadecimal."""
    return sha256(payload.encode()).hexdigest()
