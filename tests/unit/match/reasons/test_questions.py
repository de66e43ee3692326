from __future__ import annotations

import pytest

from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence, LanguageSkill, Occupation, WorkExtent, WorkingTime
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.match.reasons.questions import gate_words, profile_questions, questions

UNKNOWN = GateOutcome.UNKNOWN


def match(*gates: GateResult) -> Match:
    return Match("p", "v", OfferKind.VACANCY, 1, 0.5, Band.GOOD, (), (), gates)


def asked(gate: GateKind, required: str) -> list[str]:
    one = match(GateResult(gate, UNKNOWN, required, "2026-11-02"))
    return [question for lang in Lang for question in questions(one, lang)]


@pytest.mark.parametrize(
    ("gate", "required", "fi", "sv", "en"),
    [
        (
            GateKind.LICENCE,
            "CE",
            "Onko asiakkaalla CE-ajokortti?",
            "Har klienten körkort i klass CE?",
            "Does the client hold a driving licence of class CE?",
        ),
        (
            GateKind.CARD,
            "074",
            "Onko asiakkaalla tämä kortti tai lupa: Trukkikortti?",
            "Har klienten detta kort eller tillstånd: Truckkort?",
            "Does the client hold this card or permit: Forklift card?",
        ),
        (
            GateKind.LANGUAGE,
            "sv:B2",
            "Millainen on asiakkaan kielitaito? Tarvitaan: ruotsi B2.",
            "Hurdana är klientens språkkunskaper? Det behövs: svenska B2.",
            "How well does the client know the language? Needed: Swedish B2.",
        ),
        (
            GateKind.LANGUAGE,
            "fi",
            "Millainen on asiakkaan kielitaito? Tarvitaan: suomi.",
            "Hurdana är klientens språkkunskaper? Det behövs: finska.",
            "How well does the client know the language? Needed: Finnish.",
        ),
        (
            GateKind.COMMUTE,
            "564,091",
            "Pääseekö asiakas töihin tänne: Oulu, Helsinki? Kuinka pitkälle hän voi kulkea?",
            "Kan klienten ta sig till jobbet i Uleåborg, Helsingfors? Hur långt kan hen pendla?",
            "Can the client get to work in Oulu, Helsinki? How far can they travel?",
        ),
        (
            GateKind.COMMUTE,
            "",
            "Missä työ tehdään? Kysy työnantajalta.",
            "Var utförs arbetet? Fråga arbetsgivaren.",
            "Where is the work done? Ask the employer.",
        ),
        (
            GateKind.COMMUTE,
            "remote",
            "Voiko asiakas työskennellä tai opiskella etänä?",
            "Kan klienten arbeta eller studera på distans?",
            "Can the client work or study from home?",
        ),
        (
            GateKind.WORKING_TIME,
            "night,weekend",
            "Sopiiko asiakkaalle tämä työaika: yötyö, viikonlopputyö?",
            "Passar denna arbetstid klienten: nattarbete, veckoslutsarbete?",
            "Does this working time suit the client: night work, weekend work?",
        ),
        (
            GateKind.LICENCE,
            "C|CE",
            "Onko asiakkaalla C tai CE-ajokortti?",
            "Har klienten körkort i klass C eller CE?",
            "Does the client hold a driving licence of class C or CE?",
        ),
        (
            GateKind.OWN_CAR,
            "own_car",
            "Onko asiakkaalla auto käytettävissä työhön?",
            "Har klienten tillgång till bil för arbetet?",
            "Does the client have a car to use for the job?",
        ),
        (
            GateKind.QUALIFICATION,
            "practical_nurse|nurse",
            "Onko asiakkaalla tämä pätevyys tai koulutus: lähihoitaja tai sairaanhoitaja?",
            "Har klienten denna behörighet eller utbildning: närvårdare eller sjukskötare?",
            "Does the client have this qualification or training: "
            "practical nurse or registered nurse?",
        ),
        (
            GateKind.LANGUAGE,
            "fi:B2|sv:B2",
            "Millainen on asiakkaan kielitaito? Tarvitaan: suomi B2 tai ruotsi B2.",
            "Hurdana är klientens språkkunskaper? Det behövs: finska B2 eller svenska B2.",
            "How well does the client know the language? Needed: Finnish B2 or Swedish B2.",
        ),
        (
            GateKind.WORKING_TIME,
            "37.5h",
            "Sopiiko asiakkaalle tämä työaika: 37.5 tuntia viikossa?",
            "Passar denna arbetstid klienten: 37.5 timmar i veckan?",
            "Does this working time suit the client: 37.5 hours a week?",
        ),
        (
            GateKind.BACKGROUND_CHECK,
            "criminal_record",
            "Työnantaja tarkistaa: rikosrekisteriote. Sopiiko se asiakkaalle?",
            "Arbetsgivaren kontrollerar: straffregisterutdrag. Passar det klienten?",
            "The employer checks: criminal record extract. Is that all right with the client?",
        ),
        (
            GateKind.AGE,
            "18",
            "Ikäraja: 18+ vuotta. Täyttyykö se, tai onko poikkeus mahdollinen?",
            "Åldersgräns: 18+ år. Uppfylls den, eller är undantag möjligt?",
            "Age limit: 18+ years. Is it met, or is an exception possible?",
        ),
        (
            GateKind.AGE,
            "15-17",
            "Ikäraja: 15–17 vuotta. Täyttyykö se, tai onko poikkeus mahdollinen?",
            "Åldersgräns: 15–17 år. Uppfylls den, eller är undantag möjligt?",
            "Age limit: 15–17 years. Is it met, or is an exception possible?",
        ),
        (
            GateKind.AGE,
            "0-29",
            "Ikäraja: alle 30 vuotta. Täyttyykö se, tai onko poikkeus mahdollinen?",
            "Åldersgräns: under 30 år. Uppfylls den, eller är undantag möjligt?",
            "Age limit: under 30 years. Is it met, or is an exception possible?",
        ),
        (
            GateKind.START,
            "2027-06-01–2027-08-31",
            "Työ on sovittu ajalle 2027-06-01–2027-08-31. Milloin asiakas voi tehdä sitä?",
            "Arbetet är avsett för tiden 2027-06-01–2027-08-31. När kan klienten göra det?",
            "The job is meant for 2027-06-01–2027-08-31. When can the client do it?",
        ),
        (
            GateKind.RESTRICTION,
            "raskaat nostot; {porraskävely}",
            "Sopiiko työ, kun tämä otetaan huomioon: raskaat nostot; {porraskävely}?",
            "Passar arbetet när detta beaktas: raskaat nostot; {porraskävely}?",
            "Does the job suit, given this: raskaat nostot; {porraskävely}?",
        ),
        (
            GateKind.WISH,
            "times:night,shift",
            "Onko työ tämän mukainen: asiakkaan oma toive 2.11.2026: "
            "ei näitä työaikoja: yötyö tai vuorotyö?",
            "Motsvarar arbetet detta: klientens eget önskemål 2.11.2026: "
            "inte dessa arbetstider: nattarbete eller skiftarbete?",
            "Does the job keep to this: the client's own wish of 2 Nov 2026: "
            "none of these working times: night work or shift work?",
        ),
    ],
)
def test_an_unknown_gate_is_asked_in_plain_words(
    gate: GateKind, required: str, fi: str, sv: str, en: str
) -> None:
    assert asked(gate, required) == [fi, sv, en]


