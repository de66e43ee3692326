from __future__ import annotations

import pytest

from matcher.encode.openness import openness

NEITHER = "Työskentelet osana tiimiä."


@pytest.mark.parametrize(
    "text",
    ["Perehdytämme sinut työhön.", "No previous experience needed.", "Vi ger inskolning."],
)
def test_a_job_that_trains_newcomers_and_asks_no_degree_is_open(text: str) -> None:
    assert openness("Siivooja", text) == 1


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Keittiöpäällikkö", NEITHER),
        ("Senior developer", NEITHER),
        ("Kökschef", NEITHER),
        ("Insinööri", "Edellytämme ammattikorkeakoulututkintoa."),
        ("Nurse", "You have a bachelor's degree."),
        ("Socialarbetare", "Du har högskoleexamen."),
    ],
)
def test_a_leading_post_or_a_degree_closes_a_third(title: str, text: str) -> None:
    assert openness(title, text) == pytest.approx(1 / 3)


def test_a_leading_post_that_asks_a_degree_is_closed() -> None:
    assert openness("Toimitusjohtaja", "Maisterin tutkinto.") == 0


def test_words_that_merely_begin_alike_close_nothing() -> None:
    assert openness("Headset-myyjä", NEITHER) == pytest.approx(2 / 3)
