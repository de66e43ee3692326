from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.domain.feedback import Action, Reason
from matcher.domain.match import Band, GateKind, GateOutcome, GateResult
from matcher.domain.offer import OfferKind, Training
from matcher.domain.parts import Availability, Importance, Place, Requirement
from matcher.domain.text import LocalText
from matcher.domain.upskill import Entry, TrainUp, TrainUps
from matcher.match.upskill.advice import Upskiller
from matcher.match.upskill.gifts import gift_of, taught
from matcher.match.wishes.noted import Given, noted
from tests.unit.match.region import (
    COOK,
    COOKING,
    HELSINKI,
    NEED,
    NOW,
    OULU,
    TODAY,
    WELDER,
    WELDING,
    Region,
    profile,
    vacancy,
)

LEARN_WELDING = ("MIG-hitsaus", "hitsauspiirustusten lukeminen")


def training(id: str, title: str, *outcomes: str, **facts: Any) -> Training:
    """A training in Oulu."""
    place = Place(municipalities=(OULU,))
    return replace(
        Training(id=id, title=LocalText(fi=title), outcomes=outcomes, place=place), **facts
    )


WELD = training("t-weld", "Hitsauskurssi", *LEARN_WELDING)
BAKE = training("t-bake", "Leivontakurssi", "leipomotyö")
HYGIENE = training("t-022", "Päivä keittiössä", "hygieniapassi")
FORKLIFT = training("t-074", "Päivä varastossa", "trukkikortti")
#: Cooks as well as the job asks, but holds no cards.
CARDLESS = replace(COOK, cards=())


def upskiller(region: Region) -> Upskiller:
    return Upskiller(region.live(), region.store, region.records)


def advise(region: Region, person: Any, k: int = 5) -> TrainUps:
    [found] = upskiller(region).advise([person], k=k, on=TODAY)
    return found


def trainings(ups: tuple[TrainUp, ...]) -> list[tuple[str, ...]]:
    return [tuple(step.training_id for step in up.steps) for up in ups]


def opened(up: TrainUp) -> list[str]:
    return [one.offer_id for one in up.opened]


def test_a_training_opens_exactly_what_its_outcomes_answer(region: Region) -> None:
    region.add(WELDING, COOKING, WELD, BAKE)
    region.publish()
    [up] = advise(region, COOK).single
    assert (up.profile_id, up.rank, up.opens) == ("cook", 1, 1)
    assert [step.training_id for step in up.steps] == ["t-weld"]
    [one] = up.opened
    assert (one.kind, one.offer_id) == (OfferKind.VACANCY, "v-weld")
    assert (one.before, one.after) == (None, Band.GOOD)
    assert up.rise == pytest.approx(one.score_after - one.score_before)
    assert {(pair.requirement, pair.competence) for pair in one.answers} >= {
        ("MIG-hitsaus", "MIG-hitsaus"),
        ("hitsauspiirustusten lukeminen", "hitsauspiirustusten lukeminen"),
    }
    assert one.gates == (GateResult(GateKind.COMMUTE, GateOutcome.MET, OULU, "0 km"),)
    assert (one.unlocked, one.distance_km) == ((), 0)


def test_the_training_that_opens_most_comes_first(region: Region) -> None:
    region.add(WELDING, NEED, vacancy("v-cut", "Leikkaaja", "laserleikkaus"), WELD)
    region.add(training("t-cut", "Leikkauskurssi", "laserleikkaus"))
    region.publish()
    found = advise(region, COOK).single
    assert trainings(found) == [("t-weld",), ("t-cut",)]
    assert [(up.rank, up.opens) for up in found] == [(1, 2), (2, 1)]
    assert trainings(advise(region, COOK, k=1).single) == [("t-weld",)]


