"""Rank ads for profiles and compare with graded pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.match import GateOutcome
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Encoder, Vectors
from matcher.encode.records import RecordEncoder
from matcher.evaluate.matching_set import MatchingSet, read_matching
from matcher.evaluate.report import Report
from matcher.index.corpus import Corpus
from matcher.match.gates.judge import judge
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR, Ranker
from matcher.match.rerank import rank_offers
from matcher.metrics.ranking import (
    Qrels,
    Run,
    average,
    judged_at_k,
    ndcg_at_k,
    only_judged,
    recall_at_k,
    reciprocal_rank,
)

GOOD: Final = 2
#: The day of the development pairs; their profiles tell no birth dates, so that it does not matter.
JUDGED_ON: Final = date(2026, 11, 22)


class MatchingMethod(StrEnum):
    """What ranks: the service's way, or a single signal of it as a baseline."""

    RERANK = "rerank"
    DENSE = "dense"
    TFIDF = "tfidf"
    FUSION = "fusion"


@dataclass(frozen=True, slots=True)
class _Way:
    """What ranks, in its parts."""

    encoder: Encoder
    retrieve: int
    ranker: Ranker


@dataclass(frozen=True, slots=True)
class _Encoded:
    profiles: EncodedBatch
    corpus: Corpus
    ads: EncodedBatch


def evaluate_matching(
    directory: Path,
    encoder: Encoder,
    *,
    method: MatchingMethod = MatchingMethod.RERANK,
    retrieve: int = 600,
    ranker: Ranker = PRIOR,
    gates: bool = False,
) -> Report:
    """Evaluate one directory by competence fit, gates and commute off.

    Parameters
    ----------
    directory
        As `matcher.evaluate.matching_set.read_matching` reads it.
    encoder
        Of the phrases.
    method
        What ranks.
    retrieve, ranker
        How many are re-ranked (`matcher.match.retrieve.candidates`) and by what, for the
        service's way.
    gates
        Also report ``ndcg@10_eligible``: blocked or too distant ads count as 0, ads with
        an unmet gate are ranked last, and profiles without any eligible ad of grade 2 or
        more are left out.
    """
    task = read_matching(directory)
    encoded = _encode(task, encoder)
    run = _RUNS[method](task, encoded, _Way(encoder, retrieve, ranker))
    figures = matching_figures(task.qrels, run)
    if gates:
        figures["ndcg@10_eligible"] = average(ndcg_at_k(task.eligible, _gated(task, run), 10))
    return Report(
        name=task.name,
        n_queries=len(task.qrels),
        figures=figures,
        model=f"{method} {encoder.revision}",
        data=task.data,
    )


def matching_figures(qrels: Qrels, run: Run) -> dict[str, float]:
    """Return nDCG@10 (all, and judged ads only), recall@50 of good ads, MRR and judged@10."""
    return {
        "ndcg@10": average(ndcg_at_k(qrels, run, 10)),
        "ndcg@10_judged": average(ndcg_at_k(qrels, only_judged(qrels, run), 10)),
        "recall@50": average(recall_at_k(qrels, run, 50, relevant=GOOD)),
        "mrr": average(reciprocal_rank(qrels, run)),
        "judged@10": average(judged_at_k(qrels, run, 10)),
    }


def _encode(task: MatchingSet, encoder: Encoder) -> _Encoded:
    records = RecordEncoder(encoder)
    ads = records.encode_offers(task.ads)
    lexical = LexicalModel.fit(ads.lexical)
    corpus = Corpus.of_batch(RecordKind.VACANCY, ads, lexical)
    return _Encoded(records.encode_profiles(task.profiles), corpus, ads)


def _reranked(task: MatchingSet, encoded: _Encoded, way: _Way) -> Run:
    likeness = Likeness.measure(way.encoder)
    ranked = rank_offers(encoded.profiles, encoded.corpus, likeness, way.ranker, way.retrieve)
    return {
        profile.id: dict(zip(encoded.corpus.ids_of(found.rows), found.scores.tolist(), strict=True))
        for profile, found in zip(task.profiles, ranked, strict=True)
    }


def _dense(task: MatchingSet, encoded: _Encoded, way: _Way) -> Run:
    return run_of(task, encoded.profiles.pooled @ encoded.ads.pooled.T)


def _tfidf(task: MatchingSet, encoded: _Encoded, way: _Way) -> Run:
    return run_of(task, _lexical(encoded))


def _fusion(task: MatchingSet, encoded: _Encoded, way: _Way) -> Run:
    dense = encoded.profiles.pooled @ encoded.ads.pooled.T
    return run_of(task, _standard(dense) + _standard(_lexical(encoded)))


_RUNS: Final[dict[MatchingMethod, Callable[[MatchingSet, _Encoded, _Way], Run]]] = {
    MatchingMethod.RERANK: _reranked,
    MatchingMethod.DENSE: _dense,
    MatchingMethod.TFIDF: _tfidf,
    MatchingMethod.FUSION: _fusion,
}


def _lexical(encoded: _Encoded) -> Vectors:
    weigh = encoded.corpus.lexical.weigh
    product = weigh(encoded.profiles.lexical) @ weigh(encoded.ads.lexical).T
    return np.asarray(product.todense(), np.float32)


def _standard(scores: Vectors) -> Vectors:
    """Return z-scores of each row."""
    spread = scores.std(axis=1, keepdims=True)
    centred: Vectors = (scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return centred


def run_of(task: MatchingSet, scores: Vectors) -> Run:
    """Return scores of all pairs, a row for each profile, as a run."""
    ids = [ad.id for ad in task.ads]
    return {
        profile.id: dict(zip(ids, row.tolist(), strict=True))
        for profile, row in zip(task.profiles, scores, strict=True)
    }


def _gated(task: MatchingSet, run: Run) -> Run:
    """Return the run with blocked ads moved behind all others."""
    ads = {ad.id: ad for ad in task.ads}
    people = {profile.id: profile for profile in task.profiles}
    gated: dict[str, dict[str, float]] = {}
    for profile, scores in run.items():
        lowest = min(scores.values()) - max(scores.values()) - 1
        gated[profile] = {
            ad: score + lowest if _blocks(people[profile], ads[ad]) else score
            for ad, score in scores.items()
        }
    return gated


def _blocks(profile: Profile, ad: Offer) -> bool:
    return any(gate.outcome is GateOutcome.UNMET for gate in judge(profile, ad, JUDGED_ON))
