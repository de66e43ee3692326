from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from matcher.domain.access import Role
from matcher.domain.audit import AuditEntry, Deed, Ending, Happening, Purpose
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.rights.seen import _WHO, Seen, seen_by

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
READ = Happening(
    event="e1",
    at=NOW,
    who="key-a",
    role="coach",
    deed=Deed.READ,
    operation="read_profile",
    ending=Ending.DONE,
    purpose=Purpose.GUIDANCE,
    origin="10.0.0.7",
    subject="p1",
)


def told(*happenings: Happening) -> list[Seen]:
    entries = [AuditEntry(number, one, "") for number, one in enumerate(happenings, 1)]
    return seen_by(entries, client_words(Tongue.EN))


def test_a_person_is_told_who_did_what_why_and_when_in_finnish_time() -> None:
    [seen] = told(READ)
    assert (seen.who, seen.what) == ("a coach at the employment service", "looked at your data")
    assert (seen.why, seen.account) == ("to work with you", "key-a")
    assert (seen.at.hour, seen.at) == (14, NOW)


def test_what_was_begun_and_done_is_told_once() -> None:
    change = replace(READ, deed=Deed.CHANGE, ending=Ending.BEGUN)
    [seen] = told(change, replace(change, ending=Ending.DONE))
    assert seen.what == "changed your data"


def test_a_refused_look_is_told_as_such_and_the_newest_comes_first() -> None:
    refused = replace(READ, event="e2", ending=Ending.REFUSED, at=NOW + timedelta(hours=1))
    assert [one.what for one in told(READ, refused)] == [
        "tried to look at your data and was not let",
        "looked at your data",
    ]


def test_what_came_to_nothing_is_not_told_as_done() -> None:
    change = replace(READ, deed=Deed.CHANGE, ending=Ending.FAILED)
    assert [one.what for one in told(change)] == [
        "began something with your data that did not succeed"
    ]


def test_every_role_is_said_in_words() -> None:
    assert {role.value for role in Role} | {"operator"} == set(_WHO)
