"""The encoder: texts a second, one query, loading; beside character TF-IDF as a yardstick."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.measure import Benchmark, Figure, Result, clock, in_turns, milliseconds, ratios
from benchmarks.region import now
from matcher.config import load_settings
from matcher.domain.offer import Offer, OfferKind
from matcher.encode.encoder import load_encoder
from matcher.encode.protocol import TextRole
from matcher.match.service import Service

WORDS: Final = 50
OURS: Final = "encoder"
_FRESH: Final = (
    "from matcher.encode.encoder import load_encoder;load_encoder({path!r}).encode(['hitsaaja'])"
)


def measure(service: Service, data: str, texts: int, rounds: int) -> Result:
    """Encode texts of fifty words.

    Parameters
    ----------
    service
        Its advertisements lend the words.
    data
        What it holds, in words.
    texts
        How many texts are encoded at once.
    rounds
        How often each way is timed.
    """
    path = load_settings().encoder
    encoder = load_encoder(path)
    passages = _texts(service, texts)
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), dtype=np.float32).fit(passages)
    # A freshly loaded encoder has seen no word yet; afterwards it remembers frequent ones.
    cold = [clock(lambda: load_encoder(path).encode(passages)) for _ in range(rounds)]
    loading = [clock(lambda: load_encoder(path)) for _ in range(rounds)]
    fresh = [clock(lambda: _fresh_process(path)) for _ in range(2)]
    batch = in_turns(
        {OURS: lambda: encoder.encode(passages), "TF-IDF": lambda: tfidf.transform(passages)},
        rounds,
    )
    one = in_turns(
        {
            OURS: lambda: encoder.encode(passages[:1], TextRole.QUERY),
            "TF-IDF": lambda: tfidf.transform(passages[:1]),
        },
        10 * rounds,
    )
    figures = (
        Figure.of("a new process to its first vector", "s", fresh),
        Figure.of("loading, libraries already imported", "s", loading),
        _rate(f"{OURS}, loading and words never seen", texts, cold),
        *(_rate(name, texts, seconds) for name, seconds in batch.items()),
        *ratios(batch, OURS, "texts: "),
        *milliseconds(one, "one text: "),
        *ratios(one, OURS, "one text: "),
    )
    told = f"{texts:,} texts of {WORDS} words out of the vacancies of: {data}"
    return Result(Benchmark.ENCODER, told, encoder.revision, figures)


def _rate(name: str, texts: int, seconds: Sequence[float]) -> Figure:
    return Figure.of(name, "texts/s", [texts / second for second in seconds])


def _fresh_process(path: str) -> None:
    subprocess.run([sys.executable, "-c", _FRESH.format(path=path)], check=True)


def _texts(service: Service, count: int) -> list[str]:
    """Cut the running words of the vacancies into texts of fifty words."""
    batches = service.store.offers(OfferKind.VACANCY).open_batches(now().date())
    words = [word for batch in batches for offer in batch for word in _words(offer)]
    return [" ".join(words[i : i + WORDS]) for i in range(0, WORDS * count, WORDS)]


def _words(offer: Offer) -> list[str]:
    return f"{offer.title.best(offer.language)}. {offer.text.best(offer.language)}".split()
