from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.domain.profile import Profile
from matcher.domain.rights import Ground
from matcher.errors import InputError
from matcher.nightly.purge import RETENTION, purge
from matcher.rights.copies import copies_folder, write_copy
from matcher.rights.rectify import corrected
from matcher.rights.retention import OWN_FILE, Kept, periods
from matcher.store.lists import StoredList
from matcher.store.people import OF_PEOPLE
from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store
from matcher.store.train_ups import StoredTrainUps

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
YEARS_AGO = NOW - timedelta(days=2_000)
PERSON = Profile(id="p1", text="Hitsaan.", municipality="564")


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        opened.profiles.upsert([PERSON, replace(PERSON, id="p2")], YEARS_AGO)
        yield opened


def own_periods(home: Path, text: str) -> Settings:
    (home / OWN_FILE).write_text(text, "utf-8")
    return Settings(home=home)


def test_every_table_about_people_is_in_one_kind() -> None:
    told = [table for period in periods(Settings()).values() for table in period.tables]
    assert sorted(told) == sorted(table.name for table, _ in OF_PEOPLE)


def test_every_kind_says_in_three_languages_what_it_is_and_what_it_rests_on() -> None:
    for period in periods(Settings()).values():
        assert all((period.name.fi, period.name.sv, period.name.en, period.source))
        assert (period.days is None) == (not period.counted.fi)


def test_the_setting_is_the_period_of_lists_and_old_indexes(tmp_path: Path) -> None:
    found = periods(Settings(home=tmp_path, retention_days=9))
    assert (found[Kept.LISTS].days, found[Kept.SNAPSHOTS].days) == (9, 9)
    assert found[Kept.CORRECTIONS].days == 365


def test_an_installation_sets_its_own_period_with_its_source(tmp_path: Path) -> None:
    settings = own_periods(tmp_path, '[corrections]\ndays = 90\nsource = "Decision 4/2026"\n')
    period = periods(settings)[Kept.CORRECTIONS]
    assert (period.days, period.source) == (90, "Decision 4/2026")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[journals]\ndays = 30\nsource = "x"', "183 is the least: Regulation .EU. 2024/1689"),
        ('[case_work]\ndays = 30\nsource = "x"', "goes with the person"),
        ("[lists]\ndays = 30", "source: Field required"),
        ('[lists]\ndays = 0\nsource = "x"', "greater than or equal to 1"),
        ('[tomorrow]\ndays = 3\nsource = "x"', "Kinds are: profiles, case_work"),
        ("[lists", "Kinds are"),
    ],
)
def test_a_period_that_cannot_be_used_is_refused(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=complaint):
        periods(own_periods(tmp_path, text))


def test_the_night_purges_every_kind_that_is_past_its_period(tmp_path: Path, store: Store) -> None:
    settings = Settings(home=tmp_path)
    for id in ("p1", "p2"):
        changed = corrected(store.profiles.get(id), {"education": "lukio"})
        store.corrections.correct(changed, ("education",), reason="x", by="x", now=YEARS_AGO)
        store.lists.replace_many([StoredList(id, f"run-{id}", "s1", YEARS_AGO, ())])
        store.train_ups.replace_many([StoredTrainUps(id, "s1", "prior-1", YEARS_AGO, ())])
        write_copy(copies_folder(settings), id, {"json": "{}"}, YEARS_AGO)
    store.profiles.close(["p2"], YEARS_AGO)
    run = store.runs.start("nightly", YEARS_AGO)
    store.runs.finish(run, "published", {}, YEARS_AGO)
    store.months.want(None, YEARS_AGO)
    purged = purge(store, settings, NOW)
    assert purged.counts == {
        Kept.PROFILES: 1,
        Kept.CORRECTIONS: 1,  # that of p2 went with the profile
        Kept.LISTS: 2,  # with the train-ups
        Kept.DECISIONS: 0,
        Kept.SNAPSHOTS: 0,
        Kept.REPORTS: 0,
        Kept.MONTH_FIGURES: 1,
        Kept.JOURNALS: 1,
        Kept.NEED_SHARES: 0,
        Kept.QUARANTINE: 0,
        Kept.QUARANTINE_UNNAMED: 0,
        Kept.EXPORTS: 1,
        Kept.ERASURES: 0,
        Kept.AUDIT: 0,
    }
    assert store.profiles.ids() == ["p1"]
    (proof,) = store.erasures.all()
    assert (proof.by, proof.ground) == (RETENTION, Ground.NOT_NEEDED)
    # Their copies and quarantined rows go with those whose time is over.
    assert proof.counts["exports"] == 1


