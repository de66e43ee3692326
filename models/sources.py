"""Where batches of training pairs come from.

Every text is held once. A source draws a batch of pairs; each side of a pair is a bag of text
ids, so that a pseudo-profile costs no more than a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

LANGUAGES = ("fi", "sv", "en")
CROSSING = tuple((a, b) for a in LANGUAGES for b in LANGUAGES if a != b)
ANY_TWO = tuple((a, b) for a in LANGUAGES for b in LANGUAGES)

Bag = tuple[int, ...]
Bags = list[Bag]
Names = dict[str, list[int]]  # language to text ids


class Texts:
    """All training texts, each once."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Return the id of a text, new or known."""
        return self.ids.setdefault(text, len(self.ids))


class Source(Protocol):
    """Where batches of pairs come from."""

    def draw(self, size: int, rng: np.random.Generator) -> tuple[Bags, Bags]:
        """Draw at most `size` pairs; the left sides stand for different things."""
        ...


@dataclass
class Labels:
    """Concepts with names in several languages: any two names of one concept are a pair.

    Parameters
    ----------
    concepts
        The names of each concept.
    disturbed
        Name to its disturbed forms, which now and then stand for it.
    directions
        Pairs of languages; a batch is in one of them, so that every negative is in the
        language of the positive.
    """

    concepts: list[Names]
    disturbed: dict[int, list[int]]
    directions: Sequence[tuple[str, str]] = ANY_TWO
    disturb: float = 0.3

    def draw(self, size: int, rng: np.random.Generator) -> tuple[Bags, Bags]:
        """Draw concepts, and a name of each in either language."""
        left_lang, right_lang = self.directions[rng.integers(len(self.directions))]
        left: Bags = []
        right: Bags = []
        for at in rng.permutation(len(self.concepts)):
            pair = self._pair(self.concepts[at], left_lang, right_lang, rng)
            if pair is not None:
                left.append((pair[0],))
                right.append((pair[1],))
            if len(left) == size:
                break
        return left, right

    def _pair(
        self, names: Names, left_lang: str, right_lang: str, rng: np.random.Generator
    ) -> tuple[int, int] | None:
        if not names.get(left_lang):
            return None
        one = one_of(names[left_lang], rng)
        others = [name for name in names.get(right_lang, ()) if name != one]
        others = others or self.disturbed.get(one, [])
        if not others:
            return None
        if one in self.disturbed and rng.random() < self.disturb:
            return one_of(self.disturbed[one], rng), one_of(others, rng)
        return one, one_of(others, rng)


@dataclass
class Pairs:
    """Fixed pairs of bags."""

    pairs: list[tuple[Bag, Bag]]

    def draw(self, size: int, rng: np.random.Generator) -> tuple[Bags, Bags]:
        """Draw pairs with different left sides."""
        chosen = dict(self.pairs[at] for at in rng.integers(len(self.pairs), size=size))
        return list(chosen), list(chosen.values())


@dataclass
class Profiles:
    """Pseudo-profiles: some skills of an occupation against its name and other skills of it.

    Parameters
    ----------
    occupations
        The names of each occupation, and those of its skills, two at least.
    """

    occupations: list[tuple[Names, list[Names]]]
    longest: int = 10

    def draw(self, size: int, rng: np.random.Generator) -> tuple[Bags, Bags]:
        """Draw occupations; each side is in one language."""
        left_lang, right_lang = (LANGUAGES[at] for at in rng.integers(len(LANGUAGES), size=2))
        left: Bags = []
        right: Bags = []
        for at in rng.permutation(len(self.occupations))[:size]:
            names, skills = self.occupations[at]
            order = rng.permutation(len(skills))
            cut = 1 + int(rng.integers(min(self.longest, len(skills) - 1)))
            asked = [one_of(skills[at][right_lang], rng) for at in order[cut : cut + self.longest]]
            if rng.random() < 0.7:
                asked.append(one_of(names[right_lang], rng))
            left.append(tuple(one_of(skills[at][left_lang], rng) for at in order[:cut]))
            right.append(tuple(asked))
        return left, right


@dataclass
class Parts:
    """Long texts: one sentence against the rest of its text.

    Parameters
    ----------
    texts
        The sentences of each text, two at least.
    """

    texts: list[Bag]

    def draw(self, size: int, rng: np.random.Generator) -> tuple[Bags, Bags]:
        """Draw texts and split each."""
        left: Bags = []
        right: Bags = []
        for at in rng.integers(len(self.texts), size=size):
            parts = self.texts[at]
            one = int(rng.integers(len(parts)))
            left.append((parts[one],))
            right.append(parts[:one] + parts[one + 1 :])
        return left, right


def one_of(ids: Sequence[int], rng: np.random.Generator) -> int:
    """Draw one id."""
    return ids[int(rng.integers(len(ids)))]
