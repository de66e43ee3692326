from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.feedback import Action, Feedback, Limit, Reason, Wish, wishes_of
from matcher.domain.offer import OfferKind

#: Late in the evening in UTC it is the next day in Finland.
LATE = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)
SAID = Feedback(
    id="fb-1",
    profile_id="p1",
    offer_id="v1",
    kind=OfferKind.VACANCY,
    action=Action.NOT_SUITABLE,
    reason=Reason.EMPLOYER,
    value="Telakka Oy",
    at=LATE,
    by="key-1",
)


def test_a_reason_becomes_a_wish_of_the_day_in_finland() -> None:
    assert wishes_of([SAID]) == (
        Wish(
            id="fb-1",
            limit=Limit.EMPLOYER,
            value="Telakka Oy",
            offer_id="v1",
            kind=OfferKind.VACANCY,
            action=Action.NOT_SUITABLE,
            reason=Reason.EMPLOYER,
            since=date(2026, 11, 2),
        ),
    )


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_without_a_value_keeps_out_the_offer_alone(reason: Reason) -> None:
    [wish] = wishes_of([replace(SAID, reason=reason, value="")])
    assert (wish.limit, wish.value, wish.reason) == (Limit.OFFER, "v1", reason)


def test_a_wish_that_is_withdrawn_holds_no_longer_and_the_others_do() -> None:
    back = replace(SAID, id="fb-3", action=Action.WITHDRAWN, reason=None, withdraws="fb-1")
    other = replace(SAID, id="fb-2", offer_id="v2")
    assert [wish.id for wish in wishes_of([SAID, other, back])] == ["fb-2"]


@pytest.mark.parametrize(
    "action", [one for one in Action if one not in {Action.NOT_SUITABLE, Action.WISH}]
)
def test_what_merely_happened_is_no_wish(action: Action) -> None:
    assert wishes_of([replace(SAID, action=action, reason=None, value="")]) == ()
