from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.barriers import Barrier, BarrierArea, Severity
from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.casework.contacts import ServiceWishes
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind, Service, Training
from matcher.domain.parts import Hours
from matcher.domain.text import Lang, LocalText
from matcher.errors import NotFoundError
from matcher.match.likeness import Likeness
from matcher.match.package.coverage import ServiceCoverage, match_covers
from matcher.match.package.document import PackageDocument
from matcher.match.package.for_client import package_for
from matcher.match.package.packer import Packer
from tests.fakes import FakeEncoder
from tests.unit.match.region import NOW, TODAY, Region, profile, vacancy

WORK = Barrier(BarrierArea.EMPLOYMENT, Severity.SEVERE)
DEBT = Barrier(BarrierArea.FINANCE, Severity.MODERATE, "velat")
HOME = Barrier(BarrierArea.HOUSING, Severity.MILD)
ENCODER = FakeEncoder(256)


def service(id: str, *phrases: str, areas: tuple[BarrierArea, ...] | None = None) -> Service:
    return Service(id=id, title=LocalText(fi=id), helps_with=phrases, areas=areas)


def covered(one: Service, *barriers: Barrier) -> tuple[dict[int, float], set[int]]:
    coverage = ServiceCoverage(ENCODER, Likeness.measure(ENCODER), barriers, [one])
    return dict(coverage.of(one)), set(coverage.touched_by(one))


@pytest.mark.parametrize(
    ("one", "shares", "touched"),
    [
        # The right area, and speaks of it: wholly. The right area and no more: it touches it. What
        # speaks of something else in that area: not at all.
        (service("s", "velat", areas=(BarrierArea.FINANCE,)), {0: 1.0}, set()),
        (service("s", areas=(BarrierArea.FINANCE,)), {}, {0}),
        (service("s", "asunto", areas=(BarrierArea.FINANCE,)), {}, set()),
        (service("s", "velat", areas=(BarrierArea.HEALTH,)), {}, set()),
        # A barrier of which only the area is told is touched, whatever a service speaks of.
        (service("s", "asunto", areas=(BarrierArea.FINANCE, BarrierArea.HOUSING)), {}, {1}),
        (service("s", areas=(BarrierArea.FINANCE, BarrierArea.HOUSING)), {}, {0, 1}),
        (service("s", "velat", areas=(BarrierArea.FINANCE, BarrierArea.HOUSING)), {0: 1.0}, {1}),
        # Areas that nobody has told: what it speaks of counts, and nothing else.
        (service("s", "velat"), {0: 1.0}, set()),
        (service("s", "asunto"), {}, set()),
        (service("s", areas=()), {}, set()),
    ],
)
def test_a_service_covers_by_area_and_by_what_it_speaks_of(
    one: Service, shares: dict[int, float], touched: set[int]
) -> None:
    by_words, by_area = covered(one, DEBT, HOME)
    assert by_words == pytest.approx(shares)
    assert by_area == touched


def test_a_job_covers_the_need_for_work_by_its_band() -> None:
    match = Match("p", "v", OfferKind.VACANCY, 1, 0.5, Band.GOOD, (), (), ())
    assert match_covers(match, [DEBT, WORK]) == {1: 0.7}
    assert match_covers(replace(match, band=Band.TOO_LITTLE_KNOWN), [WORK]) == {}
    assert match_covers(replace(match, kind=OfferKind.TRAINING), [WORK]) == {}


DRIVER = profile(
    "driver", "kuorman ajaminen", "asiakaspalvelu", "reittien suunnittelu", licences=()
)
ROUTE = vacancy("v-route", "Jakelukuljettaja", "kuorman ajaminen", "asiakaspalvelu")
LICENCE = Training(
    id="t-licence",
    title=LocalText(fi="B-ajokortti"),
    outcomes=("B-ajokortti", "kuorman ajaminen", "asiakaspalvelu"),
)
ADVICE = replace(service("s-debt", "velat", areas=(BarrierArea.FINANCE,)), served_in=("fi",))


def packed(
    region: Region,
    *barriers: Barrier,
    spoken: tuple[str, ...] = (),
    budget_eur: float | None = None,
) -> PackageDocument:
    region.publish()
    cases = region.store.cases
    cases.add("driver", ServiceNeeds(assessed=TODAY, barriers=barriers), "coach", NOW)
    if spoken:
        cases.add("driver", ServiceWishes(codes=spoken), "coach", NOW)
    packer = Packer(region.store, region.records, region.matcher())
    return package_for(packer, DRIVER, budget_eur=budget_eur, on=TODAY).document(Lang.EN)


def test_jobs_and_services_stand_side_by_side_with_their_reasons(region: Region) -> None:
    region.add(DRIVER, replace(ROUTE, hours=Hours(per_week=20)), ADVICE)
    found = packed(region, WORK, DEBT)
    assert [(step.offer_id, step.stage_name) for step in found.steps] == [
        ("v-route", "now"),
        ("s-debt", "now"),
    ]
    assert found.steps[0].because == ["Helps with: finding work."]
    assert found.steps[1].because == ["Helps with: money matters (”velat”)."]
    assert found.open == []


