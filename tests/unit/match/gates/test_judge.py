from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.codes import (
    LICENCE_INCLUDES,
    countries,
    distance_km,
    languages,
    municipalities,
    permit_cards,
    regions,
)
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import OFFER_TYPES, CompanyNeed, Offer, Service, Training, Vacancy
from matcher.domain.parts import (
    Cefr,
    Commute,
    Competence,
    Hours,
    LanguageSkill,
    Place,
    Restriction,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.match.gates import judge as gates
from matcher.match.gates.journeys import ROAD_FACTOR, road_km

OULU, KEMPELE, MUHOS, HELSINKI = "564", "244", "494", "091"
NORTH_OSTROBOTHNIA, UUSIMAA = "17", "01"
FORKLIFT = "074"
MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN
TODAY = date(2026, 11, 22)
#: A place everybody can be in, so that tests of other gates see only theirs.
HERE = Place(municipalities=(OULU,))


def profile(**facts: object) -> Profile:
    return replace(Profile(id="p", municipality=OULU), **facts)  # type: ignore[arg-type]  # facts are checked where they are given


def vacancy(**asked: object) -> Vacancy:
    return replace(Vacancy(id="v", place=HERE), **asked)  # type: ignore[arg-type]  # as above


def judge(person: Profile, offer: Offer) -> tuple[GateResult, ...]:
    return gates.judge(person, offer, TODAY)


def gate(kind: GateKind, person: Profile, offer: Offer) -> GateResult:
    found = [result for result in judge(person, offer) if result.gate is kind]
    assert len(found) == 1
    return found[0]


def outcome_of(result: GateResult) -> tuple[GateOutcome, str, str | None]:
    return result.outcome, result.required, result.evidence


def test_an_offer_that_asks_for_nothing_has_no_gates_but_its_place() -> None:
    assert judge(profile(), vacancy()) == (GateResult(GateKind.COMMUTE, MET, OULU, "0 km"),)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (None, (UNKNOWN, "B", None)),
        ((), (UNMET, "B", "")),
        (("AM",), (UNMET, "B", "AM")),
        (("B",), (MET, "B", "B")),
        (("A", "CE"), (MET, "B", "A, CE")),
    ],
)
def test_licence(
    held: tuple[str, ...] | None, expected: tuple[GateOutcome, str, str | None]
) -> None:
    offer = vacancy(licences=("B",))
    assert outcome_of(gate(GateKind.LICENCE, profile(licences=held), offer)) == expected


@pytest.mark.parametrize(
    ("held", "required", "outcome"),
    [
        ("CE", "B", MET),
        ("D", "B", MET),
        ("C", "B", MET),
        ("B", "C", UNMET),
        ("B", "CE", UNMET),
        ("D", "C", UNMET),
        ("CE", "C1E", MET),
        ("B", "AM", MET),
        ("B", "A1", UNMET),
    ],
)
def test_a_licence_includes_the_lower_classes_only(
    held: str, required: str, outcome: GateOutcome
) -> None:
    offer = vacancy(licences=(required,))
    assert gate(GateKind.LICENCE, profile(licences=(held,)), offer).outcome is outcome


def test_every_licence_that_is_asked_for_is_a_gate_of_its_own() -> None:
    offer = vacancy(licences=("B", "CE"))
    results = [g for g in judge(profile(licences=("B",)), offer) if g.gate is GateKind.LICENCE]
    assert [(g.required, g.outcome) for g in results] == [("B", MET), ("CE", UNMET)]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (None, (UNKNOWN, FORKLIFT, None)),
        ((), (UNMET, FORKLIFT, "")),
        (("002",), (UNMET, FORKLIFT, "002")),
        (("002", FORKLIFT), (MET, FORKLIFT, "002, 074")),
    ],
)
def test_card(held: tuple[str, ...] | None, expected: tuple[GateOutcome, str, str | None]) -> None:
    offer = vacancy(cards=(FORKLIFT,))
    assert outcome_of(gate(GateKind.CARD, profile(cards=held), offer)) == expected


FINNISH_B2 = LanguageSkill("fi", Cefr.B2)
FINNISH = LanguageSkill("fi")


