"""How a client can be reached, asks and is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.casework.item import CaseItem, Channel
from matcher.domain.text import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRequest(CaseItem):
    """A client asks to be contacted (yhteydenottopyyntö, kontaktbegäran).

    Parameters
    ----------
    channel
        How the client wants to be reached.
    text
        What it is about.
    due
        Day by which somebody is to answer.
    answered
        Day on which somebody did.
    """

    channel: Channel
    text: str
    due: date
    answered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWishes(CaseItem):
    """How a client can be served and reached.

    Parameters
    ----------
    codes
        Languages, best first, as in ``("ru", "fi")`` (asiointikielet).
    interpreter
        Whether an interpreter is needed; None if not asked.
    online
        Whether notices may come by e-service; None if not asked. Many have no online
        banking credentials to log in with (R24).
    """

    codes: tuple[str, ...]
    interpreter: bool | None = None
    online: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(CaseItem):
    """Something that a client is told in writing (ilmoitus, meddelande).

    Parameters
    ----------
    entry
        Id of the entry that it tells of.
    channel
        By letter or e-service.
    sent
        Day on which it was sent; None while it waits.
    """

    entry: str
    channel: Channel
    sent: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea(CaseItem):
    """An idea, view or experience of a client (R32); it may be given without a name.

    Parameters
    ----------
    text
        In the client's words.
    about
        Which service or matter.
    language
        Of the text.
    municipality
        Where it was given; None in a client's own case file, whose home tells.
    """

    text: str
    about: str
    language: Lang = Lang.FI
    municipality: str | None = None
