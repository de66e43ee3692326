"""Skills in languages as forms write them: by name, as templates that are filled in have them."""

from __future__ import annotations

from typing import Final

from matcher.domain.codes import code_name, languages
from matcher.domain.parts import Cefr
from matcher.domain.text import Lang

_NATIVE: Final = {Lang.FI: "äidinkieli", Lang.SV: "modersmål", Lang.EN: "mother tongue"}


def written(code: str, level: str | None, lang: Lang) -> str:
    """Return a language with its level, as in *venäjä: B1*; without one its name alone."""
    name = code_name(languages(), code, lang)
    return f"{name}: {_NATIVE[lang] if level == Cefr.NATIVE else level}" if level else name
