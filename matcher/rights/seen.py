"""Who has used a person's data, in the person's words: GDPR article 15(1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from matcher.domain.audit import AuditEntry, Deed, Ending, Happening, Purpose
from matcher.domain.calendar import finnish_time
from matcher.i18n.message import ClientMessage, client_msg
from matcher.i18n.words import ClientWords

_OPERATOR: Final = "operator"
_WHO: Final[Mapping[str, ClientMessage]] = {
    "coach": client_msg("a coach at the employment service"),
    "lead": client_msg("a lead at the employment service"),
    "employer": client_msg("a company"),
    "partner": client_msg("a partner with whom your data were shared"),
    "indexer": client_msg("the service itself"),
    "indicators": client_msg("the service itself"),
    "data_protection": client_msg("the data protection officer"),
    "admin": client_msg("an administrator of the service"),
    "person": client_msg("you"),
    _OPERATOR: client_msg("an administrator of the service"),
}
_WHAT: Final[Mapping[Deed, ClientMessage]] = {
    Deed.READ: client_msg("looked at your data"),
    Deed.LIST: client_msg("looked at a list made for you"),
    Deed.FIND: client_msg("found you in a list of people"),
    Deed.EXPORT: client_msg("took a copy of your data"),
    Deed.CONSENT: client_msg("noted a consent or its withdrawal"),
    Deed.OVERRIDE: client_msg("decided otherwise than the program"),
    Deed.CHANGE: client_msg("changed your data"),
    Deed.ERASE: client_msg("erased data"),
    Deed.PROCESS: client_msg("had the program work with your data"),
}
_WHY: Final[Mapping[Purpose, ClientMessage]] = {
    Purpose.GUIDANCE: client_msg("to work with you"),
    Purpose.PLACEMENT: client_msg("to find people for a job"),
    Purpose.OFFERS: client_msg("to look after jobs and other offers"),
    Purpose.RIGHTS: client_msg("because of your rights to your data"),
    Purpose.ADMINISTRATION: client_msg("to run the service"),
    Purpose.SUBSTITUTION: client_msg("to stand in for a colleague"),
    Purpose.SUPERVISION: client_msg("to check that the service is used rightly"),
    Purpose.SHARED_SERVICE: client_msg("for the service that you agreed to"),
    Purpose.OWN_DATA: client_msg("to see your own data"),
}
_ENDED: Final = {
    Ending.REFUSED: client_msg("tried to look at your data and was not let"),
    Ending.FAILED: client_msg("began something with your data that did not succeed"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One use of a person's data.

    Parameters
    ----------
    at
        When, as clocks in Finland show it.
    who, what, why
        In the person's words.
    account
        Id of the key or account.
    """

    at: datetime
    who: str
    what: str
    why: str
    account: str


def seen_by(entries: Iterable[AuditEntry], words: ClientWords) -> list[Seen]:
    """Return who has used a person's data, newest first, each request or command once.

    Parameters
    ----------
    entries
        All that the audit log has about the person, oldest first.
    words
        Of the person's language.
    """
    last = {(one.happening.event, one.happening.deed): one.happening for one in entries}
    told = [_seen(happening, words) for happening in last.values()]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _seen(one: Happening, words: ClientWords) -> Seen:
    what = _ENDED.get(one.ending) or _WHAT[one.deed]
    who = _WHO.get(one.role)
    return Seen(
        at=finnish_time(one.at),
        who=one.role if who is None else words(who),
        what=words(what),
        why=words(_WHY[one.purpose]),
        account=one.who,
    )
