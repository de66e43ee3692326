from __future__ import annotations

from dataclasses import replace

from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

ROW = QuarantinedRow(
    kind="profiles",
    format="csv",
    source="own",
    file="profiles.csv",
    row="7",
    field="licences",
    reason="'X' is no driving licence.",
    remedy="Use B, C1 ...",
    raw="p7;X",
    at=NOON,
)


def test_a_row_comes_back_as_it_was(store: Store) -> None:
    store.quarantine.add([ROW])
    (found,) = store.quarantine.all()
    assert replace(found, id=None) == ROW


def test_rows_keep_their_order_and_kinds_apart(store: Store) -> None:
    store.quarantine.add([ROW, replace(ROW, kind="needs", row="1"), replace(ROW, row="9")])
    assert [row.row for row in store.quarantine.all()] == ["7", "1", "9"]
    assert [row.row for row in store.quarantine.all("profiles")] == ["7", "9"]


def test_old_rows_are_purged_but_for_those_that_are_kept(store: Store) -> None:
    store.quarantine.add([ROW, replace(ROW, row="8")])
    first = store.quarantine.all()[0]
    assert store.quarantine.purge(LATER, [first.id or 0]) == 1
    assert store.quarantine.all() == [first]


def test_rows_that_were_mended_can_be_taken_out(store: Store) -> None:
    store.quarantine.add([ROW, replace(ROW, row="8")])
    first = store.quarantine.all()[0]
    store.quarantine.remove([first.id or 0, 4711])
    assert [row.row for row in store.quarantine.all()] == ["8"]


def test_reading_a_file_anew_clears_only_its_own_rows(store: Store) -> None:
    other_file, other_kind = replace(ROW, file="b.csv"), replace(ROW, kind="needs")
    store.quarantine.add([ROW, other_file, other_kind])
    store.quarantine.clear_file("profiles.csv", "profiles")
    assert [replace(row, id=None) for row in store.quarantine.all()] == [other_file, other_kind]


def test_rows_older_than_the_retention_are_purged(store: Store) -> None:
    store.quarantine.add([ROW, replace(ROW, row="8", at=LATER), replace(ROW, row="9")])
    assert store.quarantine.purge(LATER) == 2
    assert [row.row for row in store.quarantine.all()] == ["8"]


def test_a_nul_in_the_name_of_a_field_does_not_stop_an_import(store: Store) -> None:
    store.quarantine.add([replace(ROW, field="lic\0ences", reason="'lic\0ences' is no field")])
    (found,) = store.quarantine.all()
    assert (found.field, found.reason) == ("lic\ufffdences", "'lic\ufffdences' is no field")


def test_no_rows_are_fine(store: Store) -> None:
    store.quarantine.add([])
    store.quarantine.remove([])
    assert store.quarantine.all() == []
