from __future__ import annotations

import pytest

from matcher.domain.match import OfferPart, PersonPart
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.reasons.client_sentences import carries, lacks

PAIR = ("MIG-hitsaus", "hitsaustyöt")


def told(
    kind: OfferKind, part: OfferPart, said: PersonPart = PersonPart.HAS, tongue: Tongue = Tongue.EN
) -> str:
    return carries(PAIR, said, part, kind, client_words(tongue))


@pytest.mark.parametrize(
    ("kind", "part", "sentence"),
    [
        (OfferKind.VACANCY, OfferPart.TITLE, "The job is: “hitsaustyöt”."),
        (OfferKind.NEED, OfferPart.REQUIREMENT, "The job asks for this: “hitsaustyöt”."),
        (OfferKind.NEED, OfferPart.TASK, "In the job you do this: “hitsaustyöt”."),
        (OfferKind.TRAINING, OfferPart.TASK, "You learn this: “hitsaustyöt”."),
        (OfferKind.SERVICE, OfferPart.TASK, "You get help with this: “hitsaustyöt”."),
    ],
)
def test_a_sentence_quotes_both_sides_as_the_sort_of_offer_asks(
    kind: OfferKind, part: OfferPart, sentence: str
) -> None:
    assert told(kind, part) == f"You said: “MIG-hitsaus”. {sentence}"


def test_a_wish_is_told_as_one() -> None:
    assert told(OfferKind.VACANCY, OfferPart.TITLE, PersonPart.WANTS) == (
        "You want: “MIG-hitsaus”. This is close to it: “hitsaustyöt”."
    )


def test_what_is_just_what_one_wants_is_not_called_close_to_it() -> None:
    pair = ("mittamies", "Mittamies")
    words = client_words(Tongue.EN)
    assert carries(pair, PersonPart.WANTS, OfferPart.TITLE, OfferKind.TRAINING, words) == (
        "You want: “mittamies”. This is just that."
    )


@pytest.mark.parametrize(
    ("tongue", "sentence"),
    [
        (Tongue.RU, "Вы сказали: «MIG-hitsaus». Работа: «hitsaustyöt»."),
        (Tongue.PLAIN_FI, "Sinä kerroit: ”MIG-hitsaus”. Työ on: ”hitsaustyöt”."),
    ],
)
def test_clients_read_it_in_russian_and_in_plain_finnish(tongue: Tongue, sentence: str) -> None:
    assert told(OfferKind.VACANCY, OfferPart.TITLE, tongue=tongue) == sentence


def test_what_one_can_do_without_is_told_so() -> None:
    words = client_words(Tongue.PLAIN_FI)
    assert lacks("tulityöt", Importance.ESSENTIAL, words) == (
        "Tätä pyydetään: ”tulityöt”. Osaatko sinä tämän? Kerro omavalmentajalle."
    )
    assert lacks("tulityöt", Importance.OPTIONAL, words) == (
        "Tästä on apua: ”tulityöt”. Tätä ei ole pakko osata."
    )
