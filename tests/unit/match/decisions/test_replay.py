"""A list can be made again from its record, also after everything has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.decision import Decision, Placed
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError, NotReadyError, SnapshotError
from matcher.match.decisions.record import Recorder, terms_of
from matcher.match.decisions.replay import Aspect, Difference, Replayer
from matcher.match.matcher import Matcher
from matcher.match.search import COMPETENCE_ALONE, Blocked
from matcher.match.weights import Weights
from tests.fakes import FakeEncoder
from tests.unit.match.region import (
    COOK,
    COOKING,
    NEED,
    NOW,
    SERVICE,
    TODAY,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    vacancy,
)

WORDS = ("MIG-hitsaus", "levyjen leikkaus")


def shown(region: Region, weights: Weights = COMPETENCE_ALONE, k: int = 10) -> Decision:
    """Show the welder a list and write it down."""
    live, matcher = region.live(), region.matcher()
    recorder = Recorder(live, region.store, region.records, 400)
    moment = recorder.moment()
    person = region.store.profiles.get("welder")
    kinds = tuple(OfferKind)
    [lists] = matcher.match([person], kinds=kinds, k=k, on=TODAY, weights=weights)
    terms = terms_of(kinds, k, Blocked.HIDE, weights, NOW)
    decision = recorder.fresh(person, lists, terms, moment, NOW)
    region.store.decisions.add([decision])
    return region.store.decisions.get(decision.id)


@pytest.fixture
def full(region: Region) -> Region:
    region.add(WELDER, COOK, WELDING, COOKING, NEED, TRAINING, SERVICE)
    region.publish()
    return region


def replayer(region: Region) -> Replayer:
    return Replayer(region.store, region.records, region.root)


def placed(decision: Decision, kind: OfferKind) -> list[str]:
    return [one.match.offer_id for one in decision.placed or () if one.match.kind is kind]


def test_a_list_made_again_at_once_is_equal(full: Region) -> None:
    decision = shown(full)
    assert placed(decision, OfferKind.VACANCY)[0] == "v-weld"
    again = replayer(full).replay(decision)
    assert (again.list_id, again.differences, again.other) == (decision.id, (), ())
    assert again.is_equal


def test_a_list_made_from_changes_since_the_snapshot_is_equal(full: Region) -> None:
    full.add(vacancy("v-later", "Levyseppähitsaaja", *WORDS))
    full.add(vacancy("v-also", "Hitsari", *WORDS))
    decision = shown(full)
    assert {"v-later", "v-also"} <= set(placed(decision, OfferKind.VACANCY))
    assert replayer(full).replay(decision).differences == ()


def test_a_list_is_equal_after_person_offers_wishes_and_snapshot_have_changed(
    full: Region,
) -> None:
    full.add(vacancy("v-later", "Levyseppähitsaaja", *WORDS))
    decision = shown(full, Weights(want=0.7, near=0.3), k=3)
    store = full.store
    full.add(replace(WELDER, competences=(Competence("laulaminen"),)))
    full.add(replace(WELDING, requirements=()))
    store.offers(OfferKind.VACANCY).close(["v-later"], NOW)
    wish = Feedback(
        id="f1",
        profile_id="welder",
        offer_id="n-weld",
        kind=OfferKind.NEED,
        action=Action.NOT_SUITABLE,
        reason=Reason.PAY,
        value="",
        at=NOW,
        by="coach",
    )
    store.feedback.add(wish)
    full.publish()
    assert replayer(full).replay(decision).differences == ()
    later = shown(full)
    assert placed(later, OfferKind.VACANCY) != placed(decision, OfferKind.VACANCY)
    assert replayer(full).replay(later).differences == ()


def test_which_of_several_copies_is_shown_does_not_depend_on_how_they_came_in(full: Region) -> None:
    live = full.live()
    for id in ("v-c", "v-a", "v-b"):
        full.add(vacancy(id, "Levyseppähitsaaja", *WORDS, organisation=id))
        live.refresh()
    assert live.revision == full.store.revision()
    recorder = Recorder(live, full.store, full.records, 400)
    moment = recorder.moment()
    [lists] = Matcher(live, full.store, full.records, 400).match([WELDER], on=TODAY)
    assert [one.offer_id for one in lists[OfferKind.VACANCY]] == ["v-weld", "v-a"]
    terms = terms_of(tuple(OfferKind), 10, Blocked.HIDE, Weights(), NOW)
    decision = recorder.fresh(WELDER, lists, terms, moment, NOW)
    assert replayer(full).replay(decision).differences == ()


def changed(decision: Decision, at: int, **changes: object) -> Decision:
    found = list(decision.placed or ())
    found[at] = replace(found[at], match=replace(found[at].match, **changes))  # type: ignore[arg-type]
    return replace(decision, placed=tuple(found))


def test_what_was_changed_in_a_record_is_named(full: Region) -> None:
    decision = shown(full)
    first: Match = (decision.placed or ())[0].match
    scored = changed(decision, 0, score=first.score + 0.01)
    [score] = replayer(full).replay(scored).differences
    assert (score.aspect, score.kind, score.place) == (Aspect.SCORE, first.kind, 1)
    banded = changed(decision, 0, band=Band.TOO_LITTLE_KNOWN)
    [band] = replayer(full).replay(banded).differences
    assert band == Difference(Aspect.BAND, first.kind, 1, "too_little_known", first.band.value)
    reasoned = changed(decision, 0, reasons=first.reasons[1:])
    [reason] = replayer(full).replay(reasoned).differences
    assert reason.aspect is Aspect.REASONS
    gated = changed(decision, 0, gates=())
    assert replayer(full).replay(gated).differences[0].aspect is Aspect.GATES
    other = changed(decision, 0, offer_id="v-other")
    [order] = replayer(full).replay(other).differences
    assert order == Difference(Aspect.ORDER, first.kind, 1, "v-other", first.offer_id)


def test_a_score_that_differs_by_noise_is_the_same(full: Region) -> None:
    decision = shown(full)
    first: Match = (decision.placed or ())[0].match
    noisy = changed(decision, 0, score=first.score + 5e-7)
    assert replayer(full).replay(noisy).is_equal


def test_what_spread_moved_is_put_back_before_lists_are_compared(full: Region) -> None:
    full.add(vacancy("v-later", "Levyseppähitsaaja", *WORDS))
    decision = shown(full)
    vacancies = [one for one in decision.placed or () if one.match.kind is OfferKind.VACANCY]
    first, second = vacancies[:2]
    moved = (
        Placed(replace(second.match, rank=1), 2, second.content_hash),
        Placed(replace(first.match, rank=2), 1, first.content_hash),
    )
    rest = tuple(one for one in decision.placed or () if one not in (first, second))
    assert replayer(full).replay(replace(decision, placed=(*moved, *rest))).is_equal
    twice = replace(moved[1], rank_by_fit=2)
    lost = replace(decision, placed=(moved[0], twice, *rest))
    assert {one.aspect for one in replayer(full).replay(lost).differences} == {Aspect.ORDER}


def test_a_changed_profile_is_told(full: Region) -> None:
    decision = shown(full)
    other = replace(decision, inputs=replace(decision.inputs, content_hash="another"))
    [told] = replayer(full).replay(other).differences
    assert (told.aspect, told.recorded) == (Aspect.PROFILE, "another")


def test_other_revisions_are_named(full: Region) -> None:
    decision = shown(full)
    basis = replace(decision.basis, ranker="old", taxonomy="1.1")
    again = replayer(full).replay(replace(decision, basis=basis))
    assert (again.is_equal, again.other) == (True, ("ranker", "taxonomy"))


def test_a_list_whose_snapshot_is_gone_cannot_be_made_again(full: Region) -> None:
    decision = shown(full)
    basis = replace(decision.basis, snapshot="20200101T000000Z-abc")
    with pytest.raises(NotFoundError, match="There is no snapshot"):
        replayer(full).replay(replace(decision, basis=basis))


def test_a_list_of_another_encoder_cannot_be_made_again(full: Region) -> None:
    decision = shown(full)
    other = RecordEncoder(FakeEncoder(256, seed=1))
    with pytest.raises(SnapshotError, match="encoder"):
        Replayer(full.store, other, full.root).replay(decision)


def test_a_record_without_inputs_says_so(full: Region) -> None:
    decision = shown(full)
    bare = replace(decision, inputs=replace(decision.inputs, content_hash=""))
    with pytest.raises(NotReadyError, match="does not say from what it was made"):
        replayer(full).replay(bare)


def test_after_an_erasure_there_is_nothing_to_make_again(full: Region) -> None:
    decision = shown(full)
    full.store.erase_profile("welder", NOW + timedelta(days=1))
    with pytest.raises(NotFoundError, match="list"):
        full.store.decisions.get(decision.id)
