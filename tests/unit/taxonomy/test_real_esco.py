"""What the linker finds with the shipped encoder and the real taxonomy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.ingest.esco import import_esco
from matcher.store.store import Store
from matcher.taxonomy.linker import Linker

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def linker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Linker]:
    settings = Settings()
    esco = settings.data / "esco"
    if not esco.is_dir():
        pytest.skip(f"The real ESCO tables are not in {esco}; MATCHER_DATA tells where they are.")
    home = tmp_path_factory.mktemp("esco")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        import_esco(store, [esco])
        yield Linker(store, load_encoder(settings.encoder), home / "taxonomy")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Toimin lähihoitajana. Lääkehoito ja haavanhoito sujuvat.",
            {"lähihoitaja", "lääkehoito", "hoitaa haavaa"},
        ),
        ("Ajan trukkia ja teen keräilyä varastossa.", {"käyttää haarukkatrukkia", "keräilijä"}),
        ("Tein ohjelmistokehittäjänä Pythonia ja SQL:ää.", {"ohjelmistokehittäjä"}),
        ("Siivoojana toimistoissa, ikkunanpesu", {"siivooja", "ikkunanpesijä"}),
    ],
)
def test_finnish_texts_are_linked_to_what_a_coach_would_choose(
    linker: Linker, text: str, expected: set[str]
) -> None:
    assert expected <= {link.label for link in linker.link(text, Lang.FI)}


@pytest.mark.parametrize(
    "text",
    [
        "Kahdeksan vuotta sitten muutin tänne puolisoni kanssa elokuussa.",
        "Sinulla on voimassa oleva kortti ja hyvät edellytykset.",
        "Bussi kulkee puolen tunnin välein.",
    ],
)
def test_talk_is_linked_to_nothing(linker: Linker, text: str) -> None:
    assert [(link.label, link.matched.text) for link in linker.link(text, Lang.FI)] == []


ESCO = "http://data.europa.eu/esco/"
PHRASES = Path(__file__).with_name("everyday.tsv")


@pytest.mark.parametrize("half", ["a", "b"])
def test_everyday_phrases_find_their_concepts_and_little_else(linker: Linker, half: str) -> None:
    """The rules were made with half a in sight and half b out of it."""
    wanted = found = returned = right = 0
    with PHRASES.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["half"] == half]
    for row in rows:
        groups = [set(group.split("|")) for group in row["expected"].split(";") if group]
        accepted = {*row["also"].split("|")}.union(*groups)
        uris = [link.uri.removeprefix(ESCO) for link in linker.link(row["text"], Lang(row["lang"]))]
        wanted += len(groups)
        found += sum(1 for group in groups if group.intersection(uris))
        returned += len(uris)
        right += sum(1 for uri in uris if uri in accepted)
    assert found / wanted >= 0.9
    assert right / returned >= 0.85
