"""Concepts whose labels have the words that somebody is typing: at once, and without encoding.

The linker finds what a whole text means; this is for a word that is not finished yet. Everyday
words are tried as they stand and as a taxonomy would write them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from matcher.domain.text import Lang, LocalText
from matcher.store.concepts import ConceptKind, Concepts
from matcher.taxonomy.everyday import written_out
from matcher.taxonomy.words import stem, words

#: With fewer letters everything would begin alike.
FEWEST_LETTERS: Final = 2
#: So many labels are looked at in the order of the taxonomy before the best are chosen.
_LOOKED_AT: Final = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that may be meant.

    Parameters
    ----------
    uri, kind
        The concept.
    labels
        Its preferred labels.
    """

    uri: str
    kind: ConceptKind
    labels: LocalText


@dataclass(frozen=True, slots=True)
class _Labels:
    """All labels of a language in one text, a line each, so that searching is one scan.

    Parameters
    ----------
    text
        In lower case.
    starts
        Where each line begins.
    concepts
        URI and kind of each line.
    """

    text: str
    starts: Sequence[int]
    concepts: Sequence[tuple[str, ConceptKind]]


class Suggester:
    """Suggests concepts; the labels are read when first asked for, and again when they change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: str | None = None
        self._labels: dict[Lang, _Labels] = {}

    def suggest(
        self, concepts: Concepts, typed: str, kind: ConceptKind, k: int = 8
    ) -> list[Suggestion]:
        """Return concepts whose labels have all the typed words in them, in any language.

        Parameters
        ----------
        concepts
            The taxonomy.
        typed
            Words, the last of which may be unfinished.
        kind
            Of the concepts.
        k
            At most so many.

        Returns
        -------
        list of Suggestion
            Nearest first; none if too little was typed or no taxonomy is loaded.
        """
        if len(typed.strip()) < FEWEST_LETTERS:
            return []
        found: dict[str, tuple[int, int, str]] = {}
        for lang, labels in self._read(concepts).items():
            for asked in {typed, written_out(typed, lang)}:
                for uri, label in _having(labels, words(asked), kind):
                    place = (_distance(label, asked.strip().casefold()), len(label), uri)
                    found[uri] = min(found.get(uri, place), place)
        best = sorted(found, key=lambda uri: found[uri])[:k]
        named = concepts.labels(best)
        return [Suggestion(uri, kind, named[uri]) for uri in best if uri in named]

    def _read(self, concepts: Concepts) -> dict[Lang, _Labels]:
        version = concepts.version()
        with self._lock:
            if version != self._version:
                self._labels = _joined(concepts)
                self._version = version
            return self._labels


def _joined(concepts: Concepts) -> dict[Lang, _Labels]:
    lines: dict[Lang, list[tuple[str, str, ConceptKind]]] = {lang: [] for lang in Lang}
    for uri, kind, lang, label, _ in concepts.all_labels():
        lines[lang].append((label.casefold().replace("\n", " "), uri, kind))
    return {lang: _one_text(found) for lang, found in lines.items()}


def _one_text(lines: Sequence[tuple[str, str, ConceptKind]]) -> _Labels:
    starts, at = [], 0
    for label, _, _ in lines:
        starts.append(at)
        at += len(label) + 1
    text = "\n".join(label for label, _, _ in lines)
    return _Labels(text, starts, [(uri, kind) for _, uri, kind in lines])


def _having(labels: _Labels, asked: Sequence[str], kind: ConceptKind) -> Iterator[tuple[str, str]]:
    """Yield URI and label of lines with the stems of all words, those that come first."""
    stems = [stem(word) for word in asked]
    if not stems:
        return
    longest, at, seen = max(stems, key=len), 0, 0
    while seen < _LOOKED_AT and (at := labels.text.find(longest, at)) >= 0:
        line = bisect_right(labels.starts, at) - 1
        start = labels.starts[line]
        end = labels.starts[line + 1] - 1 if line + 1 < len(labels.starts) else len(labels.text)
        label, (uri, its_kind) = labels.text[start:end], labels.concepts[line]
        if its_kind is kind and all(one in label for one in stems):
            seen += 1
            yield uri, label
        at = end


def _distance(label: str, asked: str) -> int:
    """Return how far a label is from what was typed: 0 the same, 3 only the stems are there."""
    if label == asked:
        return 0
    if label.startswith(asked):
        return 1
    return 2 if f" {asked}" in label else 3
