"""The tables as they are now; `migrations` holds how they came to be."""

from __future__ import annotations

from typing import Final

from matcher.store.tables.access import (
    conflicts,
    keys,
    logins,
    named_staff,
    need_shares,
    person_links,
    revocations,
    sessions,
    shares,
)
from matcher.store.tables.audit import audit_heads, audit_keys, audit_log
from matcher.store.tables.columns import ID, UtcDateTime, metadata
from matcher.store.tables.figures import month_figures, month_scopes
from matcher.store.tables.lists import (
    decision_bases,
    decisions,
    employer_replies,
    lists,
    rankers,
    train_ups,
)
from matcher.store.tables.people import (
    card_answers,
    case_entries,
    consent_events,
    feedback,
    need_outcomes,
    next_duties,
    protected_attributes,
    situations,
    standings,
    transfer_moves,
    transfers,
    wording_overrides,
)
from matcher.store.tables.records import (
    counters,
    feeds,
    needs,
    profile_words,
    profiles,
    quarantine,
    record_contents,
    record_versions,
    services,
    tombstones,
    trainings,
    vacancies,
)
from matcher.store.tables.rights import corrections, erasures, holds
from matcher.store.tables.running import locks, run_steps, runs
from matcher.store.tables.taxonomy import concepts, relations, taxonomies

#: Version of the newest migration.
SCHEMA_VERSION: Final = "0028"

__all__ = [
    "ID",
    "SCHEMA_VERSION",
    "UtcDateTime",
    "audit_heads",
    "audit_keys",
    "audit_log",
    "card_answers",
    "case_entries",
    "concepts",
    "conflicts",
    "consent_events",
    "corrections",
    "counters",
    "decision_bases",
    "decisions",
    "employer_replies",
    "erasures",
    "feedback",
    "feeds",
    "holds",
    "keys",
    "lists",
    "locks",
    "logins",
    "metadata",
    "month_figures",
    "month_scopes",
    "named_staff",
    "need_outcomes",
    "need_shares",
    "needs",
    "next_duties",
    "person_links",
    "profile_words",
    "profiles",
    "protected_attributes",
    "quarantine",
    "rankers",
    "record_contents",
    "record_versions",
    "relations",
    "revocations",
    "run_steps",
    "runs",
    "services",
    "sessions",
    "shares",
    "situations",
    "standings",
    "taxonomies",
    "tombstones",
    "train_ups",
    "trainings",
    "transfer_moves",
    "transfers",
    "vacancies",
    "wording_overrides",
]
