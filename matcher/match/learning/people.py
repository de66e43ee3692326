"""The judged pairs of the store as the ranking sees them now, and the log of decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import numpy as np

from matcher.domain.feedback import Feedback
from matcher.domain.kinds import RecordKind
from matcher.domain.profile import Profile
from matcher.domain.ranker import Decision, RankerEntry
from matcher.domain.situation import Situation
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.features import Feature, interact
from matcher.match.learning.fairness import groups_of
from matcher.match.learning.fit import Judged, Verdict, is_held_out
from matcher.match.learning.judgements import Judgement, judgements_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.retrieve import candidates
from matcher.store.store import Store

#: So many neighbours stand for a list of a held-out person.
LISTED: Final = 200


def judged_people(store: Store, live: Live, records: RecordEncoder, on: date) -> Iterator[Judged]:
    """Yield everybody of whom feedback judges an offer, by id.

    Features are those of today's profiles and offers: an offer that is no longer indexed, or
    a person who is gone, says nothing.

    Parameters
    ----------
    store, live, records
        What the lists are made from.
    on
        The day for which groups of age are told.
    """
    events: dict[str, list[Feedback]] = defaultdict(list)
    for batch in store.feedback.batches():
        for event in batch:
            events[event.profile_id].append(event)
    likeness = Likeness.measure(records.encoder)
    situations = store.situations.get_many(sorted(events))
    for id, profile in sorted(store.profiles.get_many(sorted(events)).items()):
        judged = _judged(profile, judgements_of(events[id]), live, records, likeness)
        if len(judged.fits):
            yield replace(judged, groups=groups_of(profile, situations.get(id, Situation()), on))


def entry_of(
    verdict: Verdict, incumbent: Ranker, decision: Decision, *, encoder: str, at: datetime, by: str
) -> RankerEntry:
    """Return a decision as it is written down. It names no person.

    Parameters
    ----------
    verdict
        What was found.
    incumbent
        What was in use then.
    decision
        What becomes of the weights.
    encoder
        Revision of the encoder that the weights belong to.
    at, by
        When, and whose decision it is.
    """
    fitted = fitted_ranker(verdict)
    figures = {
        "persons": verdict.persons,
        "judgements": verdict.judgements,
        "incumbent": incumbent.revision,
        "ndcg@10_incumbent": verdict.incumbent,
        "ndcg@10_fitted": verdict.fitted,
        "change_90": [verdict.low, verdict.high],
        "groups": dict(verdict.groups),
        "bands": dict(verdict.bands),
        "against": list(verdict.against),
    }
    revision, weights = (fitted.revision, fitted.by_name()) if fitted else (None, {})
    return RankerEntry(revision, encoder, weights, decision, figures, at, by)


def fitted_ranker(verdict: Verdict) -> Ranker | None:
    """Return the ranker of fitted weights; None if there was too little to fit any."""
    if not verdict.weights:
        return None
    names = [feature.name.lower() for feature in Feature]
    return Ranker.of(dict(zip(names, verdict.weights, strict=True)), "fitted")


def _judged(
    profile: Profile,
    judgements: Sequence[Judgement],
    live: Live,
    records: RecordEncoder,
    likeness: Likeness,
) -> Judged:
    encoded = records.encode_profiles([profile])
    tables = [np.zeros((0, len(Feature)), np.float32)]
    kept: list[Judgement] = []
    for kind in sorted({each.kind for each in judgements}):
        corpus = live.corpus(RecordKind.of_offer(kind))
        rows = {
            row: each
            for each in judgements
            if each.kind is kind and (row := corpus.row_of(each.offer_id)) is not None
        }
        if rows:
            wanted = np.array(list(rows), np.int64)
            weighed = corpus.lexical.weigh(encoded.lexical)
            lexical = corpus.lexical_scores(weighed, wanted[None, :])[0]
            tables.append(interact(encoded, corpus.take(wanted), lexical, likeness).table)
            kept += rows.values()
    return Judged(
        profile.id,
        (),
        np.concatenate(tables),
        np.array([each.fits for each in kept], np.bool_),
        np.array([each.weight for each in kept], np.float64),
        _listed(encoded, live, likeness) if is_held_out(profile.id) else tables[0],
    )


def _listed(encoded: EncodedBatch, live: Live, likeness: Likeness) -> Vectors:
    """Return the features of the jobs that a list is made from."""
    corpus = live.corpus(RecordKind.VACANCY)
    [rows] = candidates(encoded, corpus, LISTED)
    lexical = corpus.lexical_scores(corpus.lexical.weigh(encoded.lexical), rows[None, :])[0]
    return interact(encoded, corpus.take(rows), lexical, likeness).table
