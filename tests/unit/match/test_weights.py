from __future__ import annotations

import numpy as np
import pytest

from matcher.encode.text import PhraseRole
from matcher.errors import InputError
from matcher.match.weights import Weights, wantedness
from tests.unit.match.samples import SCALE, Said, axis, batch, leaning

SCORES = np.array([0.6, 0.4, 0.2], np.float32)
WANTED = np.array([0, 1, 1], np.float32)
HERE = [0.0, 0.0, 0.0]


def test_without_weights_the_order_is_that_of_the_scores() -> None:
    assert Weights().order(SCORES, WANTED, [None, 0.0, 50.0]) == [0, 1, 2]


def test_wishes_make_up_half_of_the_standing_at_most() -> None:
    assert Weights(want=1).order(SCORES, WANTED, HERE) == [1, 2, 0]
    # .9 × .6 against .9 × .4 + .1 and .9 × .2 + .1
    assert Weights(want=0.2).order(SCORES, WANTED, HERE) == [0, 1, 2]


def test_distance_takes_away_half_at_most() -> None:
    assert Weights(near=1).order(SCORES, WANTED, [100.0, 0.0, 0.0]) == [1, 0, 2]
    assert Weights(near=1).order(SCORES, WANTED, [900.0, 900.0, 0.0]) == [0, 1, 2]


def test_a_place_that_is_unknown_counts_as_far() -> None:
    assert Weights(near=1).order(SCORES, WANTED, [None, 0.0, 0.0]) == [1, 0, 2]


def test_equal_offers_stay_in_their_order() -> None:
    assert Weights(want=1).order(np.ones(3, np.float32), np.ones(3, np.float32), HERE) == [0, 1, 2]


@pytest.mark.parametrize("weights", [{"want": -0.1}, {"near": 1.5}, {"want": float("nan")}])
def test_weights_beyond_their_range_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(InputError, match="is not between 0 and 1"):
        Weights(**weights)


def test_wanted_is_the_best_likeness_of_a_wish_and_a_title() -> None:
    person = batch([Said(PhraseRole.WANTED, axis(0)), Said(PhraseRole.DONE, axis(1))])
    offers = batch(
        [Said(PhraseRole.TITLE, leaning(0, 2, 0.3)), Said(PhraseRole.TASK, axis(0))],
        [Said(PhraseRole.TITLE, axis(1))],
        [Said(PhraseRole.TASK, axis(0))],
    )
    assert wantedness(person, offers, SCALE) == pytest.approx([0.5, 0, 0])


def test_who_wants_nothing_is_drawn_nowhere() -> None:
    person = batch([Said(PhraseRole.DONE, axis(0))])
    assert wantedness(person, batch([Said(PhraseRole.TITLE, axis(0))]), SCALE).tolist() == [0]
