"""The tables as they are now; `migrations` holds how they came to be.

The five record tables have the same columns, so that one `Repository` serves them all.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

#: Version of the newest migration.
SCHEMA_VERSION: Final = "0017"

#: PostgreSQL would order ids by the server's locale; byte order is the same everywhere.
ID: Final = String().with_variant(String(collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: SQLite forgets time zones, PostgreSQL answers in the session's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone; pass an aware datetime.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a stored moment into an aware one."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()


def _records(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", ID, primary_key=True),
        Column("source", String, nullable=False),
        Column("municipality", String, index=True),
        Column("owner", String),
        Column("state", String, nullable=False),
        Column("expires", Date),
        Column("content_hash", String, nullable=False),
        Column("revision", BigInteger, nullable=False, index=True),
        Column("payload", Text, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        Column("updated_at", UtcDateTime, nullable=False),
    )


profiles = _records("profiles")
vacancies = _records("vacancies")
needs = _records("needs")
trainings = _records("trainings")
services = _records("services")

#: What remains of a deleted record, so that readers learn that it is gone.
tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("deleted_at", UtcDateTime, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

concepts = Table(
    "concepts",
    metadata,
    Column("uri", ID, primary_key=True),
    Column("kind", String, nullable=False),
    Column("code", String, nullable=False),
    Column("label_fi", String, nullable=False),
    Column("label_sv", String, nullable=False),
    Column("label_en", String, nullable=False),
    Column("alt", JSON, nullable=False),
    Column("description", Text, nullable=False),
)

relations = Table(
    "relations",
    metadata,
    Column("occupation", ID, primary_key=True),
    Column("skill", ID, primary_key=True, index=True),
    Column("essential", Boolean, nullable=False),
)

taxonomies = Table(
    "taxonomies",
    metadata,
    Column("version", String, primary_key=True),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("format", String, nullable=False),
    Column("source", String, nullable=False),
    Column("file", String, nullable=False),
    Column("row", String, nullable=False),
    Column("field", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_quarantine_file_kind", "file", "kind"),
)

#: A profile has a list with each of the snapshots that one may serve or go back to.
lists = Table(
    "lists",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("profile_id", ID, nullable=False),
    Column("run_id", String, nullable=False),
    Column("snapshot", String, nullable=False),
    Column("ranker", String),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("offers", JSON, nullable=False),
    Column("entries", Text, nullable=False),
    Index("ix_lists_run_id_profile_id", "run_id", "profile_id", unique=True),
    Index("ix_lists_profile_id_snapshot", "profile_id", "snapshot"),
)

#: The work with each client; of an entry's versions one is current.
case_entries = Table(
    "case_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False),
    Column("version", Integer, nullable=False),
    Column("topic", String, nullable=False),
    Column("profile_id", ID),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("holder", String),
    Column("place", String),
    Column("due", Date, index=True),
    Column("since", Date),
    Column("until", Date),
    Column("payload", Text, nullable=False),
    Index("ix_case_entries_id_version", "id", "version", unique=True),
    Index("ix_case_entries_profile_id_topic", "profile_id", "topic"),
    Index("ix_case_entries_topic_current", "topic", "current"),
)

#: What was said of offers; rows are added and, with the person, erased, never changed.
feedback = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("offer_id", ID, nullable=False),
    Column("kind", String, nullable=False),
    Column("action", String, nullable=False),
    Column("reason", String),
    Column("value", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer),
    Column("shown", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("withdraws", ID),
)

#: Which trainings open offers to each person, made by the night.
train_ups = Table(
    "train_ups",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("snapshot", String, nullable=False),
    Column("ranker", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("payload", Text, nullable=False),
)

#: What rules of law ask about each client; ranking never reads it.
situations = Table(
    "situations",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("payload", Text, nullable=False),
)

#: Plans of transfers of clients from one unit to another, and what became of each client.
transfers = Table(
    "transfers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("area", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
transfer_moves = Table(
    "transfer_moves",
    metadata,
    Column("plan_id", ForeignKey("transfers.id", ondelete="CASCADE"), primary_key=True),
    Column("profile_id", ID, primary_key=True, index=True),
    Column("stage", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("municipality", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("coach", String, nullable=False),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("held", JSON, nullable=False),
    Column("search", Date),
    Column("done_at", UtcDateTime),
    Index("ix_transfer_moves_plan_id_state", "plan_id", "state"),
)

#: Every move of every request for consent; rows are added and, with the person, erased.
consent_events = Table(
    "consent_events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("request", ID, nullable=False, index=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("need_id", ID, nullable=False, index=True),
    Column("pseudonym", String, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("move", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: What has to be known before a person is shown; the newest row of a person counts.
standings = Table(
    "standings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("follow_up_from", Date),
    Column("follow_up_to", Date),
    Column("protected", Boolean),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: Wordings of needs that somebody kept, with the reason; nothing here is about a person.
wording_overrides = Table(
    "wording_overrides",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("need_id", ID, nullable=False, index=True),
    Column("grounds", JSON, nullable=False),
    Column("quotes", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: What records said from one revision to the next, but for their content.
record_versions = Table(
    "record_versions",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("until", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("municipality", String),
    Column("owner", String),
    Column("state", String, nullable=False),
    Column("expires", Date),
    Column("content_hash", String, nullable=False),
    Index("ix_record_versions_kind_until", "kind", "until"),
)

#: What records said and no longer say, once for each content.
record_contents = Table(
    "record_contents",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("content_hash", String, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("payload", Text, nullable=False),
)

#: What lists were made with; many share one.
decision_bases = Table(
    "decision_bases",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

#: The records of lists: from what each was made, and what it showed.
decisions = Table(
    "decisions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, nullable=False),
    Column("run_id", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False, index=True),
    Column("basis", String, nullable=False),
    Column("terms", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("ranked", BigInteger, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("placed", LargeBinary),
    Index("ix_decisions_profile_id_run_id", "profile_id", "run_id"),
)

#: Who has done what with the data of whom. Rows are added and never changed: triggers refuse
#: it. Whom they are about stands under a pseudonym.
audit_log = Table(
    "audit_log",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("event", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("who", String, nullable=False),
    Column("role", String, nullable=False),
    Column("deed", String, nullable=False),
    Column("operation", String, nullable=False),
    Column("ending", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("subject", String, index=True),
    Column("about", String, nullable=False),
    Column("hash", String, nullable=False),
)

#: One row: where the log ends, and up to where it was purged.
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("cut", BigInteger, nullable=False),
    Column("cut_hash", String, nullable=False),
)

#: What tells under which pseudonym the log has a person; destroyed with the person.
audit_keys = Table(
    "audit_keys",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("key", String, nullable=False),
)

#: Till when each feed has been fetched, and with which filters.
feeds = Table(
    "feeds",
    metadata,
    Column("source", ID, primary_key=True),
    Column("filters", JSON, nullable=False),
    Column("fetched_to", UtcDateTime, nullable=False),
    Column("snapshot_at", UtcDateTime, nullable=False),
)

#: What nobody is ranked by; read to check how groups fare, and for nothing that ranks.
protected_attributes = Table(
    "protected_attributes",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("birth_year", Integer),
    Column("sex", String),
    Column("first_language", String),
    Column("unemployed_since", Date),
)

#: Profiles as they were before they were rectified.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("fields", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("before", Text, nullable=False),
)

#: Proofs of erasures; nothing here tells who was erased.
erasures = Table(
    "erasures",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("digest", String, nullable=False),
    Column("archived_at", UtcDateTime),
)

#: Legal holds, of a person or of a kind of record.
holds = Table(
    "holds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("kind", String),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("lifted_at", UtcDateTime),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("finished_at", UtcDateTime),
    Column("report", JSON, nullable=False),
)

run_steps = Table(
    "run_steps",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("state", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

rankers = Table(
    "rankers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", ID, index=True),
    Column("encoder", String, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("decision", String, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

locks = Table(
    "locks",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("began", Float),
    Column("since", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("role", String, nullable=False),
    Column("municipalities", JSON, nullable=False),
    Column("name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("label", String, nullable=False),
    Column("secret_hash", String, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

#: Who has come in by a login or by a link, until it ends; only hashes of secrets.
sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("secret_hash", String, nullable=False),
    Column("caller", ID, nullable=False, index=True),
    Column("profile_id", ID, index=True),
    Column("payload", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("revoked_at", UtcDateTime),
)

#: Logins that have begun at an identity provider and not come back yet.
logins = Table(
    "logins",
    metadata,
    Column("state_hash", String, primary_key=True),
    Column("browser_hash", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("nonce", String, nullable=False),
    Column("verifier", String, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

#: Access tokens, by id, and callers, by id, that are refused though their issuer lets them in.
revocations = Table(
    "revocations",
    metadata,
    Column("value", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

#: Links that let a person in together with a code; only hashes of both.
person_links = Table(
    "person_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("link_hash", String, nullable=False),
    Column("code_hash", String, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("by", String, nullable=False),
)

#: What partners see of people. Organisations are compared by `key`.
shares = Table(
    "shares",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("organisation", String, nullable=False),
    Column("key", ID, nullable=False, index=True),
    Column("parts", JSON, nullable=False),
    Column("purpose", String, nullable=False),
    Column("agreed", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", String),
)

#: Needs that other organisations may read.
need_shares = Table(
    "need_shares",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("need_id", ID, nullable=False, index=True),
    Column("organisation", String, nullable=False),
    Column("key", ID, nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", String),
)

#: Who alone may see a person whose address is protected.
named_staff = Table(
    "named_staff",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("name", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: Staff who dealt with a need of the organisation that employs them.
conflicts = Table(
    "conflicts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("caller", ID, nullable=False),
    Column("organisation", String, nullable=False),
    Column("need_id", ID, nullable=False),
    Column("profile_id", ID, index=True),
    Column("operation", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_conflicts_caller_need_id_on", "caller", "need_id", "on"),
)
