"""The two sides of a match, each with its words and vectors; and a match made of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matcher.domain.match import Match
from matcher.domain.offer import Offer, kind_of
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Encoder
from matcher.encode.text import RecordText
from matcher.match import bands
from matcher.match.features import interact
from matcher.match.gates import judge as gates
from matcher.match.gates.journeys import road_km
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR, Ranker
from matcher.match.reasons import explain
from matcher.match.reasons.clauses import Clauses


@dataclass(frozen=True, slots=True)
class Person:
    """A profile, its words, and their vectors (a batch of one).

    Parameters
    ----------
    profile, words, encoded
        The three forms of one record.
    known
        Whether the profile says enough to be judged; told by `of`.
    """

    profile: Profile
    words: RecordText
    encoded: EncodedBatch
    known: bool

    @classmethod
    def of(cls, profile: Profile, words: RecordText, encoded: EncodedBatch) -> Person:
        """Return a person as known as the vectors tell."""
        return cls(profile, words, encoded, bands.enough_known(encoded))


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, its words, and their vectors (a batch of one)."""

    offer: Offer
    words: RecordText
    encoded: EncodedBatch


def gated(person: Person, offer: Offer, score: float, *, rank: int, on: date) -> Match:
    """Return a match with its gates as of a day and its band, not explained yet."""
    return Match(
        profile_id=person.profile.id,
        offer_id=offer.id,
        kind=kind_of(offer),
        rank=rank,
        score=score,
        band=bands.band_of(score, known=person.known),
        reasons=(),
        missing=(),
        gates=gates.judge(person.profile, offer, on),
        distance_km=road_km(person.profile, offer),
    )


@dataclass(frozen=True, slots=True)
class Explainer:
    """Names what carries a match.

    Parameters
    ----------
    likeness
        Scale of the encoder.
    clauses
        Picks the carrying part of long sentences.
    ranker
        Made the scores.
    """

    likeness: Likeness
    clauses: Clauses
    ranker: Ranker = PRIOR

    @classmethod
    def of(cls, encoder: Encoder) -> Explainer:
        """Return the explainer of one encoder, of scores that the prior made."""
        return cls(Likeness.measure(encoder), Clauses(encoder))

    def ranked_by(self, ranker: Ranker) -> Explainer:
        """Return the explainer of scores that a ranker made."""
        return replace(self, ranker=ranker)

    def explained(self, match: Match, person: Person, offered: Offered) -> Match:
        """Return the match with the phrase pairs that carry it and what is missing."""
        pairing = self.pairing(person, offered)
        return replace(
            match,
            reasons=explain.reasons(pairing, self.clauses),
            missing=explain.missing(pairing.offer, pairing.best),
        )

    def pairing(self, person: Person, offered: Offered) -> explain.Pairing:
        """Hold the phrases of both sides against each other."""
        no_lexical = np.zeros(1, np.float32)
        held = interact(person.encoded, offered.encoded, no_lexical, self.likeness)
        return explain.Pairing(
            offered.words.phrases,
            person.words.phrases,
            offered.encoded.phrases,
            person.encoded.phrases,
            held.best,
            held.answer,
            self.likeness,
            self.ranker,
            float(offered.encoded.openness[0]),
        )
