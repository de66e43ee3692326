"""What a training adds to the profile of whoever finishes it.

Its outcomes become competences learnt by education. Where it says that it gives a
qualification, so do the occupations that it leads to: a course of two days does not make
anybody a warehouse worker, a degree does. Permit cards and driving licences are read from
outcomes that name them; a course that only prepares for an examination gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.codes import LICENCE_INCLUDES, included_licences, permit_cards
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Training
from matcher.domain.parts import Competence, Evidence, Occupation
from matcher.domain.profile import Profile
from matcher.match.gates.asked import OR
from matcher.match.gates.degrees import Schooling, qualification
from matcher.match.gates.holdings import Judged, card, cards_of, licence, licences_of
from matcher.match.gates.known import Known
from matcher.match.gates.rules import Unmet

#: What names a whole qualification; inflected forms ("tutkinnon osat", "tutkintoon") do not.
_QUALIFICATION: Final = re.compile(
    r"(tutkinto|examen|degree|qualification|kelpoisuus|behörighet)\b", re.IGNORECASE
)
#: What an outcome must also say for the name of a card in it to mean the card.
_CARD: Final = re.compile(
    r"(kortti|passi|lupa|pätevyys|todistus|valtuutus|kort|pass|bevis|intyg|behörighet|licens|"
    r"card|passport|permit|licence|certificate|qualification)\b",
    re.IGNORECASE,
)
_LICENCE: Final = re.compile(
    rf"(?<!\w)({'|'.join(sorted(LICENCE_INCLUDES, key=len, reverse=True))})"
    r"(?:[- –]?(?:luokan )?(?:ajo)?kortti\b|[- ](?:driving )?licence\b|-körkort\b)"
    rf"|körkort(?: i klass)? ({'|'.join(sorted(LICENCE_INCLUDES, key=len, reverse=True))})\b"
)

#: How it is judged whether somebody holds what a gate asks for; no training opens the others.
_OPENING: Final[dict[GateKind, Callable[[Known, list[str]], Judged]]] = {
    GateKind.CARD: lambda known, codes: card(cards_of(known), codes),
    GateKind.LICENCE: lambda known, codes: licence(licences_of(known), codes),
    GateKind.QUALIFICATION: lambda known, codes: qualification(Schooling.of(known), codes),
}
#: The kinds of gate that trainings can open.
OPENED: Final = frozenset(_OPENING)
_KEPT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Gift:
    """What a training gives.

    Parameters
    ----------
    training_id
        Which training.
    competences
        Its outcomes, and its occupations if it gives a qualification.
    cards, licences
        Permit card codes and licence classes.
    """

    training_id: str
    competences: tuple[Competence, ...]
    cards: frozenset[str]
    licences: frozenset[str]

    def opens(self, gate: GateResult) -> bool:
        """Tell whether it gives any of the cards, licences or qualifications of a gate."""
        return self.gives(key_of(gate))

    def gives(self, asked: Unmet) -> bool:
        """Tell whether it gives any of the cards, licences or qualifications asked for."""
        gate, required = asked
        return gate in OPENED and _opens(self, gate, required)

    def as_profile(self, training: Training) -> Profile:
        """Return somebody who knows nothing else, so that the gift is encoded as it will be."""
        return Profile(
            id=self.training_id, language=training.language, competences=self.competences
        )


def key_of(gate: GateResult) -> Unmet:
    """Return what tells one lock from another."""
    return gate.gate, gate.required


class Keyring:
    """Which trainings open which locks, worked out once for each lock; safe across threads.

    Parameters
    ----------
    gifts
        What each training gives.
    """

    def __init__(self, gifts: Sequence[Gift]) -> None:
        self._gifts = tuple(gifts)
        self._known: dict[Unmet, NDArray[np.bool_]] = {}

    def openers(self, lock: Unmet) -> NDArray[np.bool_]:
        """Return which trainings give what is asked for: bool, shape (trainings,)."""
        openers = self._known.get(lock)
        if openers is None:
            openers = np.array([gift.gives(lock) for gift in self._gifts], np.bool_)
            self._known[lock] = openers
        return openers

    def keys(self, locks: Sequence[Unmet]) -> NDArray[np.int32]:
        """Return which trainings open which locks: int32, shape (trainings, locks)."""
        keys = np.zeros((len(self._gifts), len(locks)), np.int32)
        for column, lock in enumerate(locks):
            keys[:, column] = self.openers(lock)
        return keys


def gift_of(training: Training) -> Gift:
    """Return what a training gives."""
    occupations = training.occupations if _qualifies(training) else ()
    learnt = (
        *(Competence(text, evidence=Evidence.EDUCATION) for text in training.outcomes),
        *(_occupation(one) for one in occupations),
    )
    return Gift(
        training.id,
        learnt,
        frozenset().union(*map(_cards, training.outcomes)),
        included_licences(tuple(sorted(set().union(*map(_licences, training.outcomes))))),
    )


def taught(profile: Profile, gifts: Sequence[Gift]) -> Profile:
    """Return the profile as it will be after trainings.

    Cards and licences that were never asked about stay unknown: see `unlocked`.
    """
    held = profile.cards, profile.licences
    given = (
        set().union(*(gift.cards for gift in gifts)),
        set().union(*(gift.licences for gift in gifts)),
    )
    cards, licences = (
        None if known is None else (*known, *sorted(new - set(known)))
        for known, new in zip(held, given, strict=True)
    )
    learnt = tuple(one for gift in gifts for one in gift.competences)
    return replace(
        profile, competences=(*profile.competences, *learnt), cards=cards, licences=licences
    )


def unlocked(gates: Sequence[GateResult], gifts: Sequence[Gift]) -> tuple[GateResult, ...]:
    """Return the gates with those met that a given card, licence or qualification meets."""
    return tuple(
        replace(gate, outcome=GateOutcome.MET, evidence=gate.required)
        if gate.outcome is not GateOutcome.MET and any(gift.opens(gate) for gift in gifts)
        else gate
        for gate in gates
    )


@lru_cache(_KEPT)
def _opens(gift: Gift, kind: GateKind, required: str) -> bool:
    """Judge somebody who has nothing but what the training gives."""
    holder = Profile(
        id=gift.training_id,
        competences=gift.competences,
        cards=tuple(sorted(gift.cards)),
        licences=tuple(sorted(gift.licences)),
    )
    # No age is judged, so that the day does not matter.
    outcome, _ = _OPENING[kind](Known.of(holder, date.min), required.split(OR))
    return outcome is GateOutcome.MET


def _qualifies(training: Training) -> bool:
    told = (*training.title.values(), *training.outcomes)
    return any(_QUALIFICATION.search(text) for text in told)


def _occupation(occupation: Occupation) -> Competence:
    return Competence(occupation.title, evidence=Evidence.EDUCATION, concept=occupation.concept)


def _cards(outcome: str) -> frozenset[str]:
    if not _CARD.search(outcome):
        return frozenset()
    return frozenset(code for name, code in _card_patterns() if name.search(outcome))


@cache
def _card_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), code)
        for code, card in permit_cards().items()
        for name in (*card.name.values(), *card.aliases)
    )


def _licences(outcome: str) -> set[str]:
    return {first or second for first, second in _LICENCE.findall(outcome)}
