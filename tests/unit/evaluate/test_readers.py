"""Benchmark files as they are and as they should not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import InputError
from matcher.evaluate.readers import fingerprint, read_linking, read_statements

LINKING = {
    "queries.tsv": "q1\tHitsaaja\nq2\tKokki\n",
    "corpus_elements.tsv": "c1\thitsaaja\nc2\tkeittiömestari\n",
    "annotations.tsv": "q1\t0\tc1\t1\nq2\t0\tc2\t1\nq2\t0\tc1\t0\n",
}
STATEMENTS = {
    "statements.jsonl": '{"id": "s1", "text": "I welded.", "relevant": "a1", "more": 1}\n',
    "ads.jsonl": '{"id": "a1", "title": "Welder", "text": "Weld pipes."}\n\n',
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_linking_files_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "melo_x"
    folder.mkdir()
    task = read_linking(write(folder, LINKING))
    assert task.name == "melo_x"
    assert task.queries == {"q1": "Hitsaaja", "q2": "Kokki"}
    assert task.elements == {"c1": "hitsaaja", "c2": "keittiömestari"}
    assert task.qrels == {"q1": {"c1": 1}, "q2": {"c2": 1, "c1": 0}}


def test_statement_files_are_read_and_ads_begin_with_their_title(tmp_path: Path) -> None:
    task = read_statements(write(tmp_path, STATEMENTS))
    assert task.statements == {"s1": "I welded."}
    assert task.ads == {"a1": "Welder\nWeld pipes."}
    assert task.qrels == {"s1": {"a1": 1}}


def test_windows_line_ends_are_no_part_of_a_text(tmp_path: Path) -> None:
    write(tmp_path, LINKING)
    (tmp_path / "queries.tsv").write_bytes(b"q1\tHitsaaja\r\n")
    assert read_linking(tmp_path).queries == {"q1": "Hitsaaja"}


def test_the_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    before = read_linking(write(tmp_path, LINKING)).data
    assert read_linking(tmp_path).data == before
    write(tmp_path, {"annotations.tsv": "q1\t0\tc1\t1\n"})
    assert read_linking(tmp_path).data != before


def test_the_fingerprint_is_a_hash_of_hashes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert fingerprint([tmp_path / "a"]) == "5df6e0e27613"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*annotations\.tsv"):
        read_linking(tmp_path)


def test_a_wrong_number_of_columns_is_named_with_its_row(tmp_path: Path) -> None:
    write(tmp_path, LINKING | {"queries.tsv": "q1\tHitsaaja\nq2\n"})
    with pytest.raises(InputError, match=r"queries\.tsv, row 2: There are 1 columns instead of 2"):
        read_linking(tmp_path)


def test_a_grade_must_be_a_number(tmp_path: Path) -> None:
    write(tmp_path, LINKING | {"annotations.tsv": "q1\t0\tc1\thigh\n"})
    with pytest.raises(InputError, match="'high' is no grade"):
        read_linking(tmp_path)


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, LINKING)
    (tmp_path / "queries.tsv").write_bytes("q1\tKököttäjä\n".encode("latin-1"))
    with pytest.raises(InputError, match="is not UTF-8"):
        read_linking(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "s1", "text": "x"}', "row 1, relevant: A text is missing"),
        ('{"id": "s1", "text": 7, "relevant": "a1"}', "row 1, text: A text is missing"),
        ("[1]", "row 1, id: A text is missing"),
        ('{"id": ', "row 1: This is not JSON"),
    ],
)
def test_a_bad_statement_is_named_with_row_and_field(
    tmp_path: Path, line: str, message: str
) -> None:
    write(tmp_path, STATEMENTS | {"statements.jsonl": line})
    with pytest.raises(InputError, match=message):
        read_statements(tmp_path)
