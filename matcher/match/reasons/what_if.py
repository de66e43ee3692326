"""What would change if more were known of a person: found by scoring the changed profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from matcher.domain.explanation import Effect, Explanation, Lift, Question
from matcher.domain.match import Band, Match, Missing
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.match.bands import band_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.rerank import score_profiles
from matcher.match.sides import Person

#: An answer that adds less to the score is not worth a question.
WORTH_ASKING: Final = 0.005
#: Bands that a score alone decides on, the best first.
_BANDS: Final = (Band.STRONG, Band.GOOD, Band.POSSIBLE)


class WhatIf:
    """Scores one offer for one person as they would be.

    Parameters
    ----------
    records
        The encoding that made the scores.
    likeness
        Scale of the encoder.
    """

    def __init__(self, records: RecordEncoder, likeness: Likeness) -> None:
        self._records = records
        self._likeness = likeness

    def explain(
        self,
        match: Match,
        person: Person,
        offer: EncodedBatch,
        lexical: LexicalModel,
        ranker: Ranker,
    ) -> Explanation:
        """Return a match with what would raise it and what to ask next.

        Parameters
        ----------
        match
            Explained already: what is missing is tried one by one and together.
        person
            Whose match it is.
        offer
            A batch of one, with its n-grams.
        lexical
            Weighs n-grams for the offers of this kind.
        ranker
            Made the score of the match.
        """
        gaps = match.missing
        tried: list[tuple[Missing, ...]] = [(gap,) for gap in gaps]
        tried += [gaps[:n] for n in range(2, len(gaps) + 1)]
        profiles = [_having(person.profile, added) for added in tried]
        scores = self.scores(profiles, offer, lexical, ranker).tolist()
        lifts = [
            Lift(added, score, band)
            for added, score in zip(tried, scores, strict=True)
            if _better(band := band_of(score, known=person.known), match.band)
        ]
        single = [lift for lift in lifts if len(lift.requirements) == 1]
        single.sort(key=lambda lift: -lift.score)
        gains = [score - match.score for score in scores[: len(gaps)]]
        return Explanation(
            match, tuple(single or lifts[:1]), _questions(match, gains, {*_alone(single)})
        )

    def scores(
        self,
        profiles: Sequence[Profile],
        offer: EncodedBatch,
        lexical: LexicalModel,
        ranker: Ranker,
    ) -> Vectors:
        """Return the score of each profile for one offer: float32, shape (profiles,)."""
        people = self._records.encode_profiles(profiles)
        overlap = lexical.weigh(people.lexical) @ lexical.weigh(offer.lexical).T
        return score_profiles(people, offer, overlap.toarray()[:, 0], self._likeness, ranker)


def _having(profile: Profile, added: Sequence[Missing]) -> Profile:
    """Return a profile as it would be with some of what is missing."""
    more = tuple(Competence(gap.requirement.strip("… ")) for gap in added)
    return replace(profile, competences=profile.competences + more)


def _better(band: Band, than: Band) -> bool:
    """Tell whether one band is better; where too little is known no answer alone makes it so."""
    return than in _BANDS and band in _BANDS and _BANDS.index(band) < _BANDS.index(than)


def _alone(lifts: Sequence[Lift]) -> list[Missing]:
    return [lift.requirements[0] for lift in lifts]


def _questions(match: Match, gains: Sequence[float], raising: set[Missing]) -> tuple[Question, ...]:
    """Return what to ask: first what decides, then what raises the band, then the rest."""
    decisive = [Question(gate, Effect.DECIDES, 0.0) for gate in match.open_questions]
    others = [
        Question(gap, Effect.RAISES_BAND if gap in raising else Effect.RAISES_SCORE, gain)
        for gap, gain in zip(match.missing, gains, strict=True)
        if gain >= WORTH_ASKING
    ]
    order = list(Effect)
    others.sort(key=lambda question: (order.index(question.effect), -question.gain))
    return (*decisive, *others)
