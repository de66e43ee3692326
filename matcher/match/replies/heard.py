"""What the answers and the silence of employers move in the order of a list of needs.

Only the order is moved, and little. Scores and bands tell how well a need fits, whoever
answers. What is known is of the employer and the same for every person in whose list one of
its needs stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.offer import CompanyNeed, Offer
from matcher.domain.replies import NO_REPLIES, Replies
from matcher.match.wishes.limits import employer_key
from matcher.store.store import Store

#: The most that a need can rise or fall, in units of the score: an employer that always
#: answers never passes for fit, and one that never does loses no more than a nearly equal
#: need would gain.
MOST: Final = 0.04
#: So many people of whom nothing is known stand beside those who are counted, so that one
#: person's case moves little.
PRIOR: Final = 3


def lift(replies: Replies) -> float:
    """Return what replies add to the score of a need in the order of a list.

    Parameters
    ----------
    replies
        Of the employer.

    Returns
    -------
    float
        Above ``-MOST`` and below ``MOST``; 0 where nothing is known. A refusal is an answer:
        it moves nothing but makes the other cases count for less.
    """
    return MOST * (replies.taken_up - replies.silent) / (replies.counted + PRIOR)


def fingerprint(replies: Mapping[str, Replies]) -> str:
    """Return a text that is the same as long as the same is known of the same employers."""
    told = [
        f"{employer}\0{one.taken_up} {one.declined} {one.silent}"
        for employer, one in sorted(replies.items())
        if one.counted
    ]
    return "\n".join(told)


def employer_of(need: Offer) -> str:
    """Return the employer behind a need: by its name, or the need alone if it gives none."""
    return employer_key(need.organisation) or f"#{need.id}"


class Heard:
    """How employers have replied, and what that moves.

    Parameters
    ----------
    replies
        By employer, as `employer_of` names it.
    """

    def __init__(self, replies: Mapping[str, Replies]) -> None:
        self._replies = {key: one for key, one in replies.items() if one.counted}
        #: The most that any need rises.
        self.most = max([0.0, *map(lift, self._replies.values())])

    def __bool__(self) -> bool:
        return bool(self._replies)

    def of(self, offer: Offer) -> Replies | None:
        """Return how the employer behind a need has replied; None where nothing is known."""
        if isinstance(offer, CompanyNeed):
            return self._replies.get(employer_of(offer))
        return None

    def lift(self, offer: Offer) -> float:
        """Return what is added to the score for the order alone; 0 where nothing is known."""
        return lift(self.of(offer) or NO_REPLIES)


#: Nobody was shown to anybody yet.
NOTHING_HEARD: Final = Heard({})


class HeardNow:
    """What is heard of employers as the store says it whenever it is asked.

    Parameters
    ----------
    store
        Holds the counts.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[int, Heard] = (0, NOTHING_HEARD)

    def now(self) -> Heard:
        """Return it as of the last count."""
        return self.at(self._store.replies.heard())

    def at(self, number: int) -> Heard:
        """Return it as of a count, named by its number; 0 is before there was any."""
        kept = self._kept
        if kept[0] != number:
            # One assignment: other threads see the old pair or the new one.
            self._kept = kept = (number, Heard(self._store.replies.until(number)))
        return kept[1]
