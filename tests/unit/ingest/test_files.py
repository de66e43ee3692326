"""A file that cannot be used is refused with one clear reason, before anything is stored."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from matcher.errors import InputError
from matcher.ingest import json_files, streams
from matcher.ingest.files import open_file
from matcher.ingest.json_files import json_documents, long_line
from matcher.ingest.rows import Container, Document, Problem
from tests.unit.ingest.conftest import Write


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.json: There is no such file"):
        open_file(tmp_path / "nowhere.json")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="This is a folder"):
        open_file(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(write: Write, content: bytes) -> None:
    with pytest.raises(InputError, match="The file is empty"):
        open_file(write("a.json", content))


def test_latin_1_is_named_with_the_line_and_how_to_convert(write: Write) -> None:
    path = write("a.csv", "id;text\n1;sähkö\n".encode("latin-1"))
    with pytest.raises(InputError) as caught:
        open_file(path)
    assert "byte 0xE4 in line 2; it looks like Latin-1" in caught.value.message
    assert caught.value.remedy is not None
    assert "iconv -f WINDOWS-1252 -t UTF-8 a.csv" in caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(write: Write, encoding: str) -> None:
    path = write("a.csv", "id;text\n1;siivous\n".encode(encoding))
    with pytest.raises(InputError, match=r"looks like UTF-16\. .*iconv -f UTF-16"):
        open_file(path)


def test_binary_data_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="looks like binary data"):
        open_file(write("a.bin", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))


def test_an_old_workbook_is_told_from_utf_16(write: Write) -> None:
    path = write("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1000)
    with pytest.raises(InputError, match=r"old \(\.xls\) or password-protected.*Save it as \.xlsx"):
        open_file(path)


def test_a_zip_archive_is_no_workbook(write: Write) -> None:
    with pytest.raises(InputError, match="damaged"):
        open_file(write("a.zip", b"PK\x03\x04rubbish"))


def test_a_gzip_file_that_is_cut_short_is_refused(write: Write) -> None:
    data = gzip.compress(b'{"id": "a"}\n' * 1000)
    with pytest.raises(InputError, match="damaged or cut short"):
        open_file(write("a.jsonl.gz", data[:-20]))


def test_a_byte_order_mark_is_passed_over(write: Write) -> None:
    file = open_file(write("a.jsonl", b'\xef\xbb\xbf{"id": "a"}\n{"id": "b"}\n'))
    assert file.container is Container.JSONL
    assert list(json_documents(file)) == [
        Document("line 1", {"id": "a"}),
        Document("line 2", {"id": "b"}),
    ]


@pytest.mark.parametrize(
    ("text", "container"),
    [
        ('[{"id": 1}]', Container.JSON),
        ('{"id": 1}', Container.JSONL),
        ('{\n  "id": 1\n}', Container.JSON),
        ('{"id": 1}\n{"id": 2}\n', Container.JSONL),
        ('{"id": 1, "te\n{"id": 2}\n', Container.JSONL),
        ("id;text\n", Container.CSV),
        ("# a comment\nid,text\n", Container.CSV),
    ],
)
def test_the_container_is_told_from_the_content(
    write: Write, text: str, container: Container
) -> None:
    assert open_file(write("a", text)).container is container


def test_gzip_is_read_through(write: Write) -> None:
    file = open_file(write("a", gzip.compress(b'{"id": 1}\n{"id": 2}\n')))
    assert (file.container, file.lines) == (Container.JSONL, 2)


def test_truncated_json_is_refused_with_line_and_column(write: Write) -> None:
    file = open_file(write("a.json", '[\n  {"id": "a"},\n  {"id": "b'))
    with pytest.raises(InputError, match=r"at line 3, column \d+"):
        list(json_documents(file))


def test_a_truncated_line_is_a_problem_of_that_line(write: Write) -> None:
    file = open_file(write("a.jsonl", '{"id": "a"}\n{"id": "b", "ti'))
    first, second = json_documents(file)
    assert first == Document("line 1", {"id": "a"})
    assert isinstance(second, Problem)
    assert (second.row, second.reason[:30]) == ("line 2", "the line is no complete JSON (")


def test_a_line_that_is_too_long_is_a_problem_and_the_next_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_LINE", 100)
    long = '{"text": "' + "x" * 5000 + '"}'
    documents = list(
        json_documents(open_file(write("a.jsonl", f'{{"a": 1}}\n{long}\n{{"b": 2}}\n')))
    )
    assert documents[0] == Document("line 1", {"a": 1})
    assert documents[1] == long_line(2)
    assert documents[2] == Document("line 3", {"b": 2})


def test_a_json_document_that_is_too_large_is_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_files, "MAX_JSON", 100)
    file = open_file(write("a.json", "[" + ",".join(["1"] * 100) + "]"))
    with pytest.raises(InputError, match="write one record on each line"):
        list(json_documents(file))
