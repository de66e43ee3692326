"""Records and moments that the tests of the store speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matcher.domain.offer import Vacancy
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
TODAY = date(2026, 3, 1)
YESTERDAY = date(2026, 2, 28)


def profile(id: str, **changes: Any) -> Profile:
    """A profile from Oulu that says little."""
    return replace(Profile(id=id, municipality="564", text="Osaan hitsata."), **changes)


def vacancy(id: str, title: str = "Hitsaaja", **changes: Any) -> Vacancy:
    """An advertisement from a source named tmt."""
    return replace(Vacancy(id=id, source="tmt", title=LocalText(title)), **changes)
