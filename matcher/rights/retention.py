"""How long each kind of data stays: periods as data, each with what it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.config import Settings
from matcher.domain.text import LocalText
from matcher.errors import InputError

#: Name of the file in which an installation says its own periods.
OWN_FILE: Final = "retention.toml"
_SETTING: Final = "MATCHER_RETENTION_DAYS"


class Kept(StrEnum):
    """The kinds of data that are kept, as ``retention.toml`` names them."""

    PROFILES = "profiles"
    CASE_WORK = "case_work"
    ACCESS = "access"
    ATTRIBUTES = "attributes"
    CORRECTIONS = "corrections"
    LISTS = "lists"
    DECISIONS = "decisions"
    SNAPSHOTS = "snapshots"
    REPORTS = "reports"
    MONTH_FIGURES = "month_figures"
    JOURNALS = "journals"
    NEED_SHARES = "need_shares"
    QUARANTINE = "quarantine"
    QUARANTINE_UNNAMED = "quarantine_unnamed"
    EXPORTS = "exports"
    HOLDS = "holds"
    ERASURES = "erasures"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Period:
    """How long one kind of data stays.

    Parameters
    ----------
    kind, name
        Which data, and what people call them.
    days
        How long; None if they go with the person.
    counted
        From when on, in words.
    source
        The law, or who has set the period.
    tables
        Tables of the store that hold them with the person's id.
    """

    kind: Kept
    name: LocalText
    days: int | None
    counted: LocalText
    source: str
    tables: tuple[str, ...]

    def before(self, now: datetime) -> datetime:
        """Return the moment before which such data are too old now.

        Raises
        ------
        ValueError
            If they go with the person and have no period of their own.
        """
        if self.days is None:
            raise ValueError(f"{self.kind} has no period of its own.")
        return now - timedelta(days=self.days)


class _Own(BaseModel):
    """What an installation may say of a kind."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(ge=1)
    source: str = Field(min_length=1)


def periods(settings: Settings) -> dict[Kept, Period]:
    """Return the periods in force, kind by kind.

    Raises
    ------
    InputError
        If the installation's own file cannot be used, or its period is shorter than the law's.
    """
    own = _own(settings.home / OWN_FILE)
    return {kind: _period(kind, settings, own.get(kind)) for kind in Kept}


def _period(kind: Kept, settings: Settings, own: _Own | None) -> Period:
    entry = _shipped()[kind.value]
    told = entry.get("days")
    days = settings.retention_days if told == _SETTING else told
    if own is not None:
        _check(kind, own, entry)
        days = own.days
    return Period(
        kind,
        LocalText(**entry["name"]),
        days,
        LocalText(**entry.get("counted", {})),
        own.source if own else entry["source"],
        tuple(entry["tables"]),
    )


def _check(kind: Kept, own: _Own, entry: Mapping[str, Any]) -> None:
    if "days" not in entry:
        raise InputError(
            f"{kind} goes with the person and has no period of its own.",
            remedy="Leave it out, or change the period of profiles.",
            where=OWN_FILE,
        )
    if own.days < entry.get("at_least", 0):
        raise InputError(
            f"{kind} is kept for {own.days} days, but {entry['at_least']} is the least: "
            f"{entry['source']}.",
            remedy="Give a longer period.",
            where=OWN_FILE,
        )


def _own(path: Path) -> dict[Kept, _Own]:
    if not path.is_file():
        return {}
    try:
        read = tomllib.loads(path.read_text("utf-8"))
        return {Kept(name): _Own.model_validate(entry) for name, entry in read.items()}
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise InputError(
            f"{first['msg']}.", remedy="Give days and source.", where=str(path), field=field
        ) from error
    except ValueError as error:
        raise InputError(
            f"{error}.", remedy=f"Kinds are: {', '.join(Kept)}.", where=str(path)
        ) from error


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(files("matcher.rights").joinpath("retention.toml").read_text("utf-8"))
