"""``matcher train-ranker``: fit the weights of the ranking to feedback, compare, promote."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np
import orjson
import typer

from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.ranker import Decision, RankerEntry
from matcher.errors import InputError
from matcher.match.learning.fit import Verdict, judge
from matcher.match.learning.in_use import RankerInUse
from matcher.match.learning.people import entry_of, judged_people
from matcher.match.ranker import Ranker
from matcher.match.service import open_service

app = typer.Typer(add_completion=False)
#: Resampling starts here every time, so that the same feedback gives the same decision.
SEED: Final = 4
#: Who decides if nobody is named.
BY: Final = "command line"


@app.command("train-ranker")
def train(
    *,
    promote: Annotated[
        bool, typer.Option("--promote", help="Put the weights to use if they are better.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Decide, but write no decision down.")
    ] = False,
    by: Annotated[str, typer.Option("--by", help="Who decides, for the log.")] = BY,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fit the ranking's weights to feedback and tell whether they should replace those in use."""
    if promote and dry_run:
        raise InputError(
            "--promote writes a decision down, --dry-run writes none.", remedy="Give one of them."
        )
    with open_service(load_settings(), utc_now) as service:
        store, encoder = service.store, service.records.encoder.revision
        now = utc_now()
        in_use = RankerInUse(store, encoder).now()
        people = list(judged_people(store, service.live, service.records, finnish_day(now)))
        incumbent = in_use.weights.astype(np.float64)
        verdict = judge(people, incumbent, np.random.default_rng(SEED))
        decision = _decision(verdict, promote=promote)
        entry = entry_of(verdict, in_use, decision, encoder=encoder, at=now, by=by)
        if not dry_run:
            store.rankers.add(entry)
    if as_json:
        typer.echo(orjson.dumps(_document(entry, in_use), option=orjson.OPT_INDENT_2).decode())
        return
    for line in _lines(verdict, entry, in_use):
        typer.echo(line)
    typer.echo("Not written down." if dry_run else f"Written down as {decision} by {by}.")


def _decision(verdict: Verdict, *, promote: bool) -> Decision:
    if not verdict.better:
        return Decision.KEPT_OUT
    return Decision.PROMOTED if promote else Decision.BETTER


def _document(entry: RankerEntry, in_use: Ranker) -> dict[str, object]:
    return {
        "revision": entry.revision,
        "decision": entry.decision,
        "encoder": entry.encoder,
        "weights": dict(entry.weights),
        "in_use": in_use.by_name(),
        "figures": dict(entry.figures),
    }


def _lines(verdict: Verdict, entry: RankerEntry, in_use: Ranker) -> list[str]:
    if entry.revision is None:
        return ["Too little feedback to decide, the weights stay:", *_listed(verdict)]
    figures = (
        f"nDCG@10 of {verdict.persons} held-out people: {verdict.incumbent:.3f} in use, "
        f"{verdict.fitted:.3f} fitted (change {verdict.low:+.3f} to {verdict.high:+.3f})."
    )
    weights = ", ".join(
        f"{name} {before:.2f} → {entry.weights[name]:.2f}"
        for name, before in in_use.by_name().items()
    )
    if entry.decision is Decision.KEPT_OUT:
        return [figures, "The weights stay as they are:", *_listed(verdict)]
    told = [figures, f"The fitted weights are better and within bounds: {weights}."]
    if entry.decision is Decision.PROMOTED:
        return [
            *told,
            f"{entry.revision} ranks from now on, in running processes too.",
            f"Go back with: matcher rankers use {in_use.revision}",
        ]
    return [*told, "They are not in use. Put them to use with --promote."]


def _listed(verdict: Verdict) -> list[str]:
    return [f"  - {reason}" for reason in verdict.against]