@pytest.mark.parametrize(
    ("known", "wanted", "expected"),
    [
        (None, FINNISH_B2, (UNKNOWN, "fi:B2", None)),
        ((), FINNISH_B2, (UNMET, "fi:B2", "")),
        ((LanguageSkill("en", Cefr.C1),), FINNISH_B2, (UNMET, "fi:B2", "en")),
        ((LanguageSkill("fi", Cefr.B1),), FINNISH_B2, (UNMET, "fi:B2", "fi:B1")),
        ((LanguageSkill("fi", Cefr.B2),), FINNISH_B2, (MET, "fi:B2", "fi:B2")),
        ((LanguageSkill("fi", Cefr.NATIVE),), FINNISH_B2, (MET, "fi:B2", "fi:native")),
        ((FINNISH,), FINNISH_B2, (UNKNOWN, "fi:B2", "fi")),
        ((LanguageSkill("fi", Cefr.B1),), FINNISH, (MET, "fi", "fi:B1")),
        ((LanguageSkill("fi", Cefr.A2),), FINNISH, (UNKNOWN, "fi", "fi:A2")),
        ((FINNISH,), FINNISH, (UNKNOWN, "fi", "fi")),
        ((), FINNISH, (UNMET, "fi", "")),
    ],
)
def test_language(
    known: tuple[LanguageSkill, ...] | None,
    wanted: LanguageSkill,
    expected: tuple[GateOutcome, str, str | None],
) -> None:
    offer = vacancy(languages=(wanted,))
    assert outcome_of(gate(GateKind.LANGUAGE, profile(languages=known), offer)) == expected


def test_road_distance_is_the_great_circle_times_the_road_factor() -> None:
    offer = vacancy(place=Place(municipalities=(HELSINKI, MUHOS)))
    assert road_km(profile(), offer) == pytest.approx(ROAD_FACTOR * distance_km(OULU, MUHOS))
    assert road_km(profile(), offer) == pytest.approx(42.0, abs=0.05)


@pytest.mark.parametrize("home", [None, "999"])
def test_road_distance_is_unknown_without_both_ends(home: str | None) -> None:
    assert road_km(profile(municipality=home), vacancy()) is None
    assert road_km(profile(), vacancy(place=Place())) is None
    assert road_km(profile(), vacancy(place=Place(municipalities=("999",)))) is None


@pytest.mark.parametrize(
    ("commute", "place", "expected"),
    [
        (Commute(max_km=50), MUHOS, (MET, MUHOS, "42 km / 50 km")),
        (Commute(max_km=42), MUHOS, (UNKNOWN, MUHOS, "42 km / 42 km")),
        (Commute(max_km=33), MUHOS, (UNKNOWN, MUHOS, "42 km / 33 km")),
        (Commute(max_km=30), MUHOS, (UNMET, MUHOS, "42 km / 30 km")),
        (Commute(max_km=20), MUHOS, (UNMET, MUHOS, "42 km / 20 km")),
        (Commute(), MUHOS, (UNKNOWN, MUHOS, "42 km")),
        (Commute(), OULU, (MET, OULU, "0 km")),
        (Commute(max_km=0), OULU, (MET, OULU, "0 km")),
        (Commute(max_km=20, relocation=True), HELSINKI, (MET, HELSINKI, "relocation")),
        (Commute(max_km=20, relocation=False), HELSINKI, (UNMET, HELSINKI, "674 km / 20 km")),
    ],
)
def test_commute(
    commute: Commute, place: str, expected: tuple[GateOutcome, str, str | None]
) -> None:
    offer = vacancy(place=Place(municipalities=(place,)))
    assert outcome_of(gate(GateKind.COMMUTE, profile(commute=commute), offer)) == expected


@pytest.mark.parametrize(
    ("cls", "outcome"),
    [(Vacancy, MET), (CompanyNeed, MET), (Training, MET), (Service, UNMET)],
)
def test_one_moves_for_a_job_or_a_study_place_but_not_for_a_service(
    cls: type[Offer], outcome: GateOutcome
) -> None:
    person = profile(commute=Commute(max_km=20, relocation=True))
    offer = cls(id="o", place=Place(municipalities=(HELSINKI,)))
    assert gate(GateKind.COMMUTE, person, offer).outcome is outcome


