"""Write down what a list was made from, how, and what it showed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.decision import (
    Basis,
    Decision,
    Inputs,
    Item,
    Packing,
    Placed,
    Sought,
    Terms,
    What,
)
from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.decisions.revisions import basis_now
from matcher.match.search import COMPETENCE_ALONE, Blocked
from matcher.match.weights import Weights
from matcher.store import codec
from matcher.store.lists import StoredList
from matcher.store.store import Store
from matcher.store.train_ups import Recorded, StoredTrainUps
from matcher.store.versions import Moment

_ID_BYTES: Final = 8
#: What the night asks for, for everybody.
NIGHT_K: Final = 10


def new_id() -> str:
    """Return an id for a list, from which nothing can be told."""
    return f"l-{secrets.token_hex(_ID_BYTES)}"


def terms_of(
    kinds: Sequence[OfferKind], k: int, blocked: Blocked, weights: Weights, made_at: datetime
) -> Terms:
    """Return what was asked for, in the form that is kept."""
    on = finnish_day(made_at)
    return Terms(tuple(kinds), k, blocked.value, weights.want, weights.near, on)


def night_terms(made_at: datetime) -> Terms:
    """Return what the night asks for, for everybody."""
    return terms_of(tuple(OfferKind), NIGHT_K, Blocked.HIDE, COMPETENCE_ALONE, made_at)


def train_up_terms(k: int, made_at: datetime) -> Terms:
    """Return what train-ups are asked for by."""
    terms = terms_of((OfferKind.TRAINING,), k, Blocked.HIDE, COMPETENCE_ALONE, made_at)
    return replace(terms, what=What.TRAIN_UPS)


def package_terms(packing: Packing, made_at: datetime) -> Terms:
    """Return what a package is asked for by."""
    terms = terms_of(tuple(OfferKind), 0, Blocked.SHOW, COMPETENCE_ALONE, made_at)
    return replace(terms, what=What.PACKAGE, packing=packing)


def candidate_terms(
    offer: Offer,
    k: int,
    blocked: Blocked,
    homes: Sequence[str] | None,
    made_at: datetime,
    *,
    stored: bool,
) -> Terms:
    """Return what people are looked for by.

    Parameters
    ----------
    offer
        For which.
    k, blocked
        As in `Matcher.candidates`.
    homes
        Municipalities in which they live; None means all.
    made_at
        When.
    stored
        Whether the offer is in the store; else the record holds it.
    """
    written = codec.dump(offer)
    sought = Sought(
        kind_of(offer),
        offer.id,
        codec.digest(written),
        None if homes is None else tuple(sorted(homes)),
        "" if stored else written,
    )
    terms = terms_of((sought.kind,), k, blocked, COMPETENCE_ALONE, made_at)
    return replace(terms, what=What.CANDIDATES, sought=sought)


def train_up_records(store: Store, ids: Sequence[str], basis: Basis) -> dict[str, Recorded]:
    """Return by person what the records of train-ups will be made of once they are shown.

    Parameters
    ----------
    store
        From whose state they were made; as it was then, if it may have changed since.
    ids
        Whose; who is gone is absent from the result.
    basis
        With what they were made.
    """
    moment = store.moment()
    return {
        id: Recorded(new_id(), basis, _inputs(moment, content_hash))
        for id, content_hash in store.profiles.hashes(ids).items()
    }


def of_shard(
    store: Store, profile_ids: Sequence[str], run: tuple[str, datetime], basis: Basis
) -> list[Decision]:
    """Return the records of lists that the night has just made, without what is in them.

    Parameters
    ----------
    store
        As it was when they were made: the records name its moment.
    profile_ids
        Whose lists they are; who is gone has no record.
    run
        Which night made them, and when it began.
    basis
        With what they were made.
    """
    run_id, made_at = run
    moment, terms = store.moment(), night_terms(made_at)
    hashes = store.profiles.hashes(profile_ids)
    return [
        Decision(
            id=new_id(),
            profile_id=id,
            run_id=run_id,
            made_at=made_at,
            basis=basis,
            terms=terms,
            inputs=_inputs(moment, hashes[id]),
            placed=None,
        )
        for id in profile_ids
        if id in hashes
    ]


def _inputs(moment: Moment, content_hash: str) -> Inputs:
    return Inputs(moment.revision, moment.said, moment.ranked, content_hash, moment.heard)


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes the records of the lists that a process shows.

    Parameters
    ----------
    live, store, records
        What the lists are made from.
    retrieve
        How many candidates each search returns.
    """

    live: Live
    store: Store
    records: RecordEncoder
    retrieve: int

    def moment(self) -> Moment:
        """Return the state that a list made now is made from; asked for before it is made."""
        return replace(self.store.moment(), revision=self.live.revision)

    def fresh(
        self,
        profile: Profile,
        lists: Mapping[OfferKind, Sequence[Match]],
        terms: Terms,
        moment: Moment,
        made_at: datetime,
    ) -> Decision:
        """Return the record of lists that were asked for and made just now."""
        matches = [(match, None) for found in lists.values() for match in found]
        return Decision(
            id=new_id(),
            profile_id=profile.id,
            run_id="",
            made_at=made_at,
            basis=self._basis(self.live.snapshot),
            terms=terms,
            inputs=_inputs(moment, codec.digest(codec.dump(profile))),
            placed=self._placed(matches),
        )

    def of_items(
        self, profile: Profile, items: Sequence[Item], terms: Terms, moment: Moment, at: datetime
    ) -> Decision:
        """Return the record of train-ups or of a package made just now."""
        return Decision(
            id=new_id(),
            profile_id=profile.id,
            run_id="",
            made_at=at,
            basis=self._basis(self.live.snapshot),
            terms=terms,
            inputs=_inputs(moment, codec.digest(codec.dump(profile))),
            placed=(),
            items=tuple(items),
        )

    def of_train_ups(self, stored: StoredTrainUps, items: Sequence[Item], k: int) -> Decision:
        """Return the record of train-ups that a night has made."""
        record = stored.record
        if record is None:
            basis = self._basis(stored.snapshot)
            record = Recorded(new_id(), basis, Inputs(0, 0, 0, ""))
        return Decision(
            id=record.list_id,
            profile_id=stored.profile_id,
            run_id="",
            made_at=stored.made_at,
            basis=record.basis,
            terms=train_up_terms(k, stored.made_at),
            inputs=record.inputs,
            placed=(),
            items=tuple(items),
        )

    def of_candidates(
        self, matches: Sequence[Match], terms: Terms, moment: Moment, made_at: datetime
    ) -> list[Decision]:
        """Return the record of a list of people: one for each, so that it goes with the person."""
        whole, basis = new_id(), self._basis(self.live.snapshot)
        hashes = self.store.profiles.hashes([match.profile_id for match in matches])
        content_hash = terms.sought.content_hash if terms.sought else ""
        return [
            Decision(
                id=f"{whole}.{match.rank}",
                profile_id=match.profile_id,
                run_id="",
                made_at=made_at,
                basis=basis,
                terms=terms,
                inputs=_inputs(moment, hashes.get(match.profile_id, "")),
                placed=(Placed(match, None, content_hash),),
            )
            for match in matches
        ]

    def of_night(self, stored: StoredList) -> Decision:
        """Return the record of a list of the night, as it is or is to be kept once it is shown."""
        decision = self.store.decisions.of_night(stored.profile_id, stored.run_id)
        if decision is None:
            decision = self._unknown(stored)
        if decision.placed is not None:
            return decision
        matches = [
            (replace(codec.load(Match, entry.payload), rank=entry.rank), entry.rank_by_fit)
            for entry in stored.entries
        ]
        return replace(decision, placed=self._placed(matches))

    def _unknown(self, stored: StoredList) -> Decision:
        """Return a record without inputs, of a list that a night made before it kept records."""
        return Decision(
            id=new_id(),
            profile_id=stored.profile_id,
            run_id=stored.run_id,
            made_at=stored.created_at,
            basis=self._basis(stored.snapshot),
            terms=night_terms(stored.created_at),
            inputs=Inputs(0, 0, 0, ""),
            placed=None,
        )

    def _basis(self, snapshot: str) -> Basis:
        return basis_now(self.store, self.records.encoder, snapshot, self.retrieve)

    def _placed(self, matches: Sequence[tuple[Match, int | None]]) -> tuple[Placed, ...]:
        hashes = {
            kind: self.store.offers(kind).hashes(
                [match.offer_id for match, _ in matches if match.kind is kind]
            )
            for kind in {match.kind for match, _ in matches}
        }
        return tuple(
            Placed(match, by_fit, hashes[match.kind].get(match.offer_id, ""))
            for match, by_fit in matches
        )
