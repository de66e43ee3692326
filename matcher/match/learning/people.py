"""The judged pairs of the store as the ranking sees them now, and the journal of decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

import numpy as np

from matcher.domain.feedback import Feedback
from matcher.domain.kinds import RecordKind
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.features import Feature, interact
from matcher.match.learning.fit import Judged, Verdict
from matcher.match.learning.judgements import Judgement, judgements_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.store.store import Store

#: Kind of the runs that hold decisions.
RUN: Final = "train-ranker"


def judged_people(store: Store, live: Live, records: RecordEncoder) -> Iterator[Judged]:
    """Yield everybody of whom feedback judges an offer, by id.

    Features are those of today's profiles and offers: an offer that is no longer indexed, or
    a person who is gone, says nothing.

    Parameters
    ----------
    store, live, records
        What the lists are made from.
    """
    events: dict[str, list[Feedback]] = defaultdict(list)
    for batch in store.feedback.batches():
        for event in batch:
            events[event.profile_id].append(event)
    likeness = Likeness.measure(records.encoder)
    for id, profile in sorted(store.profiles.get_many(sorted(events)).items()):
        judged = _judged(profile, judgements_of(events[id]), live, records, likeness)
        if len(judged.fits):
            yield judged


def record(store: Store, verdict: Verdict, encoder: str, now: datetime) -> str:
    """Write a decision into the journal of runs; return its id. It names no person.

    Parameters
    ----------
    store
        Holds the journal.
    verdict
        What was decided.
    encoder
        Revision of the encoder that the weights belong to.
    now
        The moment.
    """
    run = store.runs.start(RUN, now)
    store.runs.finish(run, "better" if verdict.better else "kept", report(verdict, encoder), now)
    return run


def report(verdict: Verdict, encoder: str) -> dict[str, object]:
    """Return a decision as data: weights by feature beside those in use, figures, reasons."""
    names = [feature.name.lower() for feature in Feature]
    return {
        **asdict(verdict),
        "groups": dict(verdict.groups),
        "against": list(verdict.against),
        "better": verdict.better,
        "encoder": encoder,
        "in_use": dict(zip(names, PRIOR.values(), strict=True)),
        "weights": dict(zip(names, verdict.weights, strict=False)),
    }


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
        _groups(profile),
        np.concatenate(tables),
        np.array([each.fits for each in kept], np.bool_),
        np.array([each.weight for each in kept], np.float64),
    )


def _groups(profile: Profile) -> tuple[str, ...]:
    language = f"language {profile.language}"
    home = profile.municipality
    return (language, f"municipality {home}") if home else (language,)
