"""What an employer's replies move: a little, of its needs alone, and nothing where unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import CompanyNeed, Vacancy
from matcher.domain.replies import NO_REPLIES, Replies
from matcher.domain.text import Lang
from matcher.match.replies.heard import MOST, NOTHING_HEARD, Heard, fingerprint, lift
from matcher.match.replies.words import reply_sentences

NEED = CompanyNeed(id="n1", organisation="Paja  Oy")
COUNTS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("replies", "moved"),
    [
        (NO_REPLIES, 0),
        (Replies(silent=1), -0.01),
        (Replies(silent=3), -0.02),
        (Replies(taken_up=3), 0.02),
        (Replies(taken_up=1, silent=1), 0),
        (Replies(declined=5), 0),
        (Replies(declined=2, silent=3), -0.015),
    ],
)
def test_silence_lowers_taking_up_raises_and_a_refusal_is_an_answer(
    replies: Replies, moved: float
) -> None:
    assert lift(replies) == pytest.approx(moved)


@given(COUNTS, COUNTS, COUNTS)
def test_no_replies_move_more_than_the_bound(taken_up: int, declined: int, silent: int) -> None:
    assert -MOST < lift(Replies(taken_up, declined, silent)) < MOST


def test_an_employer_is_known_by_its_name_however_it_is_spelled() -> None:
    heard = Heard({"paja oy": Replies(silent=3)})
    assert heard.of(NEED) == Replies(silent=3)
    assert heard.lift(replace(NEED, id="n2", organisation=" PAJA Oy ")) == pytest.approx(-0.02)
    assert heard.of(replace(NEED, organisation="Toinen Oy")) is None
    assert heard.lift(replace(NEED, organisation="")) == 0


def test_a_need_without_a_name_is_an_employer_of_its_own() -> None:
    heard = Heard({"#n1": Replies(taken_up=3)})
    assert heard.lift(replace(NEED, organisation="")) == pytest.approx(0.02)
    assert heard.lift(replace(NEED, id="n2", organisation="")) == 0


def test_only_needs_are_moved_since_nobody_is_shown_for_an_advertisement() -> None:
    heard = Heard({"paja oy": Replies(silent=3)})
    assert heard.of(Vacancy(id="v1", organisation="Paja Oy")) is None


def test_what_is_not_known_is_not_heard() -> None:
    assert not NOTHING_HEARD
    assert not Heard({"paja oy": NO_REPLIES})
    assert Heard({"a": Replies(taken_up=3), "b": Replies(silent=9)}).most == pytest.approx(0.02)
    assert Heard({"b": Replies(silent=9)}).most == 0


def test_a_fingerprint_changes_with_any_count_and_not_with_the_order() -> None:
    one = {"a": Replies(1, 2, 3), "b": Replies(silent=1)}
    assert fingerprint(one) == fingerprint(dict(reversed(one.items())))
    assert fingerprint(one) != fingerprint({**one, "b": Replies(declined=1)})
    assert fingerprint({**one, "c": NO_REPLIES}) == fingerprint(one)


def test_a_coach_reads_what_is_known_and_what_it_moves() -> None:
    assert reply_sentences(Replies(silent=3), -0.02, Lang.FI) == [
        "Työnantaja ei ole vastannut 3 esittelyyn.",
        "Vastausten puuttumisen vuoksi tarve on listalla hieman alempana.",
    ]
    assert reply_sentences(Replies(taken_up=1, declined=2), 0.01, Lang.EN) == [
        "The employer has invited or hired 1 person shown to it.",
        "The employer has answered no about 2 people.",
        "For its answers the need stands a little higher in the list.",
    ]
    assert reply_sentences(Replies(declined=1), 0.0, Lang.SV) == [
        "Arbetsgivaren har svarat nej om 1 person."
    ]
