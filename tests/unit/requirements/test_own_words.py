from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.requirements.own_words import read_cannot, read_told
from matcher.requirements.statement import Held, Topic

YES, NO, PENDING = Held.YES, Held.NO, Held.PENDING


def told(text: str) -> list[tuple[Topic, Held, str]]:
    return [(one.topic, one.held, "|".join(one.codes)) for one in read_told(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minulla on B-kortti.", [(Topic.LICENCE, YES, "B")]),
        ("Ajokorttia ei vielä ole, kuljen bussilla.", [(Topic.LICENCE, NO, "B")]),
        ("En omista ajokorttia.", [(Topic.LICENCE, NO, "B")]),
        ("Kortit ovat C- ja CE-kortti.", [(Topic.LICENCE, YES, "C"), (Topic.LICENCE, YES, "CE")]),
        (
            "Minulla on B-kortti ja trukkikortti, mutta ei omaa autoa.",
            [(Topic.LICENCE, YES, "B"), (Topic.CARD, YES, "074"), (Topic.CAR, NO, "own_car")],
        ),
        ("Työturvallisuuskortti voimassa.", [(Topic.CARD, YES, "079")]),
        ("Tulityökortti vanheni viime vuonna.", [(Topic.CARD, NO, "075")]),
        ("Haluaisin suorittaa trukkikortin.", []),
        ("Voisin ajaa jakelua, jos pääsisi C-korttiin.", []),
        ("Jag har körkort.", [(Topic.LICENCE, YES, "B")]),
        ("Jag har inte hygienpass.", [(Topic.CARD, NO, "022")]),
        ("I have no driving licence, so I use the bus.", [(Topic.LICENCE, NO, "B")]),
        ("I hold a forklift licence.", [(Topic.CARD, YES, "074")]),
        (
            "lähihoitaja 2016; Valviran rekisterissä",
            [
                (Topic.QUALIFICATION, YES, "practical_nurse"),
                (Topic.QUALIFICATION, YES, "registration"),
            ],
        ),
        (
            "nursing degree 2013; Valvira licence pending",
            [
                (Topic.QUALIFICATION, YES, "nurse"),
                (Topic.QUALIFICATION, PENDING, "registration"),
            ],
        ),
        ("ammatillinen perustutkinto keskeytynyt", [(Topic.QUALIFICATION, PENDING, "vocational")]),
        ("Opiskelen sairaanhoitajaksi.", [(Topic.QUALIFICATION, PENDING, "nurse")]),
        ("Pidän ihmisistä.", []),
        ("", []),
    ],
)
def test_people_tell_what_they_have_and_lack(
    text: str, expected: list[tuple[Topic, Held, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "times", "burdens"),
    [
        ("ei yötyötä", {"night"}, set()),
        ("ei säännöllistä iltavuoroa", {"evening"}, set()),
        ("ei ilta- eikä viikonlopputyötä", {"evening", "weekend"}, set()),
        ("vain päivätyö", {"evening", "night", "shift"}, set()),
        ("päivätyö sopii parhaiten", set(), set()),
        ("ei yli 10 kg nostoja", set(), {"lifting"}),
        ("inga tunga lyft", set(), {"lifting"}),
        ("no heavy lifting, no night shifts", {"night"}, {"lifting"}),
        ("ei pitkää seisomista", set(), {"standing"}),
        ("selkä ei kestä nostamista", set(), {"lifting"}),
        ("selkävaiva", set(), {"lifting"}),
        ("vältettävä pölyistä työtä", set(), {"dust"}),
        ("huonot polvet, kävely vaikeaa", set(), {"standing"}),
        ("nostaa korkeintaan 5 kg", set(), {"lifting"}),
        ("voi nostaa raskaita", set(), set()),
        ("seisominen onnistuu, ei portaita", set(), {"stairs"}),
        ("klarar inte att stå länge", set(), {"standing"}),
        ("bad back, should avoid carrying", set(), {"lifting"}),
        ("can stand and walk", set(), set()),
        ("asthma: no dust or fumes", set(), {"dust"}),
        ("hoitaa lapsia joka toinen viikko", set(), set()),
    ],
)
def test_a_restriction_rules_out_times_and_burdens(
    text: str, times: set[str], burdens: set[str]
) -> None:
    assert read_cannot(text) == (frozenset(times), frozenset(burdens))


@given(st.text(max_size=200))
def test_any_words_are_read_and_stand_where_they_are_said_to(text: str) -> None:
    read_cannot(text)
    for one in read_told(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.codes
