from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from matcher.domain.offer import Offer, OfferKind
from matcher.domain.text import LocalText
from matcher.encode.words import text_digest
from matcher.match.book import OfferBook
from matcher.store.repository import Repository
from tests.unit.match.region import COOKING, NOW, TODAY, WELDING, Region

VACANCY = OfferKind.VACANCY


@pytest.fixture
def book(region: Region) -> OfferBook:
    region.add(WELDING, COOKING)
    return OfferBook(region.store, region.records)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Ids of every read of the store, in order."""
    reads: list[list[str]] = []
    get_many = Repository.get_many

    def noting(self: Repository[Offer], ids: Sequence[str]) -> dict[str, Offer]:
        reads.append(list(ids))
        return get_many(self, ids)

    monkeypatch.setattr(Repository, "get_many", noting)
    return reads


def test_an_entry_is_the_offer_with_its_words_and_their_fingerprint(
    book: OfferBook, region: Region
) -> None:
    entry = book.get(VACANCY, ["v-weld"])["v-weld"]
    [words] = region.records.offer_texts([WELDING])
    assert (entry.offer, entry.words, entry.digest) == (WELDING, words, text_digest(words))


def test_offers_that_do_not_exist_are_absent(book: OfferBook) -> None:
    assert list(book.get(VACANCY, ["v-weld", "gone", "v-cook"])) == ["v-weld", "v-cook"]
    assert book.get(OfferKind.NEED, ["v-weld"]) == {}


def test_an_offer_is_read_once_while_nothing_changes(
    book: OfferBook, read: list[list[str]]
) -> None:
    book.get(VACANCY, ["v-weld"])
    book.get(VACANCY, ["v-weld", "v-cook"])
    book.get(VACANCY, ["v-cook", "v-weld"])
    assert read == [["v-weld"], ["v-cook"]]


def test_a_change_in_the_store_is_seen_after_a_refresh_and_the_rest_is_kept(
    book: OfferBook, region: Region, read: list[list[str]]
) -> None:
    book.refresh(TODAY, "s1")
    book.get(VACANCY, ["v-weld", "v-cook"])
    changed = replace(WELDING, title=LocalText(fi="Levyseppä"))
    region.add(changed)
    book.refresh(TODAY, "s1")
    entry = book.get(VACANCY, ["v-weld", "v-cook"])["v-weld"]
    assert entry.offer == changed
    assert entry.words.phrases[0].shown == "Levyseppä"
    assert read == [["v-weld", "v-cook"], ["v-weld"]]


def test_a_deleted_offer_is_forgotten(book: OfferBook, region: Region) -> None:
    book.refresh(TODAY, "s1")
    book.get(VACANCY, ["v-weld"])
    region.store.offers(VACANCY).delete("v-weld", NOW)
    book.refresh(TODAY, "s1")
    assert book.get(VACANCY, ["v-weld"]) == {}


def test_with_another_snapshot_all_is_read_anew(book: OfferBook, read: list[list[str]]) -> None:
    for snapshot in ("s1", "s1", "s2"):
        book.refresh(TODAY, snapshot)
        book.get(VACANCY, ["v-weld"])
    assert read == [["v-weld"], ["v-weld"]]


def test_only_so_many_are_kept_the_latest_ones(region: Region, read: list[list[str]]) -> None:
    region.add(WELDING, COOKING)
    book = OfferBook(region.store, region.records, room=1)
    assert list(book.get(VACANCY, ["v-weld", "v-cook"])) == ["v-weld", "v-cook"]
    book.get(VACANCY, ["v-cook"])
    book.get(VACANCY, ["v-weld"])
    assert read == [["v-weld", "v-cook"], ["v-weld"]]


def test_room_can_be_made_and_is_never_taken_away(region: Region, read: list[list[str]]) -> None:
    region.add(WELDING, COOKING)
    book = OfferBook(region.store, region.records, room=1)
    book.make_room(2)
    book.make_room(1)
    book.get(VACANCY, ["v-weld", "v-cook"])
    book.get(VACANCY, ["v-weld"])
    assert read == [["v-weld", "v-cook"]]


def test_what_was_read_while_a_change_came_in_is_not_kept(
    book: OfferBook, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = replace(WELDING, title=LocalText(fi="Levyseppä"))
    get_many = Repository.get_many

    def overtaken(self: Repository[Offer], ids: Sequence[str]) -> dict[str, Offer]:
        found = get_many(self, ids)
        region.add(changed)
        book.refresh(TODAY, "s1")
        return found

    book.refresh(TODAY, "s1")
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "get_many", overtaken)
        assert book.get(VACANCY, ["v-weld"])["v-weld"].offer == WELDING
    assert book.get(VACANCY, ["v-weld"])["v-weld"].offer == changed


def test_it_is_told_whether_offers_changed_after_a_revision(
    book: OfferBook, region: Region
) -> None:
    before = region.store.revision()
    region.add(replace(WELDING, title=LocalText(fi="Levyseppä")))
    book.refresh(TODAY, "s1")
    assert not book.same_since(before, [(VACANCY, "v-cook"), (VACANCY, "v-weld")])
    assert book.same_since(before, [(VACANCY, "v-cook"), (OfferKind.NEED, "v-weld")])
    assert book.same_since(region.store.revision(), [(VACANCY, "v-weld")])


def test_a_book_knows_only_what_changed_since_it_was_opened(
    book: OfferBook, region: Region
) -> None:
    revision = region.store.revision()
    shown = [(VACANCY, "v-weld")]
    book.refresh(TODAY, "snapshot")
    assert book.same_since(revision, shown)
    region.store.offers(VACANCY).upsert([replace(WELDING, title=LocalText(fi="Muu"))], NOW)
    book.refresh(TODAY, "snapshot")
    assert not book.same_since(revision, shown)
    later = OfferBook(region.store, region.records)
    assert not later.same_since(revision, shown)
    assert later.same_since(region.store.revision(), shown)
