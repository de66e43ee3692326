from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.offer import Vacancy
from matcher.domain.text import LocalText
from matcher.encode.batch import EncodedBatch
from matcher.match.duplicates import SAME_TEXT, Seen
from tests.unit.match.samples import batch, leaning

JOB = Vacancy(id="a", title=LocalText(fi="Myyjä"), organisation="Kauppa Oy")


def encoded(digest: str, cosine: float = 1.0) -> EncodedBatch:
    return replace(batch([], pooled=[leaning(0, 1, cosine)]), hashes=(digest,))


def test_the_first_is_new_and_the_same_words_are_known_whoever_published_them() -> None:
    seen = Seen()
    assert not seen.before(JOB, encoded("x"))
    agency = replace(JOB, id="b", organisation="Välittäjä Oy", title=LocalText(fi="Kassamyyjä"))
    assert seen.before(agency, encoded("x"))


@pytest.mark.parametrize(("cosine", "known"), [(SAME_TEXT + 0.001, True), (0.9, False)])
def test_nearly_the_same_words_of_one_employer_under_one_title_are_known(
    cosine: float, known: bool
) -> None:
    seen = Seen()
    seen.before(JOB, encoded("x"))
    shouted = replace(JOB, title=LocalText(fi="MYYJÄ"), organisation="KAUPPA OY")
    assert seen.before(shouted, encoded("y", cosine)) is known


@pytest.mark.parametrize(
    "other",
    [replace(JOB, organisation="Toinen Oy"), replace(JOB, title=LocalText(fi="Varastomyyjä"))],
)
def test_nearly_the_same_words_of_another_employer_or_title_are_new(other: Vacancy) -> None:
    seen = Seen()
    seen.before(JOB, encoded("x"))
    assert not seen.before(other, encoded("y", SAME_TEXT + 0.001))