def quarantined(raw: dict[str, str]) -> QuarantinedRow:
    return QuarantinedRow(
        kind="profiles",
        format="own",
        source="own",
        file="people.jsonl",
        row="1",
        field="licences",
        reason="'Z' is no driving licence.",
        remedy="Correct it.",
        raw=json.dumps(raw),
        at=YEARS_AGO,
    )


def test_rows_and_copies_of_people_go_with_them_when_their_time_is_over(
    tmp_path: Path, store: Store
) -> None:
    settings = Settings(home=tmp_path)
    mine, others = quarantined({"id": "p1"}), quarantined({"id": "p2"})
    store.quarantine.add([replace(row, at=NOW) for row in (mine, others)])
    for id in ("p1", "p2"):
        write_copy(copies_folder(settings), id, {"json": "{}"}, NOW)
    store.profiles.close(["p1"], YEARS_AGO)
    purge(store, settings, NOW)
    assert [json.loads(row.raw) for row in store.quarantine.all()] == [{"id": "p2"}]
    assert len(list(copies_folder(settings).iterdir())) == 1
    (proof,) = store.erasures.all()
    assert (proof.counts["quarantine"], proof.counts["exports"]) == (1, 1)


def test_a_hold_on_a_person_reaches_quarantine_copies_and_train_ups(
    tmp_path: Path, store: Store
) -> None:
    settings = Settings(home=tmp_path)
    text = "Olen hitsannut laivoja Turussa kolmekymmentä vuotta."
    store.profiles.upsert([replace(PERSON, text=text)], NOW)
    unnamed = quarantined({"text": text})
    rows = [quarantined({"id": "p1"}), unnamed, quarantined({"id": "p2"}), quarantined({})]
    store.quarantine.add(rows)
    for id in ("p1", "p2"):
        write_copy(copies_folder(settings), id, {"json": "{}"}, YEARS_AGO)
        store.train_ups.replace_many([StoredTrainUps(id, "s1", "prior-1", YEARS_AGO, ())])
    store.holds.set_on_person("p1", "case 1/2026", "dpo", NOW)
    counts = purge(store, settings, NOW).counts
    assert (counts[Kept.QUARANTINE], counts[Kept.QUARANTINE_UNNAMED]) == (2, 0)
    assert (counts[Kept.EXPORTS], counts[Kept.LISTS]) == (1, 1)
    assert [row.raw for row in store.quarantine.all()] == [rows[0].raw, unnamed.raw]
    assert store.train_ups.made(["p1", "p2"], "s1") == {"p1"}
    # Also a night that advises anew leaves what was advised before.
    store.train_ups.replace_many([StoredTrainUps("p1", "s2", "prior-1", NOW, ())])
    purge(store, settings, NOW)
    assert store.train_ups.made(["p1"], "s1") == {"p1"}


def test_a_hold_on_lists_keeps_the_train_ups_too(tmp_path: Path, store: Store) -> None:
    store.train_ups.replace_many([StoredTrainUps("p1", "s1", "prior-1", YEARS_AGO, ())])
    store.holds.set_on_kind(Kept.LISTS, "case 2/2026", "dpo", NOW)
    purge(store, Settings(home=tmp_path), NOW)
    assert store.train_ups.made(["p1"], "s1") == {"p1"}


def test_what_is_held_is_not_purged(tmp_path: Path, store: Store) -> None:
    for id in ("p1", "p2"):
        store.lists.replace_many([StoredList(id, f"run-{id}", "s1", YEARS_AGO, ())])
    store.profiles.close(["p1", "p2"], YEARS_AGO)
    store.holds.set_on_person("p1", "case 1/2026", "dpo", NOW)
    kind = store.holds.set_on_kind(Kept.LISTS, "case 2/2026", "dpo", NOW)
    purged = purge(store, Settings(home=tmp_path), NOW)
    assert purged.held == (Kept.LISTS,)
    assert purged.counts[Kept.PROFILES] == 1
    assert store.profiles.get("p1") == PERSON
    store.holds.lift(kind.id, NOW)
    assert purge(store, Settings(home=tmp_path), NOW).counts[Kept.LISTS] == 0
    assert store.lists.served("p1", "s1").run_id == "run-p1"
