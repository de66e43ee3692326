"""How well the same job is told in two advertisements: `python -m benchmarks.same_job`.

`same_job.tsv` holds the labels of the developers for pairs of the real advertisements in
``MATCHER_DATA/job_ads``, which are not shipped. It measures no time and belongs to
docs/decisions/0014-same-job.md.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import orjson
import typer

from matcher.config import load_settings
from matcher.domain.offer import Offer, Vacancy
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder, no_labels
from matcher.errors import NotReadyError
from matcher.ingest.job_ads import parse
from matcher.ingest.rows import Notes
from matcher.match.duplicates import Seen

LABELS: Final = Path(__file__).with_suffix(".tsv")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two advertisements by their ids, out of which sample, and whether they are one job."""

    sample: str
    one: str
    other: str
    same: bool


def main() -> None:
    """Print precision and recall on each sample."""
    pairs = labelled()
    offers = _advertisements({id for pair in pairs for id in (pair.one, pair.other)})
    records = RecordEncoder(load_encoder(load_settings().encoder), no_labels)
    encoded = records.encode_offers(list(offers.values()))
    row = {id: i for i, id in enumerate(offers)}
    told: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair in pairs:
        seen = Seen()
        seen.add(offers[pair.one], encoded.take(np.array([row[pair.one]])))
        found = seen.holds(offers[pair.other], encoded.take(np.array([row[pair.other]])))
        told[pair.sample].append((found, pair.same))
    for sample, outcomes in told.items():
        typer.echo(f"sample {sample}: {_figures(outcomes)}")


def labelled() -> list[Pair]:
    """Return the labels."""
    with LABELS.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [Pair(r["sample"], r["one"], r["other"], r["same"] == "1") for r in rows]


def _advertisements(ids: set[str]) -> dict[str, Offer]:
    folder = load_settings().data / "job_ads"
    found: dict[str, Offer] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            row = orjson.loads(line)
            if row["id"] in ids:
                thing = parse(row, None, Notes())
                if isinstance(thing, Vacancy):
                    found[row["id"]] = thing
    if len(found) < len(ids):
        raise NotReadyError(
            f"{len(ids) - len(found)} of the {len(ids)} labelled advertisements are not in "
            f"{folder}.",
            remedy="Point MATCHER_DATA to the real data.",
        )
    return found


def _figures(outcomes: Iterable[tuple[bool, bool]]) -> str:
    pairs = list(outcomes)
    hits = sum(found and same for found, same in pairs)
    told, true = sum(found for found, _ in pairs), sum(same for _, same in pairs)
    return (
        f"{len(pairs)} pairs, {true} of one job; told {told}, "
        f"precision {hits / told:.3f}, recall {hits / true:.3f}"
    )


if __name__ == "__main__":
    typer.run(main)
