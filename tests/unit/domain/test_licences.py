from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.codes import (
    LICENCE_GROUPS,
    LICENCE_INCLUDES,
    included_licences,
    licence_class,
)

held = st.lists(st.sampled_from(sorted(LICENCE_INCLUDES)), max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("licences", "included"),
    [
        ((), set()),
        (("AM",), {"AM"}),
        (("B",), {"B", "T", "AM"}),
        (("A",), {"A", "A2", "A1", "AM"}),
        (("C1",), {"C1", "B", "T", "AM"}),
        (("CE",), {"CE", "C", "C1E", "C1", "BE", "B", "T", "AM"}),
        (("A1", "B"), {"A1", "B", "T", "AM"}),
        (("X9",), {"X9"}),
    ],
)
def test_a_licence_includes_the_lower_classes(
    licences: tuple[str, ...], included: set[str]
) -> None:
    assert included_licences(licences) == included


def test_a_lorry_is_not_a_bus() -> None:
    assert "D" not in included_licences(("CE",))
    assert "DE" not in included_licences(("CE", "D1"))
    assert "C" not in included_licences(("DE",))


@given(held)
def test_what_is_included_includes_nothing_further(licences: tuple[str, ...]) -> None:
    included = included_licences(licences)
    assert set(licences) <= included
    assert included_licences(tuple(included)) == included


@given(held, held)
def test_more_licences_never_entitle_to_less(some: tuple[str, ...], more: tuple[str, ...]) -> None:
    assert included_licences(some) <= included_licences(some + more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B", "B"),
        (" ce ", "CE"),
        ("B-kortti", "B"),
        ("C1 E", "C1E"),
        ("C1ECE", "C1E"),
        ("A1A2A", "A1"),
        ("B96BE", "BE"),
        ("F", None),
        ("", None),
    ],
)
def test_codes_and_groups_are_read_as_classes(text: str, expected: str | None) -> None:
    assert licence_class(text) == expected


def test_every_group_means_a_class_that_is_part_of_its_name() -> None:
    for group, lowest in LICENCE_GROUPS.items():
        assert lowest in LICENCE_INCLUDES
        assert lowest in group


def test_who_may_drive_ce_and_d_may_drive_de() -> None:
    assert included_licences(("CE", "D")) - included_licences(("CE",)) - included_licences(
        ("D",)
    ) == {"DE", "D1E"}
