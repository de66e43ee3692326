"""How the night grows with people and offers, and what larger places would take.

`python -m benchmarks.growth --people N … --offers N … --workers N` runs a first night for each
pair of sizes, fits processor time = start + people + offers + people × offers to them, no part
below 0, and tells what the fit says of places that were not measured. Train-ups, which follow the
lists and are left out of large nights (``MATCHER_TRAIN_UP_PAIRS``), are told apart. It writes
``results/growth.json`` and the plot ``results/growth.svg``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Annotated, Final

import matplotlib as mpl
import numpy as np
import typer
from matplotlib.figure import Figure as Picture
from numpy.typing import NDArray
from scipy.optimize import nnls
from threadpoolctl import threadpool_limits

from benchmarks.measure import RESULTS, Benchmark, Figure, Result, save
from benchmarks.night import measure
from benchmarks.region import generated
from matcher.region.generate import Sizes

#: Steps whose cost is told one by one; the others are told together.
STEPS: Final = ("build", "lists", "spread")
_TRAIN_UPS: Final = "train-ups"
#: Places to tell of: people and offers. The European Union had some 13 million unemployed and
#: EURES some 4 million advertised jobs.
PLACES: Final = {
    "a region (14,300 × 5,000)": (14_300, 5_000),
    "Finland (250,000 × 100,000)": (250_000, 100_000),
    "the European Union (13 million × 4 million)": (13_000_000, 4_000_000),
}
_MILLION: Final = 1e6


@dataclass(frozen=True, slots=True)
class Night:
    """A measured night: its size and what it took, in seconds.

    Parameters
    ----------
    people, offers
        Profiles, and vacancies with company needs.
    processor
        Until the lists are published.
    train_ups
        Of the train-ups that follow.
    steps
        Processor time by step; what is left over stands under ``other``.
    peak
        Greatest memory of a process in MiB.
    """

    people: int
    offers: int
    processor: float
    train_ups: float
    steps: dict[str, float]
    peak: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Processor seconds of a night by its size, each at least 0.

    Parameters
    ----------
    start
        What a night takes that has nothing to do.
    per_person, per_offer, per_pair
        What one more person, offer, or pair of both adds.
    """

    start: float
    per_person: float
    per_offer: float
    per_pair: float

    @classmethod
    def of(cls, nights: Sequence[Night]) -> Growth:
        """Fit measured nights, each weighed alike whatever its size."""
        sizes = np.array([_parts(night.people, night.offers) for night in nights])
        took = np.array([night.processor for night in nights])
        found, _ = nnls(sizes / took[:, None], np.ones(len(nights)))
        return cls(*map(float, found))

    def seconds(self, people: int, offers: int) -> float:
        """Return what a night of some size would take of one core."""
        known = np.array([self.start, self.per_person, self.per_offer, self.per_pair])
        return float(known @ _parts(people, offers))


def _parts(people: int, offers: int) -> NDArray[np.float64]:
    return np.array([1, people, offers, people * offers], np.float64)


def run(sizes: Sequence[tuple[int, int]], workers: int) -> tuple[list[Night], str, str]:
    """Run a first night of each size.

    Returns
    -------
    tuple
        The nights, what data they were of, and the revision of the encoder.
    """
    nights, told, encoder = [], [], ""
    for people, offers in sizes:
        with generated(Sizes(people, offers)) as region:
            result = measure(region, workers, ())
        told.append(result.data)
        encoder = result.encoder
        nights.append(_night(people, offers, {one.name: one.value for one in result.figures}))
        typer.echo(f"  {people:>9,} × {offers:>7,}  {nights[-1].processor:>9,.1f} s of a core")
    return nights, " · ".join(told), encoder


def _night(people: int, offers: int, figures: dict[str, float]) -> Night:
    train_ups = figures.get(f"first night: {_TRAIN_UPS}, processor time", 0.0)
    processor = figures["first night, processor time"] - train_ups
    steps = {step: figures[f"first night: {step}, processor time"] for step in STEPS}
    steps["other"] = max(0.0, processor - sum(steps.values()))
    peak = figures["first night, peak memory"]
    return Night(people, offers, processor, train_ups, steps, peak)


def told_by(growth: Growth, nights: Sequence[Night]) -> list[Figure]:
    """Return what the fit says, and how far it is from what was measured."""
    off = [abs(growth.seconds(one.people, one.offers) / one.processor - 1) for one in nights]
    # Nights that are too large make none.
    train_ups = [1e3 * one.train_ups / one.people for one in nights if one.train_ups]
    figures = [
        Figure.of("a night that has nothing to do", "s", [growth.start]),
        Figure.of("a person", "ms", [1e3 * growth.per_person]),
        Figure.of("an offer", "ms", [1e3 * growth.per_offer]),
        Figure.of("a million pairs of a person and an offer", "s", [_MILLION * growth.per_pair]),
        Figure.of("largest distance of the fit from a night", "%", [100 * max(off)]),
    ]
    if train_ups:
        figures.append(Figure.of("train-ups of a person, where they are made", "ms", train_ups))
    hours = {place: growth.seconds(*size) / 3600 for place, size in PLACES.items()}
    return figures + [Figure.of(place, "core hours", [told]) for place, told in hours.items()]


def draw(nights: Sequence[Night], growth: Growth, path: Path) -> None:
    """Plot processor time over people, a line for each number of offers."""
    picture = Picture(figsize=(7, 4.2), layout="constrained")
    axes = picture.add_subplot()
    for offers in sorted({night.offers for night in nights}):
        some = sorted((n.people, n.processor) for n in nights if n.offers == offers)
        people = np.linspace(0, some[-1][0], 50)
        [line] = axes.plot(
            people,
            [growth.seconds(int(n), offers) for n in people],
            label=f"{offers:,} offers",
        )
        axes.plot(*zip(*some, strict=True), "o", color=line.get_color())
    axes.set(
        xlabel="people",
        ylabel="processor seconds",
        title="A first night until its lists are published, by its size",
    )
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.legend(title="dots measured, lines fitted")
    axes.grid(alpha=0.3)
    # The same nights give the same file.
    with mpl.rc_context({"svg.hashsalt": "growth"}):
        picture.savefig(path, metadata={"Date": None})


def main(
    *,
    people: Annotated[list[int] | None, typer.Option(min=1, help="Repeat for several.")] = None,
    offers: Annotated[list[int] | None, typer.Option(min=1, help="Repeat for several.")] = None,
    workers: Annotated[int, typer.Option(min=1)] = 2,
    folder: Annotated[Path, typer.Option(help="Where the results are written.")] = RESULTS,
) -> None:
    """Measure nights of several sizes and tell how they grow."""
    sizes = list(product(people or (1_000, 2_000, 4_000), offers or (2_500, 5_000, 10_000)))
    with threadpool_limits(1):
        nights, data, encoder = run(sizes, workers)
    growth = Growth.of(nights)
    result = Result(Benchmark.NIGHT, data, encoder, tuple(told_by(growth, nights)))
    measured = {"nights": [asdict(night) for night in nights]}
    typer.echo(save(result, "any", folder, name="growth", also=measured))
    draw(nights, growth, folder / "growth.svg")
    for figure in result.figures:
        typer.echo(f"  {figure.value:>12,} {figure.unit:<10} {figure.name}")


if __name__ == "__main__":
    typer.run(main)
