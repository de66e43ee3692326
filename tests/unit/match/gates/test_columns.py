"""Gates of many offers at once come out as the gates that are shown, one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faithfulness import read_region
from matcher.domain.codes import LICENCE_INCLUDES
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import OFFER_TYPES, Offer, Training, Vacancy
from matcher.domain.parts import (
    Availability,
    Cefr,
    Commute,
    Competence,
    Evidence,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Restriction,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.batch import Rows
from matcher.match.gates import columns
from matcher.match.gates.columns import GATES, OfferGates, Outcome
from matcher.match.gates.crowd import Crowd
from matcher.match.gates.judge import judge
from matcher.match.gates.people import unmet_by
from matcher.match.gates.rules import Unmet
from matcher.match.gates.sides import Facts
from matcher.region.files import region_files

TODAY = date(2026, 11, 22)
WORST = {GateOutcome.MET: 1, GateOutcome.UNKNOWN: 2, GateOutcome.UNMET: 3}
OULU, MUHOS, HELSINKI = "564", "494", "091"

#: What advertisements say, one sentence a gate and some together.
SAID = st.lists(
    st.sampled_from(
        [
            "Vaadimme B-ajokortin.",
            "Vaadimme C- tai CE-kortin.",
            "Oma auto on välttämätön.",
            "Edellytämme hygieniapassia.",
            "Työturvallisuuskortti on eduksi.",
            "Tulityökortti ja trukkikortti vaaditaan.",
            "Vaadimme lähihoitajan tutkintoa ja rekisteröintiä Valviran rekisteriin.",
            "Edellytämme sähköalan tutkintoa.",
            "Sujuva suomen kieli on välttämätön.",
            "Fluent English is required.",
            "Vi kräver goda kunskaper i svenska.",
            "Työ on kolmivuorotyötä.",
            "Työ on yötyötä.",
            "Työtä tehdään iltaisin ja viikonloppuisin.",
            "Tehtävä on osa-aikainen, 20 h/vko.",
            "Työn voi tehdä kokonaan etänä.",
            "Työ sisältää raskaita nostoja.",
            "Valittu toimittaa rikosrekisteriotteen.",
            "Hakijan on oltava 18 vuotta täyttänyt.",
        ]
    ),
    max_size=3,
    unique=True,
).map(" ".join)
#: What people say of themselves.
TOLD = st.lists(
    st.sampled_from(
        [
            "Minulla on B-kortti ja oma auto.",
            "Minulla ei ole ajokorttia.",
            "Minulla on hygieniapassi.",
            "Työturvallisuuskortti puuttuu.",
            "Olen lähihoitaja.",
            "Opiskelen sairaanhoitajaksi.",
            "Haluaisin ajokortin.",
        ]
    ),
    max_size=2,
    unique=True,
).map(" ".join)
some = st.sampled_from
days = st.none() | st.dates(date(2026, 11, 1), date(2027, 3, 1))
skills = st.builds(LanguageSkill, some(["fi", "sv", "en"]), st.none() | some(list(Cefr)))
places = st.builds(
    Place,
    st.lists(some([OULU, MUHOS, HELSINKI, "000"]), max_size=2, unique=True).map(tuple),
    st.lists(some(["17", "01"]), max_size=1).map(tuple),
    st.lists(some(["FI", "SE"]), max_size=2, unique=True).map(tuple),
    st.none() | st.booleans(),
)
hours = st.builds(
    Hours,
    times=st.none() | st.lists(some(list(WorkingTime)), max_size=3, unique=True).map(tuple),
    extents=st.none() | st.lists(some(list(WorkExtent)), unique=True).map(tuple),
    per_week=st.none() | some([20.0, 37.5]),
)
cards = st.lists(some(["013", "014", "022", "027", "005", "074"]), max_size=2, unique=True)
classes = st.lists(some(sorted(LICENCE_INCLUDES)), max_size=2, unique=True)
offers = some(list(OFFER_TYPES.values())).flatmap(
    lambda cls: st.builds(
        cls,
        id=st.just("o"),
        title=st.builds(LocalText, some(["Tekijä", "Sairaanhoitaja", "Kuljettaja"])),
        text=st.builds(LocalText, SAID),
        languages=st.lists(skills, max_size=2, unique_by=lambda one: one.code).map(tuple),
        licences=classes.map(tuple),
        cards=cards.map(tuple),
        place=places,
        hours=hours,
        availability=st.builds(Availability, days, days),
    )
)
people = st.builds(
    Profile,
    id=st.just("p"),
    text=TOLD,
    education=some(["", "lähihoitajan tutkinto", "peruskoulu", "sähköasentajan ammattitutkinto"]),
    competences=some([(), (Competence("hygieniapassi", evidence=Evidence.CERTIFICATE),)]),
    occupations_done=some([(), (Occupation("sairaanhoitaja"),)]),
    languages=st.none() | st.lists(skills, max_size=3).map(tuple),
    licences=st.none() | classes.map(tuple),
    cards=st.none() | cards.map(tuple),
    municipality=st.none() | some([OULU, MUHOS, HELSINKI, "000"]),
    commute=st.builds(
        Commute,
        st.none() | some([0.0, 30.0, 600.0]),
        st.none() | st.booleans(),
        st.none() | st.booleans(),
        st.none() | st.booleans(),
    ),
    hours=hours,
    availability=st.builds(Availability, days, days),
    restrictions=st.lists(
        st.builds(Restriction, some(["ei yötyötä", "ei raskaita nostoja", "vain päivätyö"])),
        max_size=2,
    ).map(tuple),
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2014, 1, 1)),
)


def shown(results: tuple[GateResult, ...]) -> list[int]:
    """The worst outcome of each kind of gate, by the results that are shown."""
    return [
        max((WORST[one.outcome] for one in results if one.gate is gate), default=0)
        for gate in GATES
    ]


def without_restrictions(unmet: frozenset[Unmet]) -> list[Unmet]:
    """Restrictions are told in the words of somebody with an equal one."""
    return sorted(one for one in unmet if one[0] is not GateKind.RESTRICTION)


def every(gates: OfferGates) -> Rows:
    return np.arange(len(gates))


def blocked(gates: OfferGates, facts: Facts, rows: Rows) -> Any:
    return gates.blocked(Crowd.of([facts]), np.zeros(len(rows), np.int64), rows)


def outcome_of(gate: GateKind, gates: OfferGates, person: Profile) -> list[int]:
    found: list[int] = gates.outcomes(Facts.of(person, TODAY), every(gates))[
        :, GATES.index(gate)
    ].tolist()
    return found


@given(st.lists(people, min_size=1, max_size=3), st.lists(offers, max_size=6))
def test_outcomes_are_those_of_the_results_that_are_shown(
    some_people: list[Profile], some_offers: list[Offer]
) -> None:
    gates = OfferGates(some_offers)
    for person in some_people:
        judged = [judge(person, offer, TODAY) for offer in some_offers]
        facts = Facts.of(person, TODAY)
        assert gates.outcomes(facts, every(gates)).tolist() == [shown(one) for one in judged]
        unmet = [any(one.outcome is GateOutcome.UNMET for one in each) for each in judged]
        assert blocked(gates, facts, every(gates)).tolist() == unmet


@given(st.lists(people, min_size=1, max_size=4), offers)
def test_what_people_lack_is_what_their_results_say(
    some_people: list[Profile], offer: Offer
) -> None:
    expected = [
        sorted(
            (one.gate, one.required)
            for one in judge(person, offer, TODAY)
            if one.outcome is GateOutcome.UNMET and one.gate is not GateKind.RESTRICTION
        )
        for person in some_people
    ]
    facts = [Facts.of(person, TODAY) for person in some_people]
    by_offer = [sorted(set(unmet)) for unmet in expected]
    first = np.array([0])
    assert [without_restrictions(one) for one in unmet_by(facts, offer)] == by_offer
    assert [
        without_restrictions(OfferGates([offer]).unmet(one, first)[0]) for one in facts
    ] == by_offer


@given(people, people, offers, offers)
def test_equal_facts_and_demands_come_out_the_same(
    first: Profile, second: Profile, one: Offer, other: Offer
) -> None:
    """One table serves everybody: what was kept for another person or offer is never wrong."""
    gates = OfferGates([one, other])
    for person in (first, second, first):
        expected = [shown(judge(person, offer, TODAY)) for offer in (other, one)]
        assert gates.outcomes(Facts.of(person, TODAY), np.array([1, 0])).tolist() == expected


def test_the_built_in_region_comes_out_as_shown() -> None:
    everybody, everything = read_region(region_files())
    gates = OfferGates(everything)
    for person in everybody:
        found = gates.outcomes(Facts.of(person, TODAY), every(gates)).tolist()
        assert found == [shown(judge(person, offer, TODAY)) for offer in everything]


def test_offers_that_are_added_get_the_next_rows_and_leave_the_others_as_they_are() -> None:
    driver = Profile(id="p", licences=("B",))
    gates = OfferGates([Vacancy(id="b", licences=("B",))])
    before = outcome_of(GateKind.LICENCE, gates, driver)
    later = [Vacancy(id=name, licences=(name,)) for name in ("CE", "B", "AM")]
    assert gates.rows_of(later).tolist() == [1, 2, 3]
    assert gates.rows_of(reversed(later)).tolist() == [3, 2, 1]
    assert before == [Outcome.MET]
    assert outcome_of(GateKind.LICENCE, gates, driver) == [
        Outcome.MET,
        Outcome.UNMET,
        Outcome.MET,
        Outcome.MET,
    ]


def test_what_nobody_asks_for_is_absent_and_what_nobody_knows_is_unknown() -> None:
    gates = OfferGates([Training(id="t"), Training(id="u", cards=("022",))])
    assert outcome_of(GateKind.CARD, gates, Profile(id="p")) == [Outcome.ABSENT, Outcome.UNKNOWN]
    assert blocked(gates, Facts.of(Profile(id="p"), TODAY), every(gates)).tolist() == [False, False]


def test_the_worst_of_several_results_of_one_kind_counts() -> None:
    gates = OfferGates([Training(id="t", cards=("022", "074"))])
    assert outcome_of(GateKind.CARD, gates, Profile(id="p", cards=("022",))) == [Outcome.UNMET]


def test_facts_are_equal_however_they_are_told() -> None:
    one = Profile(id="a", text="Minulla on hygieniapassi.")
    other = Profile(id="b", text="Olen nuori. Minulla on   hygieniapassi!")
    assert Facts.of(one, TODAY) == Facts.of(other, TODAY)
    assert Facts.of(one, TODAY) != Facts.of(Profile(id="c"), TODAY)


def test_an_age_limit_is_judged_on_the_day() -> None:
    gates = OfferGates([Vacancy(id="night", hours=Hours(times=(WorkingTime.NIGHT,)))])
    young = Profile(id="p", birth_date=date(2009, 3, 1))
    [before], [after] = (
        blocked(gates, Facts.of(young, day), every(gates)).tolist()
        for day in (date(2027, 2, 28), date(2027, 3, 1))
    )
    assert (before, after) == (True, False)


def test_more_demands_than_a_table_is_wide_are_judged_all() -> None:
    first = date(2027, 1, 1).toordinal()
    starts = [date.fromordinal(first + day) for day in range(300)]
    gates = OfferGates()
    person = Profile(id="p", availability=Availability(start=starts[150]))
    for start in starts:
        last = gates.rows_of([Training(id="t", availability=Availability(start, start))])
        assert blocked(gates, Facts.of(person, TODAY), last).tolist() == [start < starts[150]]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "KEPT", 30)
    gates = OfferGates([Vacancy(id="v", licences=("B",))])
    for licences in ((), ("B",), ("CE",), None, ("B",), ()):
        person = Profile(id="p", licences=licences)
        expected = shown(judge(person, Vacancy(id="v", licences=("B",)), TODAY))
        assert gates.outcomes(Facts.of(person, TODAY), every(gates)).tolist() == [expected]
    for column in gates._columns:
        assert len(column._judged) * 16 <= 30 + 16


def test_no_rows_have_no_outcomes() -> None:
    facts = Facts.of(Profile(id="p"), TODAY)
    assert OfferGates().outcomes(facts, np.array([], np.int64)).shape == (0, len(GATES))
    assert blocked(OfferGates(), facts, np.array([], np.int64)).tolist() == []
