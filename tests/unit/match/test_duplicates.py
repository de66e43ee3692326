"""One job is one employer, one role and one place."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from matcher.domain.offer import Vacancy
from matcher.domain.parts import Place
from matcher.domain.text import LocalText
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import FEATURES
from matcher.match import duplicates
from matcher.match.duplicates import SAME_JOB, SAME_WORDS, SameJob, Seen
from tests.unit.match.samples import batch

OULU = Place(municipalities=("564",))
JOB = Vacancy(id="a", title=LocalText(fi="Myyjä"), organisation="Kauppa Oy", place=OULU)
OTHER_TITLE = replace(JOB, title=LocalText(fi="Kassamyyjä"))
AGENCY = replace(JOB, organisation="Välittäjä Oy")


def encoded(alike: float, digest: str = "other") -> EncodedBatch:
    """An advertisement whose n-grams have this cosine to those of `first`."""
    grams = csr_matrix(
        (np.array([alike, sqrt(1 - alike**2)], np.float32), ([0, 0], [0, 1])), shape=(1, FEATURES)
    )
    return replace(batch([]), hashes=(digest,), lexical=grams)


def is_known(other: Vacancy, alike: float, digest: str = "other", first: Vacancy = JOB) -> bool:
    seen = Seen()
    assert not seen.before(first, encoded(1.0, "first"))
    assert seen.holds(other, encoded(alike, digest)) is seen.holds(other, encoded(alike, digest))
    return seen.before(other, encoded(alike, digest))


def named(organisation: str) -> Vacancy:
    return replace(JOB, organisation=organisation)


@pytest.mark.parametrize(("alike", "known"), [(SAME_JOB + 0.002, True), (SAME_JOB - 0.002, False)])
def test_nearly_the_same_words_of_one_employer_under_one_title_are_known(
    alike: float, known: bool
) -> None:
    shouted = replace(JOB, title=LocalText(fi="MYYJÄ"), organisation="KAUPPA OY")
    assert is_known(shouted, alike) is known


@pytest.mark.parametrize("other", [OTHER_TITLE, AGENCY])
@pytest.mark.parametrize(
    ("alike", "known"), [(SAME_WORDS + 0.002, True), (SAME_WORDS - 0.002, False)]
)
def test_under_another_title_or_of_another_employer_the_words_must_be_the_same(
    other: Vacancy, alike: float, known: bool
) -> None:
    assert is_known(other, alike) is known


def test_another_title_of_another_employer_is_another_job() -> None:
    assert not is_known(replace(OTHER_TITLE, organisation="Toinen Oy"), 1.0)


def test_the_very_same_words_are_known_whoever_published_them() -> None:
    assert is_known(replace(OTHER_TITLE, organisation="Toinen Oy"), 0.0, "first")


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ("Kauppa Oy", "Kauppa", True),
        ("Kauppa Oyj Abp", "Kauppakeskus", True),
        ("Oulun kaupunki", "Päiväkoti Päivänsäde / Oulun kaupunki", True),
        ("", "Kauppa Oy", True),
        ("Kauppa Oy", "Toinen Oy", False),
    ],
)
def test_names_of_one_employer_go_together(one: str, other: str, known: bool) -> None:
    assert is_known(named(other), 0.95, first=named(one)) is known


@pytest.mark.parametrize(
    ("place", "known"),
    [
        (Place(municipalities=("564", "049")), True),
        (Place(), True),
        (Place(regions=("17",)), True),
        (Place(municipalities=("049",)), False),
        (Place(regions=("01",)), False),
        (Place(countries=("SE",)), True),
    ],
)
def test_the_same_words_elsewhere_are_another_job(place: Place, known: bool) -> None:
    assert is_known(replace(JOB, place=place), 1.0, "first") is known


def test_another_country_is_another_place() -> None:
    abroad = replace(JOB, place=Place(countries=("SE",)))
    assert not is_known(replace(JOB, place=Place(countries=("NO",))), 1.0, first=abroad)


@pytest.mark.parametrize(
    ("text", "known"),
    [("Siltakatu 1, 90100 Oulu", True), ("Koulutie 2, 90500 Oulu", False), ("Oulussa", True)],
)
def test_other_postcodes_are_another_place(text: str, known: bool) -> None:
    first = replace(JOB, text=LocalText(fi="Siltakatu 1, 90100 Oulu, puh. 0401234567"))
    assert is_known(replace(JOB, text=LocalText(fi=text)), 1.0, first=first) is known


def test_advertisements_without_words_are_no_copies() -> None:
    seen = Seen()
    wordless = replace(batch([]), hashes=("x",))
    seen.add(JOB, wordless)
    assert not seen.holds(JOB, replace(wordless, hashes=("y",)))


def test_what_lists_compared_is_the_same_for_the_next_list(monkeypatch: pytest.MonkeyPatch) -> None:
    # So few comparisons are remembered that they are forgotten within a list.
    monkeypatch.setattr(duplicates, "_PAIRS", 3)
    ads = [
        duplicates.advertisement(offer, digest, (np.array([0], np.int32), np.ones(1, np.float32)))
        for offer, digest in [(JOB, "a"), (OTHER_TITLE, "b"), (named("Muu Oy"), "c"), (JOB, "d")]
    ]
    together, told = SameJob(), []
    for order in (ads, ads[::-1], ads):
        alone, shared = Seen(), Seen(together)
        told.append([(alone.met(one), shared.met(one)) for one in order])
    assert all(alone == shared for answers in told for alone, shared in answers)
    assert [one for one, _ in told[0]] == [False, True, True, True]
