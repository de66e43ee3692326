"""Find the occupations and skills of the taxonomy in free text.

Every short span of a text is compared with the labels of all concepts, by meaning and by
wording. Meaning alone links a lone verb to whatever is done with it, so a label is taken
only if its telling words are there, or if it is very near in meaning and shares a word; the
name of a trade also if the text has a word of its root, as *hitsailin* is of *hitsaaja*.
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
from matcher.taxonomy.spans import Span, spans
from matcher.taxonomy.words import WordWeights, of_one_root, plain, says_who, words

_LINKED: Final = (ConceptKind.OCCUPATION, ConceptKind.SKILL)
_CANDIDATES: Final = 8
_MIN_COSINE: Final = 0.45
_MIN_COVERAGE: Final = 0.6
_MIN_SCORE: Final = 0.65
#: From this cosine on, sharing any word is enough.
_VERY_NEAR: Final = 0.75
_SOME_COVERAGE: Final = 0.2
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
        0 to 1: the mean of cosine and coverage, or the cosine if it is linked by meaning; 1
        for the label word for word.
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
        vectors = self._encoder.encode([piece.text for piece in pieces], TextRole.QUERY)
        hits = labels.index.search(vectors, _CANDIDATES)
        found = [
            link
            for piece, rows, cosines in zip(pieces, hits.rows, hits.scores, strict=True)
            for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
            if (link := _judge(piece, labels, row, cosine))
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


def _judge(piece: Span, labels: _Labels, row: int, cosine: float) -> Link | None:
    label = labels.labels[row]
    text = plain(label.text)
    if words(text) == words(piece.text):
        return Link(label.uri, label.kind, labels.lang, label.text, 1.0, piece)
    coverage = labels.weights.coverage(text, piece.text)
    score = (cosine + coverage) / 2
    if not (score >= _MIN_SCORE and _worded(piece, labels, label, cosine, coverage)):
        if not _meant(piece, label, cosine, coverage):
            return None
        score = cosine
    return Link(label.uri, label.kind, labels.lang, label.text, score, piece)


def _worded(piece: Span, labels: _Labels, label: _Label, cosine: float, coverage: float) -> bool:
    """Tell whether the telling words of a label are in a text that may mean it."""
    text = plain(label.text)
    occupation = label.kind is ConceptKind.OCCUPATION
    means_it = says_who if occupation else labels.weights.says_what_is_done
    return cosine >= _MIN_COSINE and coverage >= _MIN_COVERAGE and means_it(text, piece.text)


def _meant(piece: Span, label: _Label, cosine: float, coverage: float) -> bool:
    """Tell whether a text means a label so clearly that few shared letters are enough."""
    # A lone verb or noun is near to all that is done with it.
    whole = len(words(piece.text)) >= len(words(plain(label.text)))
    if whole and cosine >= _VERY_NEAR and coverage >= _SOME_COVERAGE:
        return True
    trade = label.kind is ConceptKind.OCCUPATION and cosine >= _NEAR_TRADE
    return trade and of_one_root(plain(label.text), piece.text)


def _apart(links: Sequence[Link]) -> list[Link]:
    """Keep the first link of each concept and of each place."""
    kept: list[Link] = []
    for link in links:
        if not any(link.uri == other.uri or link.matched.overlaps(other.matched) for other in kept):
            kept.append(link)
    return kept
