from __future__ import annotations

import json

import numpy as np
import pytest

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.match.features import Feature, interact
from matcher.match.learning.fit import Verdict
from matcher.match.learning.people import judged_people, record
from matcher.match.likeness import Likeness
from tests.unit.match.region import COOKING, NEED, NOW, WELDER, WELDING, Region

BETTER = Verdict((0.1,) * 7, 40, 400, 0.5, 0.6, 0.05, 0.15, {"language fi": 0.1}, ())


def said(
    id: str, offer: str, kind: OfferKind, action: Action, reason: Reason | None = None
) -> Feedback:
    return Feedback(
        id=id,
        profile_id="welder",
        offer_id=offer,
        kind=kind,
        action=action,
        reason=reason,
        position=3,
        shown="s",
        at=NOW,
        by="key",
    )


@pytest.fixture
def told(region: Region) -> Region:
    """The welder applied for a job, refused another for his skills, and saved a need."""
    region.add(WELDER, WELDING, COOKING, NEED)
    region.publish()
    unskilled = Reason.SKILLS_MISSING
    for event in (
        said("1", "v-weld", OfferKind.VACANCY, Action.APPLIED),
        said("2", "v-cook", OfferKind.VACANCY, Action.NOT_SUITABLE, unskilled),
        said("3", "n-weld", OfferKind.NEED, Action.SAVED),
        said("4", "v-gone", OfferKind.VACANCY, Action.SAVED),
    ):
        region.store.feedback.add(event)
    return region


def test_judged_offers_have_the_features_that_rank_them(told: Region) -> None:
    [judged] = judged_people(told.store, told.live(), told.records)
    by_kind = dict(zip(judged.table[:, Feature.DENSE].tolist(), judged.fits.tolist(), strict=True))
    offers = told.records.encode_offers([WELDING, COOKING, NEED])
    held = interact(
        told.records.encode_profiles([WELDER]),
        offers,
        np.zeros(3, np.float32),
        Likeness.measure(told.records.encoder),
    )
    expected = dict(zip(held.table[:, Feature.DENSE].tolist(), [True, False, True], strict=True))
    assert {round(key, 5): fits for key, fits in by_kind.items()} == {
        round(key, 5): fits for key, fits in expected.items()
    }
    assert judged.weights.tolist() == [3.0, 3.0, 3.0]
    assert judged.groups == ("language fi", "municipality 564")


def test_who_is_erased_teaches_nothing(told: Region) -> None:
    told.store.erase_profile("welder", NOW)
    assert list(judged_people(told.store, told.live(), told.records)) == []


def test_a_decision_is_written_down_with_its_encoder_and_reasons(told: Region) -> None:
    id = record(told.store, BETTER, "enc-1", NOW)
    run = told.store.runs.get(id)
    assert (run.kind, run.state, run.finished_at) == ("train-ranker", "better", NOW)
    assert run.report["encoder"] == "enc-1"
    assert run.report["weights"]["within_reach"] == 0.1
    assert run.report["in_use"]["dense"] == 0.22
    assert run.report["groups"] == {"language fi": 0.1}
    assert "welder" not in json.dumps(run.report)


def test_a_decision_against_is_written_down_too(told: Region) -> None:
    kept = Verdict((), 2, 9, 0.0, 0.0, 0.0, 0.0, {}, ("9 judgements; at least 300 are needed",))
    run = told.store.runs.get(record(told.store, kept, "enc-1", NOW))
    assert (run.state, run.report["weights"]) == ("kept", {})
    assert run.report["against"] == ["9 judgements; at least 300 are needed"]
