"""Train-ups: those of the night as long as they hold, else made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp
from matcher.store.train_ups import StoredTrainUps
from tests.api.conftest import NOW, VACANCY
from tests.api.service import ApiUnderTest

PATH = "/v1/profiles/p-oulu-2/upskill"
OPENED = BriefOpened(OfferKind.VACANCY, "v-welder", None, Band.GOOD, 0.25, 0.5)


@pytest.fixture
def training(api: ApiUnderTest) -> str:
    """Id of a training of the region."""
    with api.store() as store:
        return str(store.offers(OfferKind.TRAINING).ids()[0])


@pytest.fixture
def stored(api: ApiUnderTest, training: str) -> ApiUnderTest:
    """The application after a night that has advised that training."""
    advised = (BriefTrainUp(training, 3, 0.75, (OPENED,)),)
    with api.store() as store:
        store.train_ups.replace_many(
            [StoredTrainUps("p-oulu-2", api.snapshot, "prior", NOW, advised)]
        )
    return api


def test_what_the_night_advised_is_shown_with_the_offers_it_opens(
    stored: ApiUnderTest, training: str
) -> None:
    answer = stored.json("coach", "GET", f"{PATH}?lang=fi")
    assert answer["made_at"] is not None
    [one] = answer["trainings"]
    assert (one["rank"], one["training"]["id"], one["opens"]) == (1, training, 3)
    [opened] = one["opened"]
    assert (opened["offer"]["id"], opened["offer"]["title"]) == ("v-welder", "Hitsaaja")
    assert (opened["band_before"], opened["band_after"]) == (None, "good")


def test_an_offer_that_has_closed_since_is_left_out(stored: ApiUnderTest) -> None:
    with stored.store() as store:
        over = replace(VACANCY, expires=NOW.date() - timedelta(days=1))
        store.offers(OfferKind.VACANCY).upsert([over], NOW)
    assert stored.json("coach", "GET", PATH)["trainings"][0]["opened"] == []


def test_of_a_person_who_has_changed_it_is_made_anew(stored: ApiUnderTest) -> None:
    with stored.store() as store:
        person = replace(store.profiles.get("p-oulu-2"), text="Muuta.")
        store.profiles.upsert([person], NOW + timedelta(hours=1))
    assert stored.json("coach", "GET", PATH)["made_at"] is None


def test_a_wish_said_since_the_night_is_heeded(stored: ApiUnderTest) -> None:
    said = {
        "kind": "vacancy",
        "offer_id": "v-welder",
        "action": "not_suitable",
        "reason": "other",
        "text": "ei käy",
    }
    assert stored.call("coach", "POST", "/v1/profiles/p-oulu-2/feedback", said).status_code == 201
    assert stored.json("coach", "GET", PATH)["made_at"] is None


def test_without_a_night_it_is_made_for_the_request(api: ApiUnderTest) -> None:
    answer = api.json("coach", "GET", PATH)
    assert (answer["made_at"], answer["snapshot"]) == (None, api.snapshot)


def test_another_municipality_hears_of_nobody(stored: ApiUnderTest) -> None:
    assert stored.call("other coach", "GET", PATH).status_code == 404
