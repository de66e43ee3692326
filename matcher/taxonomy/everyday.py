"""Everyday and spoken words as taxonomies write them.

*Trukkikuskin hommii* and *raksahommat* are how people tell of their work; taxonomies say
*kuljettaja* and *rakennus*. What is written out here is tried beside a text's own words.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.text import Lang

#: Parts of words, each with what it stands for; endings are kept.
_WORDS: Final[dict[Lang, dict[str, str]]] = {
    Lang.FI: {
        r"(?<!roska)(?<!taksi)kuski": "kuljettaja",
        r"mati(?=kk?a)": "matematii",
        r"kylppäri": "kylpyhuone",
        r"\bnetti(?=sivu)": "verkko",
        r"\braksa": "rakennus",
        r"\bsome(?=\b|markk|sisäl|vies)": "sosiaalisen median ",
        r"\bsofta": "ohjelmisto",
        r"\blähäri": "lähihoitaja",
        r"\bhoitsu": "sairaanhoitaja",
        r"\blekuri": "lääkäri",
        r"\bope(?=\b|na|ksi?\b)": "opettaja",
        r"\bsähkäri": "sähköasentaja",
        r"\bputkari": "putkiasentaja",
        r"\bduunari": "työntekijä",
        r"\broska(?=kusk|auto)": "jäte",
        r"vartia": "vartija",
        r"\bhitsari": "hitsaaja",
    },
    Lang.SV: {
        r"\bdagis": "förskole",
        r"fröken\b": "lärare",
        r"\bsyster\b|\bsjuksyster": "sjuksköterska",
        r"chaffis": "chaufför",
        r"\btruck(?=\b|en\b|ar)": "gaffeltruck",
    },
    Lang.EN: {
        r"\bfix(?:ed|ing|es)?\b": "repair",
        r"\blorry": "truck",
        r"\bcleaning lady": "cleaner",
        r"\bcar mechanic": "vehicle technician",
    },
}
#: Finnish endings as they are said, and as they are written.
_SPOKEN: Final = (
    (re.compile(r"(?<=\w{3})ks\b"), "ksi"),
    (re.compile(r"(?<=\w{3}i)i\b"), "a"),
    (re.compile(r"(?<=\w{3}o)o\b"), "a"),
    (re.compile(r"(?<=\w{3})ee\b"), "ea"),
    (re.compile(r"(?<=\w{3}(?:st|lt))\b"), "a"),
    (re.compile(r"(?<=\w{2}n[uy])\b"), "t"),
)
_RULES: Final = {
    lang: tuple((re.compile(part, re.IGNORECASE), word) for part, word in words.items())
    for lang, words in _WORDS.items()
}


def written_out(text: str, lang: Lang) -> str:
    """Return a text with its everyday and spoken words as a taxonomy would write them."""
    rules = (*_RULES[lang], *_SPOKEN) if lang is Lang.FI else _RULES[lang]
    for said, written in rules:
        text = said.sub(written, text)
    return text
