"""What a training asks of those who enter it, held against a person."""

from __future__ import annotations

from typing import Final

import numpy as np

from matcher.domain.match import GateOutcome
from matcher.domain.parts import Importance
from matcher.domain.upskill import Entry, Step
from matcher.encode.text import PhraseRole
from matcher.match.features import interact
from matcher.match.likeness import Likeness
from matcher.match.reasons.naming import ANSWERED_FROM
from matcher.match.sides import Offered, Person
from matcher.match.upskill.gates import Gatekeeper

_ASKED: Final = {
    PhraseRole.ESSENTIAL: Importance.ESSENTIAL,
    PhraseRole.OPTIONAL: Importance.OPTIONAL,
}


def step(person: Person, training: Offered, likeness: Likeness, keeper: Gatekeeper) -> Step:
    """Return what a training asks for and what the person has of it.

    Parameters
    ----------
    person
        As they will be when they enter.
    training
        With its words and vectors.
    likeness
        Scale of the encoder.
    keeper
        Judges gates for the person.
    """
    held = interact(person.encoded, training.encoded, np.zeros(1, np.float32), likeness)
    entry = tuple(
        Entry(phrase.shown, _ASKED[phrase.role], *_answer(person, alike, row))
        for phrase, alike, row in zip(
            training.words.phrases, held.best.tolist(), held.answer.tolist(), strict=True
        )
        if phrase.role in _ASKED
    )
    return Step(training.offer.id, keeper.of_training(person, training.offer), entry)


def _answer(person: Person, alike: float, row: int) -> tuple[GateOutcome, str | None]:
    if alike < ANSWERED_FROM:
        return GateOutcome.UNKNOWN, None
    return GateOutcome.MET, person.words.phrases[row].shown
