from __future__ import annotations

from datetime import date
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from matcher.domain.text import Lang
from matcher.i18n.catalogues import translations
from matcher.i18n.message import ClientMessage, CountedMessage, Message
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import Words, client_words

DAY = date(2026, 11, 2)
JOBS = Message("Jobs")
NBSP = "\u00a0"


def test_a_sentence_is_said_in_each_language() -> None:
    assert [Words.of(lang)(JOBS) for lang in Lang] == [
        "Avoimet työpaikat",
        "Lediga arbetsplatser",
        "Jobs",
    ]


def test_what_a_client_reads_is_also_in_russian_and_in_plain_finnish() -> None:
    message = ClientMessage("Company needs")
    assert client_words(Tongue.RU)(message) == "Потребности предприятий"
    assert client_words(Tongue.PLAIN_FI)(message) == "Yritykset, jotka tarvitsevat työntekijöitä"
    assert client_words(Tongue.EN)(message) == "Company needs"


def test_values_stand_in_their_places_as_they_are() -> None:
    words = Words.of(Lang.FI)
    assert words(Message("Blocked by: {gate}"), gate="{B} 1,5") == "Este: {B} 1,5"


@pytest.mark.parametrize(
    ("tongue", "written"),
    [
        (Tongue.FI, ["12_345,5", "2.11.2026", "12 km", "1_250_€", "a, b ja c"]),
        (Tongue.SV, ["12_345,5", "2.11.2026", "12 km", "1_250_€", "a, b och c"]),
        (Tongue.EN, ["12,345.5", "2 Nov 2026", "12 km", "€1,250", "a, b and c"]),
        (Tongue.RU, ["12_345,5", "2.11.2026", "12 км", "1_250_€", "a, b и c"]),
    ],
)
def test_numbers_dates_and_lists_are_written_as_the_language_does(
    tongue: Tongue, written: list[str]
) -> None:
    words = client_words(tongue)
    assert [
        words.number(12345.5),
        words.day(DAY),
        words.km(12.4),
        words.euros(1250),
        words.listed(["a", "b", "c"]),
    ] == [each.replace("_", NBSP) for each in written]


def test_nothing_is_written_alike_whatever_its_sign_and_however_often() -> None:
    words = Words.of(Lang.EN)
    assert [words.number(zero) for zero in (-0.0, 0.0, 0, -0.0)] == ["0"] * 4
    assert [words.km(far) for far in (0.4, -0.4, 1.0, 0.6)] == ["0 km", "0 km", "1 km", "1 km"]


def test_plain_finnish_writes_numbers_as_finnish_does() -> None:
    assert client_words(Tongue.PLAIN_FI).number(1234.5) == Words.of(Lang.FI).number(1234.5)


def test_a_list_may_be_of_alternatives() -> None:
    assert [Words.of(lang).listed(["B", "C1"], "or") for lang in Lang] == [
        "B tai C1",
        "B eller C1",
        "B or C1",
    ]


@pytest.fixture
def russian(monkeypatch: pytest.MonkeyPatch) -> Words:
    """Words of a catalogue made here, in the language with the most forms."""
    catalogue = Catalog(locale="ru_RU")
    catalogue.add(("{n} day", "{n} days"), ("{n} день", "{n} дня", "{n} дней"))
    catalogue.add("good", "хорошо", context="band")
    catalogue.add("good", "товар")
    catalogue.add("From {day}", "С {day}")
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    made = GNUTranslations(file)
    monkeypatch.setattr("matcher.i18n.words.translations", lambda tongue: made)
    return Words(Tongue.RU)


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (21, "21 день"), (1200, f"1{NBSP}200 дней")],
)
def test_a_number_chooses_the_form_and_is_written_as_the_language_does(
    russian: Words, n: int, said: str
) -> None:
    assert russian.counted(CountedMessage("{n} day", "{n} days"), n) == said


def test_english_forms_need_no_catalogue() -> None:
    days = CountedMessage("{n} day", "{n} days")
    assert [Words.of(Lang.EN).counted(days, n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_context_tells_meanings_of_one_word_apart(russian: Words) -> None:
    assert russian(Message("good", "band")) == "хорошо"
    assert russian(Message("good")) == "товар"


def test_a_date_in_a_sentence_is_written_as_the_language_does(russian: Words) -> None:
    assert russian(Message("From {day}"), day=DAY) == "С 2.11.2026"


def test_translations_are_read_once() -> None:
    assert translations(Tongue.FI) is translations(Tongue.FI)
