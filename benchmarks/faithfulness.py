"""Are reasons the true ones? `python -m benchmarks.faithfulness [DIR] [--profiles N --ads M]`.

Measures on a generated region, and on a person–ad benchmark if its directory is given
(`matcher evaluate matching` reads the same). Told is what the score loses when the named
phrases are deleted and when as many others are, the difference of the two for the same
match with a 95 % interval of the bootstrap over profiles, and how often the named cost more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.region import SEED, generated
from matcher.config import load_settings
from matcher.domain.offer import CompanyNeed, Offer, Service, Training, Vacancy
from matcher.domain.profile import Profile
from matcher.encode.encoder import load_encoder
from matcher.encode.protocol import Encoder
from matcher.evaluate.faithfulness import Deletion, deletions
from matcher.evaluate.matching_set import read_matching
from matcher.ingest.own import thing_from
from matcher.ingest.rows import ImportKind
from matcher.region.files import region_files
from matcher.region.generate import Sizes

RESAMPLES: Final = 2_000
#: Kinds of offers that are told apart: their scores are not comparable.
_KINDS: Final = (Vacancy, CompanyNeed, Training, Service)
_HEAD: Final = (
    "data                kind         n  score   without named  others  "
    "difference (95 %)         more  only named  others"
)


def read_region(files: Mapping[str, Path]) -> tuple[list[Profile], list[Offer]]:
    """Return the profiles and the offers of a region's files."""
    things = [
        thing_from(ImportKind(kind), json.loads(line), "own")
        for kind, path in files.items()
        for line in path.read_text("utf-8").splitlines()
    ]
    people = [thing for thing in things if isinstance(thing, Profile)]
    return people, [thing for thing in things if isinstance(thing, _KINDS)]


def measure(
    name: str, people: Sequence[Profile], offers: Sequence[Offer], encoder: Encoder
) -> Iterator[str]:
    """Yield a row of figures for each kind of offers."""
    for kind in _KINDS:
        of_kind = [offer for offer in offers if isinstance(offer, kind)]
        found = list(deletions(people, of_kind, encoder, np.random.default_rng(SEED)))
        if found:
            yield f"{name:18}  {kind.__name__:11}{row(found, np.random.default_rng(SEED))}"


def row(found: Sequence[Deletion], rng: np.random.Generator) -> str:
    """Return the figures of some matches."""
    gain = np.array([one.without_named - one.without_others for one in found])
    low, high = interval(gain, [one.profile_id for one in found], rng)
    means = {
        name: float(np.mean([getattr(one, name) for one in found]))
        for name in ("score", "without_named", "without_others", "only_named", "only_others")
    }
    return (
        f"{len(found):5}  {means['score']:.3f}  {means['without_named']:13.3f}"
        f"  {means['without_others']:6.3f}  {gain.mean():6.3f} ({low:.3f} to {high:.3f})"
        f"  {(gain > 0).mean():8.1%}  {means['only_named']:10.3f}  {means['only_others']:6.3f}"
    )


def interval(
    values: NDArray[np.float64], groups: Sequence[str], rng: np.random.Generator
) -> tuple[float, float]:
    """Return the 95 % interval of the mean, by a bootstrap over whole profiles.

    References
    ----------
    Efron, B. & Tibshirani, R. (1993). An introduction to the bootstrap. Chapman & Hall.
    """
    _, where = np.unique(groups, return_inverse=True)
    sums, counts = np.bincount(where, values), np.bincount(where)
    drawn = rng.integers(len(sums), size=(RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return low, high


def main(
    directory: Annotated[
        Path | None, typer.Argument(help="A benchmark, as `matcher evaluate matching`.")
    ] = None,
    profiles: Annotated[int, typer.Option(help="Of the generated region.")] = 100,
    offers: Annotated[int, typer.Option(help="Of the generated region.")] = 500,
) -> None:
    """Print the figures of the built-in and of a generated region, and of a benchmark."""
    encoder = load_encoder(load_settings().encoder)
    typer.echo(_HEAD)
    for line in measure("built-in", *read_region(region_files()), encoder):
        typer.echo(line)
    with generated(Sizes(profiles, offers)) as region:
        for line in measure("generated", *read_region(region.files), encoder):
            typer.echo(line)
    if directory is not None:
        task = read_matching(directory)
        for line in measure(task.name, task.profiles, task.ads, encoder):
            typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
