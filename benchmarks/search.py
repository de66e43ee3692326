"""Search: our indexes against the bare matrix product and what a user might pick instead."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.util import semantic_search
from sklearn.neighbors import NearestNeighbors

from benchmarks.measure import Benchmark, Figure, Result, in_turns, milliseconds, ratios
from benchmarks.rerank import repeated
from benchmarks.rivals import Search, bm25_search, hnswlib_search, pgvector_search
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.protocol import Vectors
from matcher.index.corpus import Corpus
from matcher.index.exact import ExactIndex
from matcher.index.faiss_index import FaissIndex
from matcher.match.service import Service

K: Final = 200
OURS: Final = "the night's search"
NGRAMS: Final = "n-grams of Corpus"
#: People whose lists the night makes at once, and how many ask for words.
_BLOCK: Final = 256
_READERS: Final = 64


def measure(service: Service, data: str, grown: int, rounds: int) -> Result:
    """Search for the best 200 rows, for a block of the night at once and for one query.

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
    vacancies = _without_groups(service.live.corpus(RecordKind.VACANCY))
    people = service.live.corpus(RecordKind.PROFILE)
    queries = _groupless(people.take_whole(people.living()[:_BLOCK]))
    figures: list[Figure] = []
    for corpus in (vacancies, repeated(vacancies, grown)):
        for asked in (queries, queries.take(np.arange(1))):
            figures += _compared(corpus, asked, rounds)
    figures += _words(service, rounds)
    told = f"{data}; the larger corpus repeats the vacancies' vectors with a little noise"
    return Result(Benchmark.SEARCH, told, service.records.encoder.revision, tuple(figures))


def _compared(corpus: Corpus, queries: EncodedBatch, rounds: int) -> list[Figure]:
    vectors, asked = corpus.take(corpus.living()).pooled, np.ascontiguousarray(queries.pooled)
    least = ExactIndex(vectors).search(asked, K).scores[:, -1:]
    recall = partial(_recall, vectors, asked, least)
    of = f"{corpus.size:,} rows, queries at once {len(queries)}: "
    with pgvector_search(vectors, asked, K) as with_pgvector:
        graph = hnswlib_search(vectors, asked, K, recall)
        night = {OURS: lambda: corpus.search_blend(queries, K).rows}
        ways = night | _ways(vectors, asked) | with_pgvector
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
    people = list(profiles.get_many(profiles.ids()[:_READERS]).values())
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
        "FaissIndex": lambda: index.search(queries, K).rows,
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


def _without_groups(corpus: Corpus) -> Corpus:
    """Return a corpus that is searched by vectors alone, as the others search."""
    batch = _groupless(corpus.take(corpus.living()))
    return Corpus.of_batch(corpus.kind, batch, corpus.lexical)


def _groupless(batch: EncodedBatch) -> EncodedBatch:
    return replace(batch, groups=Groups.unknown(len(batch)))
