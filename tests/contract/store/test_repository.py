from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from matcher.domain.offer import CompanyNeed, Offer, OfferKind, Service, Training, Vacancy
from matcher.domain.parts import Cefr, LanguageSkill, Place, Requirement, Support
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError, NotFoundError, StoreError
from matcher.store.records import RowInfo, State, UpsertCounts
from matcher.store.repository import Repository
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, YESTERDAY, profile, vacancy


@pytest.fixture
def profiles(store: Store) -> Repository[Profile]:
    return store.profiles


@pytest.fixture
def vacancies(store: Store) -> Repository[Offer]:
    return store.offers(OfferKind.VACANCY)


def test_a_profile_comes_back_as_it_was(profiles: Repository[Profile]) -> None:
    mapped = profile(
        "p1",
        language=Lang.SV,
        text="Åsa ☃ \x00 \N{GRINNING FACE}",
        languages=(LanguageSkill("sv", Cefr.NATIVE), LanguageSkill("fi")),
        licences=(),
        cards=None,
        birth_date=YESTERDAY,
    )
    profiles.upsert([mapped], NOON)
    assert profiles.get("p1") == mapped


@pytest.mark.parametrize(
    ("kind", "offer"),
    [
        (OfferKind.VACANCY, Vacancy(id="1", requirements=(Requirement("hitsaus"),), places=2)),
        (OfferKind.NEED, CompanyNeed(id="1", support=(Support.PAY_SUBSIDY,), owner="key-1")),
        (OfferKind.TRAINING, Training(id="1", outcomes=("osaa hitsata",), duration_months=4.5)),
        (OfferKind.SERVICE, Service(id="1", helps_with=("velat",), title=LocalText(sv="Råd"))),
    ],
)
def test_each_kind_of_offer_keeps_its_own_fields(
    store: Store, kind: OfferKind, offer: Offer
) -> None:
    store.offers(kind).upsert([offer], NOON)
    assert store.offers(kind).get("1") == offer


def test_kinds_do_not_mix(store: Store) -> None:
    store.offers(OfferKind.VACANCY).upsert([vacancy("1")], NOON)
    with pytest.raises(NotFoundError, match="There is no training '1'"):
        store.offers(OfferKind.TRAINING).get("1")


def test_storing_again_changes_nothing(vacancies: Repository[Offer]) -> None:
    ads = [vacancy("a"), vacancy("b")]
    assert vacancies.upsert(ads, NOON) == UpsertCounts(new=2, changed=0, unchanged=0)
    before = vacancies.info("b")
    assert vacancies.upsert(ads, LATER) == UpsertCounts(new=0, changed=0, unchanged=2)
    assert vacancies.info("b") == before


def test_changed_content_takes_a_new_revision(vacancies: Repository[Offer]) -> None:
    vacancies.upsert([vacancy("a"), vacancy("b")], NOON)
    counts = vacancies.upsert([vacancy("a"), vacancy("b", "Maalari")], LATER)
    assert counts == UpsertCounts(new=0, changed=1, unchanged=1)
    assert vacancies.info("b") == RowInfo("b", "tmt", None, None, State.OPEN, 3, NOON, LATER)
    assert vacancies.get("b").title.fi == "Maalari"


def test_of_several_records_with_one_id_the_last_wins(vacancies: Repository[Offer]) -> None:
    counts = vacancies.upsert([vacancy("a", "x"), vacancy("a", "y"), vacancy("a", "y")], NOON)
    assert counts == UpsertCounts(new=1, changed=1, unchanged=1)
    assert vacancies.get("a").title.fi == "y"
    assert vacancies.info("a").revision == 1


def test_nothing_to_store_is_fine(store: Store) -> None:
    assert store.profiles.upsert([], NOON) == UpsertCounts(0, 0, 0)
    assert store.revision() == 0


