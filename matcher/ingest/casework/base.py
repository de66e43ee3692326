"""What all entries share as records."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from matcher.domain.casework.item import CaseItem
from matcher.ingest.records import Record

Name = Annotated[str, Field(max_length=200)]


class CaseRecord(Record):
    """Base of all entries; `topic` says which kind one is."""

    domain: ClassVar[type[CaseItem]]
