"""What a person cannot do, and what an employer has to check: questions, hardly ever refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, kind_of
from matcher.match.gates.asked import JOBS, Ask, Asked
from matcher.match.gates.known import Known
from matcher.requirements.own_words import read_cannot
from matcher.requirements.statement import Topic


@dataclass(frozen=True, slots=True)
class Limit:
    """A restriction: the burdens that it rules out; equal to others that rule out the same."""

    burdens: frozenset[str]
    text: str = field(compare=False)


def limits_of(known: Known) -> tuple[Limit, ...]:
    """Return the restrictions of a person."""
    return tuple(Limit(read_cannot(one.text)[1], one.text) for one in known.profile.restrictions)


def burdens(offer: Offer, asked: Asked) -> tuple[Ask, ...] | None:
    """Return the burdens that the text of a job states; None of what is no job."""
    if kind_of(offer) not in JOBS:
        return None
    stated = {ask.codes[0]: ask for ask in asked.of(Topic.BURDEN) if ask.firm}
    return tuple(ask for _, ask in sorted(stated.items()))


def restrictions(limits: tuple[Limit, ...], burdens: tuple[Ask, ...]) -> Iterator[GateResult]:
    """Yield a question for each restriction, or the sentence of the offer that goes against it.

    An advertisement hardly ever says enough to tell that a job respects a restriction.
    """
    open_ = []
    for limit in limits:
        against = next((ask for ask in burdens if ask.codes[0] in limit.burdens), None)
        if against:
            text = limit.text
            yield GateResult(GateKind.RESTRICTION, GateOutcome.UNMET, text, text, against.stated)
        else:
            open_.append(limit.text)
    if open_:
        words = "; ".join(open_)
        yield GateResult(GateKind.RESTRICTION, GateOutcome.UNKNOWN, words, words)


def checked(_: Offer, asked: Asked) -> tuple[Ask, ...] | None:
    """Return what the employer has to check, if anything."""
    return asked.of(Topic.CHECK) or None


def checks(_: None, asks: tuple[Ask, ...]) -> Iterator[GateResult]:
    """Yield a question for each thing that the employer has to check; none is ever unmet."""
    for ask in asks:
        yield GateResult(
            GateKind.BACKGROUND_CHECK, GateOutcome.UNKNOWN, ask.codes[0], stated=ask.stated
        )
