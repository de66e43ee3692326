from __future__ import annotations

import pytest

from matcher.domain.access import (
    NAMED_PURPOSES,
    STANDING_PURPOSE,
    Grant,
    Role,
    same_organisation,
)
from matcher.errors import InputError

PLACED = [
    Role.COACH,
    Role.LEAD,
    Role.EMPLOYER,
    Role.INDICATORS,
    Role.DATA_PROTECTION,
]


@pytest.mark.parametrize("role", PLACED)
def test_roles_that_see_people_or_figures_need_a_municipality(role: Role) -> None:
    with pytest.raises(InputError, match=f"A key for the role {role} needs municipalities"):
        Grant(role=role)
    assert Grant(role=role, municipalities=("564",)).municipalities == ("564",)


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(InputError, match="'999' is no municipality code"):
        Grant(role=Role.COACH, municipalities=("564", "999"))


@pytest.mark.parametrize("organisation", ["", "  "])
def test_a_partner_is_of_an_organisation(organisation: str) -> None:
    with pytest.raises(InputError, match="partner needs an organisation"):
        Grant(role=Role.PARTNER, organisation=organisation)


def test_the_role_person_belongs_to_one_profile_and_no_other_role_does() -> None:
    assert Grant(role=Role.PERSON, profile_id="p1").profile_id == "p1"
    with pytest.raises(InputError, match="belongs to one profile"):
        Grant(role=Role.PERSON)
    with pytest.raises(InputError, match="belongs to one profile"):
        Grant(role=Role.ADMIN, profile_id="p1")


def test_a_role_that_looks_for_one_thing_only_names_no_other() -> None:
    assert set(STANDING_PURPOSE) & set(NAMED_PURPOSES) == set()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Oulun kaupunki", " oulun KAUPUNKI ", True),
        ("Ääneseudun Oy", "ÄÄNESEUDUN OY", True),
        ("Oulun kaupunki", "Oulun kaupungin talous", False),
        ("", "", False),
        (" ", "", False),
    ],
)
def test_organisations_are_compared_without_case_and_unknown_ones_differ(
    one: str, other: str, same: bool
) -> None:
    assert same_organisation(one, other) is same
