from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.domain.protected import ProtectedAttributes, Sex
from matcher.evaluate.fairness.groups import UNKNOWN, Attribute, group_of
from matcher.evaluate.fairness.rates import GroupRate, group_rates
from matcher.store.lists import ListOrder, Place

ON = date(2026, 11, 2)
KNOWN = ProtectedAttributes(
    profile_id="p1",
    birth_year=1971,
    sex=Sex.FEMALE,
    first_language="ar",
    unemployed_since=date(2025, 9, 1),
)


def a_list(id: str, band: Band, score: float = 0.5) -> ListOrder:
    place = Place(OfferKind.VACANCY, "v1", 1, score, band.value, False, None, 0)
    return ListOrder(id, (place,))


def rates(groups: Mapping[str, str], good: Mapping[str, bool]) -> dict[str, GroupRate]:
    """How the groups of sex fare, given each person's group and luck."""
    lists = [a_list(id, Band.GOOD if good[id] else Band.POSSIBLE) for id in sorted(groups)]

    def groups_of(ids: Sequence[str]) -> Mapping[Attribute, Sequence[str]]:
        return {
            attribute: [groups[id] if attribute is Attribute.SEX else UNKNOWN for id in ids]
            for attribute in Attribute
        }

    found = group_rates([lists[:7], lists[7:]], groups_of)
    return {one.group: one for one in found if one.attribute is Attribute.SEX}


def halves(n: int, good_f: int, good_m: int) -> dict[str, GroupRate]:
    """N women and n men, of whom some have a good match."""
    people = {f"{letter}{i:03}": letter for letter in "fm" for i in range(n)}
    lucky = {"f": good_f, "m": good_m}
    return rates(people, {id: int(id[1:]) < lucky[letter] for id, letter in people.items()})


def test_a_group_is_counted_and_held_against_the_others() -> None:
    found = halves(50, 20, 40)
    women = found["f"]
    assert (women.people, women.good and women.good.value) == (50, 0.4)
    assert women.ratio is not None
    assert women.ratio.value == pytest.approx(0.5)


def test_a_group_that_is_surely_below_four_fifths_does_not_pass() -> None:
    found = halves(200, 60, 120)
    assert (found["f"].passes, found["m"].passes) == (False, True)


def test_chance_alone_stops_nothing() -> None:
    # Six of ten against eight of ten is a ratio of .75, and may well be chance.
    found = halves(10, 6, 8)
    assert found["f"].ratio is not None
    assert found["f"].ratio.value == pytest.approx(0.75)
    assert found["f"].passes


def test_small_groups_are_hidden_with_all_their_figures() -> None:
    people = {f"f{i}": "f" for i in range(20)} | {f"m{i}": "m" for i in range(20)}
    people |= {f"o{i}": "o" for i in range(3)}
    found = rates(people, dict.fromkeys(people, True))
    assert found["o"] == GroupRate(Attribute.SEX, "o")
    # Another one goes with it: else the sum would tell.
    assert sorted(one.people or 0 for one in found.values()) == [0, 0, 20]


def test_who_nothing_is_known_of_is_shown_and_stops_nothing() -> None:
    people = {f"f{i:03}": "f" for i in range(100)} | {f"u{i:03}": UNKNOWN for i in range(100)}
    found = rates(people, {id: id[0] == "f" for id in people})
    assert found[UNKNOWN].people == 100
    assert found[UNKNOWN].passes


def test_whom_offers_put_first_is_exposed_more() -> None:
    lists = [a_list(f"f{i}", Band.GOOD, 0.9) for i in range(5)]
    lists += [a_list(f"m{i}", Band.GOOD, 0.1) for i in range(5)]

    def groups_of(ids: Sequence[str]) -> Mapping[Attribute, Sequence[str]]:
        return {attribute: [id[0] for id in ids] for attribute in Attribute}

    found = {
        one.group: one.exposure.value
        for one in group_rates([lists], groups_of)
        if one.attribute is Attribute.SEX and one.exposure
    }
    assert found["f"] > 1 > found["m"]
    assert (found["f"] + found["m"]) / 2 == pytest.approx(1)


@pytest.mark.parametrize(
    ("attribute", "group"),
    [
        (Attribute.AGE, "55 and over"),
        (Attribute.SEX, "female"),
        (Attribute.LANGUAGE, "other"),
        (Attribute.MUNICIPALITY, "564"),
        (Attribute.DURATION, "1–2 years"),
    ],
)
def test_a_person_is_in_one_group_of_each_attribute(attribute: Attribute, group: str) -> None:
    assert group_of(attribute, KNOWN, "564", ON) == group
    assert group_of(attribute, None, None, ON) == UNKNOWN
    assert group_of(attribute, ProtectedAttributes(profile_id="p"), None, ON) == UNKNOWN


@pytest.mark.parametrize(
    ("year", "group"), [(2002, "under 25"), (2001, "25–34"), (1982, "35–44"), (1981, "45–54")]
)
def test_ages_have_the_ends_that_their_names_say(year: int, group: str) -> None:
    person = ProtectedAttributes(profile_id="p", birth_year=year)
    assert group_of(Attribute.AGE, person, None, ON) == group


def test_without_lists_there_is_nothing_to_tell() -> None:
    assert group_rates([], lambda ids: {}) == []
