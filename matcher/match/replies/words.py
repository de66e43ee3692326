"""How an employer has answered about people who were shown to it, in words for coaches."""

from __future__ import annotations

from typing import Final

from matcher.domain.replies import Replies
from matcher.domain.text import Lang
from matcher.i18n.message import msg, msgs
from matcher.i18n.words import Words

_SILENT: Final = msgs(
    "The employer has not answered about {n} person shown to it.",
    "The employer has not answered about {n} people shown to it.",
)
_TAKEN_UP: Final = msgs(
    "The employer has invited or hired {n} person shown to it.",
    "The employer has invited or hired {n} people shown to it.",
)
_DECLINED: Final = msgs(
    "The employer has answered no about {n} person.",
    "The employer has answered no about {n} people.",
)
_HIGHER: Final = msg("For its answers the need stands a little higher in the list.")
_LOWER: Final = msg("For its silence the need stands a little lower in the list.")
#: Lifts that are smaller change no place that anybody sees.
_SEEN_FROM: Final = 1e-4


def reply_sentences(replies: Replies, lift: float, lang: Lang) -> list[str]:
    """Return what is known of an employer, and what it moves.

    Parameters
    ----------
    replies
        Of the employer, within the last year.
    lift
        What they add to the score in the order of the list.
    lang
        Of the words.
    """
    words = Words.of(lang)
    counts = (
        (_SILENT, replies.silent),
        (_TAKEN_UP, replies.taken_up),
        (_DECLINED, replies.declined),
    )
    told = [words.counted(message, n) for message, n in counts if n]
    if abs(lift) >= _SEEN_FROM:
        told.append(words(_HIGHER if lift > 0 else _LOWER))
    return told
