"""The people whom an employer may see for a need: without a name until they are introduced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.domain.consent import HOLDING, Consent, ConsentState, conditions, is_visible
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Band, Match, PhrasePair
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.encode.words import text_digest
from matcher.index.live import Live
from matcher.match.employer.disclosure import SMALLEST
from matcher.match.learning.in_use import RankerInUse
from matcher.match.rerank import hold_people
from matcher.match.sides import Explainer, Offered, Person, gated
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Card:
    """One person as an employer sees them for one need.

    Parameters
    ----------
    pseudonym
        What to call the person.
    band
        How well they fit.
    answers
        The need's requirements with the person's competences that answer them; free texts
        of the person are not shown.
    municipality
        Code of the home; None unless at least five people are shown from there.
    profile_id
        Who it is; None until the person was introduced.
    """

    pseudonym: str
    band: Band
    answers: tuple[PhrasePair, ...]
    municipality: str | None
    profile_id: str | None


class Cards:
    """Shows an employer the people who agreed to it.

    Parameters
    ----------
    store, live, records, explainer
        Where people and needs are looked up, and how they are matched.
    """

    def __init__(
        self, store: Store, live: Live, records: RecordEncoder, explainer: Explainer
    ) -> None:
        self._store = store
        self._live = live
        self._records = records
        self._explainer = explainer
        self._in_use = RankerInUse(store, records.encoder.revision)

    def of(self, need: Offer, on: date) -> list[Card]:
        """Return the cards of a need, best match first.

        Parameters
        ----------
        need
            A stored need; an expired one shows nobody.
        on
            The day.
        """
        if need.expires is not None and need.expires < on:
            return []
        visible = dict(self._visible(need, on))
        matches = self._matches(need, [profile for profile, _ in visible.values()], on)
        homes = Counter(visible[match.profile_id][0].municipality for match in matches)
        return [_card(match, *visible[match.profile_id], homes, on) for match in matches]

    def _matches(self, need: Offer, profiles: Sequence[Profile], on: date) -> list[Match]:
        """Return the matches of those who can be found, best first."""
        corpus = self._live.corpus(RecordKind.PROFILE)
        found = [(one, row) for one in profiles if (row := corpus.row_of(one.id)) is not None]
        rows = np.array([row for _, row in found], np.int64)
        words = self._records.offer_texts([need])[0]
        offered = Offered(need, words, self._records.encode_offers([need]))
        explainer = self._explainer.ranked_by(self._in_use.now())
        held = hold_people(offered.encoded, corpus, explainer.likeness, rows)
        scores = explainer.ranker.score(held.table)
        encoded = corpus.take(rows)
        texts = self._records.profile_texts([profile for profile, _ in found])
        people = [
            (total, Person.of(profile, text, encoded.take_dense(np.array([i]))))
            for i, (total, (profile, _), text) in enumerate(
                zip(scores.tolist(), found, texts, strict=True)
            )
            # A record that changed a moment ago is shown as soon as the index has its words.
            if text_digest(text) == encoded.hashes[i]
        ]
        ranked = sorted(people, key=_best_first)
        return [
            explainer.explained(gated(person, need, total, rank=rank, on=on), person, offered)
            for rank, (total, person) in enumerate(ranked, 1)
        ]

    def _visible(self, need: Offer, on: date) -> Iterator[tuple[str, tuple[Profile, Consent]]]:
        """Yield the people who may be shown, by id, each with the consent that holds."""
        asked = self._store.consents.of_need(need.id)
        consents = [one for one in asked if one.state(on) in HOLDING]
        ids = [one.profile_id for one in consents]
        # Whatever its last version says, a profile that its source no longer has is not shown.
        profiles = self._store.profiles.get_open(ids)
        standings = self._store.consents.standings(ids)
        for one in consents:
            profile = profiles.get(one.profile_id)
            if profile and is_visible(conditions(profile, standings.get(profile.id), [one], on)):
                yield profile.id, (profile, one)


def _best_first(scored: tuple[float, Person]) -> tuple[float, str]:
    total, person = scored
    return -total, person.profile.id


def _card(
    match: Match, profile: Profile, consent: Consent, homes: Mapping[str | None, int], on: date
) -> Card:
    named = {one.name for one in profile.competences}
    home = profile.municipality
    introduced = consent.state(on) is ConsentState.INTRODUCED
    return Card(
        pseudonym=consent.pseudonym,
        band=match.band,
        answers=tuple(pair for pair in match.reasons if pair.competence in named),
        municipality=home if introduced or homes[home] >= SMALLEST else None,
        profile_id=profile.id if introduced else None,
    )
