"""How the ranking prior and the bands were found: `python -m benchmarks.prior DIR`.

Holds every profile of a person–ad benchmark against every ad and prints what each feature
ranks alone, the figures of a coarse grid of weights around the prior, what choosing from the
grid without a profile gives for that profile, the prior with its interval over profiles, and
how good the graded pairs of each band are. It belongs to
docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from matcher.evaluate.matching import run_of
from matcher.evaluate.matching_set import MatchingSet, read_matching
from matcher.match.bands import GOOD_FROM, LISTED_FROM, STRONG_FROM
from matcher.match.features import Feature, interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.metrics.ranking import ndcg_at_k, only_judged

GRID: Final = {
    Feature.DENSE: (0.22,),
    Feature.LEXICAL: (0.06, 0.12),
    Feature.TITLE: (0.05, 0.10, 0.15),
    Feature.COVERAGE: (0.03, 0.06),
    Feature.TAKEN_UP: (0.10, 0.20, 0.30),
    Feature.OCCUPATION: (0.12, 0.18, 0.24),
    Feature.WITHIN_REACH: (0.10, 0.18, 0.26),
}
BANDS: Final = (
    (STRONG_FROM, 1.0),
    (GOOD_FROM, STRONG_FROM),
    (LISTED_FROM[OfferKind.VACANCY], GOOD_FROM),
    (0.0, LISTED_FROM[OfferKind.VACANCY]),
)
RESAMPLES: Final = 10_000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Figures:
    """nDCG@10 of each profile, shape (profiles,): unjudged ads as 0, and judged ads only."""

    every: Floats
    judged: Floats

    @property
    def mean(self) -> Floats:
        """Mean of both."""
        mean: Floats = (self.every + self.judged) / 2
        return mean


def features(task: MatchingSet) -> Floats:
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


def figures(task: MatchingSet, scores: Floats) -> Figures:
    """Return the figures of scores: float32, shape (profiles, ads)."""
    run = run_of(task, scores)
    every, judged = (
        ndcg_at_k(task.qrels, run, 10),
        ndcg_at_k(task.qrels, only_judged(task.qrels, run), 10),
    )
    ids = [profile.id for profile in task.profiles]
    return Figures(
        np.array([every[id] for id in ids], np.float32),
        np.array([judged[id] for id in ids], np.float32),
    )


def print_features(task: MatchingSet, tables: Floats) -> None:
    """Print what each feature ranks alone."""
    typer.echo("feature      ndcg@10 judged only")
    for feature in Feature:
        found = figures(task, tables[..., feature])
        typer.echo(f"{feature.name.lower():12} {_means(found)}")


def print_grid(task: MatchingSet, tables: Floats) -> None:
    """Print the range of the grid, and what it gives for profiles it was not chosen on."""
    choices = list(product(*(GRID[feature] for feature in Feature)))
    tried = [figures(task, tables @ np.array(weights, np.float32)) for weights in choices]
    means = np.stack([found.mean for found in tried])
    for name, values in (
        ("ndcg@10", [found.every.mean() for found in tried]),
        ("judged only", [found.judged.mean() for found in tried]),
    ):
        typer.echo(
            f"grid of {len(choices)}: {name} {min(values):.3f} to {max(values):.3f}, "
            f"median {np.median(values):.3f}"
        )
    best = [int(np.delete(means, i, axis=1).mean(axis=1).argmax()) for i in range(means.shape[1])]
    held_out = Figures(
        np.array([tried[choice].every[i] for i, choice in enumerate(best)]),
        np.array([tried[choice].judged[i] for i, choice in enumerate(best)]),
    )
    typer.echo(f"leaving each profile out of the choice: {_means(held_out)}")


def print_prior(task: MatchingSet, tables: Floats) -> None:
    """Print the prior, with the interval that resampling the profiles gives."""
    found = figures(task, tables @ _prior())
    rng = np.random.default_rng(0)
    typer.echo(f"prior: {_means(found)}")
    for name, values in (("ndcg@10", found.every), ("judged only", found.judged)):
        picked = rng.integers(len(values), size=(RESAMPLES, len(values)))
        low, high = np.quantile(values[picked].mean(axis=1), (0.025, 0.975))
        typer.echo(f"  {name} of 95 % of resamples: {low:.3f} to {high:.3f}")


def print_bands(task: MatchingSet, tables: Floats) -> None:
    """Print for each band how many graded pairs score so, and how good they are."""
    run = run_of(task, tables @ _prior())
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


def _prior() -> Floats:
    return PRIOR.weights


def _means(found: Figures) -> str:
    return f"{found.every.mean():.3f} {found.judged.mean():.3f}"


def main(
    directory: Annotated[Path, typer.Argument(help="As `matcher evaluate matching`.")],
) -> None:
    """Print features, grid, prior and bands."""
    task = read_matching(directory)
    tables = features(task)
    print_features(task, tables)
    print_grid(task, tables)
    print_prior(task, tables)
    print_bands(task, tables)


if __name__ == "__main__":
    typer.run(main)
