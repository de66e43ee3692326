"""What was decided about the weights that rank, and when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class Decision(StrEnum):
    """What became of weights."""

    PROMOTED = "promoted"
    BETTER = "better"
    KEPT_OUT = "kept_out"
    CHOSEN = "chosen"


#: After these the weights are in use: they were better and asked for, or somebody chose them.
PUT_TO_USE: Final = frozenset({Decision.PROMOTED, Decision.CHOSEN})


@dataclass(frozen=True, slots=True)
class RankerEntry:
    """One decision.

    Parameters
    ----------
    revision
        Of the weights, told by what they are; None if there was too little to fit any.
    encoder
        Revision of the encoder whose features they weigh.
    weights
        By name of the feature; empty without a revision.
    decision
        What became of them.
    figures
        What the decision rests on; empty where somebody chose.
    at
        When, in UTC.
    by
        Whose decision.
    """

    revision: str | None
    encoder: str
    weights: Mapping[str, float]
    decision: Decision
    figures: Mapping[str, Any]
    at: datetime
    by: str
