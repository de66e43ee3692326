"""Concepts that may be meant by what somebody is typing: by their words first, then by meaning.

The linker finds what a whole text means; this is for a word that is not finished yet. Labels that
have its letters come first, at once and without encoding; everyday words are tried as they stand
and as a taxonomy would write them. Where these are fewer than asked for, concepts follow that mean
what was typed in other words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Final

from matcher.domain.text import Lang, LocalText
from matcher.encode.protocol import Encoder
from matcher.store.concepts import ConceptKind, Concepts
from matcher.taxonomy.everyday import written_out
from matcher.taxonomy.meaning import Labelled, Meanings
from matcher.taxonomy.words import stem, words

#: With fewer letters everything would begin alike.
FEWEST_LETTERS: Final = 2
#: So many labels are looked at in the order of the taxonomy before the best are chosen.
_LOOKED_AT: Final = 400
#: Whose meanings are kept: vectors of what no page suggests would only take memory.
_SUGGESTED: Final = (ConceptKind.SKILL,)


class FoundBy(StrEnum):
    """What a suggestion has in common with what was typed."""

    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that may be meant.

    Parameters
    ----------
    uri, kind
        The concept.
    labels
        Its preferred labels.
    found_by
        A label has the words, or the concept means them.
    """

    uri: str
    kind: ConceptKind
    labels: LocalText
    found_by: FoundBy


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


@dataclass(frozen=True, slots=True)
class _Taxonomy:
    """The labels of one version, ready to be searched.

    Parameters
    ----------
    version
        Of the taxonomy; None if none is loaded.
    labels
        By language.
    meanings
        Of its concepts, by kind.
    """

    version: str | None
    labels: dict[Lang, _Labels]
    meanings: dict[ConceptKind, Meanings]


class Suggester:
    """Suggests concepts; the labels are read when first asked for, and again when they change.

    Parameters
    ----------
    encoder
        Tells what words mean.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = Lock()
        self._taxonomy: _Taxonomy | None = None

    def suggest(
        self, concepts: Concepts, typed: str, kind: ConceptKind, k: int = 8
    ) -> list[Suggestion]:
        """Return concepts that may be meant, each once.

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
            Those whose labels have all the typed words in any language, nearest first; then those
            that mean them, nearest first. None if too little was typed or no taxonomy is loaded.
        """
        if len(typed.strip()) < FEWEST_LETTERS:
            return []
        taxonomy = self._read(concepts)
        spelled = _spelled(taxonomy.labels, typed, kind)[:k]
        meant: list[str] = []
        if len(spelled) < k and kind in taxonomy.meanings:
            near = taxonomy.meanings[kind].near(typed)
            meant = [uri for uri in near if uri not in spelled][: k - len(spelled)]
        named = concepts.labels([*spelled, *meant])
        found = dict.fromkeys(spelled, FoundBy.WORDS) | dict.fromkeys(meant, FoundBy.MEANING)
        return [Suggestion(uri, kind, named[uri], by) for uri, by in found.items() if uri in named]

    def warm(self, concepts: Concepts) -> None:
        """Read the labels now, so that nobody who types waits for it."""
        self._read(concepts)

    def _read(self, concepts: Concepts) -> _Taxonomy:
        version = concepts.version()
        with self._lock:
            if self._taxonomy is None or version != self._taxonomy.version:
                self._taxonomy = self._opened(concepts, version)
            return self._taxonomy

    def _opened(self, concepts: Concepts, version: str | None) -> _Taxonomy:
        labels = list(concepts.all_labels())
        meanings = {kind: Meanings(self._encoder, labels, kind) for kind in _SUGGESTED}
        return _Taxonomy(version, _joined(labels), meanings)


def _spelled(labels: Mapping[Lang, _Labels], typed: str, kind: ConceptKind) -> list[str]:
    """Return the concepts whose labels have what was typed, nearest first."""
    found: dict[str, tuple[int, int, str]] = {}
    for lang, of_lang in labels.items():
        for asked in {typed, written_out(typed, lang)}:
            for uri, label in _having(of_lang, words(asked), kind):
                place = (_distance(label, asked.strip().casefold()), len(label), uri)
                found[uri] = min(found.get(uri, place), place)
    return sorted(found, key=lambda uri: found[uri])


def _joined(labels: Iterable[Labelled]) -> dict[Lang, _Labels]:
    lines: dict[Lang, list[tuple[str, str, ConceptKind]]] = {lang: [] for lang in Lang}
    for uri, kind, lang, label, _ in labels:
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
