from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from matcher.casework.indicator_report import HIDDEN, as_csv, as_html, as_json
from matcher.casework.indicators import indicators
from matcher.casework.tightness import Tightness, latest_tightness, tightness
from matcher.domain.text import Lang
from matcher.errors import InputError
from tests.unit.casework.test_indicators import some

ROWS = indicators([*some(3, "Hailuoto"), *some(7, "Ii"), *some(1200, on_time=True)])
HEADER = (
    "ammattiryhma_code\ttime\tTYOTTOMATLOPUSSA\tAVPAIKATLOPUSSA\tammattiryhma_codetaso\t"
    "kokomaa_TYOTTOMATLOPUSSA\tkokomaa_AVPAIKATLOPUSSA\n"
)


def test_json_tells_hidden_from_unknown() -> None:
    [hidden] = [one for one in as_json(ROWS) if one["group"] == "Hailuoto"]
    assert (hidden["clients"], hidden["wellbeing"]) == (None, None)
    assert "clients" in hidden["hidden"]
    assert "wellbeing" not in hidden["hidden"]


def test_csv_marks_what_is_hidden_and_leaves_empty_what_is_unknown() -> None:
    lines = as_csv(ROWS).splitlines()
    assert lines[0].startswith("dimension,group,clients,new_clients,")
    assert f"municipality,Hailuoto,{HIDDEN}," in lines[2]
    assert lines[4].startswith("municipality,Oulu,1200.0,")
    assert lines[4].endswith(",,,,,1.0")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (Lang.FI, ("Työllisyyspalvelut, 2026-10", "Kunnittain", "1 210", "100 %")),
        (Lang.SV, ("Sysselsättningstjänster, 2026-10", "Enligt kommun", "1 210", "100 %")),
        (Lang.EN, ("Employment services, 2026-10", "By municipality", "1,210", "100%")),
    ],
)
def test_the_page_is_written_as_its_language_does(lang: Lang, words: tuple[str, ...]) -> None:
    page = as_html(ROWS, [], date(2026, 10, 1), lang).replace("\xa0", " ")
    assert f'<html lang="{lang}">' in page
    assert [word for word in words if word not in page] == []


def test_the_page_shows_no_small_group() -> None:
    page = as_html(ROWS, [], date(2026, 10, 1), Lang.EN)
    hailuoto = page.split('<th scope="row">Hailuoto</th>')[1].split("</tr>")[0]
    assert hailuoto.startswith(f"<td>{HIDDEN}</td>")


def test_occupations_are_drawn_when_there_are_statistics() -> None:
    crowded = [Tightness("26", 300, 20), Tightness("51", 100, 0)]
    page = as_html(ROWS, crowded, date(2026, 10, 1), Lang.EN)
    assert "Unemployed people for each open vacancy" in page
    assert "<span>26</span>" in page
    assert "<span>51</span>" not in page


def test_tightness_is_read_for_a_month_and_level_most_crowded_first(tmp_path: Path) -> None:
    file = tmp_path / "statistics.tsv.gz"
    rows = [
        "26\t2020-05-01\t300.0\t20.0\t2\t9\t9",
        "51\t2020-05-01\t90.0\t60.0\t2\t9\t9",
        "5\t2020-05-01\t500.0\t80.0\t1\t9\t9",
        "26\t2020-06-01\t310.0\tNA\t2\t9\t9",
    ]
    file.write_bytes(gzip.compress((HEADER + "\n".join(rows)).encode()))
    assert [(one.code, one.per_vacancy) for one in tightness(file, date(2020, 5, 31), 2)] == [
        ("26", 15.0),
        ("51", 1.5),
    ]
    assert tightness(file, date(2020, 6, 1), 2) == [Tightness("26", 310, 0)]
    assert tightness(file, date(2030, 6, 1), 2) == []
    newest = latest_tightness(file, date(2030, 6, 1), 2)
    assert newest == (date(2020, 6, 1), [Tightness("26", 310, 0)])
    assert latest_tightness(file, date(2020, 4, 30), 2) == (None, [])


def test_other_statistics_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "statistics.tsv.gz"
    file.write_bytes(gzip.compress(b"code\ttime\n"))
    with pytest.raises(InputError, match="Column 'ammattiryhma_code' is missing"):
        tightness(file, date(2020, 5, 1), 2)
