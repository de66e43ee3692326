"""``matcher train-ranker``: fit the weights of the ranking to feedback, and compare."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np
import orjson
import typer

from matcher.config import load_settings
from matcher.domain.calendar import utc_now
from matcher.match.learning.fit import Verdict, judge
from matcher.match.learning.people import judged_people, record, report
from matcher.match.ranker import PRIOR
from matcher.match.service import open_service

app = typer.Typer(add_completion=False)
#: Resampling starts here every time, so that the same feedback gives the same decision.
SEED: Final = 4


@app.command("train-ranker")
def train(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Decide, but write no decision down.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fit the ranking's weights to feedback and tell whether they should replace those in use."""
    with open_service(load_settings(), utc_now) as service:
        people = list(judged_people(service.store, service.live, service.records))
        verdict = judge(people, np.array(list(PRIOR.values())), np.random.default_rng(SEED))
        encoder = service.records.encoder.revision
        run = None if dry_run else record(service.store, verdict, encoder, utc_now())
    told = report(verdict, encoder)
    if as_json:
        document = {"run": run, **told}
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        return
    for line in _lines(verdict):
        typer.echo(line)
    typer.echo("Not written down." if run is None else f"Written down as {run}.")


def _lines(verdict: Verdict) -> list[str]:
    if not verdict.weights:
        return ["Too little feedback to decide, the weights stay:", *_listed(verdict)]
    figures = (
        f"nDCG@10 of {verdict.persons} held-out people: {verdict.incumbent:.3f} in use, "
        f"{verdict.fitted:.3f} fitted (change {verdict.low:+.3f} to {verdict.high:+.3f})."
    )
    weights = ", ".join(
        f"{feature.name.lower()} {now:.2f} → {new:.2f}"
        for (feature, now), new in zip(PRIOR.items(), verdict.weights, strict=True)
    )
    if verdict.better:
        return [
            figures,
            f"The fitted weights are better and within bounds: {weights}.",
            "They are not in use: see docs/decisions/0002-ranking-prior.md, Feedback.",
        ]
    return [figures, "The weights stay as they are:", *_listed(verdict)]


def _listed(verdict: Verdict) -> list[str]:
    return [f"  - {reason}" for reason in verdict.against]
