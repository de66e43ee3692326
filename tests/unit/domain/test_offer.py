from __future__ import annotations

import pytest

from matcher.domain.offer import (
    OFFER_TYPES,
    CompanyNeed,
    Offer,
    OfferKind,
    Service,
    Training,
    Vacancy,
    kind_of,
)


@pytest.mark.parametrize(
    ("offer", "kind"),
    [
        (Vacancy(id="1"), OfferKind.VACANCY),
        (CompanyNeed(id="1"), OfferKind.NEED),
        (Training(id="1"), OfferKind.TRAINING),
        (Service(id="1"), OfferKind.SERVICE),
    ],
)
def test_an_offer_knows_its_kind(offer: Offer, kind: OfferKind) -> None:
    assert kind_of(offer) is kind
    assert OFFER_TYPES[kind] is type(offer)


def test_every_kind_has_a_type() -> None:
    assert OFFER_TYPES.keys() == set(OfferKind)


def test_offers_of_different_kinds_are_never_equal() -> None:
    one: Offer = Vacancy(id="1")
    assert one != CompanyNeed(id="1")


def test_a_need_is_hidden_unless_it_says_otherwise() -> None:
    assert CompanyNeed(id="1").hidden is True
