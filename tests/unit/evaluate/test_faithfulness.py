from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.faithfulness import interval, read_region, row
from matcher.config import Settings
from matcher.domain.offer import Vacancy
from matcher.encode.encoder import load_encoder
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.evaluate import faithfulness
from matcher.evaluate.faithfulness import DEPTH, Deletion, deletions
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.match.reasons.explain import Named, Pairing
from matcher.match.reasons.what_if import WhatIf
from matcher.region.files import region_files
from tests.fakes import FakeEncoder
from tests.unit.match.region import COOKING, WELDING, profile

ENCODER = FakeEncoder(256)
THIN = profile("thin", "MIG-hitsaus", "hitsauspiirustusten lukeminen", "uinti")
BAKER = profile("baker", "leipomotyö", "kalastus verkoilla", "auton huolto", "puutarhan hoito")


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture(scope="module")
def builtin() -> list[Deletion]:
    """Some people and all vacancies of the built-in region, with the shipped encoder."""
    people, offers = read_region(region_files())
    jobs = [offer for offer in offers if isinstance(offer, Vacancy)]
    return list(deletions(people[:12], jobs, load_encoder(Settings().encoder), rng()))


def test_named_phrases_carry_the_score_and_as_many_others_do_not(builtin: list[Deletion]) -> None:
    gain = np.array([one.without_named - one.without_others for one in builtin])
    low, _ = interval(gain, [one.profile_id for one in builtin], rng())
    assert len(builtin) > 25
    assert low > 0.05
    assert (gain > 0).mean() > 0.95
    assert abs(np.mean([one.without_others for one in builtin])) < 0.015


def test_named_phrases_alone_keep_most_of_the_score_and_as_many_others_lose_it(
    builtin: list[Deletion],
) -> None:
    named = np.mean([one.only_named for one in builtin])
    others = np.mean([one.only_others for one in builtin])
    score = np.mean([one.score for one in builtin])
    assert named < 0.2 * score
    assert others > 0.35 * score


def test_reasons_name_few_of_a_profiles_phrases(builtin: list[Deletion]) -> None:
    shares = [one.named / one.phrases for one in builtin]
    assert 0 < np.mean(shares) < 0.25
    assert max(shares) <= 0.5
    assert max(np.unique([one.profile_id for one in builtin], return_counts=True)[1]) == DEPTH


def test_a_loss_is_the_difference_of_two_scores_made_anew() -> None:
    [found] = deletions([BAKER], [COOKING, WELDING], ENCODER, rng())
    records = RecordEncoder(ENCODER)
    offers = records.encode_offers([COOKING, WELDING])
    what_if = WhatIf(records, Likeness.measure(ENCODER))
    cooking = records.encode_offers([COOKING])
    without = profile("baker", "kalastus verkoilla", "auton huolto", "puutarhan hoito")
    full, left, alone = what_if.scores(
        [BAKER, without, profile("baker", "leipomotyö")],
        cooking,
        LexicalModel.fit(offers.lexical),
        PRIOR,
    ).tolist()
    assert (found.profile_id, found.offer_id) == ("baker", "v-cook")
    assert (found.named, found.phrases) == (1, 4)
    assert found.score == pytest.approx(full)
    assert found.without_named == pytest.approx(full - left)
    assert found.only_named == pytest.approx(full - alone)
    assert found.without_named > found.without_others


def test_false_reasons_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def false(pairing: Pairing) -> Iterator[Named]:
        yield Named(0, 1, 1.0, 1.0, 0.0)

    monkeypatch.setattr(faithfulness, "named", false)
    [found] = deletions([BAKER], [COOKING, WELDING], ENCODER, rng())
    assert found.without_named < found.without_others
    assert found.only_named > found.only_others


def test_a_profile_of_which_most_is_named_is_left_out() -> None:
    assert list(deletions([THIN], [WELDING], ENCODER, rng())) == []
    assert list(deletions([], [WELDING], ENCODER, rng())) == []


def test_an_interval_is_of_profiles_not_of_matches() -> None:
    values = np.array([0.0, 0.0, 0.0, 1.0])
    assert interval(values, ["a", "a", "a", "a"], rng()) == (0.25, 0.25)
    low, high = interval(values, ["a", "a", "a", "b"], rng())
    assert (low, high) == (0.0, 1.0)


def test_a_row_tells_means_and_how_often_the_named_cost_more() -> None:
    found = [
        Deletion("a", "v", 0.4, 1, 4, 0.2, 0.0, 0.1, 0.3),
        Deletion("a", "w", 0.2, 1, 4, 0.0, 0.1, 0.1, 0.1),
    ]
    shown = row(found, rng()).split()
    assert shown[:5] == ["2", "0.300", "0.100", "0.050", "0.050"]
    assert shown[5:] == ["(0.050", "to", "0.050)", "50.0%", "0.100", "0.200"]
