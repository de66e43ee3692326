from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from matcher.domain.parts import Cefr, Commute, Hours, Place


def test_language_levels_rise_from_a1_to_mother_tongue() -> None:
    assert [(level.value, level.rank) for level in Cefr] == [
        ("A1", 0),
        ("A2", 1),
        ("B1", 2),
        ("B2", 3),
        ("C1", 4),
        ("C2", 5),
        ("native", 6),
    ]


def test_what_was_not_told_is_unknown() -> None:
    assert Commute() == Commute(max_km=None, own_car=None, relocation=None, remote=None)
    assert Hours() == Hours(times=None, extents=None, per_week=None)
    assert Place().remote is None


def test_parts_cannot_be_changed() -> None:
    place = Place(municipalities=("564",))
    with pytest.raises(FrozenInstanceError):
        place.remote = True  # type: ignore[misc]  # what the test is about
