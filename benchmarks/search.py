"""Search: our indexes against the bare matrix product and what a user might pick instead."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.util import semantic_search
from sklearn.neighbors import NearestNeighbors

from benchmarks.measure import Benchmark, Figure, Result, in_turns, milliseconds, ratios
from benchmarks.rivals import Search, bm25_search, hnswlib_search, pgvector_search
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.protocol import Vectors
from matcher.index.exact import ExactIndex
from matcher.index.faiss_index import FaissIndex
from matcher.match.service import Service

K: Final = 200
OURS: Final = "FaissIndex"
NGRAMS: Final = "n-grams of Corpus"
_QUERIES: Final = 64
#: Noise of a copied vector: copies stay near their original, and no two are the same.
_NOISE: Final = 0.02


def measure(service: Service, data: str, grown: int, rounds: int) -> Result:
    """Search for the best 200 rows, for 64 queries at once and for one.

    Parameters
    ----------
    service
        Its vacancies are searched, its profiles ask.
    data
        What it holds, in words.
    grown
        Rows of a second, larger corpus: the same vectors repeated, with a little noise.
    rounds
        How often each way is timed.
    """
    vacancies, queries = _pooled(service, RecordKind.VACANCY), _pooled(service, RecordKind.PROFILE)
    figures: list[Figure] = []
    for corpus in (vacancies, _repeated(vacancies, grown)):
        for asked in (queries[:_QUERIES], queries[:1]):
            figures += _compared(corpus, np.ascontiguousarray(asked), rounds)
    figures += _words(service, rounds)
    told = f"{data}; the larger corpus repeats the vacancies' vectors with noise {_NOISE}"
    return Result(Benchmark.SEARCH, told, service.records.encoder.revision, tuple(figures))


def _compared(corpus: Vectors, queries: Vectors, rounds: int) -> list[Figure]:
    least = ExactIndex(corpus).search(queries, K).scores[:, -1:]
    recall = partial(_recall, corpus, queries, least)
    of = f"{len(corpus):,} rows, queries at once {len(queries)}: "
    with pgvector_search(corpus, queries, K) as with_pgvector:
        graph = hnswlib_search(corpus, queries, K, recall)
        ways = _ways(corpus, queries) | with_pgvector
        seconds = in_turns(ways | graph, rounds)
        exact = [recall(way()) for way in ways.values()]
        of_graph = [recall(way()) for way in graph.values()]
    told = [Figure.of(f"{of}recall@{K}, the least of the exact ways", "", [min(exact)])]
    told += [Figure.of(f"{of}recall@{K}, hnswlib", "", of_graph)] if graph else []
    return [*milliseconds(seconds, of), *ratios(seconds, OURS, of), *told]


def _words(service: Service, rounds: int) -> list[Figure]:
    """Compare our search for shared n-grams with one for shared words, of the same texts."""
    corpus = service.live.corpus(RecordKind.VACANCY)
    offers = service.store.offers(OfferKind.VACANCY).get_many(corpus.ids_of(corpus.living()))
    profiles = service.store.profiles
    people = list(profiles.get_many(profiles.ids()[:_QUERIES]).values())
    texts = [text.full for text in service.records.offer_texts(list(offers.values()))]
    asked = [text.full for text in service.records.profile_texts(people)]
    grams = corpus.lexical.weigh(service.records.encode_profiles(people).lexical)
    ours = {NGRAMS: lambda: corpus.search_lexical(grams, K).rows}
    of = f"{corpus.size:,} texts, queries at once {len(people)}: "
    seconds = in_turns(ours | bm25_search(texts, asked, K), rounds)
    return [*milliseconds(seconds, of), *ratios(seconds, NGRAMS, of)]


def _ways(corpus: Vectors, queries: Vectors) -> dict[str, Search]:
    """Return each way to find the best rows, ready to be called; building is not timed."""
    index = FaissIndex.of(corpus)
    neighbours = NearestNeighbors(n_neighbors=K, algorithm="brute", metric="cosine").fit(corpus)
    tensors = torch.from_numpy(queries), torch.from_numpy(corpus)
    return {
        OURS: lambda: index.search(queries, K).rows,
        "matrix product + argpartition": lambda: np.argpartition(queries @ corpus.T, -K)[:, -K:],
        "scikit-learn NearestNeighbors": lambda: neighbours.kneighbors(queries)[1],
        "sentence-transformers semantic_search": lambda: np.array(
            [[hit["corpus_id"] for hit in hits] for hits in semantic_search(*tensors, top_k=K)]
        ),
    }


def _recall(
    corpus: Vectors, queries: Vectors, least: NDArray[np.float32], rows: NDArray[np.int64]
) -> float:
    """Return which share of the rows is as good as the exact index's last one."""
    scores = np.einsum("qd,qkd->qk", queries, corpus[rows])
    return float((scores >= least - 1e-6).mean())


def _pooled(service: Service, kind: RecordKind) -> Vectors:
    corpus = service.live.corpus(kind)
    return corpus.take(np.arange(corpus.size)).pooled


def _repeated(vectors: Vectors, size: int) -> Vectors:
    rng = np.random.default_rng(0)
    rows = vectors[np.arange(size) % len(vectors)]
    rows = rows + _NOISE * rng.standard_normal(rows.shape, np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
