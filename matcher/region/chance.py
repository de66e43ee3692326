"""Fast repeatable draws, and sentences with alternatives."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

_BLOCK = 8192
_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """Options with how often each is drawn.

    Parameters
    ----------
    options
        At least one.
    bounds
        Upper bounds of the options' shares, ascending, the last one 1.
    """

    options: tuple[T, ...]
    bounds: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[T, float]) -> Weighted[T]:
        """Return the options of a mapping to weights, which need not add up to 1."""
        total = sum(weights.values())
        shares = [weight / total for weight in weights.values()]
        return cls(tuple(weights), (*accumulate(shares[:-1]), 1.0))


class Dice:
    """Draws from a generator in blocks: single draws from numpy are slow.

    Parameters
    ----------
    rng
        Where the chance comes from; the same state gives the same draws.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._block: list[float] = []

    def roll(self) -> float:
        """Return a number from 0 up to, but not, 1."""
        if not self._block:
            self._block = self._rng.random(_BLOCK).tolist()
        return self._block.pop()

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.roll() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely."""
        return options[int(self.roll() * len(options))]

    def draw(self, weighted: Weighted[T]) -> T:
        """Return one of the options by its weight."""
        return weighted.options[bisect(weighted.bounds, self.roll())]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """Return `count` different options, or all of them, in random order."""
        rest = list(options)
        return [rest.pop(int(self.roll() * len(rest))) for _ in range(min(count, len(rest)))]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence in which some pieces have alternatives and some are slots.

    Parameters
    ----------
    pieces
        The alternatives of each piece, in order; plain text has one.
    """

    pieces: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Read ``"[Haen|Etsin] työtä, {wish}."``: alternatives in brackets, slots in braces."""
        pieces = _ALTERNATIVES.split(text)
        return cls(tuple(tuple(piece.split("|")) for piece in pieces if piece))

    def render(self, dice: Dice, slots: Mapping[str, object]) -> str:
        """Return the sentence with alternatives drawn and slots filled."""
        drawn = (p[0] if len(p) == 1 else dice.pick(p) for p in self.pieces)
        return "".join(drawn).format_map(slots)


def templates(texts: Sequence[str]) -> tuple[Template, ...]:
    """Parse a list of sentences."""
    return tuple(Template.parse(text) for text in texts)


def capitalised(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]
