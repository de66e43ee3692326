from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.errors import StoreError
from matcher.match.spread.curve import SpreadFigures
from matcher.nightly.gates import Gate, GateFigure
from matcher.nightly.journal import NightState
from matcher.nightly.lists import ListTotals
from matcher.nightly.report import (
    Built,
    Closed,
    Judged,
    NightReport,
    Purged,
    remove_reports,
    render,
    write_report,
)
from matcher.nightly.spread import KindSpread, Spread
from matcher.rights.retention import Kept

START = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
SIZES = {kind: 1_000 + number for number, kind in enumerate(RecordKind)}
NONE = dict.fromkeys(RecordKind, 0)
GOOD = GateFigure(Gate.RECALL, RecordKind.NEED, 1.0, 0.99, "20 queries", True)
BAD = GateFigure(Gate.SIZE, RecordKind.VACANCY, 0.5, 0.8, "5 records, 10 before", False)

REPORT = NightReport(
    run_id="nightly-20261122T023000",
    state=NightState.PUBLISHED,
    on=date(2026, 11, 22),
    started_at=START,
    finished_at=START + timedelta(seconds=75),
    closed=Closed(dict.fromkeys(OfferKind, 7)),
    built=Built("20261122T023000Z-abc", None, SIZES, NONE, NONE, 12_345),
    judged=Judged((GOOD,)),
    lists=ListTotals(38, 2, {"vacancy": 300}, {"vacancy": 11}, {"strong": 300}),
    spread=Spread(
        {
            OfferKind.VACANCY: KindSpread(
                36,
                SpreadFigures(0.0, 0.0, 0.054, 0.005, 0.731, 1_686, 0),
                SpreadFigures(0.0043, 0.0214, 0.03, 0.02, 0.339, 662, 29),
                0.1,
            )
        },
        left=3,
    ),
    purged=Purged(
        {Kept.LISTS: 1, Kept.REPORTS: 2, Kept.QUARANTINE_UNNAMED: 4}, (Kept.JOURNALS,), ("x",), ()
    ),
)
REFUSED = replace(
    REPORT,
    state=NightState.REFUSED,
    judged=Judged((GOOD, BAD)),
    lists=None,
    spread=None,
    purged=None,
)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_tells_every_figure() -> None:
    text = words(render(REPORT))
    assert "✓ Published." in text
    assert "2026-11-22 02:30:00 – 02:31:15 UTC" in text
    assert "12,345 texts" in text
    assert "vacancies 0 1,001 7 0" in text
    assert "recall@10 needs 1.000 0.99 20 queries ✓ passed" in text
    assert "38 lists were made; without any match: 2." in text
    assert "vacancy 300 11" in text
    assert "spread is off in their municipality: 3 lists" in text
    assert "lists, changed 36, 29" in text
    assert "top ten’s share of first places 5.4 % → 3.0 %" in text
    assert "their share of places to be filled 0.5 % → 2.0 %" in text
    assert "Gini coefficient 0.73 → 0.34 starving offers 1,686 → 662" in text
    assert "loss, mean and greatest 0.4 %, 2.1 %" in text
    assert "Past its retention: lists 1, reports 2, quarantine unnamed 4." in text
    assert "Kept by a legal hold: journals." in text
    assert "without people who were erased: 1 snapshots." in text


def test_the_page_of_a_refusal_says_which_gate_and_that_yesterday_stays() -> None:
    text = words(render(REFUSED))
    assert "✗ Refused: the snapshot before stays in use." in text
    assert "size vacancies 0.500 0.80 5 records, 10 before ✗ refused" in text
    assert "Match lists" not in text


def test_the_page_can_be_read_by_everybody() -> None:
    page = render(REPORT)
    assert '<html lang="en">' in page
    assert page.count("<table>") == page.count("<caption>") == 5
    assert "<script" not in page
    assert not re.search(r'(src|href)="', page)


def test_what_comes_from_outside_is_escaped() -> None:
    built = replace(REPORT.built, previous="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in render(replace(REPORT, built=built))


def test_the_json_holds_the_same_figures(tmp_path: Path) -> None:
    page = write_report(tmp_path / "reports", REFUSED)
    assert page == tmp_path / "reports" / "nightly-20261122T023000.html"
    document = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert (document["state"], document["on"]) == ("refused", "2026-11-22")
    assert document["built"]["sizes"]["vacancy"] == 1_001
    assert document["judged"]["figures"][1] == {
        "gate": "size",
        "kind": "vacancy",
        "value": 0.5,
        "at_least": 0.8,
        "told": "5 records, 10 before",
        "passed": False,
    }
    assert document["lists"] is None


def test_the_json_holds_the_figures_of_spread(tmp_path: Path) -> None:
    page = write_report(tmp_path, REPORT)
    spread = json.loads(page.with_suffix(".json").read_text("utf-8"))["spread"]
    assert spread["left"] == 3
    assert spread["kinds"]["vacancy"]["after"] == {
        "loss": 0.0043,
        "worst": 0.0214,
        "top_first": 0.03,
        "top_places": 0.02,
        "gini": 0.339,
        "starving": 662,
        "moved": 29,
        "curve": [],
    }


def test_reports_of_nights_before_a_moment_are_removed(tmp_path: Path) -> None:
    later = replace(REPORT, run_id="nightly-20261123T023000-2")
    for report in (REPORT, later):
        write_report(tmp_path, report)
    assert remove_reports(tmp_path, START + timedelta(days=1)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "nightly-20261123T023000-2.html",
        "nightly-20261123T023000-2.json",
    ]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"report .*file/nightly-.* cannot be written"):
        write_report(tmp_path / "file", REPORT)
