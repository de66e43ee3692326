"""How much of the best is retrieved at all: `python -m benchmarks.retrieval DIR`.

The re-ranker scores every offer for every profile, and its first ones are looked for among
the candidates that retrieval hands to it: on a person–ad benchmark, and on the jobs of a
generated region. It measures no time and belongs to docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.region import indexed
from matcher.config import load_settings
from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.encoder import load_encoder
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.evaluate.matching_set import read_matching
from matcher.index.corpus import Corpus
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.match.rerank import Ranked, rank_offers
from matcher.region.generate import Sizes

CUTS: Final = (10, 50, 200)
PROFILES: Final = 50
SIZES: Final = Sizes(profiles=PROFILES, offers=5_000)


def recall(found: Ranked, exhaustive: Ranked, k: int) -> float:
    """Return the share of the exhaustive first k that was retrieved."""
    first = exhaustive.rows[:k]
    return float(np.isin(first, found.rows).mean())


def recalls(
    profiles: EncodedBatch, corpus: Corpus, likeness: Likeness, retrieve: int
) -> NDArray[np.float64]:
    """Return for each profile the recall at each of `CUTS`: shape (profiles, cuts)."""
    found = rank_offers(profiles, corpus, likeness, PRIOR, retrieve)
    every = rank_offers(profiles, corpus, likeness, PRIOR, corpus.size)
    return np.array(
        [[recall(some, all_, k) for k in CUTS] for some, all_ in zip(found, every, strict=True)]
    )


def _show(name: str, values: NDArray[np.float64]) -> None:
    cuts = "  ".join(
        f"recall@{k} {mean:.3f} (least {least:.3f})"
        for k, mean, least in zip(CUTS, values.mean(axis=0), values.min(axis=0), strict=True)
    )
    typer.echo(f"{name}: {cuts}")


def main(
    directory: Annotated[Path, typer.Argument(help="As `matcher evaluate matching`.")],
) -> None:
    """Print the recall of retrieval on both."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    records, likeness = RecordEncoder(encoder), Likeness.measure(encoder)
    task = read_matching(directory)
    ads = records.encode_offers(task.ads)
    corpus = Corpus.of_batch(RecordKind.VACANCY, ads, LexicalModel.fit(ads.lexical))
    people = records.encode_profiles(task.profiles)
    _show(f"{task.name}, {len(ads)} ads", recalls(people, corpus, likeness, settings.retrieve))
    with indexed(SIZES) as (region, service):
        jobs = service.live.corpus(RecordKind.VACANCY)
        stored = service.live.corpus(RecordKind.PROFILE)
        profiles = service.store.profiles.get_many(stored.ids_of(np.arange(stored.size)))
        people = service.records.encode_profiles(list(profiles.values()))
        _show(region.told, recalls(people, jobs, likeness, settings.retrieve))


if __name__ == "__main__":
    typer.run(main)