def test_several_sites_are_alternatives() -> None:
    offer = vacancy(place=Place(municipalities=(HELSINKI, KEMPELE)))
    result = gate(GateKind.COMMUTE, profile(commute=Commute(max_km=15)), offer)
    assert outcome_of(result) == (MET, "091,244", "14 km / 15 km")


def test_an_unknown_home_leaves_the_commute_unknown() -> None:
    person = profile(municipality=None, commute=Commute(max_km=20))
    assert outcome_of(gate(GateKind.COMMUTE, person, vacancy())) == (UNKNOWN, OULU, None)


def test_an_unknown_place_of_work_is_a_question_to_the_employer() -> None:
    result = gate(GateKind.COMMUTE, profile(commute=Commute(max_km=20)), vacancy(place=Place()))
    assert outcome_of(result) == (UNKNOWN, "", None)


@pytest.mark.parametrize("offer", [Training(id="t"), Service(id="s")])
def test_a_training_or_service_without_a_place_needs_no_journey(offer: Offer) -> None:
    assert judge(profile(), offer) == ()


@pytest.mark.parametrize(
    ("commute", "place", "expected"),
    [
        (Commute(remote=True), Place(remote=True), (MET, "remote", "remote")),
        (Commute(remote=True), Place((HELSINKI,), remote=True), (MET, "remote", "remote")),
        (Commute(), Place((HELSINKI,), remote=True), (UNKNOWN, "remote", None)),
        (Commute(), Place(remote=True), (UNKNOWN, "remote", None)),
        (Commute(), Place((OULU,), remote=True), (MET, OULU, "0 km")),
        (Commute(remote=False), Place(remote=True), (UNKNOWN, "", None)),
        (
            Commute(remote=False, max_km=20),
            Place((HELSINKI,), remote=True),
            (UNMET, HELSINKI, "674 km / 20 km"),
        ),
        (Commute(remote=True), Place((HELSINKI,)), (UNKNOWN, HELSINKI, "674 km")),
    ],
)
def test_remote_work_needs_no_journey_from_those_who_can_do_it(
    commute: Commute, place: Place, expected: tuple[GateOutcome, str, str | None]
) -> None:
    result = gate(GateKind.COMMUTE, profile(commute=commute), vacancy(place=place))
    assert outcome_of(result) == expected


@pytest.mark.parametrize(
    ("commute", "region", "outcome"),
    [
        (Commute(max_km=20), NORTH_OSTROBOTHNIA, UNKNOWN),
        (Commute(relocation=False), NORTH_OSTROBOTHNIA, UNKNOWN),
        (Commute(), UUSIMAA, UNKNOWN),
        (Commute(relocation=False), UUSIMAA, UNMET),
        (Commute(relocation=True), UUSIMAA, MET),
    ],
)
def test_an_offer_that_names_only_a_region_rules_out_but_never_confirms_without_relocation(
    commute: Commute, region: str, outcome: GateOutcome
) -> None:
    offer = vacancy(place=Place(regions=(region,)))
    assert gate(GateKind.COMMUTE, profile(commute=commute), offer).outcome is outcome


@pytest.mark.parametrize(
    ("place", "outcome"),
    [
        (Place(countries=("NO",)), UNMET),
        (Place(countries=("FI", "SE")), UNKNOWN),
        (Place(municipalities=(OULU,), countries=("FI",)), MET),
    ],
)
def test_work_abroad_only_is_out_of_reach(place: Place, outcome: GateOutcome) -> None:
    assert gate(GateKind.COMMUTE, profile(), vacancy(place=place)).outcome is outcome


def test_who_would_move_is_asked_about_work_abroad() -> None:
    mover = profile(commute=Commute(relocation=True))
    offer = vacancy(place=Place(countries=("NO",)))
    assert gate(GateKind.COMMUTE, mover, offer).outcome is UNKNOWN


DAY, EVENING, NIGHT = WorkingTime.DAY, WorkingTime.EVENING, WorkingTime.NIGHT
PERIOD, FLEXIBLE, WEEKDAY = WorkingTime.PERIOD, WorkingTime.FLEXIBLE, WorkingTime.WEEKDAY
WEEKEND, SHIFT = WorkingTime.WEEKEND, WorkingTime.SHIFT