def test_an_age_of_nothing_is_asked_as_any_other() -> None:
    assert "0+" in asked(GateKind.AGE, "0")[0]


@pytest.mark.parametrize("gate", GateKind)
def test_every_kind_of_gate_has_a_question_in_every_language(gate: GateKind) -> None:
    required = {GateKind.WORKING_TIME: "day", GateKind.WISH: "times:night"}.get(gate, "x")
    said = asked(gate, required)
    assert len(set(said)) == 3
    assert all("{" not in question and "?" in question for question in said)


def test_only_what_is_unknown_is_asked_in_the_order_of_the_gates() -> None:
    gates = (
        GateResult(GateKind.LICENCE, UNKNOWN, "B"),
        GateResult(GateKind.CARD, GateOutcome.UNMET, "074", ""),
        GateResult(GateKind.COMMUTE, GateOutcome.MET, "564", "0 km"),
        GateResult(GateKind.WORKING_TIME, UNKNOWN, "part_time"),
    )
    assert questions(match(*gates), Lang.EN) == [
        "Does the client hold a driving licence of class B?",
        "Does this working time suit the client: part-time work?",
    ]


@pytest.mark.parametrize("time", [*WorkingTime, *WorkExtent])
def test_every_working_time_has_a_name(time: WorkingTime | WorkExtent) -> None:
    gate = GateResult(GateKind.WORKING_TIME, UNKNOWN, time.value)
    names = [gate_words(gate, lang) for lang in Lang]
    assert time.value not in names
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    ("required", "words"),
    [
        ("17", ["Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"]),
        ("NO", ["Norja", "Norge", "Norway"]),
        ("remote", ["etänä", "på distans", "from home"]),
        ("XX", ["XX", "XX", "XX"]),
    ],
)
def test_places_have_names_and_unknown_codes_stay_codes(required: str, words: list[str]) -> None:
    gate = GateResult(GateKind.COMMUTE, UNKNOWN, required)
    assert [gate_words(gate, lang) for lang in Lang] == words


def test_what_a_person_wrote_is_never_taken_for_a_code() -> None:
    gate = GateResult(GateKind.RESTRICTION, UNKNOWN, "remote")
    assert gate_words(gate, Lang.FI) == "remote"
    assert questions(match(gate), Lang.EN) == ["Does the job suit, given this: remote?"]


FULL = Profile(
    id="p",
    competences=(Competence("hitsaus"),),
    occupations_wanted=(Occupation("hitsaaja"),),
    municipality="564",
    languages=(LanguageSkill("fi"),),
)


def test_of_a_new_profile_competences_are_asked_first() -> None:
    assert profile_questions(Profile(id="p"), Lang.EN) == [
        "What can the client do? Map at least five competences, hobbies and daily life included.",
        "What kind of work would the client like to do?",
        "In which municipality does the client live?",
        "Which languages does the client know, and how well?",
    ]


def test_a_full_profile_raises_no_questions() -> None:
    assert profile_questions(FULL, Lang.FI) == []


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        (Lang.FI, "Missä kunnassa asiakas asuu?"),
        (Lang.SV, "I vilken kommun bor klienten?"),
        (Lang.EN, "In which municipality does the client live?"),
    ],
)
def test_what_a_profile_lacks_is_asked_in_the_language_wanted(lang: Lang, question: str) -> None:
    nowhere = Profile(
        id="p",
        competences=FULL.competences,
        occupations_wanted=FULL.occupations_wanted,
        languages=FULL.languages,
    )
    assert profile_questions(nowhere, lang) == [question]
