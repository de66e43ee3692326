"""``matcher generate``: realistic data of any size, grown from the built-in region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from matcher.region.generate import OULU_REGION, Sizes, area_of, write_region

app = typer.Typer(add_completion=False)


@app.command()
def generate(
    out: Annotated[Path, typer.Argument(help="Folder for the six JSONL files.")],
    profiles: Annotated[int, typer.Option(min=0, help="Number of profiles.")] = 1000,
    offers: Annotated[
        int, typer.Option(min=0, help="Number of vacancies and company needs together.")
    ] = 500,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same data.")] = 0,
    municipality: Annotated[
        list[str] | None,
        typer.Option(help="Code or name; repeat for several. Left out: the Oulu region."),
    ] = None,
) -> None:
    """Write profiles, ads, needs, trainings and services, ready for ``matcher import``.

    A sixth file, ``attributes.jsonl``, is for ``matcher fairness set``.
    """
    area = area_of(municipality) if municipality else OULU_REGION
    sizes = Sizes(profiles, offers)
    for path, count in write_region(out, sizes, np.random.default_rng(seed), area).items():
        typer.echo(f"{count:>9,} rows  {path}")
