"""Employers' replies move needs in lists, by day as by night, and the same again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.replies import Replies
from matcher.match.decisions.record import Recorder, terms_of
from matcher.match.decisions.replay import Aspect, Difference, Replayer
from matcher.match.ranker import PRIOR
from matcher.match.search import COMPETENCE_ALONE, Blocked
from matcher.match.weights import Weights
from matcher.match.written import Writer
from matcher.store import codec
from tests.unit.match.region import COOK, NEED, NOW, TODAY, WELDER, WELDING, Region

NEEDS = [
    replace(NEED, id=f"n-{name}", organisation=f"{name} Oy", places=number)
    for number, name in enumerate(("quiet", "open", "new"), 1)
]
SILENT = {"quiet oy": Replies(silent=3), "open oy": Replies(taken_up=2, declined=1)}


@pytest.fixture
def full(region: Region) -> Region:
    """The needs ask for the same at three employers: what is heard of them is the difference."""
    distinct = [replace(one, tasks=(*one.tasks, f"työvaihe {one.organisation}")) for one in NEEDS]
    region.add(WELDER, COOK, WELDING, *distinct)
    region.publish()
    return region


def needs(region: Region, weights: Weights = COMPETENCE_ALONE) -> list[Match]:
    [lists] = region.matcher().match([WELDER], on=TODAY, weights=weights)
    return lists[OfferKind.NEED]


def standing(found: list[Match]) -> dict[str, float]:
    return {one.offer_id: one.score + one.lift for one in found}


def test_the_order_is_by_score_and_lift_and_scores_stay_as_they_were(full: Region) -> None:
    before = needs(full)
    full.store.replies.note(SILENT, NOW)
    after = needs(full)
    assert {one.offer_id: one.score for one in after} == {one.offer_id: one.score for one in before}
    assert {one.offer_id: one.band for one in after} == {one.offer_id: one.band for one in before}
    assert {one.offer_id: one.lift for one in after} == {
        "n-quiet": pytest.approx(-0.02),
        "n-open": pytest.approx(0.04 * 2 / 6),
        "n-new": 0,
    }
    expected = sorted(after, key=lambda one: -(one.score + one.lift))
    assert [one.offer_id for one in after] == [one.offer_id for one in expected]
    assert [one.rank for one in after] == [1, 2, 3]
    assert [one.offer_id for one in after] == ["n-open", "n-new", "n-quiet"]


def test_where_nothing_is_heard_the_match_says_nothing_of_it(full: Region) -> None:
    assert {(one.replies, one.lift) for one in needs(full)} == {(None, 0.0)}
    full.store.replies.note(SILENT, NOW)
    assert {one.offer_id: one.replies for one in needs(full)} == {
        "n-quiet": Replies(silent=3),
        "n-open": Replies(taken_up=2, declined=1),
        "n-new": None,
    }


def test_replies_also_move_a_list_that_somebody_has_tilted(full: Region) -> None:
    tilted = Weights(want=0.01, near=0.01)
    full.store.replies.note({"quiet oy": Replies(taken_up=5)}, NOW)
    assert needs(full, tilted)[0].offer_id == "n-quiet"
    full.store.replies.note({"quiet oy": Replies(silent=5)}, NOW)
    assert needs(full, tilted)[-1].offer_id == "n-quiet"


def test_what_the_night_writes_is_the_list_of_the_day(full: Region) -> None:
    full.store.replies.note(SILENT, NOW)
    heard = full.store.replies.heard()
    [night] = full.matcher().written([WELDER], Writer(), k=10, on=TODAY, ranker=PRIOR, heard=heard)
    assert [codec.load(Match, one.payload) for one in night[OfferKind.NEED]] == needs(full)


def test_the_night_goes_by_the_count_that_it_began_with(full: Region) -> None:
    before = needs(full)
    full.store.replies.note(SILENT, NOW)
    [night] = full.matcher().written([WELDER], Writer(), k=10, on=TODAY, ranker=PRIOR, heard=0)
    assert [codec.load(Match, one.payload) for one in night[OfferKind.NEED]] == before


def test_a_list_comes_out_the_same_from_its_record_after_replies_have_changed(
    full: Region,
) -> None:
    full.store.replies.note(SILENT, NOW)
    live = full.live()
    recorder = Recorder(live, full.store, full.records, 400)
    moment, kinds = recorder.moment(), tuple(OfferKind)
    [lists] = full.matcher().match([WELDER], kinds=kinds, on=TODAY)
    terms = terms_of(kinds, 10, Blocked.HIDE, COMPETENCE_ALONE, NOW)
    decision = recorder.fresh(WELDER, lists, terms, moment, NOW)
    full.store.decisions.add([decision])
    full.store.replies.note({"quiet oy": Replies(taken_up=9)}, NOW)
    kept = full.store.decisions.get(decision.id)
    replayer = Replayer(full.store, full.records, full.root)
    assert kept == decision
    assert replayer.replay(kept).differences == ()
    of_needs = [one.match for one in kept.placed or () if one.match.kind is OfferKind.NEED]
    assert [one.lift for one in of_needs] == [one.lift for one in lists[OfferKind.NEED]]
    # Had the list not heeded what was heard, the replay would tell.
    unheeded = replace(kept, inputs=replace(kept.inputs, heard=0))
    assert {one.aspect for one in replayer.replay(unheeded).differences} <= {
        Aspect.ORDER,
        Aspect.REPLIES,
    }
    assert replayer.replay(unheeded).differences != ()


def test_a_lift_that_is_not_the_recorded_one_is_a_difference(full: Region) -> None:
    full.store.replies.note({"new oy": Replies(silent=3)}, NOW)
    live = full.live()
    recorder = Recorder(live, full.store, full.records, 400)
    moment = recorder.moment()
    [lists] = full.matcher().match([WELDER], kinds=[OfferKind.NEED], on=TODAY)
    terms = terms_of([OfferKind.NEED], 10, Blocked.HIDE, COMPETENCE_ALONE, NOW)
    made = recorder.fresh(WELDER, lists, terms, moment, NOW)
    wrong = tuple(
        replace(one, match=replace(one.match, lift=0.0)) if one.match.offer_id == "n-new" else one
        for one in made.placed or ()
    )
    place = next(one.match.rank for one in wrong if one.match.offer_id == "n-new")
    found = Replayer(full.store, full.records, full.root).replay(replace(made, placed=wrong))
    told = Difference(Aspect.REPLIES, OfferKind.NEED, place, "0.000000", "-0.020000")
    assert found.differences == (told,)
