"""The documentation is true: what can be set, called or made is named, and links lead on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matcher.cli.app import COMMANDS
from matcher.config import PREFIX, Settings
from matcher.store.schema import metadata

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def make_verbs() -> list[str]:
    """The verbs of the Makefile, from its list of phony targets."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    return [verb for verb in phony[1].split() if verb != "help"]


def links(page: Path) -> list[str]:
    """The relative links of a page, outside its code."""
    found = _LINK.findall(_FENCE.sub("", page.read_text("utf-8")))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page make."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(page.read_text("utf-8"))
    }


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{PREFIX}{setting.upper()}`" in README


def test_the_readme_names_no_setting_that_there_is_not() -> None:
    known = {PREFIX + setting.upper() for setting in Settings.model_fields}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", README)) == known


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained_in_its_docstring(setting: str) -> None:
    assert re.search(rf"^ +{setting}$", Settings.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"`matcher {command}\b", README)


def test_the_readme_calls_no_command_that_there_is_not() -> None:
    called = re.findall(r"(?:`|bin/)matcher ([a-z][a-z-]*)", README)
    assert set(called) <= set(COMMANDS)


@pytest.mark.parametrize("verb", make_verbs())
def test_every_make_verb_is_in_the_readme(verb: str) -> None:
    assert re.search(rf"\bmake {verb}\b", README)


@pytest.mark.parametrize("verb", make_verbs())
def test_every_make_verb_has_a_rule(verb: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{verb}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        file = page if not target else page.parent / target
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(link)
    assert broken == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = {link.partition("#")[0] for link in links(folder / "README.md")}
    assert {path.name for path in folder.glob("[0-9]*.md")} <= listed


TRUST = sorted((ROOT / "docs" / "trust").glob("*.md"))
_ROW = re.compile(r"^\| (?!---)(.+) \|$", re.MULTILINE)
_QUOTED = re.compile(r"`([^`]+)`")


def claims(page: Path) -> list[str]:
    """The last cells of a paper's tables: what shows the statement before it."""
    rows = [row.rsplit(" | ", 1) for row in _ROW.findall(page.read_text("utf-8"))]
    heads = {"shown by", "where it is told"}
    return [cells[-1] for cells in rows if cells[-1] not in heads]


def exists(named: str) -> bool:
    """Whether there is such a file, command or verb of make."""
    if named.startswith("matcher "):
        return named.split()[1] in COMMANDS
    if named.startswith("make "):
        return named.split()[1] in make_verbs()
    return (ROOT / named).is_file()


@pytest.mark.parametrize("page", TRUST[1:], ids=lambda page: page.stem)
def test_every_statement_of_a_paper_names_what_shows_it(page: Path) -> None:
    shown = [(claim, _QUOTED.findall(claim)) for claim in claims(page)]
    assert shown
    assert [claim for claim, named in shown if not named] == []
    assert [name for _, named in shown for name in named if not exists(name)] == []


def test_the_page_on_postgresql_explains_every_index() -> None:
    page = (ROOT / "docs" / "postgresql.md").read_text("utf-8")
    indexes = {str(index.name) for table in metadata.sorted_tables for index in table.indexes}
    assert set(re.findall(r"`(ix_\w+)`", page)) == indexes
