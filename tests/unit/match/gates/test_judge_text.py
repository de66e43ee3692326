"""Gates on what an advertisement says in words, held against what a profile tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, Training, Vacancy
from matcher.domain.parts import (
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
from matcher.match.gates.judge import judge

OULU = "564"
TODAY = date(2026, 11, 22)
MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN
DAY, EVENING, NIGHT = WorkingTime.DAY, WorkingTime.EVENING, WorkingTime.NIGHT
WEEKEND, SHIFT = WorkingTime.WEEKEND, WorkingTime.SHIFT
HERE = Place(municipalities=(OULU,))


def person(**facts: object) -> Profile:
    return replace(Profile(id="p", municipality=OULU), **facts)  # type: ignore[arg-type]  # facts are checked where they are given


def ad(text: str, title: str = "Tekijä", **asked: object) -> Vacancy:
    offer = Vacancy(id="v", place=HERE, title=LocalText(fi=title), text=LocalText(fi=text))
    return replace(offer, **asked)  # type: ignore[arg-type]  # as above


def of_kind(kind: GateKind, profile: Profile, offer: Offer) -> list[GateResult]:
    return [gate for gate in judge(profile, offer, TODAY) if gate.gate is kind]


def outcomes(kind: GateKind, profile: Profile, offer: Offer) -> list[tuple[str, GateOutcome]]:
    return [(gate.required, gate.outcome) for gate in of_kind(kind, profile, offer)]


def skills(**levels: Cefr | None) -> tuple[LanguageSkill, ...]:
    return tuple(LanguageSkill(code, level) for code, level in levels.items())


def test_a_gate_shows_the_sentence_of_the_ad_and_the_words_of_the_profile() -> None:
    profile = person(text="Minulla on B-kortti ja oma auto.")
    assert of_kind(GateKind.LICENCE, profile, ad("Vaadimme B-ajokortin.")) == [
        GateResult(
            GateKind.LICENCE,
            MET,
            "B",
            "Minulla on B-kortti ja oma auto.",
            "Vaadimme B-ajokortin.",
        )
    ]


def test_a_field_comes_before_the_text_and_shows_no_sentence() -> None:
    offer = ad("Vaadimme B-ajokortin.", licences=("B",))
    assert of_kind(GateKind.LICENCE, person(licences=("B",)), offer) == [
        GateResult(GateKind.LICENCE, MET, "B", "B")
    ]


@pytest.mark.parametrize(
    ("facts", "text", "expected"),
    [
        ({"licences": ()}, "Vaaditaan C- tai CE-kortti.", [("C|CE", UNMET)]),
        ({"licences": ("CE",)}, "Vaaditaan C- tai CE-kortti.", [("C|CE", MET)]),
        ({"licences": ("B",)}, "Vaaditaan C-kortti.", [("C", UNMET)]),
        ({}, "Vaaditaan C-kortti.", [("C", UNKNOWN)]),
        # What a profile tells in words shows what is held or lacking, and nothing else.
        ({"text": "Minulla on CE-kortti."}, "Vaaditaan C-kortti.", [("C", MET)]),
        ({"text": "Minulla on B-kortti."}, "Vaaditaan C-kortti.", [("C", UNKNOWN)]),
        ({"text": "En omista ajokorttia."}, "Vaaditaan C-kortti.", [("C", UNMET)]),
        # A list that was filled in is complete, whatever else is said.
        ({"licences": (), "text": "Minulla on B-kortti."}, "Vaaditaan B-kortti.", [("B", UNMET)]),
        ({"licences": ()}, "B-kortti on eduksi.", []),
        ({"licences": ()}, "Ajokorttia ei tarvita.", []),
        # What is only named, or said to be needed and not needed, is asked about.
        (
            {"licences": ()},
            "Meillä kuljetaan paljon, ja ajokortti tulee usein puheeksi.",
            [("B", UNKNOWN)],
        ),
        (
            {"licences": ("B",)},
            "Meillä kuljetaan paljon, ja ajokortti tulee usein puheeksi.",
            [("B", MET)],
        ),
        ({"licences": ()}, "B-kortti vaaditaan. B-korttia ei vaadita.", [("B", UNKNOWN)]),
    ],
)
def test_licences(
    facts: dict[str, object], text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    assert outcomes(GateKind.LICENCE, person(**facts), ad(text)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"commute": Commute(own_car=True)}, (MET, "yes")),
        ({"commute": Commute(own_car=False)}, (UNMET, "no")),
        ({}, (UNKNOWN, None)),
        ({"text": "Minulla on oma auto."}, (MET, "Minulla on oma auto.")),
        ({"text": "Omaa autoa ei ole."}, (UNMET, "Omaa autoa ei ole.")),
    ],
)
def test_an_own_car(facts: dict[str, object], expected: tuple[GateOutcome, str | None]) -> None:
    (gate,) = of_kind(GateKind.OWN_CAR, person(**facts), ad("Oma auto on välttämätön."))
    assert (gate.outcome, gate.evidence) == expected


@pytest.mark.parametrize(
    ("facts", "text", "expected"),
    [
        ({"cards": ("022",)}, "Hygieniapassi vaaditaan.", [("022", MET)]),
        ({"cards": ()}, "Hygieniapassi vaaditaan.", [("022", UNMET)]),
        ({"cards": ("014",)}, "Ensiapu 1 vaaditaan.", [("013", MET)]),
        ({"cards": ("062",)}, "Vaaditaan trukkikortti tai siltanosturikortti.", [("074|062", MET)]),
        ({}, "Hygieniapassi vaaditaan.", [("022", UNKNOWN)]),
        ({"text": "Hygieniapassi on."}, "Hygieniapassi vaaditaan.", [("022", MET)]),
        ({"text": "Hygieniapassi puuttuu."}, "Hygieniapassi vaaditaan.", [("022", UNMET)]),
        (
            {"cards": (), "education": "kuljettajan ammattipätevyys voimassa"},
            "Kuljettajan ammattipätevyys vaaditaan.",
            [("041", MET)],
        ),
        (
            {
                "cards": (),
                "competences": (Competence("hygieniapassi", evidence=Evidence.CERTIFICATE),),
            },
            "Hygieniapassi vaaditaan.",
            [("022", MET)],
        ),
    ],
)
def test_cards(
    facts: dict[str, object], text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    assert outcomes(GateKind.CARD, person(**facts), ad(text)) == expected


NURSE = "sairaanhoitaja (AMK) 2015; Valviran rekisterissä"


@pytest.mark.parametrize(
    ("facts", "title", "text", "expected"),
    [
        ({"education": NURSE}, "Sairaanhoitaja", "", [("nurse", MET)]),
        ({"education": "kätilö (AMK) 2010"}, "Sairaanhoitaja", "", [("nurse", MET)]),
        ({"education": "peruskoulu 1998"}, "Sairaanhoitaja", "", [("nurse", UNMET)]),
        ({"education": "lähihoitaja 2012"}, "Sairaanhoitaja", "", [("nurse", UNMET)]),
        (
            {"education": "lähihoitaja 2012"},
            "Lähihoitaja tai sairaanhoitaja",
            "",
            [("practical_nurse|nurse", MET)],
        ),
        ({}, "Sairaanhoitaja", "", [("nurse", UNKNOWN)]),
        # Words that name no schooling that is known leave it open.
        ({"education": "elämän korkeakoulu"}, "Sairaanhoitaja", "", [("nurse", UNKNOWN)]),
        # Who has worked as one may have the qualification.
        (
            {"education": "peruskoulu", "occupations_done": (Occupation("sairaanhoitaja"),)},
            "Sairaanhoitaja",
            "",
            [("nurse", UNKNOWN)],
        ),
        # A right to practise that is applied for is not held.
        (
            {"education": "nursing degree; Valvira licence pending"},
            "Sairaanhoitaja",
            "",
            [("nurse", UNMET)],
        ),
        (
            {"education": "sairaanhoitajaopiskelija, opinnot kesken"},
            "Sairaanhoitaja",
            "",
            [("nurse", UNMET)],
        ),
        (
            {"education": "opiskelen sairaanhoitajaksi"},
            "Sairaanhoitaja tai alan opiskelija",
            "",
            [("nurse|student", MET)],
        ),
        (
            {"education": "peruskoulu"},
            "Myyjä",
            "Kaupallinen tutkinto vaaditaan.",
            [("business_degree", UNMET)],
        ),
        # Degrees of one level have many names.
        (
            {"education": "medianomi (AMK)"},
            "Myyjä",
            "Kaupallinen tutkinto vaaditaan.",
            [("business_degree", UNKNOWN)],
        ),
        (
            {"education": "tradenomi (AMK)"},
            "Myyjä",
            "Kaupallinen tutkinto vaaditaan.",
            [("business_degree", MET)],
        ),
        # Another suitable degree may be the one the person has; where law asks there is none.
        (
            {"education": "metsurin ammattitutkinto"},
            "Ohjaaja",
            "Edellytämme LVI-alan tutkintoa tai muuta soveltuvaa tutkintoa.",
            [("hvac|other", UNKNOWN)],
        ),
        (
            {"education": "metsurin ammattitutkinto"},
            "Hoitaja",
            "Edellytämme sairaanhoitajan tutkintoa tai muuta soveltuvaa tutkintoa.",
            [("nurse|other", UNMET)],
        ),
        # A hoped-for or welcome degree shuts nobody out.
        ({"education": "peruskoulu"}, "Avustaja", "Toivomme lähihoitajan tutkintoa.", []),
        ({"education": "peruskoulu"}, "Kokki", "Kokin koulutus on eduksi.", []),
    ],
)
def test_qualifications(
    facts: dict[str, object], title: str, text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    assert outcomes(GateKind.QUALIFICATION, person(**facts), ad(text, title)) == expected


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        (skills(fi=Cefr.B2), "Sujuva suomen kielen taito vaaditaan.", [("fi:B2", MET)]),
        (skills(fi=Cefr.B1), "Sujuva suomen kielen taito vaaditaan.", [("fi:B2", UNMET)]),
        (skills(fi=None), "Sujuva suomen kielen taito vaaditaan.", [("fi:B2", UNKNOWN)]),
        (skills(en=Cefr.C2), "Sujuva suomen kielen taito vaaditaan.", [("fi:B2", UNMET)]),
        (None, "Sujuva suomen kielen taito vaaditaan.", [("fi:B2", UNKNOWN)]),
        # Without a level B1 will do, A2 is asked about, and A1 is too little.
        (skills(fi=Cefr.B1), "Suomen kielen taito vaaditaan.", [("fi", MET)]),
        (skills(fi=Cefr.A2), "Suomen kielen taito vaaditaan.", [("fi", UNKNOWN)]),
        (skills(fi=Cefr.A1), "Suomen kielen taito vaaditaan.", [("fi", UNMET)]),
        # Any of several languages will do.
        (
            skills(sv=Cefr.B2),
            "Vaaditaan hyvää suomen tai ruotsin kielen taitoa.",
            [("fi:B2|sv:B2", MET)],
        ),
        (
            skills(fi=Cefr.A2, sv=None),
            "Vaaditaan hyvää suomen tai ruotsin kielen taitoa.",
            [("fi:B2|sv:B2", UNKNOWN)],
        ),
        (
            skills(en=Cefr.C1),
            "Vaaditaan hyvää suomen tai ruotsin kielen taitoa.",
            [("fi:B2|sv:B2", UNMET)],
        ),
        (skills(fi=Cefr.A1), "Ruotsin kielen taito on eduksi.", []),
    ],
)
def test_languages(
    known: tuple[LanguageSkill, ...] | None, text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    assert outcomes(GateKind.LANGUAGE, person(languages=known), ad(text)) == expected


@pytest.mark.parametrize(
    ("times", "text", "expected"),
    [
        ((DAY,), "Työ on kolmivuorotyötä.", [("evening", UNMET), ("night", UNMET)]),
        ((DAY, EVENING, NIGHT), "Työ on kolmivuorotyötä.", [("evening", MET), ("night", MET)]),
        ((SHIFT,), "Työ on kolmivuorotyötä.", [("evening", MET), ("night", UNKNOWN)]),
        # Who lists shifts and some of their times has listed them all.
        (
            (SHIFT, EVENING, WEEKEND),
            "Työ on kolmivuorotyötä.",
            [("evening", MET), ("night", UNMET)],
        ),
        ((DAY,), "Työ on vuorotyötä.", [("shift", UNMET)]),
        ((DAY, EVENING), "Työ on vuorotyötä.", [("shift", UNKNOWN)]),
        ((SHIFT,), "Työ on vuorotyötä.", [("shift", MET)]),
        (None, "Työskentelet iltaisin.", [("evening", UNKNOWN)]),
        ((NIGHT,), "Työ on päivätyötä.", [("day", UNMET)]),
        ((DAY,), "Työ on päivätyötä, satunnaisesti myös iltaisin.", [("evening", UNMET)]),
        ((DAY,), "Voit halutessasi tehdä iltavuoroja.", []),
        ((DAY,), "Työssä ei ole yötyötä.", []),
    ],
)
def test_times_that_the_text_states(
    times: tuple[WorkingTime, ...] | None, text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    profile = person(hours=Hours(times=times))
    assert outcomes(GateKind.WORKING_TIME, profile, ad(text)) == expected


def test_a_restriction_told_in_times_of_work_is_unmet_by_them() -> None:
    profile = person(hours=Hours(times=(DAY, SHIFT)), restrictions=(Restriction("ei yötyötä"),))
    (gate,) = [
        each
        for each in of_kind(GateKind.WORKING_TIME, profile, ad("Työ on yötyötä."))
        if each.required == NIGHT
    ]
    assert (gate.outcome, gate.evidence, gate.stated) == (UNMET, "ei yötyötä", "Työ on yötyötä.")


@pytest.mark.parametrize(
    ("extents", "text", "expected"),
    [
        ((WorkExtent.FULL_TIME,), "Työ on osa-aikaista.", [("part_time", UNMET)]),
        ((WorkExtent.PART_TIME,), "Työ on osa-aikaista.", [("part_time", MET)]),
        ((WorkExtent.FULL_TIME,), "Työ on koko- tai osa-aikaista.", [("full_time,part_time", MET)]),
        ((WorkExtent.FULL_TIME,), "Osa-aikaisuus on mahdollista.", []),
        ((WorkExtent.FULL_TIME,), "Työaika on 20 h/vko.", [("part_time", UNMET)]),
        (None, "Työaika on 20 h/vko.", [("part_time", UNKNOWN)]),
    ],
)
def test_the_extent_that_the_text_states(
    extents: tuple[WorkExtent, ...] | None, text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    profile = person(hours=Hours(extents=extents))
    assert outcomes(GateKind.WORKING_TIME, profile, ad(text)) == expected


@pytest.mark.parametrize(
    ("restriction", "text", "expected"),
    [
        ("ei raskaita nostoja", "Työssä on raskaita nostoja.", [("ei raskaita nostoja", UNMET)]),
        ("ei raskaita nostoja", "Työ on reipasta.", [("ei raskaita nostoja", UNKNOWN)]),
        (
            "ei pitkää seisomista",
            "Työssä on raskaita nostoja.",
            [("ei pitkää seisomista", UNKNOWN)],
        ),
    ],
)
def test_a_restriction_is_unmet_only_by_a_burden_that_the_ad_states(
    restriction: str, text: str, expected: list[tuple[str, GateOutcome]]
) -> None:
    profile = person(restrictions=(Restriction(restriction),))
    assert outcomes(GateKind.RESTRICTION, profile, ad(text)) == expected


def test_what_the_employer_checks_is_asked_and_never_unmet() -> None:
    gates = of_kind(
        GateKind.BACKGROUND_CHECK, person(), ad("Tehtävään vaaditaan rikosrekisteriote.")
    )
    assert [(gate.required, gate.outcome) for gate in gates] == [("criminal_record", UNKNOWN)]


def test_an_ad_for_work_from_home_needs_no_journey() -> None:
    far = ad("Työ tehdään täysin etänä.", place=Place(municipalities=("091",)))
    (gate,) = of_kind(GateKind.COMMUTE, person(commute=Commute(remote=True, max_km=10)), far)
    assert (gate.outcome, gate.required, gate.stated) == (
        MET,
        "remote",
        "Työ tehdään täysin etänä.",
    )


def test_the_text_of_a_training_asks_for_nothing() -> None:
    training = Training(id="t", text=LocalText(fi="Edellytämme B-ajokorttia ja hygieniapassia."))
    assert judge(person(licences=(), cards=()), training, TODAY) == ()


ANY_TEXT = st.lists(
    st.sampled_from(
        [
            *(
                "Vaadimme B-ajokortin.",
                "Hygieniapassi on eduksi.",
                "Työ on yötyötä.",
                "Sairaanhoitaja",
            ),
            *("Sujuva suomen kieli.", "Oma auto vaaditaan.", "Työssä on raskaita nostoja."),
            *("Olet täyttänyt 18 vuotta.", "Työ on osa-aikaista.", "Rikosrekisteriote tarvitaan."),
        ]
    ),
    max_size=8,
).map("\n".join)


@given(ANY_TEXT)
def test_of_whom_nothing_is_known_no_gate_is_met_or_unmet(text: str) -> None:
    gates = judge(Profile(id="p"), ad(text, title=""), TODAY)
    assert {gate.outcome for gate in gates} <= {UNKNOWN}


@given(ANY_TEXT)
def test_what_the_text_asks_for_is_shown_in_its_own_words(text: str) -> None:
    gates = judge(person(), ad(text, title=""), TODAY)
    assert all(gate.stated in text for gate in gates if gate.stated)