def test_scores_are_those_of_the_list_that_the_person_will_have(region: Region) -> None:
    region.add(WELDING, COOKING, NEED, WELD, BAKE)
    region.publish()
    matcher, [up] = region.matcher(), advise(region, COOK).single
    [lists] = matcher.match([taught(COOK, [gift_of(WELD)])], on=TODAY)
    later = {match.offer_id: match for kind in lists for match in lists[kind]}
    assert opened(up) == ["n-weld", "v-weld"]
    for one in up.opened:
        assert one.score_after == pytest.approx(later[one.offer_id].score, abs=1e-4)
        assert one.after is later[one.offer_id].band


def test_a_job_out_of_reach_is_not_opened(region: Region) -> None:
    region.add(replace(WELDING, place=Place(municipalities=(HELSINKI,))), WELD)
    region.publish()
    assert advise(region, COOK) == TrainUps()


def test_what_fits_already_is_not_opened(region: Region) -> None:
    region.add(WELDING, WELD)
    region.publish()
    assert advise(region, WELDER) == TrainUps()


def test_a_card_that_the_training_gives_opens_a_job_that_fits_already(region: Region) -> None:
    region.add(replace(COOKING, cards=("022",)), HYGIENE)
    region.publish()
    [up] = advise(region, CARDLESS).single
    [one] = up.opened
    assert (one.offer_id, one.before) == ("v-cook", Band.STRONG)
    assert one.unlocked == (GateResult(GateKind.CARD, GateOutcome.MET, "022", "022"),)


def test_a_card_nobody_asked_about_blocks_nothing_and_so_opens_nothing(region: Region) -> None:
    region.add(replace(COOKING, cards=("022",)), HYGIENE)
    region.publish()
    assert advise(region, COOK) == TrainUps()


def test_two_trainings_open_what_neither_opens_alone(region: Region) -> None:
    region.add(replace(COOKING, cards=("022", "074")), HYGIENE, FORKLIFT)
    region.publish()
    found = advise(region, CARDLESS)
    assert found.single == ()
    [up] = found.sequences
    assert (up.rank, up.opens, opened(up)) == (1, 1, ["v-cook"])
    assert trainings((up,)) == [("t-022", "t-074")]
    assert [gate.required for gate in up.opened[0].unlocked] == ["022", "074"]


def test_the_first_training_opens_the_entry_to_the_second(region: Region) -> None:
    first = training("t-z", "Autokoulu", "B-ajokortti")
    second = replace(WELD, licences=("B",))
    region.add(WELDING, first, second)
    region.publish()
    walker = replace(COOK, licences=())
    found = advise(region, walker)
    assert found.single == ()
    [up] = found.sequences
    assert trainings((up,)) == [("t-z", "t-weld")]
    assert up.steps[1].gates[0] == GateResult(GateKind.LICENCE, GateOutcome.MET, "B", "AM, B, T")
    assert opened(up) == ["v-weld"]


def test_dates_decide_the_order_and_may_forbid_a_sequence(region: Region) -> None:
    job = replace(COOKING, cards=("022", "074"))
    late = replace(HYGIENE, availability=Availability(date(2027, 3, 1)))
    soon = replace(FORKLIFT, availability=Availability(date(2027, 1, 4)), duration_months=1)
    region.add(job, late, soon)
    region.publish()
    assert trainings(advise(region, CARDLESS).sequences) == [("t-074", "t-022")]
    long = replace(soon, duration_months=6)
    endless = replace(late, duration_months=6)
    region.add(long, endless)
    assert advise(region, CARDLESS).sequences == ()


def test_what_is_asked_of_those_who_enter_is_met_or_unknown_but_never_denied(
    region: Region,
) -> None:
    asks = (Requirement("leipomotyö"), Requirement("lukutaito", Importance.OPTIONAL))
    region.add(WELDING, replace(WELD, requirements=asks))
    region.publish()
    [up] = advise(region, COOK).single
    assert up.steps[0].entry == (
        Entry("leipomotyö", Importance.ESSENTIAL, GateOutcome.MET, "leipomotyö"),
        Entry("lukutaito", Importance.OPTIONAL, GateOutcome.UNKNOWN, None),
    )


