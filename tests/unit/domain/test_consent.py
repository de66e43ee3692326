from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from matcher.domain.consent import (
    MOVES,
    Condition,
    Consent,
    ConsentState,
    Move,
    Standing,
    ask,
    conditions,
    is_same_need,
    is_visible,
)
from matcher.domain.match import GateOutcome
from matcher.domain.offer import CompanyNeed, Offer
from matcher.domain.parts import Place, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.errors import InputError

NOON = datetime(2026, 11, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 2)
DEADLINE, UNTIL = date(2026, 11, 9), date(2026, 12, 31)
PERSON = Profile(id="p1")
SAFE = Standing(profile_id="p1", follow_up_from=TODAY, protected=False, at=NOON, by="coach")


def asked(deadline: date = DEADLINE, until: date = UNTIL) -> Consent:
    return ask(("p1", "n1"), (deadline, until), id="c1", pseudonym="K-1", now=NOON, by="coach")


def after(*moves: Move) -> Consent:
    consent = asked()
    for move in moves:
        consent = consent.moved(move, NOON, "coach")
    return consent


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ((), ConsentState.ASKED),
        ((Move.YES,), ConsentState.GIVEN),
        ((Move.NO,), ConsentState.REFUSED),
        ((Move.YES, Move.INTRODUCE), ConsentState.INTRODUCED),
        ((Move.YES, Move.WITHDRAW), ConsentState.WITHDRAWN),
        ((Move.YES, Move.INTRODUCE, Move.WITHDRAW), ConsentState.WITHDRAWN),
        ((Move.LAPSE,), ConsentState.LAPSED),
        ((Move.YES, Move.LAPSE), ConsentState.LAPSED),
        ((Move.YES, Move.INTRODUCE, Move.LAPSE), ConsentState.LAPSED),
    ],
)
def test_moves_lead_on_and_every_other_one_is_refused(
    moves: tuple[Move, ...], state: ConsentState
) -> None:
    consent = after(*moves)
    assert consent.state(TODAY) is state
    for move in set(Move) - {move for here, move in MOVES if here is state}:
        with pytest.raises(InputError, match=f"is {state}: {move} is not possible"):
            consent.moved(move, NOON, "coach")


def test_no_answer_by_the_deadline_is_an_answer_of_its_own_and_final() -> None:
    consent = asked()
    assert consent.state(DEADLINE) is ConsentState.ASKED
    assert consent.state(DEADLINE + timedelta(1)) is ConsentState.NO_ANSWER
    with pytest.raises(
        InputError, match=r"is no_answer: yes is not possible\. Ask for consent anew"
    ):
        consent.moved(Move.YES, NOON + timedelta(8), "coach")


def test_consent_holds_until_its_last_day_introduced_or_not() -> None:
    for consent in (after(Move.YES), after(Move.YES, Move.INTRODUCE)):
        assert consent.state(UNTIL) in {ConsentState.GIVEN, ConsentState.INTRODUCED}
        assert consent.state(UNTIL + timedelta(1)) is ConsentState.EXPIRED


def test_every_move_tells_who_made_it_and_when() -> None:
    later = NOON + timedelta(hours=1)
    consent = asked().moved(Move.YES, later, "other coach")
    assert [(one.move, one.at, one.by) for one in consent.events] == [
        (Move.ASK, NOON, "coach"),
        (Move.YES, later, "other coach"),
    ]


@pytest.mark.parametrize(
    ("deadline", "until", "fault"),
    [
        (TODAY - timedelta(1), UNTIL, "The deadline 2026-11-01 is past"),
        (DEADLINE, DEADLINE - timedelta(1), "would end before the deadline 2026-11-09"),
    ],
)
def test_dates_that_make_no_sense_are_refused(deadline: date, until: date, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        asked(deadline, until)


def test_a_person_is_visible_if_every_condition_is_met() -> None:
    found = conditions(PERSON, SAFE, [after(Move.YES)], TODAY)
    assert set(found) == set(Condition)
    assert is_visible(found)


@pytest.mark.parametrize(
    ("standing", "condition", "outcome"),
    [
        (None, Condition.NO_PROTECTION_ORDER, GateOutcome.UNKNOWN),
        (replace(SAFE, protected=None), Condition.NO_PROTECTION_ORDER, GateOutcome.UNKNOWN),
        (replace(SAFE, protected=True), Condition.NO_PROTECTION_ORDER, GateOutcome.UNMET),
        (replace(SAFE, follow_up_from=None), Condition.FOLLOW_UP, GateOutcome.UNKNOWN),
        (
            replace(SAFE, follow_up_from=TODAY + timedelta(1)),
            Condition.FOLLOW_UP,
            GateOutcome.UNMET,
        ),
        (
            replace(SAFE, follow_up_from=date(2026, 1, 1), follow_up_to=TODAY - timedelta(1)),
            Condition.FOLLOW_UP,
            GateOutcome.UNMET,
        ),
    ],
)
def test_what_is_unknown_or_not_so_hides(
    standing: Standing | None, condition: Condition, outcome: GateOutcome
) -> None:
    found = conditions(PERSON, standing, [after(Move.YES)], TODAY)
    assert found[condition] is outcome
    assert not is_visible(found)


def test_who_rests_or_has_not_consented_is_hidden() -> None:
    resting = replace(PERSON, active=False)
    assert not is_visible(conditions(resting, SAFE, [after(Move.YES)], TODAY))
    for consents in ([], [asked()], [after(Move.NO)], [after(Move.YES, Move.WITHDRAW)]):
        found = conditions(PERSON, SAFE, consents, TODAY)
        assert found[Condition.CONSENT] is GateOutcome.UNMET
        assert not is_visible(found)


def test_conditions_that_nobody_looked_at_hide() -> None:
    assert not is_visible({})


@pytest.mark.parametrize("first", [None, TODAY])
def test_a_follow_up_period_that_ends_before_it_begins_is_refused(first: date | None) -> None:
    with pytest.raises(InputError, match=r"follow_up_to: The follow-up period ends on"):
        replace(SAFE, follow_up_from=first, follow_up_to=TODAY - timedelta(1))


NEED = CompanyNeed(
    id="n1",
    title=LocalText(fi="Hitsaajan apulainen"),
    tasks=("levyjen leikkaus",),
    requirements=(Requirement("MIG-hitsaus"),),
    place=Place(municipalities=("564",)),
)


@pytest.mark.parametrize(
    "rewritten",
    [
        replace(NEED, places=3, expires=UNTIL, url="https://example.com", hidden=False, owner="k"),
        replace(NEED, title=LocalText(fi="HITSAAJAN  apulainen ")),
    ],
)
def test_a_need_with_other_dates_places_or_spelling_is_the_same(rewritten: Offer) -> None:
    assert is_same_need(NEED, rewritten)


@pytest.mark.parametrize(
    "rewritten",
    [
        replace(NEED, title=LocalText(fi="Vartija")),
        replace(NEED, text=LocalText(fi="Yövuoroja.")),
        replace(NEED, tasks=()),
        replace(NEED, requirements=()),
        replace(NEED, organisation="Toinen Oy"),
        replace(NEED, place=Place(municipalities=("091",))),
    ],
)
def test_a_need_that_asks_for_or_offers_anything_else_is_another_one(rewritten: Offer) -> None:
    assert not is_same_need(NEED, rewritten)
