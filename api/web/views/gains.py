"""What trainings open, drawn: a line for every offer, from its band before to that after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.schemas.upskill import AdvisedTraining, OpenedOffer
from matcher.domain.match import Band

#: Bands from left to right; what is not listed, or of which too little is known, stands first.
COLUMNS: Final = (None, Band.POSSIBLE, Band.GOOD, Band.STRONG)
#: Size of a column and of the drawing, in its own units.
_COLUMN: Final = 80.0
HEIGHT: Final = 28.0
WIDTH: Final = _COLUMN * len(COLUMNS)


@dataclass(frozen=True, slots=True)
class Rise:
    """One offer that a training opens.

    Parameters
    ----------
    opened
        The offer with both bands.
    before, after
        Where the bands stand in the drawing, from its left.
    """

    opened: OpenedOffer
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Gain:
    """One training, drawn.

    Parameters
    ----------
    training
        With all that it opens.
    share
        How many offers it opens, of the training that opens most: in full per cent.
    rises
        The offers that are drawn.
    """

    training: AdvisedTraining
    share: int
    rises: tuple[Rise, ...]

    @property
    def more(self) -> int:
        """How many offers it opens beyond those that are drawn."""
        return max(self.training.opens - len(self.rises), 0)


def gains(trainings: Sequence[AdvisedTraining]) -> tuple[Gain, ...]:
    """Return trainings as they are drawn, in their order."""
    most = max((one.opens for one in trainings), default=1)
    return tuple(
        Gain(
            one,
            round(100 * one.opens / max(most, 1)),
            tuple(
                Rise(each, _middle(each.band_before), _middle(each.band_after))
                for each in one.opened
            ),
        )
        for one in trainings
    )


def columns() -> tuple[float, ...]:
    """Return where the columns begin that the drawing is ruled by."""
    return tuple(_COLUMN * number for number in range(len(COLUMNS)))


def _middle(band: Band | None) -> float:
    known = band if band in COLUMNS else None
    return _COLUMN * (COLUMNS.index(known) + 0.5)
