"""Area files: read and checked; a wrong one is refused with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from matcher.errors import InputError, NotFoundError
from matcher.pathways.area import (
    Area,
)
from matcher.pathways.build import build_area
from matcher.pathways.check import Problem, check_area, check_law
from matcher.pathways.lines import Path, key_lines, line_of
from matcher.pathways.records import AreaEntry, LawEntry

E = TypeVar("E", bound=BaseModel)
_PACKAGE: Final = "matcher.pathways"


def read_area(file: FilePath) -> Area:
    """Read an area file.

    Raises
    ------
    InputError
        If it cannot be read, or says something that cannot be; with the line and a remedy.
    """
    return _area(file)


def read_law(file: FilePath) -> LawEntry:
    """Read a file of instruments that areas share.

    Raises
    ------
    InputError
        As in `read_area`.
    """
    return _law(file)


@cache
def areas() -> tuple[Area, ...]:
    """Return the areas that the service knows, in the order of their names."""
    return tuple(_area(file) for file in _files("areas"))


@cache
def rules_digest() -> str:
    """Return a fingerprint of all rules: other files, another fingerprint."""
    files = [*_files("areas"), *_files("laws")]
    return sha256("\0".join(_text(file) for file in files).encode()).hexdigest()[:16]


def area_named(name: str) -> Area:
    """Return the area of that name, as in ``"oulu-2021"``.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = next((area for area in areas() if area.name == name), None)
    if found is None:
        known = ", ".join(area.name for area in areas())
        raise NotFoundError("area", name, remedy=f"Known areas: {known}.")
    return found


def area_of(municipality: str, on: date) -> Area | None:
    """Return the area whose rules hold in a municipality on a day, None if none is known."""
    return next(
        (a for a in areas() if a.valid.holds(on) and municipality in a.municipalities), None
    )


def _area(file: FilePath | Traversable) -> Area:
    text = _text(file)
    entry = _entry(file, text, AreaEntry)
    law = _law_named(entry.law, file, text)
    _refuse(file, text, [*_named(entry.name, file), *check_area(entry, law)])
    return build_area(entry, law)


def _law_named(name: str, file: FilePath | Traversable, text: str) -> LawEntry:
    files = {each.name.removesuffix(".toml"): each for each in _files("laws")}
    if name not in files:
        known = ", ".join(files)
        _refuse(
            file, text, [Problem(("law",), f"There is no law file {name!r}.", f"Use: {known}.")]
        )
    return _law(files[name])


def _law(file: FilePath | Traversable) -> LawEntry:
    text = _text(file)
    entry = _entry(file, text, LawEntry)
    _refuse(file, text, [*_named(entry.name, file), *check_law(entry)])
    return entry


def _named(name: str, file: FilePath | Traversable) -> list[Problem]:
    stem = file.name.removesuffix(".toml")
    if name == stem:
        return []
    return [Problem(("name",), f"The name {name!r} is not the file's.", f"Write {stem!r}.")]


def _files(folder: str) -> list[Traversable]:
    found = resources.files(_PACKAGE).joinpath(folder).iterdir()
    return sorted((f for f in found if f.name.endswith(".toml")), key=lambda each: each.name)


def _text(file: FilePath | Traversable) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"Byte {error.start} is no UTF-8.", remedy="Save the file as UTF-8.", where=file.name
        ) from error


def _entry(file: FilePath | Traversable, text: str, cls: type[E]) -> E:
    try:
        return cls.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"This is no TOML: {error}.", remedy="Correct the line.", where=file.name
        ) from error
    except ValidationError as error:
        _refuse(file, text, _forms(error))
        raise


def _forms(error: ValidationError) -> list[Problem]:
    """Return what is wrong with the form; what only follows from a part of it is left out."""
    found = [_form(each) for each in error.errors()]
    around = {each.path[:n] for each in found for n in range(len(each.path))}
    return [each for each in found if each.path not in around]


def _form(error: Mapping[str, Any]) -> Problem:
    """Return what pydantic found, with a remedy."""
    message = str(error["msg"]).removeprefix("Value error, ")
    remedy = {
        "extra_forbidden": "Remove the key, or correct its name; docs/areas tells of the keys.",
        "missing": "Add the key.",
    }.get(str(error["type"]), "Correct the value.")
    path: Path = tuple(error["loc"])
    return Problem(path, f"{message[:1].upper()}{message[1:]}.", remedy)


def _refuse(file: FilePath | Traversable, text: str, problems: Iterable[Problem]) -> None:
    """Raise the first problem, by line; say how many others there are."""
    found = list(problems)
    if not found:
        return
    lines = key_lines(text)
    first = min(found, key=lambda each: line_of(lines, each.path))
    others = len(found) - 1
    more = f" Others after it: {others}." if others else ""
    raise InputError(
        first.message,
        remedy=first.remedy + more,
        where=f"{file.name}, line {line_of(lines, first.path)}",
        field=".".join(map(str, first.path)),
    )
