from __future__ import annotations

import numpy as np
import pytest

from matcher.config import Settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.evaluate.fairness.pairs import (
    BOUNDS,
    PairFigure,
    Variation,
    compared,
    pair_figures,
    shipped_twins,
)
from matcher.match.ranker import PRIOR
from matcher.nightly.golden import golden_set


def test_twins_differ_in_one_thing_alone() -> None:
    for each in shipped_twins():
        competences = {len(one.competences) for one in each.profiles}
        languages = {one.language for one in each.profiles}
        assert len(competences) == 1
        if each.variation is Variation.LANGUAGE:
            assert languages == set(Lang)
        else:
            assert len(languages) == 1
            assert len({one.competences for one in each.profiles}) == 1
            assert len({one.text for one in each.profiles}) == len(each.profiles)


def test_the_difference_is_the_mean_over_the_first_offers_of_either() -> None:
    one = (np.arange(20, 0, -1) / 20).astype(np.float32)
    other = one.copy()
    other[0] -= 0.05  # 0.95, still among the first ten
    apart, shared = compared(one, other)
    assert apart == pytest.approx(0.05 / 10, rel=1e-4)
    assert shared == 1.0


def test_offers_that_only_one_of_the_twins_is_shown_count() -> None:
    one, other = np.zeros(20, np.float32), np.zeros(20, np.float32)
    one[:10], other[10:] = 1, 1
    apart, shared = compared(one, other)
    assert apart == pytest.approx(1.0)
    assert shared == 0.0


def test_a_figure_passes_up_to_its_bound() -> None:
    bound = BOUNDS[Variation.NAME]
    assert PairFigure(Variation.NAME, 1, bound, bound, 1.0).passes
    assert not PairFigure(Variation.NAME, 1, bound + 1e-6, bound, 1.0).passes


def test_without_twins_or_advertisements_nothing_is_measured() -> None:
    encoder = load_encoder(Settings().encoder)
    assert pair_figures((), golden_set().ads, encoder, PRIOR) == []
    assert pair_figures(shipped_twins(), (), encoder, PRIOR) == []


def test_the_shipped_encoder_keeps_every_bound() -> None:
    encoder = load_encoder(Settings().encoder)
    twins = [one for one in shipped_twins() if one.profiles[0].id in {"twin-welder", "twin-nurse"}]
    found = pair_figures(twins, golden_set().ads, encoder, PRIOR)
    assert [one.variation for one in found if not one.passes] == []
    assert {one.variation for one in found} == set(Variation)
