"""What trainings open, on a page."""

from __future__ import annotations

import re

import pytest

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp
from matcher.store.train_ups import StoredTrainUps
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

PAGE = "/clients/p-oulu-2/upskill"


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser, after a night that has advised a training."""
    opened = (
        BriefOpened(OfferKind.VACANCY, "v-welder", None, Band.GOOD, 0.25, 0.5),
        BriefOpened(OfferKind.NEED, "n-survey", Band.GOOD, Band.GOOD, 0.5, 0.5),
    )
    with api.store() as store:
        advised = (BriefTrainUp("t-welding", 3, 0.75, opened),)
        stored = StoredTrainUps("p-oulu-2", api.snapshot, "prior", NOW, advised)
        store.train_ups.replace_many([stored])
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def test_each_training_shows_the_jobs_that_it_opens_before_and_after(coach: Visitor) -> None:
    page = coach.get(PAGE).text
    assert "Avaa 3 työpaikkaa" in page
    assert "ja 1 muu työ" in page
    cells = re.findall(r'<td data-label="(Ennen|Jälkeen)">([^<]+)</td>', page)
    assert cells == [
        ("Ennen", "ei listalla"),
        ("Jälkeen", "sopii hyvin"),
        ("Ennen", "sopii hyvin"),
        ("Jälkeen", "sopii hyvin: entistä paremmin, tai ehto täyttyy"),
    ]


def test_only_a_job_that_rises_is_drawn_with_an_arrow(coach: Visitor) -> None:
    page = coach.get(PAGE).text
    assert page.count('class="rise-after"') == 2
    assert page.count('class="rise-line"') == 1


def test_where_nothing_is_opened_it_says_so(coach: Visitor) -> None:
    page = coach.get("/clients/p-oulu-3/upskill").text
    assert "Mikään saavutettavissa oleva koulutus ei avaa asiakkaalle lisää töitä." in page


def test_another_municipality_sees_nobody(api: ApiUnderTest) -> None:
    visitor = Visitor(api)
    visitor.sign_in("other coach")
    assert visitor.get(PAGE).status_code == 404
