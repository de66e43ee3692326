"""For whom a title says that something is."""

from __future__ import annotations

import pytest

from matcher.requirements.groups import ages_in_title


@pytest.mark.parametrize(
    ("title", "ages"),
    [
        ("Ohjaamo alle 30-vuotiaille", "0-29"),
        ("Navigatorn för unga under 30", "0-29"),
        ("One-stop guidance for under-30s", "0-29"),
        ("Guidance for people under 25", "0-24"),
        ("Nuorten työpaja 16–28-vuotiaille", "16-28"),
        ("Verkstad för unga, 16-28 år", "16-28"),
        ("Youth workshop, aged 16 to 28", "16-28"),
        ("Uravalmennus yli 50-vuotiaille", "50"),
        ("Karriärhandledning för dig som fyllt 50", "50"),
        ("Career coaching for over-50s", "50"),
    ],
)
def test_a_title_tells_for_whom_something_is(title: str, ages: str) -> None:
    assert ages_in_title(title) == ages


@pytest.mark.parametrize(
    "title",
    [
        "Velkaneuvonta",
        "Alle 3-vuotiaiden hoito ja kasvatus",
        "Alle 30-vuotiaiden ohjaajaksi",
        "Hitsauksen perusteet 30 op",
        "Työpaja 10-12 vuotiaille",
        "Lunch for under 10 euros",
        "",
    ],
)
def test_what_a_title_says_of_others_or_of_other_numbers_is_no_age_of_who_comes(title: str) -> None:
    assert ages_in_title(title) is None
