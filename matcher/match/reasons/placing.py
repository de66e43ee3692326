"""Explain single offers to a coach: what would raise a match, and why one is not in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from matcher.domain.explanation import Explanation, Placed, Standing
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import Offer, kind_of
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.index.live import Live
from matcher.match.bands import LISTED_FROM
from matcher.match.duplicates import Seen
from matcher.match.features import Feature, interact
from matcher.match.learning.in_use import RankerInUse
from matcher.match.matcher import Matcher
from matcher.match.reasons.what_if import WhatIf
from matcher.match.sides import Explainer, Offered, Person, gated
from matcher.store.store import Store

#: How far down a list is followed to find an offer's place.
DEEPEST: Final = 200


class Placing:
    """Explains one offer for one person, whether it is in the list or not.

    Parameters
    ----------
    live, store, records
        What the lists are made from.
    matcher
        Makes the lists.
    """

    def __init__(self, live: Live, store: Store, records: RecordEncoder, matcher: Matcher) -> None:
        self._live = live
        self._store = store
        self._records = records
        self._matcher = matcher
        self._explainer = Explainer.of(records.encoder)
        self._in_use = RankerInUse(store, records.encoder.revision)
        self._what_if = WhatIf(records, self._explainer.likeness)

    def explain(self, profile: Profile, offer: Offer, match: Match) -> Explanation:
        """Return what would raise a match of a list, and what to ask next."""
        person, offered = self._person(profile), self._offered(offer)
        model = self._corpus(offer).lexical
        return self._what_if.explain(match, person, offered.encoded, model, self._in_use.now())

    def place(self, profile: Profile, offer: Offer, *, k: int, on: date) -> Placed:
        """Tell where an offer stands for a person, and what keeps it out of the list.

        Parameters
        ----------
        profile
            Need not be stored.
        offer
            A stored one.
        k
            Length of the list.
        on
            The day for which the list is made.
        """
        kind = kind_of(offer)
        deep = self._matcher.match([profile], kinds=[kind], k=max(k, DEEPEST), on=on)[0][kind]
        match, parts = self._match(profile, offer, on)
        listed = next((each for each in deep if each.offer_id == offer.id), None)
        if listed is not None:
            standing = Standing.LISTED if listed.rank <= k else Standing.FURTHER_DOWN
            return Placed(standing, self.explain(profile, offer, listed), parts)
        rank = 1 + sum(each.score + each.lift > match.score + match.lift for each in deep)
        match = replace(match, rank=rank)
        same_as = self._same_as(offer, deep)
        standing = self._kept_out(offer, match, same_as, on)
        kept = same_as if standing is Standing.DUPLICATE else None
        return Placed(standing, self.explain(profile, offer, match), parts, kept)

    def _kept_out(self, offer: Offer, match: Match, same_as: str | None, on: date) -> Standing:
        if offer.expires is not None and offer.expires < on:
            return Standing.EXPIRED
        if self._corpus(offer).row_of(offer.id) is None:
            return Standing.NOT_INDEXED
        if match.score < LISTED_FROM[kind_of(offer)] or not match.reasons:
            return Standing.TOO_FAR_FROM_PROFILE
        if match.blocked:
            return Standing.BLOCKED
        return Standing.FURTHER_DOWN if same_as is None else Standing.DUPLICATE

    def _same_as(self, offer: Offer, listed: Sequence[Match]) -> str | None:
        """Return the first listed offer that says the same."""
        corpus = self._corpus(offer)
        row = corpus.row_of(offer.id)
        if row is None:
            return None
        mine = corpus.take_whole(np.array([row]))
        others = self._store.offers(kind_of(offer)).get_many([each.offer_id for each in listed])
        for id, other in others.items():
            where = corpus.row_of(id)
            seen = Seen()
            if where is not None:
                seen.before(other, corpus.take_whole(np.array([where])))
            if seen.before(offer, mine):
                return id
        return None

    def _match(self, profile: Profile, offer: Offer, on: date) -> tuple[Match, dict[str, float]]:
        """Return the match of an offer wherever it stands, and how it fits in each respect."""
        person, offered = self._person(profile), self._offered(offer)
        model = self._corpus(offer).lexical
        overlap = model.weigh(person.encoded.lexical) @ model.weigh(offered.encoded.lexical).T
        explainer = self._explainer.ranked_by(self._in_use.now())
        held = interact(
            person.encoded,
            offered.encoded,
            overlap.toarray()[:, 0].astype(np.float32),
            self._explainer.likeness,
        )
        match = gated(person, offer, float(explainer.ranker.score(held.table)[0]), rank=1, on=on)
        heard = self._matcher.heard.now()
        match = replace(match, replies=heard.of(offer), lift=heard.lift(offer))
        [match] = self._matcher.wishes.heeding(profile, {match.kind: [match]})[match.kind] or [
            match
        ]
        parts = {feature.name.lower(): float(held.table[0, feature]) for feature in Feature}
        return explainer.explained(match, person, offered), parts

    def _person(self, profile: Profile) -> Person:
        words = self._records.profile_texts([profile])[0]
        return Person.of(profile, words, self._records.encode_profiles([profile]))

    def _offered(self, offer: Offer) -> Offered:
        words = self._records.offer_texts([offer])[0]
        return Offered(offer, words, self._records.encode_offers([offer]))

    def _corpus(self, offer: Offer) -> Corpus:
        return self._live.corpus(RecordKind.of_offer(kind_of(offer)))
