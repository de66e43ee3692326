"""What all entries of a case file share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    """What a case file holds: one of the classes below."""


class Channel(StrEnum):
    """How people meet or write (käynti, puhelu, etäyhteys, kirje, sähköinen asiointi)."""

    VISIT = "visit"
    PHONE = "phone"
    REMOTE = "remote"
    LETTER = "letter"
    ONLINE = "online"


class Responsible(StrEnum):
    """Who has promised to do something."""

    CLIENT = "client"
    COACH = "coach"
    PARTNER = "partner"
