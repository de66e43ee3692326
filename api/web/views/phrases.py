"""Phrases in the language in which somebody wrote them, as a page has to mark them."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.text import Lang, LocalText


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with their language, which screen readers speak them in.

    Parameters
    ----------
    text
        As it was written.
    lang
        BCP 47 tag for the attribute `lang`.
    """

    text: str
    lang: str


def best_phrase(text: LocalText, lang: Lang) -> Phrase:
    """Return a text in a language, or in the best one that it has, and say which that is."""
    best = text.best(lang)
    shown = next((one for one in (lang, *Lang) if text.get(one)), lang)
    return Phrase(best, shown.value)