def test_a_barrier_without_words_is_covered_in_part_and_asked_about(region: Region) -> None:
    homes = [service(id, "asunto", areas=(BarrierArea.HOUSING,)) for id in ("s-1", "s-2")]
    region.add(DRIVER, *homes)
    found = packed(region, HOME)
    [step] = found.steps
    assert (step.offer_id, step.helps_with, step.area_only) == ("s-1", [0], [0])
    assert found.barriers[0].covered == 0.6
    assert step.because == ["Is for this area of life; whether it helps is not known: housing."]
    assert step.ask == [
        "Ask what hinders: the assessment tells only the area, housing.",
        "Ask how many hours a week it takes.",
    ]
    assert found.open == []


def test_a_service_that_tells_only_its_area_is_asked_what_it_helps_with(region: Region) -> None:
    region.add(DRIVER, service("s-any", areas=(BarrierArea.FINANCE,)))
    found = packed(region, DEBT)
    [step] = found.steps
    assert (step.area_only, found.barriers[0].covered) == ([0], 0.6)
    told = "Is for this area of life; whether it helps is not known: money matters (”velat”)."
    assert step.because == [told]
    assert step.ask[0] == "Ask what the service helps with: it tells only areas of life."


def test_what_speaks_of_one_barrier_and_touches_another_says_both(region: Region) -> None:
    both = (BarrierArea.FINANCE, BarrierArea.HOUSING)
    region.add(DRIVER, service("s-both", "velat", areas=both))
    found = packed(region, DEBT, HOME)
    [step] = found.steps
    assert [one.covered for one in found.barriers] == [1.0, 0.6]
    assert step.because == [
        "Helps with: money matters (”velat”).",
        "Is for this area of life; whether it helps is not known: housing.",
    ]


def test_a_full_time_job_comes_after_what_must_come_first(region: Region) -> None:
    region.add(DRIVER, ROUTE, ADVICE)
    found = packed(region, WORK, DEBT)
    assert [(step.offer_id, step.stage_name) for step in found.steps] == [
        ("s-debt", "now"),
        ("v-route", "next"),
    ]


def test_the_licence_comes_before_the_job_that_asks_for_it(region: Region) -> None:
    region.add(DRIVER, replace(ROUTE, licences=("B",)), LICENCE)
    found = packed(region, WORK)
    assert [step.offer_id for step in found.steps] == ["t-licence", "v-route"]
    assert found.steps[0].because == ["Makes something else in the package possible."]
    assert found.steps[1].after == ["t-licence"]
    assert found.steps[1].because[1] == "Comes after “B-ajokortti”, which gives B."


def test_fees_stay_within_the_budget_and_an_unknown_one_is_asked(region: Region) -> None:
    asks = "What does the training cost the client? Ask the school."
    region.add(DRIVER, replace(ROUTE, licences=("B",)), LICENCE)
    assert asks in packed(region, WORK).steps[0].ask
    region.add(replace(LICENCE, cost_eur=2000.0))
    assert [step.offer_id for step in packed(region, WORK, budget_eur=1999.0).steps] == []
    dear = packed(region, WORK, budget_eur=2000.0).steps
    assert [step.offer_id for step in dear] == ["t-licence", "v-route"]
    assert asks not in dear[0].ask


def test_a_job_behind_a_closed_gate_is_left_out_and_nothing_else_is_invented(
    region: Region,
) -> None:
    region.add(DRIVER, replace(ROUTE, licences=("B",)))
    found = packed(region, WORK)
    assert found.steps == []
    assert found.open == ["Nothing at hand covers this barrier: finding work."]


def test_an_age_limit_that_nobody_knows_to_be_met_is_asked_about(region: Region) -> None:
    young = replace(ADVICE, title=LocalText(fi="Velkaneuvonta alle 30-vuotiaille"))
    region.add(DRIVER, young)
    asks = "Age limit: under 30 years. Is it met, or is an exception possible?"
    assert packed(region, DEBT).steps[0].ask[0] == asks


def test_unknown_hours_are_asked_and_languages_are_told(region: Region) -> None:
    region.add(DRIVER, ADVICE)
    assert packed(region, DEBT).steps[0].ask == ["Ask how many hours a week it takes."]
    told = packed(region, DEBT, spoken=("ru", "fi")).steps[0].because
    assert told[1] == "Is given in a language of the client."
    told = packed(region, DEBT, spoken=("ru",)).steps[0].because
    assert told[1].startswith("Is not given in a language of the client")


def test_without_an_assessment_there_is_no_package(region: Region) -> None:
    region.add(DRIVER)
    region.publish()
    packer = Packer(region.store, region.records, region.matcher())
    with pytest.raises(NotFoundError, match="no assessment of service needs of 'driver'"):
        package_for(packer, DRIVER, budget_eur=None, on=TODAY)
