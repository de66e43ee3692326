"""The sounds of Finnish: vowel harmony and consonant gradation.

References
----------
Hakulinen, A. et al. (2004). Iso suomen kielioppi, §§ 15–17 (vowel harmony) and 41–44
(consonant gradation). Suomalaisen Kirjallisuuden Seura.
"""

from __future__ import annotations

import re
from typing import Final

VOWELS: Final = "aeiouyåäö"
_BACK: Final = frozenset("aouå")
_FRONT: Final = frozenset("yäö")
#: Last parts of compounds that have only *e* and *i*: they take front endings.
_NEUTRAL: Final = re.compile(
    r"(tiede|tietee|miehe|mies|liike|liikkee|virhe|virhee|kirje|kirjee|piirre|piirtee"
    r"|sihteeri|kemisti|kritiikki|renki|segmentti|teki|pesi?)s?$"
)

#: The last consonants of a strong stem and those of its weak one; the first that fits.
_WEAK: Final = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("mp", "mm"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("ht", "hd"),
    ("lp", "lv"),
    ("rp", "rv"),
)
#: What a *k*, *p* or *t* never changes after; *k* after *h* seldom does in these words.
_FIXED: Final = re.compile(r"(s[kpt]|tk|hk)$")
_SINGLE: Final = {"t": "d", "p": "v"}


def harmonised(ending: str, word: str) -> str:
    """Return an ending with the vowels that the last part of a word asks for.

    Parameters
    ----------
    ending
        With back vowels: ``ssa``, ``nut``.
    word
        What it is joined to; the last vowel that is neither *e* nor *i* decides.
    """
    folded = word.casefold()
    deciding = next((c for c in reversed(folded) if c in _BACK or c in _FRONT), "y")
    back = deciding in _BACK and not _NEUTRAL.search(folded)
    return ending if back else ending.translate(str.maketrans("aou", "äöy"))


def weaken(stem: str) -> str | None:
    """Return the weak stem of a strong one that ends with a short vowel.

    Returns
    -------
    str or None
        None where the rules do not tell, as for a single *k* (*luku*, *luvun*; *haku*, *haun*).
    """
    body, vowel = stem[:-1], stem[-1:]
    for strong, weak in _WEAK:
        if body.endswith(strong):
            return body.removesuffix(strong) + weak + vowel
    last = body[-1:]
    if last not in "kpt" or _FIXED.search(body):
        return stem
    if last in _SINGLE and body[-2:-1] and body[-2] in VOWELS:
        return body[:-1] + _SINGLE[last] + vowel
    return None


#: The last consonants of a weak stem and those of its strong one.
_STRONG: Final = (
    ("hd", "ht"),
    ("ng", "nk"),
    ("nn", "nt"),
    ("mm", "mp"),
    ("ll", "lt"),
    ("rr", "rt"),
)


def strengthen(stem: str) -> str | None:
    """Return the strong stem of a weak one, of which the last vowel is left out.

    Returns
    -------
    str or None
        None where the rules do not tell, as for a single *v* (*tarve*, *palvelu*).
    """
    for weak, strong in _STRONG:
        if stem.endswith(weak):
            return stem.removesuffix(weak) + strong
    last, before = stem[-1:], stem[-2:-1]
    if not before or before not in VOWELS:
        return None if last in "kptv" and before not in "st" else stem
    if last in "kpt":
        return stem + last
    if last == "d":
        return stem[:-1] + "t"
    return None if last == "v" else stem
