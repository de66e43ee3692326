"""When an employer may see a person: fail-closed, for one need, and for as long as it holds.

A person is visible to an employer only if every condition is met; what is unknown hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.match import GateOutcome
from matcher.domain.offer import CompanyNeed, Offer
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.errors import InputError


class Move(StrEnum):
    """What somebody did with a request for consent."""

    ASK = "ask"
    YES = "yes"
    NO = "no"
    WITHDRAW = "withdraw"
    INTRODUCE = "introduce"
    LAPSE = "lapse"


class ConsentState(StrEnum):
    """How a request stands on a day.

    An introduced person is known to the employer by name; no answer, and expired, come by
    the calendar alone. A request has lapsed when the need became another one: what somebody
    said of the need before says nothing of it.
    """

    ASKED = "asked"
    GIVEN = "given"
    INTRODUCED = "introduced"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class Condition(StrEnum):
    """What has to be true for a person to be visible."""

    ACTIVE = "active"
    FOLLOW_UP = "follow_up"
    CONSENT = "consent"
    NO_PROTECTION_ORDER = "no_protection_order"


#: Which move leads from where to where; every other one is refused.
MOVES: Final[dict[tuple[ConsentState, Move], ConsentState]] = {
    (ConsentState.ASKED, Move.YES): ConsentState.GIVEN,
    (ConsentState.ASKED, Move.NO): ConsentState.REFUSED,
    (ConsentState.GIVEN, Move.INTRODUCE): ConsentState.INTRODUCED,
    (ConsentState.GIVEN, Move.WITHDRAW): ConsentState.WITHDRAWN,
    (ConsentState.INTRODUCED, Move.WITHDRAW): ConsentState.WITHDRAWN,
    (ConsentState.ASKED, Move.LAPSE): ConsentState.LAPSED,
    (ConsentState.GIVEN, Move.LAPSE): ConsentState.LAPSED,
    (ConsentState.INTRODUCED, Move.LAPSE): ConsentState.LAPSED,
}
#: While a request stands so, the person is not asked again for the same need.
OPEN: Final = frozenset({ConsentState.ASKED, ConsentState.GIVEN, ConsentState.INTRODUCED})
#: Consent has been given and holds.
HOLDING: Final = frozenset({ConsentState.GIVEN, ConsentState.INTRODUCED})


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One move, with who made it and when."""

    move: Move
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A request to show one person to one company for one need, and what became of it.

    Parameters
    ----------
    id, profile_id, need_id
        Of the request, the person and the need.
    pseudonym
        What the employer calls the person before they are introduced; random, and another
        one for every request.
    deadline
        Last day for an answer.
    until
        Last day on which consent holds, if it is given.
    events
        All moves, oldest first; the first one asks.
    """

    id: str
    profile_id: str
    need_id: str
    pseudonym: str
    deadline: date
    until: date
    events: tuple[ConsentEvent, ...]

    def state(self, on: date) -> ConsentState:
        """Return how the request stands on a day."""
        state = ConsentState.ASKED
        for event in self.events[1:]:
            state = MOVES[state, event.move]
        if state is ConsentState.ASKED and on > self.deadline:
            return ConsentState.NO_ANSWER
        return ConsentState.EXPIRED if state in HOLDING and on > self.until else state

    def moved(self, move: Move, now: datetime, by: str) -> Consent:
        """Return the request after a move.

        Raises
        ------
        InputError
            If the request does not stand so that this can be done.
        """
        state = self.state(finnish_day(now))
        if (state, move) not in MOVES:
            # That a need became another one nobody says by hand.
            hands = [each for here, each in MOVES if here is state and each is not Move.LAPSE]
            possible = [str(each) for each in hands]
            remedy = f"Possible: {', '.join(possible)}." if possible else "Ask for consent anew."
            raise InputError(
                f"The request {self.id!r} is {state}: {move} is not possible.",
                remedy=remedy,
                field="move",
            )
        event = ConsentEvent(move, now, by)
        return Consent(
            id=self.id,
            profile_id=self.profile_id,
            need_id=self.need_id,
            pseudonym=self.pseudonym,
            deadline=self.deadline,
            until=self.until,
            events=(*self.events, event),
        )


def is_same_need(before: Offer, after: Offer) -> bool:
    """Tell whether a need that was rewritten is still what people were asked about.

    Dates, the number of places, links and who entered it may change, and so may spaces and
    capital letters of its texts; everything else makes it another need.

    Parameters
    ----------
    before, after
        The need as it was and as it is to be.
    """
    return _asked_about(before) == _asked_about(after)


def _asked_about(need: Offer) -> Offer:
    same = replace(
        need,
        source="",
        title=_plain(need.title),
        text=_plain(need.text),
        published=None,
        expires=None,
        places=None,
        url="",
    )
    return replace(same, hidden=True, owner=None) if isinstance(same, CompanyNeed) else same


def _plain(text: LocalText) -> LocalText:
    fi, sv, en = (" ".join(words.casefold().split()) for words in (text.fi, text.sv, text.en))
    return LocalText(fi=fi, sv=sv, en=en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has to be known of a person before anybody is shown them.

    Parameters
    ----------
    profile_id
        Whose.
    follow_up_from, follow_up_to
        The follow-up period; None where no first or last day is known.
    protected
        Whether the person's address is protected (turvakielto, spärrmarkering); None if
        nobody has checked.
    at, by
        When it was written down, and through which key.

    Raises
    ------
    InputError
        If the period ends before it begins, or ends without having begun.

    References
    ----------
    Laki väestötietojärjestelmästä ja Digi- ja väestötietoviraston varmennepalveluista
    (661/2009), 36 §, on the protection order.
    """

    profile_id: str
    follow_up_from: date | None = None
    follow_up_to: date | None = None
    protected: bool | None = None
    at: datetime
    by: str

    def __post_init__(self) -> None:
        first, last = self.follow_up_from, self.follow_up_to
        if last is not None and (first is None or last < first):
            raise InputError(
                f"The follow-up period ends on {last} and begins "
                + (f"on {first}." if first else "on no day that is known."),
                remedy="Give a first day that is not later than the last.",
                field="follow_up_to",
            )


