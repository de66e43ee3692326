"""Own sentences in three languages, each with what it states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.parts import Cefr
from matcher.requirements.reading import read_requirements, read_title
from matcher.requirements.statement import Stated, Strength, Topic

REQUIRED, HOPED, PLUS = Strength.REQUIRED, Strength.HOPED, Strength.PLUS
NEGATED, MENTIONED = Strength.NEGATED, Strength.MENTIONED
LICENCE, CARD, CAR, DEGREE = Topic.LICENCE, Topic.CARD, Topic.CAR, Topic.QUALIFICATION
LANGUAGE, TIME, EXTENT, BURDEN = Topic.LANGUAGE, Topic.TIME, Topic.EXTENT, Topic.BURDEN
CHECK, AGE, REMOTE = Topic.CHECK, Topic.AGE, Topic.REMOTE

Said = tuple[Topic, Strength, str]


def said(text: str) -> list[Said]:
    """What a text states: topic, strength, and alternatives with the level of a language."""
    return [
        (one.topic, one.strength, "|".join(one.codes) + (f":{one.level}" if one.level else ""))
        for one in read_requirements(text)
    ]


#: Each sentence states just this.
SENTENCES: list[tuple[str, list[Said]]] = [
    # Driving licences
    ("Työ edellyttää B-ajokorttia.", [(LICENCE, REQUIRED, "B")]),
    ("Sinulla on voimassa oleva ajokortti.", [(LICENCE, REQUIRED, "B")]),
    ("B-luokan ajokortti on eduksi.", [(LICENCE, PLUS, "B")]),
    ("Ajokorttia ei tarvita.", [(LICENCE, NEGATED, "B")]),
    ("Et tarvitse tehtävässä ajokorttia.", [(LICENCE, NEGATED, "B")]),
    ("Ajokortti (ei pakollinen)", [(LICENCE, NEGATED, "B")]),
    ("Kuljettajalta vaaditaan C- tai CE-kortti.", [(LICENCE, REQUIRED, "C|CE")]),
    ("Vaadimme D-ajokortin.", [(LICENCE, REQUIRED, "D")]),
    (
        "Edellytämme B-korttia, ja C-kortti katsotaan eduksi.",
        [
            (LICENCE, REQUIRED, "B"),
            (LICENCE, PLUS, "C"),
        ],
    ),
    ("Ajokortti luokka BE on pakollinen.", [(LICENCE, REQUIRED, "BE")]),
    ("Haemme CE-kuljettajaa.", [(LICENCE, REQUIRED, "CE")]),
    ("Ilmoitathan, onko sinulla ajokortti.", [(LICENCE, PLUS, "B")]),
    ("Körkort B krävs.", [(LICENCE, REQUIRED, "B")]),
    ("Du har körkort (klass C).", [(LICENCE, REQUIRED, "C")]),
    ("B-körkort är en merit.", [(LICENCE, PLUS, "B")]),
    ("Körkort behövs inte.", [(LICENCE, NEGATED, "B")]),
    ("A valid driving licence is required.", [(LICENCE, REQUIRED, "B")]),
    ("You must hold a driver's license (class C1 or C).", [(LICENCE, REQUIRED, "C1|C")]),
    ("A driving licence is an advantage.", [(LICENCE, PLUS, "B")]),
    ("No driving licence needed, a bicycle will do.", [(LICENCE, NEGATED, "B")]),
    # An own car
    ("Oma auto on välttämätön.", [(CAR, REQUIRED, "own_car")]),
    ("Edellytämme mahdollisuutta oman auton käyttöön.", [(CAR, REQUIRED, "own_car")]),
    ("Omaa autoa et tarvitse.", [(CAR, NEGATED, "own_car")]),
    ("Oman auton käyttö katsotaan eduksi.", [(CAR, PLUS, "own_car")]),
    ("Paikalle ei pääse ilman omaa autoa.", [(CAR, REQUIRED, "own_car")]),
    ("Egen bil är ett krav.", [(CAR, REQUIRED, "own_car")]),
    ("Tillgång till bil är en fördel.", [(CAR, PLUS, "own_car")]),
    ("You need your own car.", [(CAR, REQUIRED, "own_car")]),
    ("Access to a car is a plus.", [(CAR, PLUS, "own_car")]),
    # Permit cards
    ("Edellytämme hygieniapassia.", [(CARD, REQUIRED, "022")]),
    ("Hygieniapassi", [(CARD, REQUIRED, "022")]),
    ("Hygieniapassi on eduksi.", [(CARD, PLUS, "022")]),
    ("Plussaa, jos sinulta löytyy tulityökortti.", [(CARD, PLUS, "075")]),
    ("Eduksi on, jos sinulla on jo trukkikortti.", [(CARD, PLUS, "074")]),
    ("Korttia ei vaadita: voit suorittaa hygieniapassin meillä.", [(CARD, NEGATED, "022")]),
    (
        "Hygieniapassi ja anniskelupassi ovat pakollisia.",
        [
            (CARD, REQUIRED, "022"),
            (CARD, REQUIRED, "005"),
        ],
    ),
    (
        "Hygieniapassi on oltava, anniskelupassista on hyötyä.",
        [
            (CARD, REQUIRED, "022"),
            (CARD, PLUS, "005"),
        ],
    ),
    ("Työmaalla vaaditaan voimassa oleva työturvallisuuskortti.", [(CARD, REQUIRED, "079")]),
    ("Tarvitset trukkikortin tai siltanosturikortin.", [(CARD, REQUIRED, "074|062")]),
    ("Sinulla on tulityö- tai työturvallisuuskortti.", [(CARD, REQUIRED, "075|079")]),
    ("Toivomme, että sinulla on järjestyksenvalvojakortti.", [(CARD, HOPED, "027")]),
    (
        "Vartijakortti vaaditaan, ensiapukortti katsotaan eduksi.",
        [
            (CARD, REQUIRED, "086"),
            (CARD, PLUS, "013"),
        ],
    ),
    ("Työssä tarvitaan kuljettajan ammattipätevyys.", [(CARD, REQUIRED, "041")]),
    ("Taksinkuljettajan ajolupa on edellytys.", [(CARD, REQUIRED, "071")]),
    ("Sähkötyöturvallisuuskoulutus SFS 6002 on välttämätön.", [(CARD, REQUIRED, "069")]),
    (
        "Työhön vaaditaan tieturvakortti, mutta se ei ole välttämätön heti alussa.",
        [
            (CARD, NEGATED, "072"),
        ],
    ),
    (
        "Mikäli sinulla ei vielä ole hygieniapassia, autamme sen hankkimisessa.",
        [
            (CARD, NEGATED, "022"),
        ],
    ),
    ("Hygienpass krävs.", [(CARD, REQUIRED, "022")]),
    ("Truckkort är meriterande.", [(CARD, PLUS, "074")]),
    ("Du behöver inte ha serveringspass.", [(CARD, NEGATED, "005")]),
    ("Giltigt arbetarskyddskort är ett krav.", [(CARD, REQUIRED, "079")]),
    ("You have a hygiene passport.", [(CARD, REQUIRED, "022")]),
    ("A forklift licence is considered an advantage.", [(CARD, PLUS, "074")]),
    ("An occupational safety card is mandatory.", [(CARD, REQUIRED, "079")]),
    ("A hot work card is not required.", [(CARD, NEGATED, "075")]),
    # Qualifications
    ("Edellytämme sairaanhoitajan tutkintoa.", [(DEGREE, REQUIRED, "nurse")]),
    ("Kelpoisuusvaatimuksena on lähihoitajan tutkinto.", [(DEGREE, REQUIRED, "practical_nurse")]),
    ("Tehtävään vaaditaan Valviran laillistus.", [(DEGREE, REQUIRED, "registration")]),
    ("Vaadimme varhaiskasvatuksen opettajan kelpoisuutta.", [(DEGREE, REQUIRED, "early_teacher")]),
    ("Edellytämme sosionomin tai geronomin tutkintoa.", [(DEGREE, REQUIRED, "socionom|geronom")]),
    ("S2-sähköpätevyys on pakollinen.", [(DEGREE, REQUIRED, "electrical_s2")]),
    ("Lähihoitajan tutkinto katsotaan eduksi.", [(DEGREE, PLUS, "practical_nurse")]),
    ("Toivomme ravintolakokin koulutusta.", [(DEGREE, HOPED, "kitchen_trade")]),
    (
        "Toivomme kokin koulutusta, mutta se ei ole välttämätön.",
        [(DEGREE, NEGATED, "kitchen_trade")],
    ),
    (
        "Tehtävä edellyttää soveltuvaa korkeakoulututkintoa.",
        [(DEGREE, REQUIRED, "suitable_higher")],
    ),
    ("Lähihoitajat työskentelevät kanssasi samassa tiimissä.", []),
    ("Sjukskötarexamen krävs.", [(DEGREE, REQUIRED, "nurse")]),
    ("Du har behörighet som klasslärare.", [(DEGREE, REQUIRED, "class_teacher")]),
    ("You are a qualified registered nurse.", [(DEGREE, REQUIRED, "nurse")]),
    ("A Bachelor's degree is required.", [(DEGREE, REQUIRED, "higher_degree")]),
    # Languages and their levels
    ("Erinomainen suomen kielen taito on välttämätön.", [(LANGUAGE, REQUIRED, "fi:C1")]),
    ("Sujuva englanti", [(LANGUAGE, REQUIRED, "en:B2")]),
    ("Edellytämme hyvää suomen kielen taitoa.", [(LANGUAGE, REQUIRED, "fi:B2")]),
    (
        "Vaaditaan suomen kielen hyvä suullinen ja tyydyttävä kirjallinen taito.",
        [
            (LANGUAGE, REQUIRED, "fi:B2"),
        ],
    ),
    ("Edellytämme tyydyttävää ruotsin kielen taitoa.", [(LANGUAGE, REQUIRED, "sv:B1")]),
    ("Osaat suomea hyvin.", [(LANGUAGE, REQUIRED, "fi:B2")]),
    ("Tehtävässä tarvitaan suomen kielen taitoa.", [(LANGUAGE, REQUIRED, "fi")]),
    ("Englannin kielen taito on eduksi.", [(LANGUAGE, PLUS, "en")]),
    (
        "Edellytämme sujuvaa suomen kielen taitoa, ruotsin taito luetaan eduksi.",
        [
            (LANGUAGE, REQUIRED, "fi:B2"),
            (LANGUAGE, PLUS, "sv"),
        ],
    ),
    (
        "Sujuva suomen ja englannin kielen taito",
        [
            (LANGUAGE, REQUIRED, "fi:B2"),
            (LANGUAGE, REQUIRED, "en:B2"),
        ],
    ),
    (
        "Vaadimme hyvää suomen ja perustasoista englannin kielen taitoa.",
        [
            (LANGUAGE, REQUIRED, "fi:B2"),
            (LANGUAGE, REQUIRED, "en:A2"),
        ],
    ),
    ("Puhut sujuvasti suomea tai englantia.", [(LANGUAGE, REQUIRED, "fi|en:B2")]),
    ("Edellytämme suomen tai ruotsin kielen taitoa.", [(LANGUAGE, REQUIRED, "fi|sv")]),
    ("Suomen kielen taitoa ei vaadita.", [(LANGUAGE, NEGATED, "fi")]),
    ("Olemme Suomen suurin kotihoidon yritys.", []),
    ("Toimimme Suomessa ja Ruotsissa.", []),
    ("Flytande svenska krävs.", [(LANGUAGE, REQUIRED, "sv:B2")]),
    ("Du behärskar finska i tal och skrift.", [(LANGUAGE, REQUIRED, "fi")]),
    ("Goda kunskaper i finska är meriterande.", [(LANGUAGE, PLUS, "fi:B2")]),
    (
        "Utmärkta kunskaper i svenska och goda kunskaper i finska krävs.",
        [
            (LANGUAGE, REQUIRED, "sv:C1"),
            (LANGUAGE, REQUIRED, "fi:B2"),
        ],
    ),
    ("Nöjaktiga kunskaper i engelska är ett krav.", [(LANGUAGE, REQUIRED, "en:B1")]),
    ("Kunskaper i finska behövs inte.", [(LANGUAGE, NEGATED, "fi")]),
    ("Must be fluent in Finnish.", [(LANGUAGE, REQUIRED, "fi:B2")]),
    (
        "Fluent English and basic knowledge of Finnish are required.",
        [
            (LANGUAGE, REQUIRED, "en:B2"),
            (LANGUAGE, REQUIRED, "fi:A2"),
        ],
    ),
    (
        "Excellent English skills (Finnish is a plus)",
        [(LANGUAGE, REQUIRED, "en:C1"), (LANGUAGE, PLUS, "fi")],
    ),
    (
        "Vaatimuksena on erinomainen suomen ja tyydyttävä ruotsin kielen taito.",
        [
            (LANGUAGE, REQUIRED, "fi:C1"),
            (LANGUAGE, REQUIRED, "sv:B1"),
        ],
    ),
    ("Knowledge of Swedish is a plus.", [(LANGUAGE, PLUS, "sv")]),
    ("You speak Finnish or Swedish.", [(LANGUAGE, REQUIRED, "fi|sv")]),
    ("Finnish skills are not required.", [(LANGUAGE, NEGATED, "fi")]),
    ("We serve Finnish customers with good knowledge of the market.", []),
    # Times and extent of work
    ("Työ on kolmivuorotyötä.", [(TIME, REQUIRED, "evening"), (TIME, REQUIRED, "night")]),
    ("Työ on 2-vuorotyötä.", [(TIME, REQUIRED, "evening")]),
    (
        "Työskentelet iltaisin ja viikonloppuisin.",
        [
            (TIME, REQUIRED, "evening"),
            (TIME, REQUIRED, "weekend"),
        ],
    ),
    (
        "Työ sisältää ilta-, yö- ja viikonloppuvuoroja.",
        [
            (TIME, REQUIRED, "evening"),
            (TIME, REQUIRED, "night"),
            (TIME, REQUIRED, "weekend"),
        ],
    ),
    (
        "Meillä ei tehdä yötyötä, ei iltoja eikä viikonloppuja.",
        [(TIME, NEGATED, "night"), (TIME, NEGATED, "evening"), (TIME, NEGATED, "weekend")],
    ),
    ("Viikonloput ovat aina vapaat.", [(TIME, NEGATED, "weekend")]),
    ("Voit halutessasi tehdä myös yövuoroja.", [(TIME, PLUS, "night")]),
    ("Työtä tehdään klo 14–22.", [(TIME, REQUIRED, "evening")]),
    ("Työaika on klo 22.00–06.00.", [(TIME, REQUIRED, "evening"), (TIME, REQUIRED, "night")]),
    ("Työaika on klo 8–16.", []),
    ("Soita arkisin klo 16–20.", []),
    ("Palkan lisäksi maksetaan ilta- ja viikonloppulisät.", []),
    ("Perjantaisin järjestämme peli-iltoja.", []),
    ("Arbetet är treskiftsarbete.", [(TIME, REQUIRED, "evening"), (TIME, REQUIRED, "night")]),
    (
        "Du arbetar kvällar och veckoslut.",
        [(TIME, REQUIRED, "evening"), (TIME, REQUIRED, "weekend")],
    ),
    ("Arbetet är dagarbete.", [(TIME, REQUIRED, "day")]),
    ("This is shift work.", [(TIME, REQUIRED, "shift")]),
    (
        "You will work evenings and weekends.",
        [
            (TIME, REQUIRED, "evening"),
            (TIME, REQUIRED, "weekend"),
        ],
    ),
    ("Night shifts are part of the job.", [(TIME, REQUIRED, "night")]),
    ("Työ on osa-aikainen.", [(EXTENT, REQUIRED, "part_time")]),
    ("Työaika on 20 h/vko.", [(EXTENT, REQUIRED, "part_time")]),
    ("Työaika on 37,5 tuntia viikossa.", [(EXTENT, REQUIRED, "full_time")]),
    ("Tarjoamme kokoaikaisen työn.", [(EXTENT, REQUIRED, "full_time")]),
    ("Osa-aikaisuus on mahdollista.", [(EXTENT, PLUS, "part_time")]),
    ("Arbetet är på deltid.", [(EXTENT, REQUIRED, "part_time")]),
    ("This is a part-time job, 15 hours per week.", [(EXTENT, REQUIRED, "part_time")]),
    # Burdens, checks, ages, and work from home
    ("Työssä on raskaita nostoja.", [(BURDEN, REQUIRED, "lifting")]),
    ("Arbetet innehåller tunga lyft.", [(BURDEN, REQUIRED, "lifting")]),
    ("The job involves heavy lifting.", [(BURDEN, REQUIRED, "lifting")]),
    ("Valitun on esitettävä rikosrekisteriote.", [(CHECK, REQUIRED, "criminal_record")]),
    ("Tehtävään tehdään turvallisuusselvitys.", [(CHECK, REQUIRED, "security_clearance")]),
    ("Ett straffregisterutdrag ska visas upp.", [(CHECK, REQUIRED, "criminal_record")]),
    ("A security clearance is required.", [(CHECK, REQUIRED, "security_clearance")]),
    ("Hakijan tulee olla 18 vuotta täyttänyt.", [(AGE, REQUIRED, "18")]),
    ("Du har fyllt 18 år.", [(AGE, REQUIRED, "18")]),
    ("You must be at least 18 years old.", [(AGE, REQUIRED, "18")]),
    ("Työ tehdään täysin etänä.", [(REMOTE, REQUIRED, "remote")]),
    ("This is a fully remote position.", [(REMOTE, REQUIRED, "remote")]),
    # Nothing that a gate could hold
    ("Etsimme iloista ja reipasta tekijää.", []),
    ("Vi söker en glad kollega.", []),
    ("We are a growing company.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_states(text: str, expected: list[Said]) -> None:
    assert said(text) == expected


def test_the_wanted_sentences_are_all_different() -> None:
    assert len({text for text, _ in SENTENCES}) == len(SENTENCES) >= 120


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Edellytämme:\n- hygieniapassia\n- ajokorttia",
            [(CARD, REQUIRED, "022"), (LICENCE, REQUIRED, "B")],
        ),
        (
            "Eduksi katsotaan:\n• tulityökortti\n• ruotsin kielen taito",
            [(CARD, PLUS, "075"), (LANGUAGE, PLUS, "sv")],
        ),
        ("**Bonus:**\n* Fluent Finnish skills", [(LANGUAGE, PLUS, "fi:B2")]),
        ("Meriterande\nTruckkort", [(CARD, PLUS, "074")]),
        (
            "We offer:\nHygiene passport training for everybody who joins us",
            [(CARD, MENTIONED, "022")],
        ),
        # A heading holds until the next one.
        (
            "Eduksi:\nTulityökortti\nVaatimukset:\nTrukkikortti",
            [(CARD, PLUS, "075"), (CARD, REQUIRED, "074")],
        ),
        ("Eduksi:\n- Sinulla on tulityökortti.", [(CARD, PLUS, "075")]),
        ("Eduksi:\n- Tulityökortti vaaditaan silti.", [(CARD, REQUIRED, "075")]),
        # Line breaks that were lost on the way.
        ("Odotamme sinulta:* Hygieniapassia* IloaTarjoamme hyvän työn.", [(CARD, REQUIRED, "022")]),
    ],
)
def test_a_heading_lends_its_sense_to_the_lines_below(text: str, expected: list[Said]) -> None:
    assert said(text) == expected


def test_what_a_longer_sentence_only_names_is_mentioned() -> None:
    text = "Kerromme trukkikortista ja koulutuksista lisää, kun tulet käymään."
    assert said(text) == [(CARD, MENTIONED, "074")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sairaanhoitaja", [(DEGREE, REQUIRED, "nurse")]),
        (
            "Lähihoitaja tai sairaanhoitaja, yövuoro",
            [
                (DEGREE, REQUIRED, "practical_nurse"),
                (DEGREE, REQUIRED, "nurse"),
                (TIME, REQUIRED, "night"),
            ],
        ),
        ("Kokki", [(DEGREE, REQUIRED, "kitchen_trade")]),
        ("Siivooja, osa-aikainen", [(EXTENT, REQUIRED, "part_time")]),
        ("C-kuljettaja", [(LICENCE, REQUIRED, "C")]),
        ("Myyjä", []),
    ],
)
def test_a_title_asks_for_the_profession_that_it_names(title: str, expected: list[Said]) -> None:
    found = [(one.topic, one.strength, "|".join(one.codes)) for one in read_title(title)]
    assert found == expected


def test_a_statement_shows_its_sentence_and_where_it_stands() -> None:
    text = "Etsimme tekijää. Edellytämme  B-korttia.\nTervetuloa!"
    assert read_requirements(text) == (
        Stated(LICENCE, REQUIRED, ("B",), "Edellytämme B-korttia.", 17, 40),
    )


def test_the_highest_of_several_levels_of_one_language_is_meant() -> None:
    (stated,) = read_requirements("Suomen kielen hyvä suullinen ja tyydyttävä kirjallinen taito.")
    assert (stated.codes, stated.level) == (("fi",), Cefr.B2)


@pytest.mark.parametrize(
    "text",
    [
        "Sopimus on voimassa 1.5.–31.8.2026, ja palkka on 14–16 €/h.",
        "Haku päättyy 30.5. klo 16–18.",
        "Tehtävä alkaa viikolla 20.",
        "Meillä on 5 päivää lomaa ja 2 etäpäivää viikossa.",
    ],
)
def test_other_numbers_are_no_hours_of_work(text: str) -> None:
    assert [one for one in said(text) if one[0] in (TIME, EXTENT)] == []


WORDS = st.sampled_from(
    [
        *(
            "B-kortti",
            "hygieniapassi",
            "sujuva",
            "suomen",
            "kielen",
            "taito",
            "ei",
            "vaadita",
            "on",
            "C/CE",
        ),
        *(
            "eduksi",
            "klo",
            "22-06",
            "20",
            "h/vko",
            "ja",
            "tai",
            "englanti",
            "Valvira",
            "lähihoitaja",
            ":",
        ),
        *(
            "\n",
            "(",
            ")",
            ".",
            "*",
            "körkort",
            "night shifts",
            "not",
            "required",
            "fluent",
            "İ",
            "ẞ",
            "𝔘",
        ),
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_and_every_statement_stands_in_it(text: str) -> None:
    for stated in (*read_requirements(text), *read_title(text)):
        assert 0 <= stated.start < stated.end <= len(text)
        assert stated.sentence == " ".join(text[stated.start : stated.end].split()) or (
            stated.sentence == text
        )
        assert stated.codes
        assert stated.level is None or stated.topic is LANGUAGE
