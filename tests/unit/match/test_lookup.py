"""Offers are found by what one remembers of their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.match.lookup import OfferLookup
from tests.unit.match.region import COOKING, NEED, SERVICE, TODAY, TRAINING, WELDING, Region

SHIPYARD = replace(WELDING, id="v-yard", organisation="Telakka Oy")


def called(region: Region, words: str, k: int = 10, *kinds: OfferKind) -> list[str]:
    book = region.matcher().book
    lookup = OfferLookup(region.live(), book, region.records)
    return [one.id for one in lookup.find(words, kinds or tuple(OfferKind), k=k, on=TODAY)]


@pytest.fixture
def named(region: Region) -> Region:
    region.add(COOKING, SHIPYARD, WELDING, NEED, TRAINING, SERVICE)
    region.publish()
    return region


def test_the_offer_whose_name_is_most_like_the_words_comes_first(named: Region) -> None:
    assert called(named, "hitsaaja")[0] == "v-weld"
    assert called(named, "Telakka hitsaaja")[0] == "v-yard"


def test_a_letter_may_be_wrong(named: Region) -> None:
    assert called(named, "hitsaja telaka")[0] == "v-yard"


def test_what_is_called_otherwise_is_not_found(named: Region) -> None:
    assert called(named, "kokki") == ["v-cook"]


def test_only_kinds_and_numbers_that_are_asked_for_come(named: Region) -> None:
    assert called(named, "hitsaaja", 10, OfferKind.TRAINING) == ["t-weld"]
    assert called(named, "hitsaaja", 1) == ["v-weld"]


def test_what_is_over_is_not_found(named: Region) -> None:
    named.add(replace(COOKING, expires=TODAY - timedelta(days=1)))
    assert called(named, "kokki") == []


def test_without_words_it_says_what_to_give(named: Region) -> None:
    with pytest.raises(InputError, match="Nothing is asked for"):
        called(named, "  ")
