from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import CompanyNeed, Offer, Service, Training, Vacancy
from matcher.domain.parts import (
    Availability,
    Commute,
    Competence,
    Evidence,
    Hours,
    Importance,
    LanguageSkill,
    Level,
    Occupation,
    Place,
    Requirement,
    Restriction,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.encode.text import (
    MAX_SENTENCES,
    Phrase,
    PhraseRole,
    RecordText,
    concepts_of,
    offer_text,
    profile_text,
)

WELDING = "http://data.europa.eu/esco/skill/welding"
LABELS = {WELDING: LocalText(fi="hitsata", sv="svetsa", en="weld")}
COMPETENCE, DONE, WANTED = PhraseRole.COMPETENCE, PhraseRole.DONE, PhraseRole.WANTED
EDUCATION, SENTENCE = PhraseRole.EDUCATION, PhraseRole.SENTENCE
TITLE, ESSENTIAL, OPTIONAL, TASK = (
    PhraseRole.TITLE,
    PhraseRole.ESSENTIAL,
    PhraseRole.OPTIONAL,
    PhraseRole.TASK,
)


def said(text: RecordText) -> list[tuple[PhraseRole, str]]:
    return [(phrase.role, phrase.text) for phrase in text.phrases]


def test_of_a_profile_what_the_person_can_did_wants_learned_and_wrote_is_encoded() -> None:
    profile = Profile(
        id="p",
        text="Olen rauhallinen. Haluan oppia uutta.",
        competences=(Competence("trukin ajaminen"),),
        occupations_done=(Occupation("varastomies"),),
        occupations_wanted=(Occupation("keräilijä"),),
        education="peruskoulu",
    )
    assert said(profile_text(profile, {})) == [
        (COMPETENCE, "trukin ajaminen"),
        (DONE, "varastomies"),
        (WANTED, "keräilijä"),
        (EDUCATION, "peruskoulu"),
        (SENTENCE, "Olen rauhallinen."),
        (SENTENCE, "Haluan oppia uutta."),
    ]


def test_no_constraint_of_a_person_is_ever_encoded() -> None:
    profile = Profile(
        id="id-nro-1",
        source="lähde",
        languages=(LanguageSkill("so"),),
        licences=("CE",),
        cards=("074",),
        municipality="564",
        commute=Commute(max_km=12, own_car=True),
        hours=Hours(times=(WorkingTime.NIGHT,)),
        availability=Availability(start=date(2026, 1, 1)),
        restrictions=(Restriction("ei raskaita nostoja"),),
        birth_date=date(1970, 5, 17),
    )
    assert profile_text(profile, {}) == RecordText("id-nro-1", (), "")


@pytest.mark.parametrize(
    ("level", "evidence", "weight"),
    [
        (Level.STRONG, Evidence.WORK, 1.0),
        (Level.STRONG, Evidence.CERTIFICATE, 1.0),
        (Level.GOOD, Evidence.WORK, 0.9),
        (Level.GOOD, Evidence.EDUCATION, 0.9 * 0.95),
        (Level.BASIC, Evidence.HOBBY, 0.7 * 0.85),
        (Level.STRONG, Evidence.MAPPING, 0.9),
        (None, None, 0.85 * 0.95),
    ],
)
def test_a_competence_counts_by_its_level_and_what_it_rests_on(
    level: Level | None, evidence: Evidence | None, weight: float
) -> None:
    profile = Profile(id="p", competences=(Competence("hitsaus", level, evidence),))
    assert profile_text(profile, {}).phrases[0].weight == pytest.approx(weight)


@pytest.mark.parametrize(
    ("lang", "name", "text"),
    [
        (Lang.FI, "MIG-työt", "MIG-työt hitsata"),
        (Lang.SV, "MIG", "MIG svetsa"),
        (Lang.EN, "I can WELD steel", "I can WELD steel"),
        (Lang.FI, "hitsata", "hitsata"),
    ],
)
def test_the_label_of_a_concept_is_added_in_the_records_language_unless_it_is_said(
    lang: Lang, name: str, text: str
) -> None:
    profile = Profile(id="p", language=lang, competences=(Competence(name, concept=WELDING),))
    phrase = profile_text(profile, LABELS).phrases[0]
    assert (phrase.text, phrase.shown) == (text, name)


def test_labels_are_added_to_occupations_and_requirements_too() -> None:
    job = Occupation("Seppä", WELDING)
    profile = Profile(id="p", occupations_done=(job,), occupations_wanted=(job,))
    assert said(profile_text(profile, LABELS)) == [
        (DONE, "Seppä hitsata"),
        (WANTED, "Seppä hitsata"),
    ]
    offer = Vacancy(id="v", occupations=(job,), requirements=(Requirement("MIG", concept=WELDING),))
    assert said(offer_text(offer, LABELS)) == [
        (TITLE, "Seppä hitsata"),
        (ESSENTIAL, "MIG hitsata"),
    ]


def test_a_concept_that_no_taxonomy_knows_adds_nothing() -> None:
    profile = Profile(id="p", competences=(Competence("MIG", concept="http://unknown"),))
    assert said(profile_text(profile, LABELS)) == [(COMPETENCE, "MIG")]


def test_a_concept_without_words_of_the_record_stands_for_itself() -> None:
    offer = Vacancy(
        id="v", occupations=(Occupation("", WELDING),), requirements=(Requirement("", concept="x"),)
    )
    assert offer_text(offer, LABELS).phrases == (Phrase("hitsata", "hitsata", TITLE),)


def test_phrases_of_white_space_are_left_out() -> None:
    profile = Profile(
        id="p",
        text=" \n ",
        education="\t",
        competences=(Competence(" "),),
        occupations_done=(Occupation("  "),),
    )
    assert profile_text(profile, {}).phrases == ()
    offer = CompanyNeed(id="n", requirements=(Requirement(" "),), tasks=(" ",))
    assert offer_text(offer, {}).phrases == ()


def test_the_same_words_in_the_same_role_are_encoded_once() -> None:
    profile = Profile(
        id="p",
        competences=(Competence("Hitsaus"), Competence("hitsaus"), Competence("sorvaus")),
        occupations_wanted=(Occupation("hitsaus"),),
    )
    assert sorted(said(profile_text(profile, {}))) == [
        (COMPETENCE, "Hitsaus"),
        (COMPETENCE, "sorvaus"),
        (WANTED, "hitsaus"),
    ]


def test_of_an_offer_title_occupations_requirements_and_sentences_are_encoded() -> None:
    offer = Vacancy(
        id="v",
        title=LocalText(fi="  Hitsaaja   telakalle "),
        text=LocalText(fi="Telakka on vanha. Vastaat hitsauksesta."),
        occupations=(Occupation("levyseppä"),),
        requirements=(
            Requirement("MIG-hitsaus"),
            Requirement("TIG-hitsaus", Importance.OPTIONAL),
        ),
    )
    assert said(offer_text(offer, {})) == [
        (TITLE, "Hitsaaja telakalle"),
        (TITLE, "levyseppä"),
        (ESSENTIAL, "MIG-hitsaus"),
        (OPTIONAL, "TIG-hitsaus"),
        (SENTENCE, "Telakka on vanha."),
        (TASK, "Vastaat hitsauksesta."),
    ]


def test_organisation_url_place_and_terms_of_an_offer_are_never_encoded() -> None:
    offer = CompanyNeed(
        id="id-nro-1",
        source="lähde",
        organisation="Telakka Oy",
        url="https://telakka.example",
        licences=("CE",),
        cards=("074",),
        languages=(LanguageSkill("fi"),),
        place=Place(municipalities=("564",)),
        hours=Hours(times=(WorkingTime.NIGHT,)),
        owner="avain",
    )
    assert offer_text(offer, {}) == RecordText("id-nro-1", (), "", openness=2 / 3)


@pytest.mark.parametrize(
    "offer",
    [
        CompanyNeed(id="o", tasks=("hyllyjen täyttö", "kassan hoito")),
        Training(id="o", outcomes=("hyllyjen täyttö", "kassan hoito")),
        Service(id="o", helps_with=("hyllyjen täyttö", "kassan hoito")),
    ],
)
def test_tasks_outcomes_and_what_a_service_helps_with_are_tasks(offer: Offer) -> None:
    assert said(offer_text(offer, {})) == [(TASK, "hyllyjen täyttö"), (TASK, "kassan hoito")]


ASKING = LocalText(fi="Edellytämme hygieniapassia. Trukkikortti on eduksi. Tervetuloa meille.")


def test_without_structured_requirements_sentences_ask() -> None:
    assert [role for role, _ in said(offer_text(Vacancy(id="v", text=ASKING), {}))] == [
        ESSENTIAL,
        OPTIONAL,
        SENTENCE,
    ]


def test_with_structured_requirements_sentences_only_talk() -> None:
    offer = Vacancy(id="v", text=ASKING, requirements=(Requirement("hygieniapassi"),))
    assert [role for role, _ in said(offer_text(offer, {}))] == [ESSENTIAL, *[SENTENCE] * 3]


@pytest.mark.parametrize("cls", [Training, Service])
def test_sentences_of_trainings_and_services_only_talk(cls: type[Offer]) -> None:
    assert [role for role, _ in said(offer_text(cls(id="o", text=ASKING), {}))] == [SENTENCE] * 3


def test_an_offer_is_encoded_in_its_main_language_or_the_one_it_has() -> None:
    both = LocalText(fi="Hitsaaja", sv="Svetsare")
    assert said(offer_text(Vacancy(id="v", title=both, language=Lang.SV), {})) == [
        (TITLE, "Svetsare")
    ]
    swedish = LocalText(sv="Svetsare")
    assert said(offer_text(Vacancy(id="v", title=swedish), {})) == [(TITLE, "Svetsare")]


def test_only_the_first_sentences_of_a_long_text_are_encoded() -> None:
    sentences = [f"Lause numero {i}." for i in range(MAX_SENTENCES + 3)]
    profile = Profile(id="p", text=" ".join(sentences))
    assert [text for _, text in said(profile_text(profile, {}))] == sentences[:MAX_SENTENCES]


def test_the_full_text_is_every_phrase_once() -> None:
    profile = Profile(
        id="p",
        competences=(Competence("MIG", concept=WELDING),),
        occupations_wanted=(Occupation("hitsaaja"),),
        occupations_done=(Occupation("hitsaaja"),),
    )
    assert profile_text(profile, LABELS).full == "MIG hitsata \nhitsaaja"


def test_the_concepts_of_a_record_are_those_of_all_its_parts() -> None:
    profile = Profile(
        id="p",
        competences=(Competence("a", concept="c1"), Competence("b")),
        occupations_done=(Occupation("d", "c2"),),
        occupations_wanted=(Occupation("e", "c3"),),
    )
    offer = Vacancy(
        id="v", occupations=(Occupation("f", "c4"),), requirements=(Requirement("g", concept="c5"),)
    )
    assert concepts_of(profile) == {"c1", "c2", "c3"}
    assert concepts_of(offer) == {"c4", "c5"}


free = st.text(max_size=40)
concepts = st.none() | st.sampled_from([WELDING, "http://unknown"])
people = st.builds(
    Profile,
    id=st.just("p"),
    text=free,
    education=free,
    competences=st.lists(st.builds(Competence, free, concept=concepts), max_size=4).map(tuple),
    occupations_wanted=st.lists(st.builds(Occupation, free, concepts), max_size=3).map(tuple),
)
adverts = st.builds(
    CompanyNeed,
    id=st.just("o"),
    title=st.builds(LocalText, free, free),
    text=st.builds(LocalText, free),
    tasks=st.lists(free, max_size=3).map(tuple),
    requirements=st.lists(
        st.builds(Requirement, free, st.sampled_from(Importance), concepts), max_size=3
    ).map(tuple),
)


@given(
    st.builds(profile_text, people, st.just(LABELS))
    | st.builds(offer_text, adverts, st.just(LABELS))
)
def test_every_phrase_has_words_to_encode_and_to_show_and_is_there_once(text: RecordText) -> None:
    assert all(phrase.text.strip() and phrase.shown.strip() for phrase in text.phrases)
    assert all(0 < phrase.weight <= 1 for phrase in text.phrases)
    keys = [(phrase.role, phrase.text.casefold()) for phrase in text.phrases]
    assert sorted(set(keys)) == sorted(keys)


def test_a_profile_of_a_single_word_says_that_word() -> None:
    assert said(profile_text(Profile(id="p", text=" fysiikanopettaja "), {})) == [
        (SENTENCE, "fysiikanopettaja")
    ]
