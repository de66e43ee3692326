"""Find the occupations and skills of the taxonomy in free text.

Every short span of a text is compared with the labels of all concepts, by meaning and by
wording. Meaning alone links a lone verb to whatever is done with it, so a label is taken
only if its words are there but for their endings, if its telling words are, if it looks alike
but for a slip, or if it is very near in meaning and shares a word; the name of a trade also if
the text has a word of its root, as *hitsailin* is of *hitsaaja*. Everyday words are tried as
they stand and as a taxonomy would write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matcher.domain.text import Lang
from matcher.encode.cache import CachedEncoder
from matcher.encode.protocol import Encoder, TextRole
from matcher.errors import InputError, NotReadyError
from matcher.index.exact import ExactIndex
from matcher.store.concepts import ConceptKind
from matcher.store.store import Store
from matcher.taxonomy.everyday import written_out
from matcher.taxonomy.spans import Span, spans
from matcher.taxonomy.words import (
    WordWeights,
    alike,
    of_one_root,
    plain,
    same_words,
    says_who,
    words,
)

_LINKED: Final = (ConceptKind.OCCUPATION, ConceptKind.SKILL)
_CANDIDATES: Final = 8
_MIN_COSINE: Final = 0.45
_MIN_COVERAGE: Final = 0.6
_MIN_SCORE: Final = 0.65
#: From this cosine on, sharing any word is enough.
_VERY_NEAR: Final = 0.75
_SOME_COVERAGE: Final = 0.2
#: From this cosine on, a skill may be told by another verb than its own.
_SURELY: Final = 0.8
#: What stands before a comma is the name, what comes after it a field of it.
_BEFORE_COMMA: Final = 0.85
#: From this cosine on, looking so much alike is enough: a slip, or another compound.
_NEAR_ALIKE: Final = 0.55
_MIN_ALIKE: Final = 0.6
#: From this cosine on, sharing the root is enough for a trade of one word.
_NEAR_TRADE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """A concept found in a text.

    Parameters
    ----------
    uri, kind
        The concept.
    lang, label
        The label that was found, preferred or not.
    score
        0 to 1: the mean of the cosine and of how far the words agree, or the cosine if it is
        linked by meaning; 1 for the label word for word.
    matched
        Where in the text.
    """

    uri: str
    kind: ConceptKind
    lang: Lang
    label: str
    score: float
    matched: Span


@dataclass(frozen=True, slots=True)
class _Label:
    uri: str
    kind: ConceptKind
    text: str


@dataclass(frozen=True, slots=True)
class _Labels:
    """All labels of one language, ready to be searched."""

    lang: Lang
    labels: Sequence[_Label]
    index: ExactIndex
    weights: WordWeights


class Linker:
    """Links texts to the concepts of the taxonomy in the store.

    Parameters
    ----------
    store
        Holds the taxonomy.
    encoder
        Encodes labels and spans.
    folder
        Where the vectors of the labels are kept; those of texts are never kept.
    """

    def __init__(self, store: Store, encoder: Encoder, folder: Path) -> None:
        self._store = store
        self._encoder = encoder
        self._folder = folder
        self._loaded: dict[Lang, _Labels] = {}

    def link(self, text: str, lang: Lang | None = None, k: int = 50) -> list[Link]:
        """Find concepts in a text.

        Parameters
        ----------
        text
            Any free text.
        lang
            Its language; None takes the one whose labels fit best.
        k
            At most so many concepts.

        Returns
        -------
        list of Link
            Best first; spans do not overlap, and each concept stands once.

        Raises
        ------
        InputError
            If there is no word in the text.
        NotReadyError
            If no taxonomy is loaded.
        """
        pieces = spans(text)
        if not pieces:
            raise InputError(
                f"There is no word in the text {text[:40]!r}.",
                remedy='Give some words, as in `matcher link "Ajan trukkia" --lang fi`.',
            )
        langs = tuple(Lang) if lang is None else (lang,)
        answers = [self._link(pieces, self._labels(one)) for one in langs]
        best = max(answers, key=lambda links: sum(link.score for link in links))
        return best[:k]

    def _link(self, pieces: Sequence[Span], labels: _Labels) -> list[Link]:
        asked = _asked(pieces, labels.lang)
        vectors = self._encoder.encode([text for _, text in asked], TextRole.QUERY)
        hits = labels.index.search(vectors, _CANDIDATES)
        found = [
            link
            for (piece, text), rows, cosines in zip(asked, hits.rows, hits.scores, strict=True)
            for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
            if (link := _judge(piece, text, labels, row, cosine))
        ]
        found.sort(key=lambda link: (-link.score, link.matched.start - link.matched.end))
        return _apart(found)

    def _labels(self, lang: Lang) -> _Labels:
        if lang not in self._loaded:
            self._loaded[lang] = self._load(lang)
        return self._loaded[lang]

    def _load(self, lang: Lang) -> _Labels:
        if self._store.concepts.version() is None:
            raise NotReadyError(
                "No taxonomy is loaded, so there are no concepts to find.",
                remedy="Load ESCO with `matcher import esco PATH`.",
            )
        labels = [
            _Label(uri, kind, label)
            for uri, kind, spoken, label, _ in self._store.concepts.all_labels()
            if spoken is lang and kind in _LINKED
        ]
        texts = [plain(label.text) for label in labels]
        cached = CachedEncoder(self._encoder, self._folder)
        index = ExactIndex(cached.encode(texts))
        cached.save()
        return _Labels(lang, labels, index, WordWeights.fit(texts))


def _asked(pieces: Sequence[Span], lang: Lang) -> list[tuple[Span, str]]:
    """Return each span with its own words, and with everyday ones written out if it has any."""
    asked = [(piece, piece.text) for piece in pieces]
    written = ((piece, written_out(piece.text, lang)) for piece in pieces)
    return asked + [(piece, text) for piece, text in written if text != piece.text]


def _judge(piece: Span, said: str, labels: _Labels, row: int, cosine: float) -> Link | None:
    label = labels.labels[row]
    text = plain(label.text)
    if words(text) == words(said):
        return Link(label.uri, label.kind, labels.lang, label.text, 1.0, piece)
    score = _score(said, text, labels, label.kind, cosine)
    if score is None:
        return None
    return Link(label.uri, label.kind, labels.lang, label.text, score, piece)


def _score(said: str, text: str, labels: _Labels, kind: ConceptKind, cosine: float) -> float | None:
    """Score a label's words for what was said, or None if they do not mean the same."""
    if cosine >= _MIN_COSINE and same_words(text, said, labels.lang):
        return (cosine + 1) / 2
    if cosine >= _NEAR_TRADE and same_words(text.partition(",")[0], said, labels.lang):
        return (cosine + _BEFORE_COMMA) / 2
    coverage = labels.weights.coverage(text, said)
    mean = (cosine + coverage) / 2
    worded = mean >= _MIN_SCORE and cosine >= _MIN_COSINE and coverage >= _MIN_COVERAGE
    of_trade = kind is ConceptKind.OCCUPATION
    means_it = says_who if of_trade else labels.weights.says_what_is_done
    if worded and means_it(text, said):
        return mean
    surely = of_trade or cosine >= _SURELY or means_it(text, said)
    if surely and _meant(said, text, kind, cosine, coverage):
        return cosine
    if cosine >= _NEAR_ALIKE and (likeness := alike(text, said)) >= _MIN_ALIKE:
        return (cosine + likeness) / 2
    return None


def _meant(said: str, text: str, kind: ConceptKind, cosine: float, coverage: float) -> bool:
    """Tell whether a text means a label so clearly that few shared letters are enough."""
    if kind is ConceptKind.OCCUPATION:
        return cosine >= _NEAR_TRADE and of_one_root(text, said)
    # A lone verb or noun is near to all that is done with it.
    whole = len(words(said)) >= len(words(text))
    return whole and cosine >= _VERY_NEAR and coverage >= _SOME_COVERAGE


def _apart(links: Sequence[Link]) -> list[Link]:
    """Keep the first link of each concept and of each place."""
    kept: list[Link] = []
    for link in links:
        if not any(link.uri == other.uri or link.matched.overlaps(other.matched) for other in kept):
            kept.append(link)
    return kept
