"""What charts are drawn from; the words stand in the table beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Parameters
    ----------
    name
        What it is of.
    share
        Its length, as a share of the longest there can be.
    text
        Its value, as it is written at its end.
    """

    name: str
    share: float
    text: str


def bars(values: Sequence[tuple[str, float | None, str]], most: float | None = None) -> list[Bar]:
    """Return the bars of some values; what is not known, or hidden, has none.

    Parameters
    ----------
    values
        Name, value, and how it is written.
    most
        The value of the longest bar there can be; None stands for the greatest of these.
    """
    known = [(name, value, text) for name, value, text in values if value is not None]
    longest = most or max((value for _, value, _ in known), default=0) or 1
    return [Bar(name, min(1.0, value / longest), text) for name, value, text in known]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from the lower left to the upper right.

    Parameters
    ----------
    name
        What it is of.
    points
        Shares of 1 from the left and from the bottom.
    """

    name: str
    points: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, name: str, heights: Sequence[float]) -> Curve:
        """Return the curve through heights at even distances."""
        last = max(1, len(heights) - 1)
        return cls(name, tuple((at / last, height) for at, height in enumerate(heights)))
