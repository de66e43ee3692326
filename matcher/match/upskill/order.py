"""In which order two trainings can be taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from matcher.domain.offer import Training

_DAYS_A_MONTH: Final = 30.44


def can_follow(first: Training, second: Training) -> bool:
    """Tell whether one training can be finished before another starts; unknown dates allow it."""
    end, start = _end(first), second.availability.start
    return end is None or start is None or end <= start


def sooner(training: Training) -> tuple[bool, date, bool, float, str]:
    """Return a key that puts first what starts first, then what is shorter; unknown last."""
    start, months = training.availability.start, training.duration_months
    return start is None, start or date.max, months is None, months or 0.0, training.id


def _end(training: Training) -> date | None:
    """Return the last day as told, or as the start and the length of full studies give it."""
    start, months = training.availability.start, training.duration_months
    if training.availability.end is not None:
        return training.availability.end
    if start is None or months is None:
        return None
    return start + timedelta(days=round(months * _DAYS_A_MONTH))
