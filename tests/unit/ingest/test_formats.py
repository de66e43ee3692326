"""The format of a file is told from its content."""

from __future__ import annotations

import pytest

from matcher.errors import InputError
from matcher.ingest.files import open_file
from matcher.ingest.formats import FORMATS, detect, rows_of
from matcher.ingest.rows import Document, ImportKind, Problem
from tests.unit.ingest.conftest import Write
from tests.unit.ingest.test_sources import offer, p60, plain_ad
from tests.unit.ingest.test_tyomarkkinatori_v1 import full_ad
from tests.unit.ingest.test_tyomarkkinatori_v2 import posting

ADS = ImportKind.ADS


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        (ADS, {"ilmoitukset": [full_ad()]}, "tyomarkkinatori-v1"),
        (ADS, {"Ilmoitukset": []}, "tyomarkkinatori-v1"),
        (ADS, [full_ad()], "tyomarkkinatori-v1"),
        (ADS, [posting()], "tyomarkkinatori-v2"),
        (ADS, [{"jobAdvertisement": {"id": "1"}}], "kuntarekry"),
        (ADS, {"results": [{"basicInfo": {}}]}, "testbed"),
        (ADS, [plain_ad()], "job-ads"),
        (ADS, [{"id": "1", "title": "Kokki"}], "own"),
        (ImportKind.PROFILES, p60(), "tyomarkkinatori-p60"),
        (ImportKind.PROFILES, [{"id": "1", "text": "a"}], "own"),
        (ImportKind.PROFILES, "id;competences\n", "table"),
        (ImportKind.NEEDS, [{"id": "1", "title": "Kokki", "tasks": []}], "own"),
        (ImportKind.TRAININGS, [offer()], "opintopolku-2019"),
        (ImportKind.TRAININGS, [{"id": "1", "title": "Kurssi"}], "own"),
        (ImportKind.SERVICES, "id,title_fi,helps_with\n", "table"),
    ],
)
def test_each_format_is_recognised(
    write: Write, kind: ImportKind, content: object, name: str
) -> None:
    assert detect(open_file(write("a", content)), kind).name == name


def test_the_first_line_may_be_broken(write: Write) -> None:
    path = write("a.jsonl", '{"id": "1", "te\n{"id": "2", "text": "a"}\n')
    assert detect(open_file(path), ImportKind.PROFILES).name == "own"


def test_a_file_of_another_kind_is_not_recognised(write: Write) -> None:
    path = write("a.jsonl", [{"jobAdvertisement": {"id": "1"}}])
    with pytest.raises(InputError, match="was not recognised"):
        detect(open_file(path), ImportKind.PROFILES)


def test_rows_are_counted_as_people_count_them(write: Write) -> None:
    pages = [{"ilmoitukset": [{"ilmoituksenID": "1"}, 7]}, {"ilmoituksenID": "2"}]
    file = open_file(write("a.jsonl", pages))
    assert list(rows_of(file, detect(file, ADS))) == [
        Document("line 1, item 1", {"ilmoituksenID": "1"}),
        Problem("line 1, item 2", "", "the row is no JSON object", "Write it as an object."),
        Document("line 2", {"ilmoituksenID": "2"}),
    ]


def test_names_of_formats_are_distinct_within_a_kind() -> None:
    names = [(entry.kind, entry.name) for entry in FORMATS]
    assert len(names) == len(set(names))


def test_a_file_of_rows_that_cannot_be_read_says_what_is_wrong_with_the_first(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher.ingest.streams.MAX_LINE", 100)
    file = open_file(write("a.jsonl", f'{{"id": "p1", "text": "{"a" * 200}"}}'))
    with pytest.raises(InputError) as caught:
        detect(file, ImportKind.PROFILES)
    assert caught.value.message == ("No row can be used; line 1: the line is longer than 10 MiB.")
    assert caught.value.remedy == "Write one record on each line."
