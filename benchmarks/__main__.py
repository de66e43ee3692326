"""Run the measurements: `python -m benchmarks [NAME…] [--full]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final

import typer
from threadpoolctl import threadpool_limits

from benchmarks import access, api, encoder, match, night, rerank, search
from benchmarks.measure import Benchmark, Result, save
from benchmarks.region import generated, indexed
from benchmarks.report import update_readme
from matcher.match.service import Service
from matcher.region.generate import Sizes


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the measurements are."""

    mode: str
    night: Sizes
    workers: int
    region: Sizes
    grown: int
    calls: int
    texts: int
    rounds: int
    day: api.Day


QUICK: Final = Plan(
    mode="quick",
    night=Sizes(250, 500),
    workers=1,
    region=Sizes(400, 5_000),
    grown=50_000,
    calls=200,
    texts=5_000,
    rounds=5,
    day=api.Day(Sizes(200, 5_000), workers=1, seconds=5, additions=500, share=0.1),
)
FULL: Final = Plan(
    mode="full",
    night=Sizes(10_000, 5_000),
    workers=2,
    region=Sizes(2_000, 20_000),
    grown=250_000,
    calls=1_000,
    texts=5_000,
    rounds=15,
    day=api.Day(Sizes(600, 100_000), workers=2, seconds=30, additions=10_000),
)


def main(
    names: Annotated[
        list[Benchmark] | None, typer.Argument(help="Which ones; all if left out.")
    ] = None,
    *,
    full: Annotated[bool, typer.Option("--full", help="Larger sizes: tens of minutes.")] = False,
) -> None:
    """Measure, write results/*.json, and renew the tables of benchmarks/README.md."""
    wanted = names or list(Benchmark)
    plan = FULL if full else QUICK
    # One thread in this process: libraries that share two busy cores mostly wait for each other.
    with threadpool_limits(1):
        for result in _results(wanted, plan):
            typer.echo(f"{result.benchmark}: {save(result, plan.mode)}")
            for figure in result.figures:
                typer.echo(f"  {figure.value:>10,} {figure.unit:<8} {figure.name}")
    update_readme()


def _results(wanted: list[Benchmark], plan: Plan) -> Iterator[Result]:
    if Benchmark.NIGHT in wanted:
        with generated(plan.night) as region:
            yield night.measure(region, plan.workers)
    on_service: dict[Benchmark, Callable[[Service, str], Result]] = {
        Benchmark.SEARCH: lambda service, told: search.measure(
            service, told, plan.grown, plan.rounds
        ),
        Benchmark.RERANK: lambda service, told: rerank.measure(
            service, told, plan.grown, plan.rounds
        ),
        Benchmark.ENCODER: lambda service, told: encoder.measure(
            service, told, plan.texts, plan.rounds
        ),
        # Last, since it posts vacancies.
        Benchmark.MATCH: lambda service, told: match.measure(service, told, plan.calls),
    }
    chosen = {name: run for name, run in on_service.items() if name in wanted}
    if chosen or Benchmark.ACCESS in wanted:
        with indexed(plan.region) as (region, service):
            if Benchmark.ACCESS in wanted:
                yield access.measure(service, region, plan.calls)
            for run in chosen.values():
                yield run(service, region.told)
    if Benchmark.API in wanted:
        yield api.measure(plan.day)


if __name__ == "__main__":
    typer.run(main)
