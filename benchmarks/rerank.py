"""The steps of the night's matching in processor time: retrieval, re-ranking, whole lists."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import Final

import numpy as np

from benchmarks.measure import Benchmark, Figure, Result, in_turns
from benchmarks.region import now
from matcher.domain.calendar import finnish_day
from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.protocol import Vectors
from matcher.index.corpus import Corpus
from matcher.match.likeness import Likeness
from matcher.match.matcher import Matcher
from matcher.match.ranker import PRIOR
from matcher.match.rerank import rank_rows
from matcher.match.retrieve import nearest
from matcher.match.service import Service

#: Candidates of each person, as the night takes them, and people at once.
K: Final = 200
PEOPLE: Final = 256
#: Noise of a copied vector: copies stay near their original, and no two are the same.
_NOISE: Final = 0.02
#: Of the matrix product whose speed is taken for the most that the processor can do.
_LARGE: Final = (2048, 8192)


def measure(service: Service, data: str, grown: int, rounds: int) -> Result:
    """Search, re-rank and list for one block of people.

    Parameters
    ----------
    service
        Its vacancies are searched, its profiles ask.
    data
        What it holds, in words.
    grown
        Rows of a second, larger corpus to search: the same vectors with a little noise.
    rounds
        How often each way is timed.
    """
    corpus = service.live.corpus(RecordKind.VACANCY)
    people = service.live.corpus(RecordKind.PROFILE)
    queries = people.take_whole(people.living()[:PEOPLE])
    figures = [
        *_retrieval(queries, corpus, rounds),
        *_retrieval(queries, repeated(corpus, grown), rounds),
        *_reranking(queries, corpus, Likeness.measure(service.records.encoder), rounds),
        *_lists(service, rounds),
    ]
    told = f"{data}; the larger corpus repeats the vacancies' vectors with noise {_NOISE}"
    return Result(Benchmark.RERANK, told, service.records.encoder.revision, tuple(figures))


def _retrieval(queries: EncodedBatch, corpus: Corpus, rounds: int) -> list[Figure]:
    vectors = corpus.take(corpus.living()).pooled
    seconds = in_turns(
        {
            "search": lambda: corpus.search_blend(queries, K),
            "product": lambda: _product(queries.pooled, vectors),
        },
        rounds,
        process_time,
    )
    of = f"retrieval of {K} of {corpus.size:,} rows, {len(queries)} queries"
    ratios = [a / b for a, b in zip(seconds["search"], seconds["product"], strict=True)]
    return [
        Figure.of(f"{of}: a query", "ms", [1e3 * s / len(queries) for s in seconds["search"]]),
        Figure.of(f"{of} ÷ bare matrix product", "×", ratios),
    ]


def _product(queries: Vectors, vectors: Vectors) -> None:
    """Multiply in parts of the size that the search takes, which fit a processor's memory."""
    step = max(1, 8_000_000 // len(vectors))
    for start in range(0, len(queries), step):
        np.matmul(queries[start : start + step], vectors.T)


def _reranking(
    queries: EncodedBatch, corpus: Corpus, likeness: Likeness, rounds: int
) -> list[Figure]:
    found, dimension = nearest(queries, corpus, K), queries.pooled.shape[1]
    large = np.ones((_LARGE[0], dimension), np.float32), np.ones((dimension, _LARGE[1]), np.float32)
    seconds = in_turns(
        {
            "rerank": lambda: rank_rows(queries, corpus, likeness, PRIOR, found),
            "peak": lambda: np.matmul(*large),
        },
        rounds,
        process_time,
    )
    pairs = sum(len(rows) for rows in found)
    peaks = [2 * _LARGE[0] * _LARGE[1] * dimension / s for s in seconds["peak"]]
    least = _operations(queries, corpus, found) / float(np.median(peaks))
    return [
        Figure.of("re-ranking: a pair", "µs", [1e6 * s / pairs for s in seconds["rerank"]]),
        Figure.of("re-ranking: pairs a second", "", [pairs / s for s in seconds["rerank"]]),
        Figure.of("large matrix product", "GFlop/s", [peak / 1e9 for peak in peaks]),
        Figure.of(
            "re-ranking ÷ its products of phrases at that speed",
            "×",
            [s / least for s in seconds["rerank"]],
        ),
    ]


def _operations(queries: EncodedBatch, corpus: Corpus, found: list[Rows]) -> float:
    """Return how many additions and multiplications the products of all phrases take."""
    ours = np.diff(queries.offsets)
    theirs = np.diff(corpus.take(corpus.living()).offsets)
    products = sum(int(ours[i]) * int(theirs[rows].sum()) for i, rows in enumerate(found))
    return 2.0 * products * queries.phrases.shape[1]


def _lists(service: Service, rounds: int) -> list[Figure]:
    on = finnish_day(now())
    matcher = Matcher(service.live, service.store, service.records, K)
    profiles = next(service.store.profiles.open_batches(on, PEOPLE))
    seconds = in_turns({"lists": lambda: matcher.match(profiles, on=on)}, rounds, process_time)
    each = [1e3 * s / len(profiles) for s in seconds["lists"]]
    return [Figure.of("four explained lists of ten, a person", "ms", each)]


def repeated(corpus: Corpus, size: int) -> Corpus:
    """Return a corpus of a size: the same records again and again, vectors with a little noise."""
    rows = corpus.living()[np.arange(size) % corpus.size]
    batch = corpus.take(rows)
    rng = np.random.default_rng(0)
    pooled = batch.pooled + _NOISE * rng.standard_normal(batch.pooled.shape, np.float32)
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
    ids = tuple(f"{row}" for row in range(size))
    return Corpus.of_batch(corpus.kind, replace(batch, ids=ids, pooled=pooled), corpus.lexical)