def test_a_batch_with_an_id_of_another_source_leaves_nothing_behind(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    vacancies.upsert([vacancy("a")], NOON)
    with pytest.raises(InputError, match="'a' of source 'kuntarekry' belongs to source 'tmt'"):
        vacancies.upsert([vacancy("0"), vacancy("a", source="kuntarekry")], LATER)
    assert vacancies.ids() == ["a"]
    assert store.revision() == 1


def test_a_batch_that_the_database_refuses_leaves_nothing_behind(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    vacancies.upsert([vacancy("a")], NOON)
    nameless = replace(vacancy("z"), source=None)  # type: ignore[arg-type]  # as a bug would
    with pytest.raises(StoreError) as caught:
        vacancies.upsert([vacancy("a", "Maalari"), vacancy("b"), nameless], LATER)
    assert "Maalari" not in f"{caught.value} {caught.value.__cause__}"
    assert vacancies.ids() == ["a"]
    assert vacancies.get("a").title.fi == "Hitsaaja"
    assert store.revision() == 1


def test_many_records_are_more_than_one_statement(vacancies: Repository[Offer]) -> None:
    ads = [vacancy(f"v{n:04d}") for n in range(2_000)]
    assert vacancies.upsert(ads, NOON) == UpsertCounts(2_000, 0, 0)
    assert vacancies.upsert(ads, NOON) == UpsertCounts(0, 0, 2_000)
    assert vacancies.get_many([ad.id for ad in ads]) == {ad.id: ad for ad in ads}
    assert vacancies.close_missing("tmt", {"v0000"}, LATER) == 1_999


def test_moments_are_kept_in_utc(vacancies: Repository[Offer]) -> None:
    helsinki = timezone(timedelta(hours=2))
    vacancies.upsert([vacancy("a")], NOON.astimezone(helsinki))
    assert vacancies.info("a").created_at.isoformat() == "2026-03-01T12:00:00+00:00"


def test_ids_that_are_not_there_are_absent(profiles: Repository[Profile]) -> None:
    profiles.upsert([profile("p1")], NOON)
    assert profiles.get_many(["p1", "p2"]) == {"p1": profile("p1")}
    with pytest.raises(NotFoundError, match="There is no profile 'p2'"):
        profiles.get("p2")
    with pytest.raises(NotFoundError, match="There is no profile 'p2'"):
        profiles.info("p2")


def test_ids_are_ordered_by_code_point(profiles: Repository[Profile]) -> None:
    ids = ["ä", "b", "a", "B", "a:1", "a-1", "Z", "😀", "10", "9"]
    profiles.upsert([profile(id) for id in ids], NOON)
    assert profiles.ids() == sorted(ids)


def test_ids_of_one_source(vacancies: Repository[Offer]) -> None:
    vacancies.upsert([vacancy("b"), vacancy("a"), vacancy("c", source="kuntarekry")], NOON)
    assert vacancies.ids("tmt") == ["a", "b"]


def test_batches_hold_the_open_records_in_order(vacancies: Repository[Offer]) -> None:
    ads = [vacancy(id) for id in "edcba"]
    vacancies.upsert(ads, NOON)
    vacancies.close(["c"], NOON)
    batches = list(vacancies.open_batches(TODAY, size=2))
    assert [[ad.id for ad in batch] for batch in batches] == [["a", "b"], ["d", "e"]]


def test_open_ids_of_neighbours_stand_together(profiles: Repository[Profile]) -> None:
    # Helsinki, Oulu and Vantaa: by number, Oulu stands between the two others.
    homes = {"a": "564", "b": "091", "c": "564", "d": "091", "e": "091", "f": "092"}
    profiles.upsert([profile(id, municipality=home) for id, home in homes.items()], NOON)
    profiles.close(["d"], NOON)
    assert profiles.open_ids(TODAY, size=3) == [["f", "b", "e"], ["a", "c"]]


def test_hashes_of_open_records_come_in_order_and_those_of_a_record_with_it(
    vacancies: Repository[Offer],
) -> None:
    ads = [vacancy(id) for id in "dcba"]
    vacancies.upsert(ads, NOON)
    vacancies.close(["c"], NOON)
    hashes = vacancies.hashes(["a", "b", "d"])
    found = list(vacancies.open_hashes(TODAY, size=2))
    assert found == [{"a": hashes["a"], "b": hashes["b"]}, {"d": hashes["d"]}]
    assert list(found[0]) == ["a", "b"]
    assert vacancies.get_with_hashes(["d", "gone"]) == {"d": (vacancy("d"), hashes["d"])}


def test_an_offer_is_open_through_its_last_day(vacancies: Repository[Offer]) -> None:
    vacancies.upsert([vacancy("a", expires=TODAY), vacancy("b", expires=YESTERDAY)], NOON)
    assert list(vacancies.open_batches(TODAY)) == [[vacancy("a", expires=TODAY)]]
    assert vacancies.count(TODAY) == 1
    assert vacancies.count() == 2


def test_an_inactive_profile_can_be_read_but_is_not_matched(
    profiles: Repository[Profile],
) -> None:
    profiles.upsert([profile("p1", active=False), profile("p2")], NOON)
    assert profiles.info("p1").state is State.PAUSED
    assert [one.id for one in profiles.page()] == ["p1", "p2"]
    assert list(profiles.open_batches(TODAY)) == [[profile("p2")]]
    assert profiles.count(TODAY) == 1


def test_pages_follow_one_another(profiles: Repository[Profile]) -> None:
    profiles.upsert([profile(id) for id in ("p3", "p1", "p2")], NOON)
    first = profiles.page(limit=2)
    assert [one.id for one in first] == ["p1", "p2"]
    assert [one.id for one in profiles.page(after="p2", limit=2)] == ["p3"]


def test_a_page_shows_only_the_municipalities_asked_for(profiles: Repository[Profile]) -> None:
    homes = {"p1": "564", "p2": "425", "p3": None, "p4": "244"}
    profiles.upsert([profile(id, municipality=home) for id, home in homes.items()], NOON)
    assert [one.id for one in profiles.page(municipalities=["564", "244"])] == ["p1", "p4"]
    assert profiles.page(municipalities=[]) == []


def test_an_offer_belongs_to_its_first_municipality(vacancies: Repository[Offer]) -> None:
    vacancies.upsert([vacancy("a", place=Place(municipalities=("425", "564")))], NOON)
    assert vacancies.info("a").municipality == "425"


def test_a_page_of_needs_can_be_limited_to_an_owner(store: Store) -> None:
    needs = store.offers(OfferKind.NEED)
    needs.upsert([CompanyNeed(id="n1", owner="key-1"), CompanyNeed(id="n2")], NOON)
    assert [need.id for need in needs.page(owner="key-1")] == ["n1"]
    assert needs.info("n1").owner == "key-1"


def test_what_a_source_no_longer_has_is_closed(vacancies: Repository[Offer]) -> None:
    vacancies.upsert([vacancy(id) for id in "abc"] + [vacancy("d", source="own")], NOON)
    assert vacancies.close_missing("tmt", ["b", "unheard-of"], LATER) == 2
    assert vacancies.close_missing("tmt", ["b"], LATER) == 0
    assert vacancies.ids() == ["b", "d"]
    assert vacancies.info("a") == RowInfo("a", "tmt", None, None, State.CLOSED, 5, NOON, LATER)


def test_a_closed_record_opens_when_its_source_has_it_again(
    vacancies: Repository[Offer],
) -> None:
    vacancies.upsert([vacancy("a")], NOON)
    assert vacancies.close(["a", "a", "b"], NOON) == 1
    assert vacancies.upsert([vacancy("a")], LATER) == UpsertCounts(0, 1, 0)
    assert vacancies.info("a").state is State.OPEN
    assert vacancies.info("a").revision == 3


def test_what_is_past_its_last_day_can_be_closed(vacancies: Repository[Offer]) -> None:
    over, last = vacancy("over", expires=YESTERDAY), vacancy("last", expires=TODAY)
    vacancies.upsert([over, last, vacancy("endless")], NOON)
    assert vacancies.close_expired(TODAY, LATER) == 1
    assert vacancies.close_expired(TODAY, LATER) == 0
    assert vacancies.ids() == ["endless", "last"]


def test_what_is_over_does_not_open_again_unless_it_is_prolonged(
    vacancies: Repository[Offer],
) -> None:
    vacancies.upsert([vacancy("a", expires=YESTERDAY)], NOON)
    vacancies.close_expired(TODAY, NOON)
    assert vacancies.upsert([vacancy("a", expires=YESTERDAY)], LATER) == UpsertCounts(0, 0, 1)
    assert vacancies.info("a").state is State.CLOSED
    assert vacancies.upsert([vacancy("a", expires=TODAY)], LATER) == UpsertCounts(0, 1, 0)
    assert vacancies.info("a").state is State.OPEN


def test_a_deleted_record_is_gone(profiles: Repository[Profile]) -> None:
    profiles.upsert([profile("p1")], NOON)
    profiles.delete("p1", LATER)
    assert profiles.get_many(["p1"]) == {}
    with pytest.raises(NotFoundError):
        profiles.delete("p1", LATER)


def test_what_is_deleted_can_come_back_and_go_again(profiles: Repository[Profile]) -> None:
    for _ in range(2):
        assert profiles.upsert([profile("p1")], NOON) == UpsertCounts(1, 0, 0)
        profiles.delete("p1", LATER)
    assert profiles.ids() == []


def test_text_that_is_no_unicode_is_refused(profiles: Repository[Profile]) -> None:
    with pytest.raises(InputError, match="no valid Unicode"):
        profiles.upsert([profile("p1", text="\ud800")], NOON)


def test_a_moment_without_a_time_zone_is_refused(profiles: Repository[Profile]) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        profiles.upsert([profile("p1")], NOON.replace(tzinfo=None))


def test_only_what_is_there_can_be_replaced(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.profiles.replace(profile("p1", text="Leivon."), LATER)
    assert store.profiles.get("p1").text == "Leivon."
    revision = store.revision()
    with pytest.raises(NotFoundError, match="There is no profile 'p2'"):
        store.profiles.replace(profile("p2"), LATER)
    assert (store.profiles.ids(), store.revision()) == (["p1"], revision)
