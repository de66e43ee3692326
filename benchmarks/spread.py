"""What spreading the lists of a region costs and brings: `python -m benchmarks.spread`.

The first ten vacancies of every person of a generated region by fit, gates off, are spread with
growing slack; and as the night does it, within the bound. It measures no time and belongs to
docs/decisions/0007-spread.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import typer

from benchmarks.region import indexed
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.match.rerank import rank_offers
from matcher.match.service import Service
from matcher.match.spread.assign import Ranking, SpreadRule
from matcher.match.spread.bounded import spread_within
from matcher.match.spread.curve import SpreadFigures, figures, trade_off
from matcher.region.generate import Sizes

SIZES: Final = Sizes(profiles=2_500, offers=5_000)
SLACKS: Final = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3)
#: The night's lists are as long; scores are rounded as it does.
LENGTH: Final = 10
DIGITS: Final = 4
AT_ONCE: Final = 250


def rankings(service: Service, retrieve: int) -> list[Ranking]:
    """Return the first vacancies of everybody, by fit alone."""
    people, jobs = service.live.corpus(RecordKind.PROFILE), service.live.corpus(RecordKind.VACANCY)
    likeness = Likeness.measure(service.records.encoder)
    lists = []
    rows = people.living()
    for start in range(0, len(rows), AT_ONCE):
        some = people.ids_of(rows[start : start + AT_ONCE])
        stored = service.store.profiles.get_many(some)
        encoded = service.records.encode_profiles([stored[id] for id in some])
        for id, found in zip(
            some, rank_offers(encoded, jobs, likeness, PRIOR, retrieve), strict=True
        ):
            scores = found.scores[:LENGTH].round(DIGITS).astype(np.float64).tolist()
            lists.append(Ranking(id, tuple(jobs.ids_of(found.rows[:LENGTH])), tuple(scores)))
    return lists


def main() -> None:
    """Print one line for each slack, and one for the night's rule."""
    with indexed(SIZES) as (region, service):
        lists = rankings(service, region.settings.retrieve)
        ids = sorted({offer for one in lists for offer in one.offers})
        offers = service.store.offers(OfferKind.VACANCY).get_many(ids)
        places = {id: offer.places for id, offer in offers.items()}
    typer.echo(f"{region.told}; {len(lists):,} lists of {LENGTH}, {len(ids):,} vacancies in them")
    typer.echo("slack  loss   greatest  first places of ten  their places  Gini  starving  moved")
    for slack, found in trade_off(lists, places, SLACKS):
        typer.echo(_line(f"{slack:.2f}", found))
    kept = spread_within(lists, places, SpreadRule())
    typer.echo(_line(f"{kept.slack:.2f}*", figures(lists, kept.orders, places)))
    typer.echo("* as the night does it: the mean loss is at most .05")


def _line(slack: str, found: SpreadFigures) -> str:
    return (
        f"{slack:<6} {found.loss:.4f} {found.worst:.3f}     {found.top_first:.3f}"
        f"                {found.top_places:.3f}         {found.gini:.2f}  {found.starving:<9,} "
        f"{found.moved:,}"
    )


if __name__ == "__main__":
    typer.run(main)
