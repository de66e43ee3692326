from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluate.finnish.speech import mistyped, spoken_noun, spoken_verb

SEEDS = range(60)


def test_people_tell_of_their_trade_in_four_ways() -> None:
    assert {spoken_noun("kokki", np.random.default_rng(seed)) for seed in SEEDS} == {
        "kokiks",
        "kokin hommis",
        "kokin duunii",
        "oon ollu kokkina",
    }


def test_people_tell_what_they_do_in_spoken_forms() -> None:
    said = {spoken_verb("hitsata putkia", np.random.default_rng(seed)) for seed in SEEDS}
    assert said == {
        "oon hitsannu putkii",
        "mä hitsaan putkii",
        "osaan hitsata putkii",
        "hitsailin putkii",
    }


def test_endings_and_vowels_are_worn_as_in_speech() -> None:
    said = {spoken_verb("tehdä tietoa varastossa", np.random.default_rng(seed)) for seed in SEEDS}
    assert said == {
        "oon tehny tietoo varastos",
        "mä teen tietoo varastos",
        "osaan tehä tietoo varastos",
    }


def test_unknown_words_are_not_spoken() -> None:
    assert spoken_noun("vaatimukset", np.random.default_rng(0)) is None
    assert spoken_verb("nimetä asioita", np.random.default_rng(0)) is None


def test_a_slip_misses_doubles_swaps_or_hits_beside() -> None:
    slips = {mistyped("hitsi", np.random.default_rng(seed)) for seed in range(200)}
    assert slips == {
        *("htsi", "hisi", "hiti"),
        *("hiitsi", "hittsi", "hitssi"),
        *("htisi", "histi", "hitis"),
        *("hotsi", "hiysi", "hitdi"),
    }


def test_short_words_are_typed_right() -> None:
    assert mistyped("työ ja SQL", np.random.default_rng(0)) is None


@given(st.text("abcäö ", min_size=5, max_size=30), st.integers(0, 99))
def test_a_slip_keeps_first_letters_and_adds_or_loses_one_letter_at_most(
    text: str, seed: int
) -> None:
    slip = mistyped(text, np.random.default_rng(seed))
    if slip is not None:
        assert [word[0] for word in slip.split()] == [word[0] for word in text.split()]
        assert abs(len(slip) - len(text)) <= 1
