"""Filled templates, as CSV and as workbooks, with what people do to them."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from openpyxl import Workbook, load_workbook

from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.parts import Competence, Level
from matcher.errors import InputError
from matcher.ingest import files
from matcher.ingest.columns import columns_of
from matcher.ingest.files import SourceFile, open_file
from matcher.ingest.formats import detect
from matcher.ingest.rows import Container, Document, ImportKind, Problem
from matcher.ingest.tables import MAX_COLUMNS, header_of, table_rows
from matcher.ingest.template import TemplateFormat, template
from matcher.store.store import Store
from tests.unit.ingest.conftest import Import, Write

KINDS = [kind for kind in ImportKind if kind is not ImportKind.ESCO]


def rows_of(path: Path) -> list[Document | Problem]:
    return list(table_rows(SourceFile(path, Container.CSV, None), ImportKind.PROFILES))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_separator_is_read(write: Write, separator: str) -> None:
    path = write("a.csv", f"id{separator}competences\np1{separator}siivous\n")
    assert rows_of(path) == [Document("row 2", {"id": "p1", "competences": "siivous"})]


def test_comments_and_empty_rows_are_passed_over_but_counted(write: Write) -> None:
    path = write("a.csv", '# hello\n\nID ;Competences;\n# your id;skill;\n;;\np1;"a; b"\n')
    assert rows_of(path) == [Document("row 6", {"id": "p1", "competences": "a; b"})]


def test_a_missing_column_is_named_with_the_header_found(write: Write, bring_in: Import) -> None:
    path = write("a.csv", "id;text\np1;a\n")
    with pytest.raises(InputError) as caught:
        bring_in(ImportKind.PROFILES, path)
    assert caught.value.message == (
        "Column 'competences' is missing; the header found is: id, text."
    )
    assert caught.value.remedy == "Start from `matcher template profiles`."


def test_an_unknown_column_is_named(write: Write) -> None:
    with pytest.raises(InputError, match=r"Column 'name' is unknown.*Columns: id, language"):
        rows_of(write("a.csv", "id;name;competences\n"))


def test_a_column_may_stand_once_only(write: Write) -> None:
    with pytest.raises(InputError, match="Column 'text' is there twice"):
        rows_of(write("a.csv", "id;text;text;competences\n"))


def test_a_row_with_too_many_cells_is_a_problem(write: Write) -> None:
    [problem] = rows_of(write("a.csv", "id;competences\np1;a;b\n"))
    assert isinstance(problem, Problem)
    assert (problem.row, problem.reason) == ("row 2", "the row has 3 cells, the header 2")


def test_a_quotation_mark_that_is_not_closed_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="quotation mark that is not closed"):
        rows_of(write("a.csv", 'id;competences\np1;"siivous\np2;myynti\n'))


def test_line_ends_of_an_old_macintosh_are_named(write: Write) -> None:
    with pytest.raises(InputError, match=r"near line 1: new-line .*line ends of an old Macintosh"):
        rows_of(write("a.csv", b"id;competences\rp1;siivous\r"))


def test_a_file_without_a_known_column_is_no_template(write: Write) -> None:
    file = SourceFile(write("a.csv", "nimi;osaaminen\n"), Container.CSV, 1)
    assert header_of(file) == ["nimi", "osaaminen"]
    with pytest.raises(InputError, match="The format was not recognised"):
        detect(file, ImportKind.PROFILES)


def test_cells_that_a_spreadsheet_made_numbers_and_dates_are_read(
    store: Store, write: Write, bring_in: Import
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["# selitys"])
    sheet.append(["id", "competences", "max_km", "start", "own_car", "municipality", None])
    sheet.append([1, "siivous (hyvä)", 30.0, datetime(2026, 9, 1), True, 564, None])
    out = io.BytesIO()
    book.save(out)
    report = bring_in(ImportKind.PROFILES, write("a.xlsx", out.getvalue()))
    assert (report.new, report.quarantined) == (1, 0)
    profile = store.profiles.get("1")
    assert profile.competences == (Competence("siivous", Level.GOOD),)
    assert (profile.commute.max_km, profile.commute.own_car) == (30.0, True)
    assert (str(profile.availability.start), profile.municipality) == ("2026-09-01", "564")


def book_bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_on_another_sheet_than_the_first_is_asked_for(
    write: Write, bring_in: Import
) -> None:
    book = Workbook()
    book.create_sheet("data").append(["id", "competences"])
    with pytest.raises(InputError, match=r"first sheet of the workbook is empty\. Put the table"):
        bring_in(ImportKind.PROFILES, write("a.xlsx", book_bytes(book)))


def damaged(sheet: bytes | None, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a workbook with a part of it replaced, or left out."""
    whole, out = zipfile.ZipFile(io.BytesIO(book_bytes(Workbook()))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each in whole.namelist():
            if each != name:
                archive.writestr(each, whole.read(each))
        if sheet is not None:
            archive.writestr(name, sheet)
    return out.getvalue()


def flipped() -> bytes:
    """Return a workbook of which one bit of the first sheet is another."""
    data = bytearray(damaged(b"<worksheet/>"))
    data[data.rindex(b"<worksheet/>") + 3] ^= 1
    return bytes(data)


def only_a_chart() -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet()
    return book_bytes(book)


@pytest.mark.parametrize("content", [damaged(b"<worksheet><she"), flipped(), only_a_chart()])
def test_a_damaged_workbook_is_refused(write: Write, bring_in: Import, content: bytes) -> None:
    path = write("a.xlsx", content)
    with pytest.raises(InputError) as caught:
        bring_in(ImportKind.PROFILES, path)
    assert caught.value.message.startswith("The workbook cannot be read: ")
    assert caught.value.where == str(path)


def test_a_workbook_without_a_sheet_holds_nothing(write: Write, bring_in: Import) -> None:
    with pytest.raises(InputError, match="first sheet of the workbook is empty"):
        bring_in(ImportKind.PROFILES, write("a.xlsx", damaged(None)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format", [TemplateFormat.CSV, TemplateFormat.XLSX])
def test_an_empty_template_is_recognised_and_holds_nothing(
    write: Write, bring_in: Import, kind: ImportKind, format: TemplateFormat
) -> None:
    path = write(f"a.{format.value}", template(kind, format))
    report = bring_in(kind, path)
    assert (report.formats, report.read) == ({str(path): "table"}, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_template_can_be_imported(
    write: Write, bring_in: Import, kind: ImportKind
) -> None:
    text = template(kind, TemplateFormat.CSV).decode("utf-8-sig")
    *above, example = text.splitlines()
    filled = "\r\n".join([*above, example.removeprefix("# ")])
    report = bring_in(kind, write("a.csv", filled))
    assert (report.read, report.new, report.quarantined) == (1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_json_template_can_be_imported(
    write: Write, bring_in: Import, kind: ImportKind
) -> None:
    import json

    [comment] = json.loads(template(kind, TemplateFormat.JSON))
    report = bring_in(kind, write("a.json", json.dumps([comment, comment["#example"]])))
    assert (report.read, report.new, report.quarantined) == (1, 1, 0)


def test_an_unfilled_json_template_holds_no_records(write: Write, bring_in: Import) -> None:
    path = write("a.json", template(ImportKind.NEEDS, TemplateFormat.JSON))
    with pytest.raises(InputError, match="There are no records in the file"):
        bring_in(ImportKind.NEEDS, path)


def test_a_filled_survey_becomes_a_need(store: Store, write: Write, bring_in: Import) -> None:
    path = write(
        "survey.csv",
        "id,title_fi,tasks,hidden,places\nn1,Siistijä,siivota toimistoja; tilata aineet,kyllä,2\n",
    )
    bring_in(ImportKind.NEEDS, path, source="oulu")
    need = store.offers(OfferKind.NEED).get("oulu:n1")
    assert isinstance(need, CompanyNeed)
    assert need.tasks == ("siivota toimistoja", "tilata aineet")
    assert (need.hidden, need.places, need.source) == (True, 2, "oulu")


def test_a_workbook_template_shows_all_columns_in_order() -> None:
    book = load_workbook(io.BytesIO(template(ImportKind.PROFILES, TemplateFormat.XLSX)))
    header = [cell.value for cell in book.worksheets[0][4]]
    assert header == [column.name for column in columns_of(ImportKind.PROFILES)]


def _workbook(*rows: list[object], far: int = 0, wide: int = 0) -> bytes:
    """A workbook with one more cell far below or far to the right."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if far or wide:
        sheet.cell(far or 2, wide or 1, "x")
    return book_bytes(book)


NEEDS: Final[list[object]] = ["id", "title_fi", "tasks"]


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(bring_in: Import, write: Write) -> None:
    content = _workbook(NEEDS, ["n1", "Kokki", "keitto"], far=1_048_576)
    report = bring_in(ImportKind.NEEDS, write("a.xlsx", content))
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)


def test_a_table_of_thousands_of_columns_is_refused(bring_in: Import, write: Write) -> None:
    content = b"id;title_fi;tasks;" + b"x;" * MAX_COLUMNS + b"\n"
    with pytest.raises(InputError, match=r"more than 1,000 columns\. Keep those of the template"):
        bring_in(ImportKind.NEEDS, write("a.csv", content))


def test_a_formula_is_never_run_and_its_text_is_not_taken(
    bring_in: Import, write: Write, store: Store
) -> None:
    content = _workbook(NEEDS, ["n1", "Kokki", '=HYPERLINK("http://a.example","keitto")'])
    bring_in(ImportKind.NEEDS, write("a.xlsx", content))
    [need] = store.offers(OfferKind.NEED).page(limit=10)
    assert isinstance(need, CompanyNeed)
    assert need.tasks == ()


def test_entities_in_a_workbook_are_refused(bring_in: Import, write: Write, tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    source = zipfile.ZipFile(io.BytesIO(_workbook(NEEDS, ["n1", "Kokki", "keitto"])))
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            sheet = name == "xl/worksheets/sheet1.xml"
            archive.writestr(name, bomb + data if sheet else data)
    with pytest.raises(InputError, match="The workbook cannot be read"):
        bring_in(ImportKind.NEEDS, tmp_path / "bomb.xlsx")
    assert openpyxl.DEFUSEDXML


@pytest.mark.parametrize(("name", "bound"), [("a.xlsx", "MAX_WORKBOOK"), ("a.csv", "MAX_TEXT")])
def test_what_grows_beyond_measure_is_refused_before_it_is_unpacked(
    name: str, bound: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, bound, 1000)
    content = _workbook(NEEDS) if name == "a.xlsx" else gzip.compress(b"id;title_fi\n" * 200)
    with pytest.raises(InputError, match="Split it into several files"):
        open_file(write(name, content))
