"""Where evaluations take the taxonomy from."""

from __future__ import annotations

from pathlib import Path

from matcher.domain.text import Lang, LocalText
from matcher.evaluate.esco import Label, load_taxonomy
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.store import Store

OCCUPATION = ConceptKind.OCCUPATION


def test_the_tables_come_before_the_store(tmp_path: Path) -> None:
    head = "uri\tcode\tlabel_fi\tlabel_sv\tlabel_en\talt_fi"
    folder = tmp_path / "esco"
    folder.mkdir()
    row = "o/1\t1\tkokki\tkock\tcook\tKeittäjä"
    (folder / "occupations.tsv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    (folder / "skills.tsv").write_text(f"{head}\ns/1\t\tkeittää\t\tcook\t\n", encoding="utf-8")
    found = load_taxonomy(tmp_path, "sqlite:///nowhere/store.sqlite")
    assert found is not None
    assert found.of(OCCUPATION, Lang.FI) == [
        Label("o/1", OCCUPATION, Lang.FI, "kokki", True),
        Label("o/1", OCCUPATION, Lang.FI, "Keittäjä", False),
    ]
    assert found.folded() == {"kokki", "keittäjä", "kock", "cook", "keittää"}


def test_without_tables_the_store_is_asked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.sqlite"
    with Store.open(url) as store:
        store.concepts.replace_all(
            [Concept("o/1", OCCUPATION, labels=LocalText("kokki"))], [], "test"
        )
    found = load_taxonomy(tmp_path, url)
    assert found is not None
    assert (found.version, found.labels) == (
        "test",
        (Label("o/1", OCCUPATION, Lang.FI, "kokki", True),),
    )


def test_there_may_be_no_taxonomy(tmp_path: Path) -> None:
    assert load_taxonomy(tmp_path, f"sqlite:///{tmp_path}/store.sqlite") is None
