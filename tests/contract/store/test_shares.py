"""What organisations see, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.conflict import Conflict
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.sharing import NeedShare, Part, Revocation, Share, SharePurpose
from matcher.domain.text import LocalText
from matcher.errors import NotFoundError
from matcher.store.schema import needs as needs_table
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

SCHOOL = Share(
    id="sh-1",
    profile_id="p1",
    organisation="Ääneseudun opisto",
    parts=(Part.PROFILE, Part.PLAN),
    purpose=SharePurpose.STUDIES,
    agreed=TODAY,
    until=date(2026, 5, 31),
    at=NOON,
    by="key-1",
)
CLINIC = replace(SCHOOL, id="sh-2", organisation="Terveysasema", parts=(Part.LIST,))
NEED = NeedShare(
    id="ns-1", need_id="n1", organisation="Opisto", until=date(2026, 5, 31), at=NOON, by="key-1"
)


def need(id: str) -> CompanyNeed:
    return CompanyNeed(id=id, title=LocalText(fi="Hitsaaja"))


@pytest.fixture(autouse=True)
def _people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_an_organisation_sees_what_was_shared_with_it(store: Store) -> None:
    store.shares.add(SCHOOL)
    store.shares.add(CLINIC)
    assert store.shares.parts_of("p1", "ÄÄNESEUDUN OPISTO ", TODAY) == {Part.PROFILE, Part.PLAN}
    assert store.shares.parts_of("p1", "Terveysasema", TODAY) == {Part.LIST}
    assert store.shares.parts_of("p2", "Terveysasema", TODAY) == set()
    assert store.shares.parts_of("p1", "Opisto", TODAY) == set()
    assert store.shares.with_organisation("terveysasema", TODAY) == [CLINIC]
    assert store.shares.of_profile("p1") == [SCHOOL, CLINIC]


def test_a_share_ends_with_its_last_day(store: Store) -> None:
    store.shares.add(SCHOOL)
    assert store.shares.with_organisation(SCHOOL.organisation, date(2026, 5, 31)) == [SCHOOL]
    assert store.shares.with_organisation(SCHOOL.organisation, date(2026, 6, 1)) == []
    assert store.shares.parts_of("p1", SCHOOL.organisation, date(2026, 6, 1)) == set()


def test_a_revoked_share_shows_nothing_and_stays_readable(store: Store) -> None:
    store.shares.add(SCHOOL)
    revoked = store.shares.revoke("p1", "sh-1", LATER, "link-1")
    assert revoked == replace(SCHOOL, revoked=Revocation(LATER, "link-1"))
    assert store.shares.parts_of("p1", SCHOOL.organisation, TODAY) == set()
    assert store.shares.with_organisation(SCHOOL.organisation, TODAY) == []
    assert store.shares.of_profile("p1") == [revoked]
    assert store.shares.revoke("p1", "sh-1", LATER.replace(year=2030), "key-2") == revoked


def test_only_the_persons_own_share_is_revoked(store: Store) -> None:
    store.shares.add(SCHOOL)
    with pytest.raises(NotFoundError, match="no share 'sh-1'"):
        store.shares.revoke("p2", "sh-1", LATER, "link-1")
    assert store.shares.of_profile("p1") == [SCHOOL]


def test_nothing_is_shared_of_somebody_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no profile 'p9'"):
        store.shares.add(replace(SCHOOL, profile_id="p9"))


def test_a_need_is_shared_and_revoked_in_the_same_way(store: Store) -> None:
    store.offers(OfferKind.NEED).upsert([need("n1")], NOON)
    store.need_shares.add(NEED)
    assert store.need_shares.with_organisation("OPISTO", TODAY) == [NEED]
    assert store.need_shares.with_organisation("OPISTO", date(2026, 6, 1)) == []
    revoked = store.need_shares.revoke("n1", "ns-1", LATER, "key-1")
    assert revoked.revoked == Revocation(LATER, "key-1")
    assert store.need_shares.with_organisation("Opisto", TODAY) == []
    assert store.need_shares.of_need("n1") == [revoked]
    with pytest.raises(NotFoundError, match="no share 'ns-1'"):
        store.need_shares.revoke("n2", "ns-1", LATER, "key-1")


def test_the_shares_of_a_need_go_with_it(store: Store) -> None:
    needs = store.offers(OfferKind.NEED)
    needs.upsert([need("n1"), need("n2")], NOON)
    other = replace(NEED, id="ns-2", need_id="n2")
    store.need_shares.add(NEED)
    store.need_shares.add(other)
    needs.delete("n1", LATER)
    # Somebody else's need under the same id is not shared with anybody.
    needs.upsert([need("n1")], LATER)
    assert store.need_shares.with_organisation("Opisto", TODAY) == [other]


def test_nothing_is_shared_of_a_need_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no need 'n1'"):
        store.need_shares.add(NEED)


def test_shares_of_needs_are_purged_once_they_are_over_or_their_need_is_gone(store: Store) -> None:
    store.offers(OfferKind.NEED).upsert([need("n1")], NOON)
    revoked = replace(NEED, id="ns-2", until=date(2026, 12, 31))
    for share in (NEED, revoked, replace(revoked, id="ns-3")):
        store.need_shares.add(share)
    store.need_shares.revoke("n1", "ns-2", NOON, "key-1")
    assert store.need_shares.purge(NOON) == 0
    assert store.need_shares.purge(datetime(2026, 6, 2, tzinfo=UTC)) == 2
    assert [one.id for one in store.need_shares.of_need("n1")] == ["ns-3"]
    with store._database.write() as connection:
        # As it was left by versions that kept the shares of erased needs.
        connection.execute(needs_table.delete())
    assert store.need_shares.purge(NOON) == 1


def test_a_conflict_is_written_down_once_a_day(store: Store) -> None:
    first = Conflict(
        caller="key-1",
        organisation="Oulun kaupunki",
        need_id="n1",
        profile_id=None,
        operation="find_candidates",
        at=NOON,
    )
    asked = replace(first, profile_id="p1", operation="ask_consent", at=LATER)
    tomorrow = replace(first, at=NOON.replace(day=2))
    for each in (first, replace(first, at=LATER), asked, tomorrow):
        store.conflicts.note(each)
    assert store.conflicts.latest(9) == [tomorrow, asked, first]
    assert store.conflicts.latest(1) == [tomorrow]
    assert store.conflicts.latest(9, "OULUN KAUPUNKI") == [tomorrow, asked, first]
    assert store.conflicts.latest(9, "Kempele") == []
