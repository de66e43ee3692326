"""A job stands in a list once; its other advertisements can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Place
from matcher.domain.text import LocalText
from matcher.match.copies import copies
from tests.unit.match.region import HELSINKI, TODAY, WELDING, Region, vacancy

SHOP = replace(WELDING, organisation="Konepaja Oy")
POSTED_AGAIN = replace(SHOP, id="v-again")
ELSEWHERE = replace(SHOP, id="v-helsinki", place=Place(municipalities=(HELSINKI,)))
OTHER = vacancy("v-other", "Kokki", "ruoanlaitto suurkeittiössä")


def found(region: Region, *listed: Vacancy) -> dict[str, list[str]]:
    matcher, corpus = region.matcher(), region.live().corpus(RecordKind.VACANCY)
    same = copies(listed, corpus, matcher.book, TODAY)
    return {id: [one.id for one in others] for id, others in same.items()}


@pytest.fixture
def posted(region: Region) -> Region:
    region.add(SHOP, POSTED_AGAIN, ELSEWHERE, OTHER)
    region.publish()
    return region


def test_the_same_words_of_one_employer_in_one_place_are_a_copy(posted: Region) -> None:
    assert found(posted, SHOP, OTHER) == {"v-weld": ["v-again"]}


def test_what_is_listed_itself_is_no_copy(posted: Region) -> None:
    assert found(posted, SHOP, POSTED_AGAIN) == {}


def test_a_copy_that_is_over_is_left_out(posted: Region) -> None:
    posted.add(replace(POSTED_AGAIN, expires=TODAY - timedelta(days=1)))
    assert found(posted, SHOP) == {}


def test_an_offer_that_is_not_indexed_has_no_copies(posted: Region) -> None:
    assert found(posted, replace(SHOP, id="v-new", title=LocalText(fi="Uusi"))) == {}
