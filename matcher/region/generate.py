"""Grow realistic data of any size from the built-in region.

Each kind has its own stream of chance, so the first hundred profiles are the same whether a
hundred or a million are asked for. Rows are written as they are drawn: memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import orjson

from matcher.domain.codes import municipality_code
from matcher.errors import InputError
from matcher.region.attributes import attributes_row
from matcher.region.chance import Dice, Weighted
from matcher.region.families import Row
from matcher.region.files import KINDS
from matcher.region.offers import need_row, service_row, training_row, vacancy_row
from matcher.region.people import profile_row

#: The Oulu region's eight municipalities, by thousands of inhabitants.
OULU_REGION: Final = Weighted.of(
    {"564": 214, "244": 19, "425": 10, "139": 9.6, "494": 8.6, "859": 6.6, "436": 2, "072": 0.9}
)
_NEEDS_SHARE = 0.2
#: Protected attributes of the people, as `matcher fairness set` reads them.
ATTRIBUTES: Final = "attributes.jsonl"
_MAKERS: Final[dict[str, Callable[[str, Dice, Weighted[str]], Row]]] = {
    "profiles": profile_row,
    "ads": vacancy_row,
    "needs": need_row,
    "trainings": training_row,
    "services": service_row,
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to grow.

    Parameters
    ----------
    profiles
        Number of profiles.
    offers
        Number of vacancies and company needs together; a fifth are needs. Trainings and
        services grow slowly with them.
    """

    profiles: int
    offers: int

    def __post_init__(self) -> None:
        for name, count in (("profiles", self.profiles), ("offers", self.offers)):
            if count < 0:
                raise InputError(
                    f"{count} {name} cannot be made.", remedy="Give 0 or more.", field=name
                )

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each kind."""
        needs = round(self.offers * _NEEDS_SHARE)
        return {
            "profiles": self.profiles,
            "ads": self.offers - needs,
            "needs": needs,
            "trainings": 40 + self.offers // 40,
            "services": 25 + self.offers // 200,
        }


def area_of(names: Sequence[str]) -> Weighted[str]:
    """Return municipalities, each as likely, given by code or name.

    Raises
    ------
    InputError
        If one is unknown, or none is given.
    """
    codes = [(name, municipality_code(name)) for name in names]
    for name, code in codes:
        if code is None:
            raise InputError(
                f"{name!r} is not a known municipality.", remedy="Give code or name: 564 or Oulu."
            )
    if not codes:
        raise InputError("No municipality is given.", remedy="Give at least one, as in Oulu.")
    return Weighted.of({code: 1.0 for _, code in codes if code})


def region_stream(
    sizes: Sizes, rng: np.random.Generator, area: Weighted[str] = OULU_REGION
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield each kind with its rows, in the own format.

    Parameters
    ----------
    sizes
        How much to grow.
    rng
        Its state decides everything that is drawn.
    area
        Municipalities and how common they are; the Oulu region if left out.
    """
    counts = sizes.counts()
    for kind, stream in zip(KINDS, rng.spawn(len(KINDS)), strict=True):
        yield kind, _rows(kind, counts[kind], Dice(stream), area)


def _rows(kind: str, count: int, dice: Dice, area: Weighted[str]) -> Iterator[Row]:
    make, letter = _MAKERS[kind], kind[0]
    return (make(f"{letter}{number:06d}", dice, area) for number in range(1, count + 1))


def write_region(
    out: Path, sizes: Sizes, rng: np.random.Generator, area: Weighted[str] = OULU_REGION
) -> Mapping[Path, int]:
    """Write a grown region, one JSONL file per kind, and who the people are in one more.

    Parameters
    ----------
    out
        Folder for the files; made if missing, files of the same names are replaced.
    sizes, rng, area
        As for `region_stream`.

    Returns
    -------
    Mapping[Path, int]
        The files with their number of rows.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = {
            _written(out / f"{kind}.jsonl", rows): sizes.counts()[kind]
            for kind, rows in region_stream(sizes, rng, area)
        }
        rows = _attributes(out / "profiles.jsonl", Dice(rng.spawn(1)[0]))
        return {**written, _written(out / ATTRIBUTES, rows): sizes.profiles}
    except OSError as error:
        raise InputError(
            f"{out} cannot be written: {error.strerror}.", remedy="Choose another folder."
        ) from error


def _attributes(profiles: Path, dice: Dice) -> Iterator[Row]:
    with profiles.open("rb") as file:
        for line in file:
            yield attributes_row(orjson.loads(line), dice)


def _written(path: Path, rows: Iterator[Row]) -> Path:
    """Write the rows beside the file, then put them in its place: no half file is left."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    return part.replace(path)
