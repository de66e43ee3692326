"""What a client refused is compared as it says now, also after it has closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.index.publication import publish
from matcher.match.book import OfferBook
from matcher.match.sides import Offered
from matcher.match.wishes.book import WishBook
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.snapshots import write_snapshot
from tests.unit.index.samples import NOW, vacancy

RECORDS = RecordEncoder(FakeEncoder())
DRIVER = vacancy("v1", "Trukinkuljettaja", "trukin ajaminen", "keräily varastossa")
COOK = vacancy("v1", "Kokki", "ruoan valmistus", "keittiön siivous")
REFUSED = Feedback(
    id="f1",
    profile_id="p1",
    offer_id="v1",
    kind=OfferKind.VACANCY,
    action=Action.NOT_SUITABLE,
    reason=Reason.OTHER,
    at=NOW,
    by="key",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        store.profiles.upsert([Profile(id="p1")], NOW)
        store.feedback.add(REFUSED)
        yield store


def advertised_and_closed(store: Store, offer: Offer) -> None:
    store.offers(OfferKind.VACANCY).upsert([offer], NOW)
    store.offers(OfferKind.VACANCY).close([offer.id], NOW)


def test_a_closed_advertisement_that_was_rewritten_is_known_by_its_new_words(
    tmp_path: Path, store: Store
) -> None:
    publish(tmp_path, write_snapshot(tmp_path, {}, encoder=FakeEncoder(), revision=0, now=NOW))
    live, book = Live(tmp_path, store, RECORDS, lambda: NOW), OfferBook(store, RECORDS)
    wishes = WishBook(store, live, book, RECORDS)
    for written, other in ((DRIVER, COOK), (COOK, DRIVER)):
        advertised_and_closed(store, written)
        book.refresh(NOW.date(), live.snapshot)
        held = wishes.of(["p1"])["p1"]
        assert held.refuse(Profile(id="p1"), again(written))
        assert not held.refuse(Profile(id="p1"), again(other))


def again(offer: Offer) -> Offered:
    """Return an advertisement posted anew under another id."""
    anew = replace(offer, id="v2")
    return Offered(anew, RECORDS.offer_texts([anew])[0], RECORDS.encode_offers([anew]))
