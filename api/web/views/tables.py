"""Names that the pages about a client's offers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.feedback import Action
from matcher.i18n.message import Message, msg
from matcher.match.reasons.names import BANDS, KINDS, SINGLE
from matcher.match.wishes.words import REASONS

#: What stays noted of an offer on its card, beside the day.
NOTED: Final[Mapping[Action, Message]] = {
    Action.PRESENTED: msg("The client was told of this:"),
    Action.SAVED: msg("Saved:"),
    Action.APPLIED: msg("The client has applied:"),
    Action.INTERVIEW: msg("The client was interviewed:"),
    Action.HIRED: msg("The client got the job:"),
}
#: By the names that templates have for them.
TABLES: Final[Mapping[str, object]] = {
    "bands": BANDS,
    "kinds": KINDS,
    "single": SINGLE,
    "noted": NOTED,
    "reasons": REASONS,
}
