"""The catalogues say everything that the code does, in every language that it is to be said in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes

from matcher.i18n.catalogues import LOCALES, read_catalogue
from matcher.i18n.tongue import Tongue
from matcher.i18n.update import KEYWORDS, catalogue_files, templates, update

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "api" / "web" / "templates"
#: What lies there; whether these are the files that there have to be, is tested.
FILES = [
    (path.stem, tongue, path)
    for tongue in Tongue
    for path in sorted((LOCALES / tongue.folder).rglob("*.po"))
]
IDS = [f"{domain}-{tongue}" for domain, tongue, _ in FILES]
MARKERS = {name for keywords in KEYWORDS.values() for name in keywords}

Key = tuple[str | None, str | tuple[str, ...]]


@cache
def sentences() -> dict[str, Catalog]:
    """All sentences of the code; not on import, which every worker of a session does."""
    return templates()


def keys(catalogue: Catalog) -> set[Key]:
    return {(message.context, as_id(message.id)) for message in catalogue if message.id}


def as_id(id: object) -> str | tuple[str, ...]:
    return id if isinstance(id, str) else tuple(id)  # type: ignore[arg-type]  # babel's plural ids


def texts(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]  # as above


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_are_catalogues_of_what_the_service_and_of_what_a_client_reads() -> None:
    assert {tongue for domain, tongue, _ in FILES if domain == "client"} == {
        Tongue.FI,
        Tongue.SV,
        Tongue.RU,
        Tongue.PLAIN_FI,
    }
    assert {tongue for domain, tongue, _ in FILES if domain == "cli"} == {Tongue.FI, Tongue.SV}


def test_no_file_of_a_catalogue_is_missing_or_left_over() -> None:
    promised = sorted(path for _, _, path in catalogue_files(sentences()))
    assert sorted(LOCALES.rglob("*.po")) == promised, "run make words"


@pytest.mark.parametrize(("domain", "tongue", "path"), FILES, ids=IDS)
def test_a_catalogue_has_every_sentence_of_the_code_and_no_other(
    domain: str, tongue: Tongue, path: Path
) -> None:
    assert keys(read_catalogue(path, tongue)) == keys(sentences()[domain]), "run make words"


def test_no_sentence_says_the_same_word_for_word_in_finnish_and_swedish() -> None:
    said = {(domain, tongue): read_catalogue(path, tongue) for domain, tongue, path in FILES}
    same = [
        message.string
        for (domain, tongue), catalogue in said.items()
        if tongue is Tongue.SV
        for message in catalogue
        # What is one word or only places may well be the same.
        if len(re.findall(r"\b[^\W\d_]{2,}\b", re.sub(r"\{.*?\}", "", str(message.id)))) > 1
        and (finnish := said[domain, Tongue.FI].get(message.id, message.context)) is not None
        and finnish.string == message.string
    ]
    assert same == []


@pytest.mark.parametrize(("domain", "tongue", "path"), FILES, ids=IDS)
def test_every_sentence_is_translated_with_the_same_places_in_each_of_its_forms(
    domain: str, tongue: Tongue, path: Path
) -> None:
    catalogue = read_catalogue(path, tongue)
    for message in catalogue:
        if not message.id:
            continue
        forms = texts(message.string)
        assert len(forms) == (1 if isinstance(message.id, str) else catalogue.num_plurals)
        for form in forms:
            assert form.strip(), f"{message.id} is not translated"
            assert places(form) == places(texts(message.id)[-1]), message.id


def test_the_same_english_words_are_the_same_in_every_room() -> None:
    said: dict[tuple[Tongue, Key], set[str]] = {}
    for _, tongue, path in FILES:
        for message in read_catalogue(path, tongue):
            key = (tongue, (message.context, as_id(message.id)))
            said.setdefault(key, set()).add(str(message.string))
    differing = {key for key, found in said.items() if key[1][1] and len(found) > 1}
    assert differing == set(), "declare them with msg_in and a context"


def test_every_declared_sentence_is_written_out_where_it_is_found() -> None:
    declared = {key for path in sources() for key in declarations(path)}
    declared |= {key for path in PAGES.rglob("*.html") for key in said_on(path)}
    assert declared == set().union(*(keys(catalogue) for catalogue in sentences().values()))
    assert (None, "Jobs") in declared


def sources() -> Iterator[Path]:
    for package in ("matcher", "api"):
        yield from (ROOT / package).rglob("*.py")


def said_on(path: Path) -> Iterator[Key]:
    """The sentences that a template declares as code does."""
    for call in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in MARKERS:
            continue
        count = {"msg_in": 2, "msgs": 2, "client_msgs": 2}.get(call.node.name, 1)
        words = [each.value for each in call.args[:count] if isinstance(each, nodes.Const)]
        assert len(words) == count, f"{path}:{call.lineno} is not written out"
        match call.node.name:
            case "msg_in":
                yield words[0], words[1]
            case "msgs" | "client_msgs":
                yield None, tuple(words)
            case _:
                yield None, words[0]


def declarations(path: Path) -> Iterator[Key]:
    """The sentences that the functions which declare them are called with."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id not in MARKERS:
                continue
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            assert len(words) == len(node.args), f"{path}:{node.lineno} is not written out"
            text = [str(word) for word in words]
            match node.func.id:
                case "msg_in":
                    yield text[0], text[1]
                case "msgs" | "client_msgs":
                    yield None, tuple(text)
                case _:
                    yield None, text[0]


def test_catalogues_are_as_updating_leaves_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_text("utf-8") for _, _, path in FILES}
    for path, text in before.items():
        copy = tmp_path / path.relative_to(LOCALES)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text, "utf-8")
    monkeypatch.setattr("matcher.i18n.update.LOCALES", tmp_path)
    update()
    after = {path: (tmp_path / path.relative_to(LOCALES)).read_text("utf-8") for path in before}
    assert after == before


@pytest.mark.parametrize(
    ("tongue", "other_word"),
    [(Tongue.FI, r"\btarjou(?:s|ks)"), (Tongue.SV, r"\berbjudand(?!e om )")],
)
def test_an_offer_has_one_name_which_is_not_that_of_one_that_obliges(
    tongue: Tongue, other_word: str
) -> None:
    said = [
        text
        for _, spoken, path in FILES
        if spoken is tongue
        for message in read_catalogue(path, tongue)
        if message.id
        for text in texts(message.string)
    ]
    assert [text for text in said if re.search(other_word, text, re.IGNORECASE)] == []
