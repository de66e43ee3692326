"""What a source file yields: values read, things understood, ads closed, rows that are no use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matcher.domain.offer import Offer
from matcher.domain.profile import Profile

#: Remarks about values that were kept or read on an assumption, with how often each occurred.
Notes = Counter[str]

#: One row as a JSON object: field names to values.
Fields = dict[str, Any]


class ImportKind(StrEnum):
    """What can be imported."""

    PROFILES = "profiles"
    ADS = "ads"
    NEEDS = "needs"
    TRAININGS = "trainings"
    SERVICES = "services"
    ESCO = "esco"


class Container(StrEnum):
    """How a file holds its rows."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON value or table row of a file, with where it stands."""

    row: str
    value: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be used, why, and what to do about it.

    Parameters
    ----------
    row
        Where in the file, as in ``"line 7"``.
    field
        Name of the field at fault; empty if the whole row is.
    reason, remedy
        What is wrong, with which value; what to do next.
    raw
        The row as JSON without contacts, so that it can be tried again; empty if it could
        not be read at all.
    """

    row: str
    field: str
    reason: str
    remedy: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The source says that this offer is no longer open."""

    id: str
    source: str


#: What one row means.
Thing = Profile | Offer | Closed
