"""What is known of people and of the work with them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
)

from matcher.store.tables.columns import ID, UtcDateTime, metadata

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
#: Read alone, without the table, for the first day on which something of each client is due.
Index(
    "ix_case_entries_first_due",
    case_entries.c.profile_id,
    case_entries.c.due,
    sqlite_where=and_(case_entries.c.current, case_entries.c.due.is_not(None)),
    postgresql_where=and_(case_entries.c.current, case_entries.c.due.is_not(None)),
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

#: What rules of law ask about each client; ranking never reads it.
situations = Table(
    "situations",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("payload", Text, nullable=False),
)

#: What the rules ask to be done first for each client with a situation; doubts that are not settled
#: say that something has changed since.
next_duties = Table(
    "next_duties",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("kind", String, nullable=False),
    Column("due", Date, index=True),
    Column("late_from", Date, index=True),
    Column("rules", String, nullable=False),
    Column("doubts", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
)
Index(
    "ix_next_duties_waiting",
    next_duties.c.profile_id,
    sqlite_where=next_duties.c.doubts != next_duties.c.settled,
    postgresql_where=next_duties.c.doubts != next_duties.c.settled,
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

#: What employers answered of the people shown to them; erased with the person.
card_answers = Table(
    "card_answers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("request", ID, nullable=False),
    Column("profile_id", ID, nullable=False, index=True),
    Column("need_id", ID, nullable=False, index=True),
    Column("answer", String, nullable=False),
    Column("reason", String),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: How needs ended, as their employers told.
need_outcomes = Table(
    "need_outcomes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("need_id", ID, nullable=False),
    Column("outcome", String, nullable=False),
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
