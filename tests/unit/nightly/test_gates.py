from __future__ import annotations

import pytest

from matcher.domain.kinds import RecordKind
from matcher.nightly.gates import Gate, size_gate


def sizes(vacancies: int, needs: int = 0) -> dict[RecordKind, int]:
    return dict.fromkeys(RecordKind, 0) | {
        RecordKind.VACANCY: vacancies,
        RecordKind.NEED: needs,
    }


@pytest.mark.parametrize(
    ("before", "now", "value", "passed"),
    [
        (10, 8, 8 / 10, True),
        (10, 7, 7 / 10, False),
        (10, 12, 12 / 10, True),
        (1, 0, 0.0, False),
    ],
)
def test_size_is_held_against_four_fifths_of_the_one_before(
    before: int, now: int, value: float, passed: bool
) -> None:
    (figure,) = size_gate(sizes(before), sizes(now))
    assert (figure.gate, figure.kind) == (Gate.SIZE, RecordKind.VACANCY)
    assert (figure.value, figure.at_least, figure.passed) == (value, 0.8, passed)


def test_each_kind_is_judged_by_itself() -> None:
    figures = size_gate(sizes(100, 10), sizes(200, 1))
    assert {figure.kind: figure.passed for figure in figures} == {
        RecordKind.VACANCY: True,
        RecordKind.NEED: False,
    }


def test_without_a_snapshot_before_there_is_nothing_to_compare() -> None:
    assert size_gate(sizes(0), sizes(5)) == []
