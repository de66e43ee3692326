from __future__ import annotations

from pathlib import Path

import pytest

from matcher.i18n.catalogues import read_catalogue
from matcher.i18n.tongue import Tongue
from matcher.i18n.update import templates, update

CODE = """
from matcher.i18n.message import client_msg, msg, msg_in, msgs
ONE = msg("One {thing}")
LONG = msg(
    "First half, "
    "second half"
)
BAND = msg_in("band", "good")
COUNTED = msgs("{n} day", "{n} days")
READ = client_msg("Your list")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "matcher" / "match").mkdir(parents=True)
    (tmp_path / "api").mkdir()
    (tmp_path / "matcher" / "match" / "some.py").write_text(CODE, "utf-8")
    (tmp_path / "api" / "page.py").write_text('TITLE = msg("Title")\n', "utf-8")
    return tmp_path


def ids(root: Path) -> dict[str, set[object]]:
    return {
        domain: {(m.context, m.id) for m in catalogue if m.id}
        for domain, catalogue in templates(root).items()
    }


def test_sentences_are_found_by_room_and_what_a_client_reads_by_itself(root: Path) -> None:
    assert ids(root) == {
        "match": {
            (None, "First half, second half"),
            (None, "One {thing}"),
            (None, ("{n} day", "{n} days")),
            ("band", "good"),
        },
        "client": {(None, "Your list")},
        "api": {(None, "Title")},
    }


def test_updating_keeps_translations_adds_what_is_new_and_removes_what_is_gone(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locales = tmp_path / "locales"
    found = templates(root)
    monkeypatch.setattr("matcher.i18n.update.LOCALES", locales)
    monkeypatch.setattr("matcher.i18n.update.templates", lambda: found)
    update()
    path = locales / "sv" / "match.po"
    path.write_text(
        path.read_text("utf-8")
        .replace('msgid "One {thing}"\nmsgstr ""', 'msgid "One {thing}"\nmsgstr "En {thing}"')
        .replace('msgid "First half, second half"', 'msgid "Gone"'),
        "utf-8",
    )
    update()
    said = {message.id: message.string for message in read_catalogue(path, Tongue.SV)}
    assert said["One {thing}"] == "En {thing}"
    assert said["First half, second half"] == ""
    assert "Gone" not in said
    assert sorted(path.name for path in (locales / "ru").iterdir()) == ["client.po"]


def test_a_second_update_changes_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = templates(root)
    monkeypatch.setattr("matcher.i18n.update.LOCALES", tmp_path / "locales")
    monkeypatch.setattr("matcher.i18n.update.templates", lambda: found)
    update()
    path = tmp_path / "locales" / "fi" / "match.po"
    once = path.read_bytes()
    update()
    assert path.read_bytes() == once
