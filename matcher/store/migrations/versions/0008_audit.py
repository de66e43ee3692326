"""The audit log, its end, and the keys of its pseudonyms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
GENESIS = "0" * 64

#: What each database is told to refuse. A purge first moves the mark up to which it may delete.
SQLITE = (
    """CREATE TRIGGER audit_log_is_kept BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_log_is_whole BEFORE DELETE ON audit_log
    WHEN OLD.number > (SELECT cut FROM audit_heads)
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_heads_go_forward BEFORE UPDATE ON audit_heads
    WHEN NEW.number < OLD.number OR NEW.cut < OLD.cut
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_heads_are_kept BEFORE DELETE ON audit_heads
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$""",
    """CREATE FUNCTION audit_refuse_unless_cut() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.number > (SELECT cut FROM audit_heads) THEN
        RAISE EXCEPTION 'the audit log is only added to';
      END IF;
      RETURN OLD;
    END $$""",
    """CREATE FUNCTION audit_refuse_back() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number < OLD.number OR NEW.cut < OLD.cut THEN
        RAISE EXCEPTION 'the audit log is only added to';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER audit_log_is_kept BEFORE UPDATE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_log_is_whole BEFORE DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_unless_cut()""",
    """CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_heads_go_forward BEFORE UPDATE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_back()""",
    """CREATE TRIGGER audit_heads_are_kept BEFORE DELETE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
)


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("who", "role", "deed", "operation", "ending", "purpose", "origin")
        ),
        sa.Column("subject", sa.String),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    for column in ("at", "subject"):
        op.create_index(f"ix_audit_log_{column}", "audit_log", [column])
    heads = op.create_table(
        "audit_heads",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("cut", sa.BigInteger, nullable=False),
        sa.Column("cut_hash", sa.String, nullable=False),
    )
    first = {"name": "log", "number": 0, "hash": GENESIS, "cut": 0, "cut_hash": GENESIS}
    op.bulk_insert(heads, [first])
    op.create_table(
        "audit_keys",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
