import numpy as np
import pytest

from matcher.domain.codes import LICENCE_INCLUDES, permit_cards
from matcher.domain.parts import WorkingTime
from matcher.domain.text import Lang
from matcher.region.chance import Dice
from matcher.region.families import common_families, families, region_rows
from matcher.region.phrases import common_barriers, pools

SLOTS = dict.fromkeys(
    [
        *("title", "title_cap", "years", "edu", "m", "km", "org", "n", "t1", "t2"),
        *("c1", "c2", "c3", "c1_cap", "wish", "wish2"),
    ],
    "x",
)
STYLES = [
    *("fi.own", "fi.coach", "sv.own", "en.own"),
    *("fi.ad", "sv.ad", "en.ad", "fi.ad.hours", "sv.ad.hours", "en.ad.hours"),
    *("fi.need", "fi.training", "fi.service"),
]


def test_every_finnish_vacancy_and_need_of_the_region_feeds_a_family() -> None:
    speech = [family.speech[Lang.FI] for family in families().values()]
    known = {text for one in speech for text in one.requirements}
    rows = [*region_rows("ads").values(), *region_rows("needs").values()]
    asked = [r for row in rows if row["language"] == "fi" for r in row["requirements"]]
    assert {r if isinstance(r, str) else r["text"] for r in asked} <= known


def test_a_family_knows_the_words_of_its_people_and_its_employers() -> None:
    metal = families()["metal"].speech[Lang.FI]
    assert "levyjen särmäys ja leikkaus" in metal.competences
    assert "luokkahitsauskokeen läpäisy" in metal.requirements
    assert "voimassa oleva hitsauspätevyys" in metal.taught


@pytest.mark.parametrize("key", families())
def test_a_family_uses_known_codes_only(key: str) -> None:
    family = families()[key]
    assert set(family.cards) <= set(permit_cards())
    assert {*family.licences, *family.needs_licence.values()} <= set(LICENCE_INCLUDES)
    assert set(family.hours) <= set(WorkingTime)
    assert set(family.near) <= set(families()) - {key}


@pytest.mark.parametrize("key", families())
def test_core_words_belong_to_occupations_of_the_family(key: str) -> None:
    speech = families()[key].speech[Lang.FI]
    assert set(speech.core) == set(speech.occupations)
    assert set(speech.qualifications) <= set(speech.occupations)


def test_skills_begin_with_what_the_occupation_cannot_do_without() -> None:
    nursing = families()["nursing"].speech[Lang.FI]
    skills = nursing.skills_of(["sairaanhoitaja"], 5, Dice(np.random.default_rng(0)))
    assert skills[0] == "laillistetun sairaanhoitajan pätevyys"
    assert set(skills[1:3]) <= set(nursing.core["sairaanhoitaja"])


def test_every_sentence_can_be_told_with_the_slots_there_are() -> None:
    dice = Dice(np.random.default_rng(0))
    speech = [s for family in families().values() for s in family.speech.values()]
    sentences = [t for style in STYLES for pool in pools(style).values() for t in pool]
    sentences += [t for s in speech for pool in (s.own, s.coach, s.work) for t in pool]
    told = [sentence.render(dice, SLOTS) for sentence in sentences]
    assert [text for text in told if any(mark in text for mark in "[]{}|")] == []


def test_common_families_are_all_families() -> None:
    assert {family.key for family in common_families().options} == set(families())


def test_a_barrier_speaks_every_style_and_names_known_families() -> None:
    for barrier in common_barriers().options:
        assert set(barrier.text) == {"fi.own", "fi.coach", "sv.own", "en.own"}
        assert set(barrier.restriction) == set(Lang)
        assert barrier.not_for <= set(families())
