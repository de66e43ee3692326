"""Read what rules a pair out in the judge's words, and which gate each phrase speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ValidationError

from matcher.domain.match import GateKind
from matcher.errors import InputError

#: The judge's phrases by gate, read in this order; a phrase that none fits is reported.
#: What an employer has to check (clearance, citizenship) is never unmet, only asked.
PHRASES: Final[tuple[tuple[GateKind, re.Pattern[str]], ...]] = (
    (GateKind.LANGUAGE, re.compile(r"language")),
    (GateKind.LICENCE, re.compile(r"driving licence|driver qualification")),
    (GateKind.OWN_CAR, re.compile(r"own car|own vehicle")),
    (GateKind.CARD, re.compile(r"card|permit")),
    (GateKind.AGE, re.compile(r"\baged?\b")),
    (GateKind.QUALIFICATION, re.compile(r"qualification|student|graduate|degree")),
    (GateKind.RESTRICTION, re.compile(r"restriction|travel|lifting|standing|sitting")),
    (
        GateKind.WORKING_TIME,
        re.compile(r"(?:evening|night|weekend|shift|day) work|shifts|part-time|full-time|hours"),
    ),
    (GateKind.BACKGROUND_CHECK, re.compile(r"clearance|citizenship|criminal")),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged pair.

    Parameters
    ----------
    profile, ad
        Ids; of several copies of an ad, the first.
    grade
        Competence fit, 0 to 3.
    blocked_by
        What rules the pair out; complete only for grades from 1.
    in_reach
        Whether the place is near enough; None if it could not be told.
    """

    profile: str
    ad: str
    grade: int
    blocked_by: tuple[str, ...]
    in_reach: bool | None


class _Row(BaseModel):
    profile: str
    ad: str
    grade: int
    blocked_by: tuple[str, ...]
    location_km_ok: bool | Literal["unknown"]


def gate_of(phrase: str) -> GateKind | None:
    """Return the gate that a phrase of the judge speaks of; None if it is none of ours."""
    return next((kind for kind, pattern in PHRASES if pattern.search(phrase.lower())), None)


def read_judgements(directory: Path) -> tuple[Judgement, ...]:
    """Read ``judgments.jsonl`` of a benchmark, and ``duplicates.tsv`` if there is one.

    Raises
    ------
    InputError
        If the file is missing or a row cannot be used.
    """
    file, copies = directory / "judgments.jsonl", directory / "duplicates.tsv"
    if not file.exists():
        raise InputError(
            f"{file} is missing.", remedy="Give a benchmark folder with judgments.jsonl."
        )
    lines = copies.read_text("utf-8").split("\n") if copies.exists() else []
    first = dict(line.split("\t", 1) for line in lines if "\t" in line)
    return tuple(
        _judgement(line, f"{file.name}, row {number}", first)
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
        if line.strip()
    )


def _judgement(line: str, where: str, first: Mapping[str, str]) -> Judgement:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        wrong = error.errors()[0]
        field = ".".join(str(part) for part in wrong["loc"])
        raise InputError(
            f"{wrong['msg']}.", where=where, field=field, remedy="Correct the row."
        ) from error
    return Judgement(
        row.profile,
        first.get(row.ad, row.ad),
        row.grade,
        row.blocked_by,
        None if row.location_km_ok == "unknown" else row.location_km_ok,
    )
