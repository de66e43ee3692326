"""Words that may discriminate, and words that only look so."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.parts import Requirement
from matcher.domain.text import Lang, LocalText
from matcher.domain.wording import Ground
from matcher.match.employer.wording import check_offer, check_text
from tests.unit.match.region import NEED

with (Path(__file__).parent / "wording_sentences.tsv").open(encoding="utf-8") as file:
    SENTENCES = list(csv.DictReader(file, delimiter="\t"))
OWN = [row for row in SENTENCES if row["half"] == "own"]
#: No cue was changed for these; one is missed, which says how good the cues are.
HELD_OUT = [row for row in SENTENCES if row["half"] == "held out"]
MISSED = "Toivomme, ettei sinulla ole pieniä lapsia."


def grounds(text: str) -> set[str]:
    return {finding.ground.value for finding in check_text(text)}


@pytest.mark.parametrize("row", OWN, ids=lambda row: row["sentence"])
def test_a_sentence_is_found_for_its_ground_or_not_at_all(row: dict[str, str]) -> None:
    assert grounds(row["sentence"]) == ({row["ground"]} if row["ground"] else set())


def test_sentences_that_were_held_out_are_judged_as_well_as_promised() -> None:
    wrong = [
        row["sentence"]
        for row in HELD_OUT
        if grounds(row["sentence"]) != ({row["ground"]} if row["ground"] else set())
    ]
    assert wrong == [MISSED]


def test_a_finding_quotes_the_words_and_brings_law_and_advice_in_their_language() -> None:
    [finding] = check_text("Konepaja kasvaa. Etsimme reipasta tyttöä kahvilaan!")
    assert (finding.ground, finding.lang) == (Ground.SEX, Lang.FI)
    assert finding.quote in "Etsimme reipasta tyttöä"
    assert "609/1986" in finding.law
    assert finding.advice.startswith("Käyttäkää ammattinimikettä")


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("ground", Ground)
def test_every_ground_has_a_cue_law_and_advice_in_every_language(
    ground: Ground, lang: Lang
) -> None:
    samples = {
        (Ground.OPINION, Lang.SV): "Du ska inte vara medlem i ett fackförbund.",
        (Ground.OPINION, Lang.EN): "You are not a union member.",
        (Ground.RELIGION, Lang.SV): "Du är kristen.",
    }
    texts = [row["sentence"] for row in SENTENCES if row["ground"] == ground]
    found = [
        finding
        for text in [*texts, samples.get((ground, lang), "")]
        for finding in check_text(text)
        if (finding.ground, finding.lang) == (ground, lang)
    ]
    assert found
    assert found[0].law
    assert found[0].advice


def test_all_words_of_a_need_are_checked_and_each_finding_is_told_once() -> None:
    need = replace(
        NEED,
        title=LocalText(fi="Reipas tyttö kahvilaan", sv="Glad tjej till kaféet"),
        text=LocalText(fi="Reipas tyttö kahvilaan. Hakijan on oltava täysin terve."),
        requirements=(Requirement("äidinkielenään suomea puhuva"),),
        tasks=("vain naisia vastaanottoon",),
    )
    assert [(one.ground, one.lang) for one in check_offer(need)] == [
        (Ground.SEX, Lang.FI),
        (Ground.SEX, Lang.SV),
        (Ground.HEALTH, Lang.FI),
        (Ground.LANGUAGE, Lang.FI),
        (Ground.SEX, Lang.FI),
    ]
    assert check_offer(NEED) == []
