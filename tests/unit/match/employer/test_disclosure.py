from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.insight import Helping, Insight, Obstacle
from matcher.domain.match import Band, GateKind
from matcher.domain.parts import Support
from matcher.match.employer.disclosure import SMALLEST, disclosed

STRONG, GOOD, POSSIBLE, LITTLE = Band


def insight(*bands: int, obstacles: list[Obstacle] | None = None) -> Insight:
    """An insight with people in each band, all of whom every support could help."""
    counts = dict(zip(Band, bands, strict=True))
    supports = (
        Helping(Support.WORK_TRIAL, True, counts[POSSIBLE] + counts[LITTLE]),
        Helping(Support.PAY_SUBSIDY, False, counts[GOOD] + counts[POSSIBLE]),
    )
    return Insight(counts, tuple(obstacles or ()), supports)


@pytest.mark.parametrize(
    ("bands", "told", "at_least"),
    [
        ((6, 5, 4, 0), [6, 5, None, None], 11),
        ((4, 4, 4, 4), [None] * 4, None),
        ((30, 0, 0, 0), [30, None, None, None], 30),
    ],
)
def test_counts_below_five_are_not_told_nor_is_nought(
    bands: tuple[int, ...], told: list[int | None], at_least: int | None
) -> None:
    found = disclosed(insight(*bands))
    assert list(found.bands.values()) == told
    assert found.at_least == at_least


def test_a_support_for_whole_bands_tells_no_more_than_the_bands() -> None:
    found = disclosed(insight(0, 7, 10, 3))
    assert [(one.support, one.people) for one in found.supports] == [
        (Support.WORK_TRIAL, 10),
        (Support.PAY_SUBSIDY, 17),
    ]


@pytest.mark.parametrize(
    ("out", "alone", "told"),
    [
        (20, 12, (20, 12)),
        (14, 12, (12, 12)),
        (7, 3, (None, None)),
        (9, 3, (9, None)),
        (4, 4, (None, None)),
    ],
)
def test_people_with_another_obstacle_beside_are_not_counted_out_by_subtraction(
    out: int, alone: int, told: tuple[int | None, int | None]
) -> None:
    [found] = disclosed(
        insight(0, 0, 0, 0, obstacles=[Obstacle(GateKind.CARD, "022", out, alone)])
    ).obstacles
    assert (found.shuts_out, found.brings) == told


@pytest.mark.parametrize(("silent", "told"), [(25, 25), (26, 30), (30, 30), (3, None)])
def test_nearly_all_are_told_as_all(silent: int, told: int | None) -> None:
    obstacles = [Obstacle(None, "hitsaus", silent, 0)]
    [found] = disclosed(insight(0, 0, 30, 0, obstacles=obstacles)).obstacles
    assert (found.shuts_out, found.brings) == (told, None)


@given(
    st.lists(st.integers(0, 12), min_size=4, max_size=4),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_no_difference_of_two_numbers_is_a_small_group(
    bands: list[int], out: int, alone: int
) -> None:
    alone = min(out, alone)
    found = disclosed(insight(*bands, obstacles=[Obstacle(GateKind.CARD, "022", out, alone)]))
    [obstacle] = found.obstacles
    if obstacle.shuts_out is not None and obstacle.brings is not None:
        between = obstacle.shuts_out - obstacle.brings
        assert between == 0 or between >= SMALLEST
    shown = sum(count or 0 for count in found.bands.values())
    assert found.at_least in {None, shown}
    for one in found.supports:
        whole = {
            Support.WORK_TRIAL: (POSSIBLE, LITTLE),
            Support.PAY_SUBSIDY: (GOOD, POSSIBLE),
        }[one.support]
        assert (one.people or 0) - sum(found.bands[band] or 0 for band in whole) <= 0
