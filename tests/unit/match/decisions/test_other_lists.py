"""Candidates, train-ups and packages are recorded as lists are, and can be made again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.barriers import Barrier, BarrierArea, Severity
from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.decision import Decision, Item, Packing, What
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.decisions.items import brief_items, package_items, train_up_items
from matcher.match.decisions.past import past_of
from matcher.match.decisions.record import (
    Recorder,
    candidate_terms,
    package_terms,
    train_up_records,
    train_up_terms,
)
from matcher.match.decisions.replay import Aspect, Replayer
from matcher.match.decisions.tell import tell_person
from matcher.match.package.packer import Packer
from matcher.match.search import Blocked
from matcher.match.upskill.advice import Upskiller
from matcher.store.train_ups import StoredTrainUps
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
)

LEARNER = replace(
    COOK,
    id="learner",
    competences=(Competence("hiominen"), Competence("mittaaminen"), Competence("piirustukset")),
)
NEEDS = ServiceNeeds(
    assessed=date(2026, 1, 2),
    barriers=(Barrier(BarrierArea.COMPETENCE, Severity.SEVERE, "hitsaus"),),
)


@pytest.fixture
def full(region: Region) -> Region:
    helper = replace(WELDER, id="helper", competences=(Competence("MIG-hitsaus"),) * 1)
    second = replace(WELDER, id="welder-2")
    region.add(WELDER, second, helper, LEARNER, COOK, WELDING, COOKING, NEED, TRAINING, SERVICE)
    region.publish()
    return region


def recorder(region: Region) -> Recorder:
    return Recorder(region.live(), region.store, region.records, 400)


def replayer(region: Region) -> Replayer:
    return Replayer(region.store, region.records, region.root)


def candidates(region: Region, hidden: str = "") -> list[Decision]:
    """Show people for the need, without one whom the reader may not see."""
    book = recorder(region)
    moment = book.moment()
    found = region.matcher().candidates(
        NEED, on=TODAY, seen=lambda ids: [id for id in ids if id != hidden]
    )
    terms = candidate_terms(NEED, 10, Blocked.HIDE, None, NOW, stored=True)
    places = book.of_candidates(found, terms, moment, NOW)
    region.store.decisions.add(places)
    return region.store.decisions.of_list(places[0].id.partition(".")[0])


def test_candidates_come_out_again_after_people_and_need_have_changed(full: Region) -> None:
    places = candidates(full)
    assert {"welder", "welder-2"} <= {one.profile_id for one in places}
    assert [one.id for one in places] == [
        f"{places[0].id.partition('.')[0]}.{place}" for place in range(1, len(places) + 1)
    ]
    full.add(replace(WELDER, competences=(Competence("laulaminen"),)))
    full.add(replace(NEED, requirements=()))
    full.publish()
    again = replayer(full).replay(places[-1])
    assert (again.list_id, again.differences) == (places[0].id.partition(".")[0], ())
    assert again.passed_over == 0


def test_who_was_hidden_or_is_erased_does_not_make_candidates_different(full: Region) -> None:
    places = candidates(full, hidden="welder")
    assert replayer(full).replay(places[0]).passed_over == 1
    full.store.erase_profile("welder-2", NOW)
    left = full.store.decisions.of_list(places[0].id)
    assert [one.profile_id for one in left] == [
        one.profile_id for one in places if one.profile_id != "welder-2"
    ]
    again = replayer(full).replay(left[0])
    assert again.differences == ()


def test_candidates_in_another_order_are_told_by_place_and_nobody_is_named(full: Region) -> None:
    first, second, *rest = candidates(full)
    swapped = [
        replace(first, profile_id=second.profile_id, placed=second.placed),
        replace(second, profile_id=first.profile_id, placed=first.placed),
    ]
    with full.store._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM decisions")
    full.store.decisions.add([*swapped, *rest])
    differences = replayer(full).replay(swapped[0]).differences
    orders = [(one.recorded, one.found) for one in differences if one.aspect is Aspect.ORDER]
    assert orders == [("place 1", "place 2"), ("place 2", "place 1")]


def train_ups(region: Region) -> Decision:
    book = recorder(region)
    moment = book.moment()
    [found] = Upskiller(region.live(), region.store, region.records).advise([LEARNER], on=TODAY)
    items = train_up_items(found, region.store)
    decision = book.of_items(LEARNER, items, train_up_terms(10, NOW), moment, NOW)
    region.store.decisions.add([decision])
    return region.store.decisions.get(decision.id)


def test_train_ups_come_out_again_and_one_that_was_not_advised_is_found(full: Region) -> None:
    decision = train_ups(full)
    assert decision.terms.what is What.TRAIN_UPS
    full.add(replace(LEARNER, competences=(Competence("laulaminen"),)))
    assert replayer(full).replay(decision).differences == ()
    made_up = Item(((OfferKind.TRAINING, "t-none", ""),), {"opens": 9.0, "rise": 1.0})
    [found] = replayer(full).replay(replace(decision, items=(*decision.items, made_up))).differences
    assert (found.aspect, found.recorded, found.found) == (Aspect.ORDER, "t-none", "")


def test_a_train_up_of_the_night_has_one_record_however_often_it_is_shown(full: Region) -> None:
    service = Upskiller(full.live(), full.store, full.records)
    [found] = service.briefly([LEARNER], on=TODAY)
    book = recorder(full)
    basis = book._basis(full.live().snapshot)
    record = train_up_records(full.store, ["learner", "gone"], basis)
    assert set(record) == {"learner"}
    stored = StoredTrainUps("learner", basis.snapshot, "prior", NOW, found, record["learner"])
    full.store.train_ups.replace_many([stored])
    kept = full.store.train_ups.find("learner", basis.snapshot)
    assert kept == stored
    for _ in range(2):
        decision = book.of_train_ups(stored, brief_items(found, full.store), 10)
        full.store.decisions.add([decision])
    [shown] = full.store.decisions.of_profile("learner")
    assert shown == decision
    assert replayer(full).replay(shown).differences == ()


def test_a_package_comes_out_again_and_is_told_in_plain_words(full: Region) -> None:
    book = recorder(full)
    moment = book.moment()
    packed = Packer(full.store, full.records, full.matcher()).pack(
        WELDER, NEEDS, phase=None, budget_eur=None, on=TODAY
    )
    items = package_items(packed, full.store)
    assert items
    terms = package_terms(Packing(NEEDS, "", None), NOW)
    decision = book.of_items(WELDER, items, terms, moment, NOW)
    full.store.decisions.add([decision])
    decision = full.store.decisions.get(decision.id)
    full.add(replace(WELDER, competences=(Competence("laulaminen"),)))
    assert replayer(full).replay(decision).differences == ()
    told = tell_person(decision, past_of(decision, full.store), client_words(Tongue.EN))
    lines = [line for part in told for line in part.lines]
    assert any(
        "This selection of jobs, trainings and services was made for you" in line for line in lines
    )
    lost = replayer(full).replay(replace(decision, items=decision.items[1:])).differences
    assert {one.aspect for one in lost} == {Aspect.ORDER}
