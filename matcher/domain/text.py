"""Texts in the service's three languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    """A language of the service."""

    FI = "fi"
    SV = "sv"
    EN = "en"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in up to three languages; an empty string means the language is missing."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def best(self, lang: Lang) -> str:
        """Return the text in `lang`, else in Finnish, Swedish or English; may be empty."""
        return next((text for text in (self.get(lang), self.fi, self.sv, self.en) if text), "")

    def get(self, lang: Lang) -> str:
        """Return the text in exactly this language; may be empty."""
        return str(getattr(self, lang))  # a language is its own name

    def values(self) -> tuple[str, ...]:
        """Return the distinct texts that are present, in the order fi, sv, en."""
        return tuple(dict.fromkeys(text for text in (self.fi, self.sv, self.en) if text))

    def langs(self) -> tuple[Lang, ...]:
        """Return the languages that are present."""
        return tuple(lang for lang in Lang if self.get(lang))

    @classmethod
    def of(cls, lang: Lang, text: str) -> LocalText:
        """Return a text in a single language."""
        return cls(**{lang.value: text})
