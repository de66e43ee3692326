from __future__ import annotations

import pytest

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.encode.text import PhraseRole
from matcher.match.bands import (
    ENOUGH_PHRASES,
    GOOD_FROM,
    LISTED_FROM,
    STRONG_FROM,
    band_of,
    enough_known,
)
from tests.unit.match.samples import Said, axis, batch

COMPETENCE, EDUCATION = PhraseRole.COMPETENCE, PhraseRole.EDUCATION


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, Band.STRONG),
        (STRONG_FROM, Band.STRONG),
        (STRONG_FROM - 1e-6, Band.GOOD),
        (GOOD_FROM, Band.GOOD),
        (GOOD_FROM - 1e-6, Band.POSSIBLE),
        (0.0, Band.POSSIBLE),
    ],
)
def test_a_band_begins_at_its_threshold(score: float, band: Band) -> None:
    assert band_of(score, known=True) is band


@pytest.mark.parametrize("score", [0.0, GOOD_FROM, 1.0])
def test_of_whom_too_little_is_known_no_score_says_more(score: float) -> None:
    assert band_of(score, known=False) is Band.TOO_LITTLE_KNOWN


def test_every_kind_of_offer_is_listed_from_somewhere_below_good() -> None:
    assert set(LISTED_FROM) == set(OfferKind)
    assert all(0 < floor < GOOD_FROM < STRONG_FROM for floor in LISTED_FROM.values())


@pytest.mark.parametrize(
    ("roles", "enough"),
    [
        ([], False),
        ([COMPETENCE] * (ENOUGH_PHRASES - 1), False),
        ([COMPETENCE] * ENOUGH_PHRASES, True),
        ([COMPETENCE, PhraseRole.DONE, PhraseRole.SENTENCE], True),
        ([PhraseRole.WANTED] * ENOUGH_PHRASES, True),
        ([COMPETENCE, COMPETENCE, EDUCATION], False),
    ],
)
def test_three_phrases_of_doing_or_wanting_are_enough(
    roles: list[PhraseRole], enough: bool
) -> None:
    assert enough_known(batch([Said(role, axis(0)) for role in roles])) is enough
