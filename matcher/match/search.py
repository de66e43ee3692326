"""What is searched, and for whom: the two sides of many lists at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.index.corpus import Corpus
from matcher.match.gates.crowd import Crowd
from matcher.match.gates.remembered import Remembered, spelled_out
from matcher.match.gates.sides import Facts
from matcher.match.reasons.spelling import Spelled, spell
from matcher.match.replies.heard import Heard
from matcher.match.sides import Explainer, Person
from matcher.match.weights import Weights
from matcher.match.wishes.limits import Wishes

#: The order of a list that nobody has tilted.
COMPETENCE_ALONE: Final = Weights()


class Blocked(StrEnum):
    """What becomes of offers with an unmet gate."""

    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Search:
    """One search: which offers, how many, what becomes of blocked ones, and what scores.

    How gates came out is remembered for as long as whoever searches says; what is heard of
    employers moves the order.
    """

    kind: OfferKind
    corpus: Corpus
    k: int
    blocked: Blocked
    on: date
    weights: Weights
    explainer: Explainer
    remembered: Remembered
    heard: Heard


@dataclass(frozen=True, slots=True)
class Block:
    """People whose lists are made together; all by their place in the block.

    Parameters
    ----------
    people, encoded
        Who they are, and the batch of them all.
    wishes
        What some of them do not want, by profile id.
    facts, told
        What gates read of each, and the same spelled out.
    crowd
        What gates read of all.
    spelled
        How the phrases of all are spelled, one person after the other.
    """

    people: Sequence[Person]
    encoded: EncodedBatch
    wishes: Mapping[str, Wishes]
    facts: Sequence[Facts]
    told: Sequence[tuple[str, ...]]
    crowd: Crowd
    spelled: Spelled

    @classmethod
    def of(
        cls,
        people: Sequence[Person],
        encoded: EncodedBatch,
        wishes: Mapping[str, Wishes],
        on: date,
    ) -> Block:
        """Read what gates and reasons need of people on a day."""
        facts = [Facts.of(person.profile, on) for person in people]
        told = [spelled_out(one) for one in facts]
        return cls(people, encoded, wishes, facts, told, Crowd.of(facts), _spelled(people))

    def some(self, places: Sequence[int]) -> Block:
        """Return some of the people as a block of their own."""
        people = [self.people[place] for place in places]
        facts = [self.facts[place] for place in places]
        return Block(
            people,
            self.encoded.take(np.array(places, np.int64)),
            self.wishes,
            facts,
            [self.told[place] for place in places],
            Crowd.of(facts),
            _spelled(people),
        )


def _spelled(people: Sequence[Person]) -> Spelled:
    return spell([phrase.text for person in people for phrase in person.words.phrases])
