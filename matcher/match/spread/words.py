"""Why an offer stands elsewhere than by fit alone, in words."""

from __future__ import annotations

from typing import Final

from matcher.domain.text import Lang
from matcher.i18n.message import msg
from matcher.i18n.words import Words

_MOVED: Final = msg("Moved from place {rank}, so that not everyone is sent to the same jobs.")


def moved(rank_by_fit: int, lang: Lang) -> str:
    """Return why an offer was moved from the place that it has by fit alone, from 1."""
    return Words.of(lang)(_MOVED, rank=rank_by_fit)
