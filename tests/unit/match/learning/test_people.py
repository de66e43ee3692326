from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.domain.ranker import Decision
from matcher.match.features import Feature, interact
from matcher.match.learning import people
from matcher.match.learning.fit import Verdict
from matcher.match.learning.people import entry_of, fitted_ranker, judged_people
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from tests.unit.match.region import COOKING, NEED, NOW, TODAY, WELDER, WELDING, Region

BETTER = Verdict(
    (0.1,) * 7, 40, 400, 0.5, 0.6, 0.05, 0.15, {"language fi": 0.1}, {"everybody": 0.0}, ()
)


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
    [judged] = judged_people(told.store, told.live(), told.records, TODAY)
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
    assert judged.groups[:2] == ("language fi", "municipality 564")


def test_who_is_erased_teaches_nothing(told: Region) -> None:
    told.store.erase_profile("welder", NOW)
    assert list(judged_people(told.store, told.live(), told.records, TODAY)) == []


@pytest.mark.parametrize(("held_out", "jobs"), [(True, 2), (False, 0)])
def test_only_who_is_held_out_brings_the_jobs_of_a_list(
    told: Region, monkeypatch: pytest.MonkeyPatch, held_out: bool, jobs: int
) -> None:
    monkeypatch.setattr(people, "is_held_out", lambda id: held_out)
    [judged] = judged_people(told.store, told.live(), told.records, TODAY)
    assert judged.listed.shape == (jobs, len(Feature))


def test_a_decision_names_its_weights_figures_and_reasons_and_nobody() -> None:
    entry = entry_of(BETTER, PRIOR, Decision.PROMOTED, encoder="enc-1", at=NOW, by="Liisa")
    fitted = fitted_ranker(BETTER)
    assert fitted is not None
    assert entry.revision == fitted.revision == "fitted-" + fitted.revision[-8:]
    assert entry.weights == dict.fromkeys(PRIOR.by_name(), 0.1)
    assert entry.figures["incumbent"] == PRIOR.revision
    assert entry.figures["change_90"] == [0.05, 0.15]
    assert (entry.decision, entry.encoder, entry.at, entry.by) == (
        "promoted",
        "enc-1",
        NOW,
        "Liisa",
    )


def test_a_decision_without_weights_says_why() -> None:
    short = Verdict((), 2, 9, 0.0, 0.0, 0.0, 0.0, {}, {}, ("9 judgements; at least 300",))
    entry = entry_of(short, PRIOR, Decision.KEPT_OUT, encoder="enc-1", at=NOW, by="x")
    assert (entry.revision, entry.weights) == (None, {})
    assert entry.figures["against"] == ["9 judgements; at least 300"]