def test_a_training_that_the_person_cannot_enter_is_left_out(region: Region) -> None:
    region.add(WELDING, replace(WELD, place=Place(municipalities=(HELSINKI,))))
    region.publish()
    assert advise(region, COOK) == TrainUps()


@pytest.mark.parametrize("over", ["training", "job"])
def test_what_is_over_is_left_out(region: Region, over: str) -> None:
    yesterday = date(2026, 11, 21)
    region.add(replace(WELDING, expires=yesterday if over == "job" else None))
    region.add(replace(WELD, expires=yesterday if over == "training" else None))
    region.publish()
    assert advise(region, COOK) == TrainUps()


def test_of_whom_too_little_is_known_nothing_is_advised(region: Region) -> None:
    region.add(WELDING, WELD)
    region.publish()
    assert advise(region, profile("shy", "leipomotyö")) == TrainUps()


def test_copies_of_an_advertisement_count_once(region: Region) -> None:
    region.add(WELDING, replace(WELDING, id="v-copy"), WELD)
    region.publish()
    assert [up.opens for up in advise(region, COOK).single] == [1]


def test_a_copy_out_of_reach_does_not_stand_for_one_within(region: Region) -> None:
    far = replace(WELDING, id="v-a", place=Place(municipalities=(HELSINKI,)))
    region.add(far, replace(WELDING, id="v-b"), WELD)
    region.publish()
    assert [opened(up) for up in advise(region, COOK).single] == [["v-b"]]


def test_without_trainings_or_jobs_nothing_is_advised(region: Region) -> None:
    region.publish()
    assert advise(region, COOK) == TrainUps()
    region.add(WELDING)
    region.publish()
    assert advise(region, COOK) == TrainUps()


def test_nobody_asked_for_gets_no_advice(region: Region) -> None:
    region.publish()
    assert upskiller(region).advise([], on=TODAY) == []


def test_jobs_that_come_and_go_during_the_day_are_followed(region: Region) -> None:
    region.add(WELDING, WELD)
    region.publish()
    live = region.live()
    advisor = Upskiller(live, region.store, region.records)

    def now() -> list[str]:
        live.refresh()
        [found] = advisor.advise([COOK], on=TODAY)
        return [id for up in found.single for id in opened(up)]

    assert now() == ["v-weld"]
    region.add(NEED)
    assert now() == ["n-weld", "v-weld"]
    region.store.offers(OfferKind.VACANCY).delete("v-weld", NOW)
    assert now() == ["n-weld"]
    region.add(replace(NEED, tasks=("leipomotyö",), requirements=(), title=LocalText(fi="Leipuri")))
    assert now() == []


def test_a_training_that_comes_during_the_day_is_advised(region: Region) -> None:
    region.add(WELDING)
    region.publish()
    live = region.live()
    advisor = Upskiller(live, region.store, region.records)
    assert advisor.advise([COOK], on=TODAY) == [TrainUps()]
    region.add(WELD)
    live.refresh()
    [found] = advisor.advise([COOK], on=TODAY)
    assert trainings(found.single) == [("t-weld",)]


def test_advice_is_the_same_for_one_person_and_among_many(region: Region) -> None:
    region.add(WELDING, COOKING, NEED, WELD, BAKE, HYGIENE)
    region.publish()
    advisor = upskiller(region)
    alone = [advisor.advise([person], on=TODAY)[0] for person in (WELDER, COOK)]
    assert advisor.advise([WELDER, COOK], on=TODAY) == alone
    assert upskiller(region).advise([WELDER, COOK], on=TODAY) == alone


def test_what_the_client_refused_is_not_opened(region: Region) -> None:
    region.add(COOK, WELDING, NEED, WELD)
    region.publish()
    given = Given(action=Action.NOT_SUITABLE, reason=Reason.OTHER, text="syy")
    region.store.feedback.add(noted(COOK, WELDING, given, id="fb", now=NOW, by="key"))
    assert [opened(up) for up in advise(region, COOK).single] == [["n-weld"]]