def ask(
    pair: tuple[str, str],
    dates: tuple[date, date],
    *,
    id: str,
    pseudonym: str,
    now: datetime,
    by: str,
) -> Consent:
    """Return a new request.

    Parameters
    ----------
    pair
        Ids of the profile and the need.
    dates
        Last day for an answer, and last day on which consent holds.
    id, pseudonym
        Of the request, and of the person in it.
    now, by
        When, and through which key.

    Raises
    ------
    InputError
        If a date is past, or consent would end before it can be given.
    """
    deadline, until = dates
    if deadline < finnish_day(now):
        raise InputError(
            f"The deadline {deadline} is past.", remedy="Leave time to answer.", field="deadline"
        )
    if until < deadline:
        raise InputError(
            f"Consent until {until} would end before the deadline {deadline}.",
            remedy="Let it hold at least until the last day for an answer.",
            field="until",
        )
    return Consent(
        id=id,
        profile_id=pair[0],
        need_id=pair[1],
        pseudonym=pseudonym,
        deadline=deadline,
        until=until,
        events=(ConsentEvent(Move.ASK, now, by),),
    )


def pseudonym(random: str) -> str:
    """Return what to call a person, out of random digits that tell nothing of them."""
    return f"K-{random}"


def conditions(
    profile: Profile, standing: Standing | None, consents: Sequence[Consent], on: date
) -> Mapping[Condition, GateOutcome]:
    """Return what is met, unmet or unknown of what makes a person visible for a need.

    Parameters
    ----------
    profile, standing
        Of the person; None if nothing was written down.
    consents
        The requests for this person and the need.
    on
        The day.
    """
    given = any(consent.state(on) in HOLDING for consent in consents)
    return {
        Condition.ACTIVE: _outcome(profile.active),
        Condition.FOLLOW_UP: _followed(standing, on),
        Condition.CONSENT: _outcome(given),
        Condition.NO_PROTECTION_ORDER: _unprotected(standing),
    }


def is_visible(found: Mapping[Condition, GateOutcome]) -> bool:
    """Tell whether every condition is met; what is absent or unknown hides."""
    return all(found.get(condition) is GateOutcome.MET for condition in Condition)


def _outcome(is_met: bool) -> GateOutcome:
    return GateOutcome.MET if is_met else GateOutcome.UNMET


def _followed(standing: Standing | None, on: date) -> GateOutcome:
    if standing is None or standing.follow_up_from is None:
        return GateOutcome.UNKNOWN
    if on < standing.follow_up_from:
        return GateOutcome.UNMET
    return _outcome(standing.follow_up_to is None or on <= standing.follow_up_to)


def _unprotected(standing: Standing | None) -> GateOutcome:
    if standing is None or standing.protected is None:
        return GateOutcome.UNKNOWN
    return _outcome(not standing.protected)