@pytest.mark.parametrize(
    ("can", "asked", "expected"),
    [
        (None, (NIGHT,), (UNKNOWN, "night", None)),
        ((), (NIGHT,), (UNMET, "night", "")),
        ((NIGHT, DAY), (NIGHT,), (MET, "night", "day,night")),
        ((DAY,), (NIGHT,), (UNMET, "night", "day")),
        ((DAY,), (DAY,), (MET, "day", "day")),
        ((NIGHT,), (DAY,), (UNMET, "day", "night")),
        ((WEEKDAY,), (DAY,), (MET, "day", "weekday")),
        ((FLEXIBLE,), (DAY,), (MET, "day", "flexible")),
        ((SHIFT,), (EVENING, PERIOD), (MET, "evening,period", "shift")),
        ((SHIFT,), (NIGHT,), (UNKNOWN, "night", "shift")),
        ((PERIOD,), (SHIFT,), (UNMET, "shift", "period")),
        ((EVENING,), (EVENING, WEEKEND), (UNKNOWN, "evening,weekend", "evening")),
        ((DAY,), (DAY, EVENING), (UNKNOWN, "evening", "day")),
    ],
)
def test_working_times(
    can: tuple[WorkingTime, ...] | None,
    asked: tuple[WorkingTime, ...],
    expected: tuple[GateOutcome, str, str | None],
) -> None:
    person = profile(hours=Hours(times=can))
    offer = vacancy(hours=Hours(times=asked))
    assert outcome_of(gate(GateKind.WORKING_TIME, person, offer)) == expected


@pytest.mark.parametrize("times", [None, (), (FLEXIBLE,), (WEEKDAY,), (WEEKDAY, FLEXIBLE)])
def test_times_that_everybody_can_work_are_no_gate(times: tuple[WorkingTime, ...] | None) -> None:
    offer = vacancy(hours=Hours(times=times))
    assert [g.gate for g in judge(profile(), offer)] == [GateKind.COMMUTE]


FULL, PART = WorkExtent.FULL_TIME, WorkExtent.PART_TIME


@pytest.mark.parametrize(
    ("can", "asked", "expected"),
    [
        (None, (FULL,), (UNKNOWN, "full_time", None)),
        ((), (FULL,), (UNMET, "full_time", "")),
        ((FULL,), (FULL,), (MET, "full_time", "full_time")),
        ((PART,), (FULL,), (UNMET, "full_time", "part_time")),
        ((PART,), (FULL, PART), (MET, "full_time,part_time", "part_time")),
        ((PART, FULL), (PART,), (MET, "part_time", "full_time,part_time")),
    ],
)
def test_extent_of_work(
    can: tuple[WorkExtent, ...] | None,
    asked: tuple[WorkExtent, ...],
    expected: tuple[GateOutcome, str, str | None],
) -> None:
    person = profile(hours=Hours(extents=can))
    offer = vacancy(hours=Hours(extents=asked))
    assert outcome_of(gate(GateKind.WORKING_TIME, person, offer)) == expected


HEAVY = Restriction("ei raskaita nostoja")
DUST = Restriction("ei pölyä; {astma}")


@pytest.mark.parametrize("job", [Vacancy(id="o", place=HERE), CompanyNeed(id="o", place=HERE)])
def test_what_a_person_cannot_do_is_asked_of_every_job(job: Offer) -> None:
    result = gate(GateKind.RESTRICTION, profile(restrictions=(HEAVY, DUST)), job)
    words = "ei raskaita nostoja; ei pölyä; {astma}"
    assert outcome_of(result) == (UNKNOWN, words, words)


@pytest.mark.parametrize("offer", [Training(id="t"), Service(id="s")])
def test_what_a_person_cannot_do_is_not_asked_of_trainings_and_services(offer: Offer) -> None:
    assert judge(profile(restrictions=(HEAVY,)), offer) == ()


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


