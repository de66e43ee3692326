from __future__ import annotations

import pytest

from matcher.config import Settings
from matcher.domain.offer import OfferKind
from matcher.encode.text import profile_text
from matcher.errors import NotReadyError
from matcher.match import service
from matcher.match.service import open_service
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import NOW, TODAY, WELDER, WELDING, Region


@pytest.fixture
def settings(region: Region, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the region, whose encoder is the fake one under whatever name."""
    encoders = {"fake": FakeEncoder(256)}
    monkeypatch.setattr(service, "load_encoder", encoders.__getitem__)
    return Settings(home=region.root.parent, encoder="fake", retrieve=3)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """The stores that were closed so far."""
    stores: list[Store] = []
    close = Store.close

    def noting(self: Store) -> None:
        stores.append(self)
        close(self)

    monkeypatch.setattr(Store, "close", noting)
    return stores


def test_all_that_matching_needs_is_opened_from_the_settings(
    region: Region, settings: Settings
) -> None:
    region.add(WELDER, WELDING)
    region.publish()
    with open_service(settings, lambda: NOW) as opened:
        person = opened.store.profiles.get("welder")
        [lists] = opened.matcher.match([person], kinds=[OfferKind.VACANCY], on=TODAY)
        assert [match.offer_id for match in lists[OfferKind.VACANCY]] == ["v-weld"]
        assert opened.records.profile_texts([person]) == [profile_text(WELDER, {})]


def test_before_the_first_night_it_says_what_to_run_and_closes_the_store(
    settings: Settings, closed: list[Store]
) -> None:
    with (
        pytest.raises(NotReadyError, match="Run `matcher nightly` first"),
        open_service(settings, lambda: NOW),
    ):
        pass
    assert len(set(closed)) == 1


def test_the_store_is_closed_at_the_end(
    region: Region, settings: Settings, closed: list[Store]
) -> None:
    region.publish()
    with open_service(settings, lambda: NOW) as opened:
        assert closed == []
    assert closed == [opened.store]
