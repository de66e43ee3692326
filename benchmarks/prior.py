"""How the ranking prior and the bands were found: `python -m benchmarks.prior DIR`.

Holds every profile of a person–ad benchmark against every ad, then prints the figures of a
coarse grid of weights around the prior, and how good the graded pairs of each band are.
It belongs to docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray

from matcher.config import load_settings
from matcher.domain.offer import OfferKind
from matcher.encode.encoder import load_encoder
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.evaluate.matching import matching_figures
from matcher.evaluate.matching_set import MatchingSet, read_matching
from matcher.match.bands import GOOD_FROM, LISTED_FROM, STRONG_FROM
from matcher.match.features import Feature, interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR

GRID: Final = {
    Feature.DENSE: (0.40,),
    Feature.LEXICAL: (0.24, 0.36, 0.48),
    Feature.TITLE: (0.0, 0.10, 0.20),
    Feature.COVERAGE: (0.0, 0.14, 0.28),
}
BANDS: Final = (
    (STRONG_FROM, 1.0),
    (GOOD_FROM, STRONG_FROM),
    (LISTED_FROM[OfferKind.VACANCY], GOOD_FROM),
    (0.0, LISTED_FROM[OfferKind.VACANCY]),
)

Tables = NDArray[np.float32]


def features(task: MatchingSet) -> Tables:
    """Return the features of all pairs: float32, shape (profiles, ads, features)."""
    encoder = load_encoder(load_settings().encoder)
    records, likeness = RecordEncoder(encoder), Likeness.measure(encoder)
    people, ads = records.encode_profiles(task.profiles), records.encode_offers(task.ads)
    model = LexicalModel.fit(ads.lexical)
    lexical = (model.weigh(people.lexical) @ model.weigh(ads.lexical).T).toarray()
    rows = [people.take_dense(np.array([i])) for i in range(len(people))]
    return np.stack(
        [
            interact(row, ads, overlap, likeness).table
            for row, overlap in zip(rows, lexical, strict=True)
        ]
    )


def print_grid(task: MatchingSet, tables: Tables) -> None:
    """Print nDCG@10 of every combination of the grid."""
    typer.echo("dense lexical title coverage  ndcg@10 judged only")
    for weights in product(*(GRID[feature] for feature in Feature)):
        scores = tables @ np.array(weights, np.float32)
        figures = matching_figures(task.qrels, _run(task, scores))
        shown = " ".join(f"{weight:7.2f}" for weight in weights)
        typer.echo(f"{shown}  {figures['ndcg@10']:.3f} {figures['ndcg@10_judged']:.3f}")


def print_bands(task: MatchingSet, tables: Tables) -> None:
    """Print for each band how many graded pairs score so, and how good they are."""
    run = _run(task, tables @ np.array([PRIOR[feature] for feature in Feature], np.float32))
    graded = [
        (run[profile][ad], grade)
        for profile, ads in task.qrels.items()
        for ad, grade in ads.items()
    ]
    scores, grades = (np.array(column) for column in zip(*graded, strict=True))
    typer.echo("from  to    pairs  strong  good+  possible+")
    for low, high in BANDS:
        inside = grades[(scores >= low) & (scores < high)]
        shares = "  ".join(f"{(inside >= grade).mean():.2f}" for grade in (3, 2, 1))
        typer.echo(f"{low:.2f}  {high:.2f}  {len(inside):5}  {shares}")


def _run(task: MatchingSet, scores: Tables) -> dict[str, dict[str, float]]:
    ids = [ad.id for ad in task.ads]
    return {
        profile.id: dict(zip(ids, row.tolist(), strict=True))
        for profile, row in zip(task.profiles, scores, strict=True)
    }


def main(
    directory: Annotated[Path, typer.Argument(help="As `matcher evaluate matching`.")],
) -> None:
    """Print the grid and the bands."""
    task = read_matching(directory)
    tables = features(task)
    print_grid(task, tables)
    print_bands(task, tables)


if __name__ == "__main__":
    typer.run(main)
