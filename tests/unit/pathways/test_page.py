from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.text import Lang
from matcher.pathways.load import area_named
from matcher.pathways.page import area_page
from tests.unit.pathways.pages import FOLDER, pages

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_page_of_an_area_says_what_its_file_says(path: Path) -> None:
    assert path.read_text("utf-8") == PAGES[path], "run python -m tests.unit.pathways.pages"


def test_there_is_no_page_without_an_area() -> None:
    assert set(FOLDER.glob("*.md")) == {*PAGES, FOLDER / "README.md"}


def test_a_page_says_the_conditions_of_a_rule_in_each_language() -> None:
    page = area_page(area_named("oulu-2021"), Lang.FI)
    assert (
        "- kaikki nämä:\n"
        "  - kotikunta alueella\n"
        "  - vähintään yksi näistä:\n"
        "    - työtön työnhakija\n"
        "    - työllistymispalvelussa\n"
        "  - vähintään yksi näistä:\n"
        "    - ei: oikeus ansiopäivärahaan\n"
        "    - ikä: alle 30\n"
        "    - maahanmuuttaja\n"
    ) in page
    assert "  - ålder: under 30\n" in area_page(area_named("oulu-2021"), Lang.SV)
    assert "### pay subsidy (palkkatuki)\n" in area_page(area_named("oulu-2021"), Lang.EN)


def test_codes_are_named_in_words() -> None:
    page = area_page(area_named("pori-2021"), Lang.EN)
    assert "- benefit: basic unemployment allowance or labour-market subsidy\n" in page


def test_a_page_tells_who_decides_and_what_proves_it() -> None:
    page = area_page(area_named("turku-2017"), Lang.EN)
    assert "- Decides: the TE office\n" in page
    assert "- Needs no offer.\n" in page
    assert "- Evidence: activation plan\n" in page
