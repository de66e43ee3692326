"""What is written down of every use of personal data: who, whose, what, why, when, from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done with what is known of people."""

    READ = "read"
    LIST = "list"
    FIND = "find"
    EXPORT = "export"
    CONSENT = "consent"
    OVERRIDE = "override"
    CHANGE = "change"
    ERASE = "erase"
    PROCESS = "process"


class Purpose(StrEnum):
    """What it was done for.

    Guidance is the work with a client, placement the search for people for a need, rights
    what a person asks for about the own data. Substitution is guidance for a colleague's
    client, supervision the look at how others work, shared service what a partner was given
    data for, and own data what persons see of themselves.

    References
    ----------
    Regulation (EU) 2016/679 (GDPR), article 5(1)(b), on purpose limitation.
    """

    GUIDANCE = "guidance"
    PLACEMENT = "placement"
    OFFERS = "offers"
    RIGHTS = "rights"
    ADMINISTRATION = "administration"
    SUBSTITUTION = "substitution"
    SUPERVISION = "supervision"
    SHARED_SERVICE = "shared_service"
    OWN_DATA = "own_data"


class Ending(StrEnum):
    """How it ended; what is about to change something begins with an entry of its own."""

    BEGUN = "begun"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Happening:
    """One use of the data about one person, or about nobody in particular.

    Nothing in it may say what is in a record: ids, codes and names of operations only.

    Parameters
    ----------
    event
        Id shared by all entries of one request or command.
    at
        When.
    who, role
        Id of the key or account that did it, and in what role.
    deed
        What was done.
    operation
        Name of the route or command.
    ending
        How it ended.
    purpose
        What for.
    origin
        Address or machine that it came from.
    subject
        Id of the profile that it is about; None if it is about nobody in particular. The log
        keeps a pseudonym in its place.
    about
        Id of the list, need or offer that it was about; empty if there is none.
    """

    event: str
    at: datetime
    who: str
    role: str
    deed: Deed
    operation: str
    ending: Ending
    purpose: Purpose
    origin: str
    subject: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A happening as the log keeps it.

    Parameters
    ----------
    number
        Its place in the log, from 1.
    happening
        What happened; its subject is a pseudonym.
    hash
        Fingerprint over itself and all entries before it.
    """

    number: int
    happening: Happening
    hash: str