hours = st.builds(
    Hours,
    times=st.none() | st.lists(st.sampled_from(WorkingTime), unique=True).map(tuple),
    extents=st.none() | st.lists(st.sampled_from(WorkExtent), unique=True).map(tuple),
)
skills = st.builds(
    LanguageSkill, st.sampled_from(sorted(languages())), st.none() | st.sampled_from(Cefr)
)
places = st.builds(
    Place,
    some(sorted(municipalities())),
    some(sorted(regions())),
    some(sorted(countries())),
    st.none() | st.booleans(),
)
offers = st.sampled_from(list(OFFER_TYPES.values())).flatmap(
    lambda cls: st.builds(
        cls,
        id=st.just("o"),
        languages=st.lists(skills, max_size=3, unique_by=lambda skill: skill.code).map(tuple),
        licences=some(sorted(LICENCE_INCLUDES)),
        cards=some(sorted(permit_cards())),
        place=places,
        hours=hours,
    )
)
silent = st.builds(
    Profile,
    id=st.just("p"),
    text=st.text(max_size=20),
    competences=st.lists(st.builds(Competence, st.text(min_size=1)), max_size=2).map(tuple),
    active=st.booleans(),
)
commutes = st.builds(
    Commute,
    max_km=st.none() | st.floats(0, 500),
    relocation=st.none() | st.booleans(),
    remote=st.none() | st.booleans(),
)
talking = st.builds(
    Profile,
    id=st.just("p"),
    languages=st.none() | st.lists(skills, max_size=3).map(tuple),
    licences=st.none() | some(sorted(LICENCE_INCLUDES)),
    cards=st.none() | some(sorted(permit_cards())),
    municipality=st.none() | st.sampled_from(sorted(municipalities())),
    commute=commutes,
    hours=hours,
    restrictions=st.lists(st.builds(Restriction, st.text(min_size=1)), max_size=2).map(tuple),
)


@given(silent, offers)
def test_facts_that_nobody_knows_never_meet_a_gate(person: Profile, offer: Offer) -> None:
    assert all(result.outcome is not MET for result in judge(person, offer))


@given(silent, offers)
def test_facts_that_nobody_knows_block_nothing_but_work_abroad(
    person: Profile, offer: Offer
) -> None:
    unmet = [result for result in judge(person, offer) if result.outcome is UNMET]
    abroad = bool(offer.place.countries) and "FI" not in offer.place.countries
    assert all(result.gate is GateKind.COMMUTE for result in unmet)
    assert abroad or unmet == []


@given(talking, offers)
def test_each_licence_card_and_language_that_is_asked_for_is_judged_once(
    person: Profile, offer: Offer
) -> None:
    required = [(result.gate, result.required.split(":")[0]) for result in judge(person, offer)]
    held = (GateKind.LICENCE, GateKind.CARD, GateKind.LANGUAGE)
    assert [pair for pair in required if pair[0] in held] == [
        *((GateKind.LICENCE, licence) for licence in offer.licences),
        *((GateKind.CARD, card) for card in offer.cards),
        *((GateKind.LANGUAGE, skill.code) for skill in offer.languages),
    ]


@given(talking, offers)
def test_what_is_met_rests_on_evidence(person: Profile, offer: Offer) -> None:
    assert all(result.evidence for result in judge(person, offer) if result.outcome is MET)


@given(talking, offers, st.sampled_from(sorted(LICENCE_INCLUDES)))
def test_one_more_licence_never_closes_a_gate(person: Profile, offer: Offer, one: str) -> None:
    richer = replace(person, licences=(*(person.licences or ()), one))
    before = {g.required for g in judge(person, offer) if g.outcome is MET}
    after = {g.required for g in judge(richer, offer) if g.outcome is MET}
    assert before <= after


@given(talking, offers, st.floats(0, 500))
def test_who_travels_farther_reaches_no_less(person: Profile, offer: Offer, more: float) -> None:
    near = replace(person, commute=replace(person.commute, max_km=0.0))
    far = replace(person, commute=replace(person.commute, max_km=more))
    outcomes = {
        who: [g.outcome for g in judge(someone, offer) if g.gate is GateKind.COMMUTE]
        for who, someone in (("near", near), ("far", far))
    }
    assert MET not in outcomes["near"] or MET in outcomes["far"]


@given(talking, offers)
def test_gates_read_facts_and_never_words(person: Profile, offer: Offer) -> None:
    other = replace(person, text="Muuta.", competences=(Competence("hitsaus"),), education="insi")
    assert judge(other, offer) == judge(person, offer)
