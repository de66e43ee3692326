from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from matcher.domain.parts import Restriction
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.match.features import Feature
from matcher.match.learning.fairness import good_share, groups_of, means, out_of_bounds

ON = date(2026, 11, 22)


def test_who_tells_little_belongs_to_few_groups() -> None:
    assert groups_of(Profile(id="p"), Situation(), ON) == ("language fi", "no limits stated")


def test_home_age_first_language_and_limits_tell_groups() -> None:
    person = Profile(
        id="p",
        municipality="564",
        birth_date=date(2001, 11, 23),
        restrictions=(Restriction("ei raskaita nostoja"),),
    )
    assert groups_of(person, Situation(first_language="so", immigrant=True), ON) == (
        "language fi",
        "municipality 564",
        "age under 25",
        "first language other",
        "moved to Finland",
        "limits stated",
    )


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        (date(2001, 11, 22), "age 25 to 54"),
        (date(1971, 11, 23), "age 25 to 54"),
        (date(1971, 11, 22), "age from 55"),
    ],
)
def test_a_group_of_age_ends_on_the_birthday(birth: date, group: str) -> None:
    assert group in groups_of(Profile(id="p", birth_date=birth), Situation(), ON)


def test_only_the_first_ten_of_a_list_are_looked_at() -> None:
    weights = np.eye(len(Feature))[Feature.DENSE]
    listed = np.zeros((20, len(Feature)), np.float32)
    listed[:4, Feature.DENSE] = 0.9
    assert good_share(listed, weights) == pytest.approx(4 / 10)


def test_means_are_of_everybody_and_of_groups_of_ten() -> None:
    groups = [("a", "b")] * 9 + [("a",)] * 3
    assert means(groups, [1.0] * 9 + [5.0] * 3) == {"everybody": 2.0, "a": 2.0}
    assert means([], []) == {"everybody": 0.0}


def test_a_group_that_loses_or_whose_bands_go_their_own_way_is_told() -> None:
    changes = {"everybody": 0.1, "age from 55": -0.021, "language sv": -0.02}
    shifts = {"everybody": 0.04, "age from 55": -0.02, "language sv": 0.03}
    lost, apart = out_of_bounds(changes, shifts)
    assert lost == "age from 55 would lose 0.021 on average; at most 0.02 is allowed"
    assert apart.startswith(
        "the share of good matches among the first 10 of age from 55 would move by -0.020, "
        "for everybody by +0.040"
    )


def test_small_changes_are_within_bounds() -> None:
    assert list(out_of_bounds({"everybody": -0.5, "a": 0.0}, {"everybody": 0.05, "a": 0.0})) == []
