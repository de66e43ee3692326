from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.match.learning.judgements import Judgement, judgements_of, propensity
from tests.unit.match.region import NOW


def event(id: str, offer: str, action: Action, position: int | None = None) -> Feedback:
    return Feedback(
        id=id,
        profile_id="p",
        offer_id=offer,
        kind=OfferKind.VACANCY,
        action=action,
        position=position,
        shown="s",
        at=NOW,
        by="key",
    )


def judgement(offer: str, weight: float, *, fits: bool) -> Judgement:
    return Judgement("p", OfferKind.VACANCY, offer, fits, weight)


def refused(reason: Reason, position: int | None = None) -> Feedback:
    return replace(event("e", "a", Action.NOT_SUITABLE, position), reason=reason)


def test_the_chance_of_being_looked_at_falls_with_the_position_down_to_the_tenth() -> None:
    assert [propensity(n) for n in (None, 1, 4, 10, 50)] == pytest.approx([1, 1, 0.25, 0.1, 0.1])


def test_what_was_acted_on_fits_and_weighs_by_where_it_stood() -> None:
    events = [event("1", "a", Action.PRESENTED, 5), event("2", "a", Action.APPLIED)]
    assert judgements_of(events) == [judgement("a", 5.0, fits=True)]


def test_acting_on_an_offer_outweighs_refusing_it() -> None:
    events = [refused(Reason.SKILLS_MISSING), event("2", "a", Action.HIRED)]
    assert judgements_of(events) == [judgement("a", 1.0, fits=True)]


@pytest.mark.parametrize("reason", [Reason.SKILLS_MISSING, Reason.NOT_INTERESTED])
def test_a_refusal_for_competence_or_interest_does_not_fit(reason: Reason) -> None:
    assert judgements_of([refused(reason, 2)]) == [judgement("a", 2.0, fits=False)]


@pytest.mark.parametrize(
    "reason", sorted(set(Reason) - {Reason.SKILLS_MISSING, Reason.NOT_INTERESTED})
)
def test_any_other_refusal_is_no_judgement_though_others_were_acted_on(reason: Reason) -> None:
    events = [event("0", "a", Action.PRESENTED, 1), refused(reason, 1)]
    acted = event("2", "b", Action.SAVED, 3)
    assert judgements_of([*events, acted]) == [judgement("b", 3.0, fits=True)]


def test_what_was_passed_over_does_not_fit_and_what_stood_below_is_unknown() -> None:
    events = [
        event("1", "a", Action.PRESENTED, 1),
        event("2", "b", Action.SAVED, 2),
        event("3", "c", Action.PRESENTED, 3),
    ]
    assert judgements_of(events) == [
        judgement("a", 1.0, fits=False),
        judgement("b", 2.0, fits=True),
    ]


def test_a_list_of_another_night_tells_nothing_of_what_was_looked_at() -> None:
    other = replace(event("1", "a", Action.PRESENTED, 1), shown="another")
    assert judgements_of([other, event("2", "b", Action.SAVED, 2)]) == [
        judgement("b", 2.0, fits=True)
    ]


def test_what_was_withdrawn_is_no_judgement() -> None:
    taken_back = replace(event("2", "a", Action.WITHDRAWN), withdraws="e")
    assert judgements_of([refused(Reason.SKILLS_MISSING), taken_back]) == []
