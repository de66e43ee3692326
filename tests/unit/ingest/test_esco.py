"""ESCO from official packages of several languages, and from combined tables."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.esco import EscoReport, import_esco
from matcher.store.concepts import Concept, ConceptKind, Relation
from matcher.store.store import Store

COOK = "http://data.europa.eu/esco/occupation/cook"
SOUP = "http://data.europa.eu/esco/skill/soup"
COOKS = "http://data.europa.eu/esco/isco/C5120"

OCCUPATIONS = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n"
SKILLS = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
GROUPS = "conceptType,conceptUri,code,preferredLabel,altLabels,description\n"
RELATIONS = (
    "occupationUri,relationType,skillType,skillUri\n"
    f"{COOK},essential,skill/competence,{SOUP}\n"
    f"{COOK},optional,knowledge,http://data.europa.eu/esco/skill/elsewhere\n"
)
FINNISH = {
    "occupations_fi.csv": OCCUPATIONS
    + f'Occupation,{COOK},5120,kokki,"keittäjä\nravintolakokki",Keittää.,5120.1\n',
    "skills_fi.csv": SKILLS
    + f"KnowledgeSkillCompetence,{SOUP},skill/competence,x,keittää soppaa,,\n",
    "ISCOGroups_fi.csv": f"{GROUPS}ISCOGroup,{COOKS},5120,Kokit,,\n",
    "occupationSkillRelations_fi.csv": RELATIONS,
    "skillsHierarchy_fi.csv": "Level 0 URI\nx\n",
}
ENGLISH = {
    "occupations_en.csv": f"{OCCUPATIONS}Occupation,{COOK},5120,cook,,Cooks.,5120.1\n",
    "skills_en.csv": SKILLS
    + f"KnowledgeSkillCompetence,{SOUP},skill/competence,x,make soup,boil soup,Soup.\n",
    "occupationSkillRelations_en.csv": RELATIONS,
    "occupations_de.csv": f"{OCCUPATIONS}Occupation,{COOK},5120,Koch,,,5120.1\n",
}
COMBINED = {
    "occupations.tsv": "uri\tcode\tlabel_fi\tlabel_sv\tlabel_en\talt_fi\tdescription_en\n"
    f'{COOK}\t5120.1\tkokki "iso"\tkock\tcook\tkeittäjä | ravintolakokki\tC:\\\\x\n',
    "skills.tsv": "uri\tlabel_fi\tlabel_sv\tlabel_en\talt_fi_v10\n"
    f"{SOUP}\tkeittää soppaa\tkoka soppa\tmake soup\tkeitto\n",
    "isco_groups.tsv": "uri\tcode\tlabel_fi\tlabel_sv\tlabel_en\n"
    f"{COOKS}\t5120\tKokit\tKockar\tCooks\n",
}


def folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def archive(path: Path, files: dict[str, str]) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(f"ESCO dataset - v1.2.0 - classification - x - csv/{name}", text)
    path.write_bytes(out.getvalue())
    return path


def test_official_packages_of_two_languages_grow_together(store: Store, tmp_path: Path) -> None:
    paths = [archive(tmp_path / "en.zip", ENGLISH), folder(tmp_path / "fi", FINNISH)]
    report = import_esco(store, paths)
    assert (report.concepts, report.relations, report.dropped) == (3, 1, 1)
    assert report.languages == (Lang.FI, Lang.EN)
    assert report.version.startswith("1.2.0+")
    assert store.concepts.get(COOK) == Concept(
        COOK,
        ConceptKind.OCCUPATION,
        "5120.1",
        LocalText("kokki", en="cook"),
        {Lang.FI: ("keittäjä", "ravintolakokki")},
        "Cooks.",
    )
    assert store.concepts.get(SOUP) == Concept(
        SOUP,
        ConceptKind.SKILL,
        "",
        LocalText("keittää soppaa", en="make soup"),
        {Lang.EN: ("boil soup",)},
        "Soup.",
    )
    assert store.concepts.get(COOKS).kind is ConceptKind.ISCO_GROUP
    assert store.concepts.relations(COOK) == [Relation(COOK, SOUP, essential=True)]


def test_combined_tables_are_read_unquoted(store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path / "esco", COMBINED)
    (path / "occupation_skill_relations.tsv.gz").write_bytes(
        gzip.compress(RELATIONS.replace(",", "\t").encode())
    )
    report = import_esco(store, [path])
    assert (report.concepts, report.relations) == (3, 1)
    assert store.concepts.get(COOK) == Concept(
        COOK,
        ConceptKind.OCCUPATION,
        "5120.1",
        LocalText('kokki "iso"', "kock", "cook"),
        {Lang.FI: ("keittäjä", "ravintolakokki")},
        "C:\\x",
    )
    assert store.concepts.get(SOUP).alt == {Lang.FI: ("keitto",)}


def test_the_same_files_change_nothing(store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path / "esco", COMBINED)
    assert import_esco(store, [path]).changed is True
    again = import_esco(store, [path])
    assert again == EscoReport(
        version=again.version,
        changed=False,
        concepts=3,
        relations=0,
        dropped=0,
        languages=(Lang.FI, Lang.SV, Lang.EN),
    )


def test_a_missing_column_is_named(store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path / "esco", {"skills_fi.csv": "conceptUri,label\nx,y\n"})
    with pytest.raises(InputError, match=r"skills_fi\.csv: Column 'preferredLabel' is missing"):
        import_esco(store, [path])


def test_a_folder_without_esco_is_refused_and_the_taxonomy_stays(
    store: Store, tmp_path: Path
) -> None:
    import_esco(store, [folder(tmp_path / "esco", COMBINED)])
    with pytest.raises(InputError, match="no occupations and no skills"):
        import_esco(store, [folder(tmp_path / "empty", {"notes.csv": "a\n1\n"})])
    assert store.concepts.get(COOK).uri == COOK


def test_half_a_package_does_not_replace_a_taxonomy(store: Store, tmp_path: Path) -> None:
    half = {name: text for name, text in FINNISH.items() if not name.startswith("skills")}
    with pytest.raises(InputError, match="only a part of it: no skills"):
        import_esco(store, [folder(tmp_path / "esco", half)])


def test_a_damaged_archive_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "esco.zip"
    path.write_bytes(b"PK rubbish")
    with pytest.raises(InputError, match="The zip archive is damaged"):
        import_esco(store, [path])
