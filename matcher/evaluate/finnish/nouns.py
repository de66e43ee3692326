"""Cases of Finnish nouns, by rules for the common types; the others are left alone.

References
----------
Kotimaisten kielten keskus, Nykysuomen sanalista: the types of inflection, here 1–6, 8–10,
12, 13, 39–42 and 48 and words in *-nen*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matcher.evaluate.finnish.sounds import VOWELS, harmonised, strengthen, weaken


class Case(StrEnum):
    """A case, or the plural."""

    GENITIVE = "genitive"
    PARTITIVE = "partitive"
    TRANSLATIVE = "translative"
    ILLATIVE = "illative"
    ESSIVE = "essive"
    PLURAL = "plural"


@dataclass(frozen=True, slots=True)
class Noun:
    """What the forms of a noun are made of.

    Parameters
    ----------
    weak, strong
        Stem of the genitive, and stem of the essive.
    partitive, illative
        Whole.
    """

    weak: str
    strong: str
    partitive: str
    illative: str

    def form(self, case: Case) -> str:
        """Return the noun in a case."""
        match case:
            case Case.GENITIVE:
                return self.weak + "n"
            case Case.PARTITIVE:
                return self.partitive
            case Case.TRANSLATIVE:
                return self.weak + "ksi"
            case Case.ILLATIVE:
                return self.illative
            case Case.ESSIVE:
                return self.strong + harmonised("na", self.strong)
            case Case.PLURAL:
                return self.weak + "t"


#: Old words in *-i* go with *e* (*kieli*, *kielen*), and some words follow no rule here.
_OTHERS: Final = re.compile(
    r"(kieli|käsi|vesi|ääni|nimi|lehti|hiili|puoli|meri|tuki|kivi|uni|toimi|kansi|jälki|veri"
    r"|saari|kaari|lahti|hiiri|suomi|raskaus|data|auto|malta)$"
)
#: Words before the head that stay as they are: genitives, and first parts of compounds.
_FIXED: Final = re.compile(r"(.*n|.*-|ja|tai|sekä)")
_AGREEING: Final = re.compile(r".*(nen|[vV][aä])")


def decline(word: str) -> Noun | None:
    """Return the forms of a noun in the nominative singular, or None for an unknown type."""
    if _OTHERS.search(word) or len(word) < 4:
        return None
    return _special(word) or _consonant(word) or _vowel(word)


def inflect(phrase: str, case: Case) -> str | None:
    """Put a phrase into a case: its last word and the adjectives that agree with it.

    Returns
    -------
    str or None
        None where a word is of an unknown type.
    """
    *before, head = phrase.split()
    forms = []
    for word in before:
        if _AGREEING.fullmatch(word):
            noun = decline(word)
            if noun is None:
                return None
            forms.append(noun.form(case))
        elif _FIXED.fullmatch(word):
            forms.append(word)
        else:
            return None
    noun = decline(head)
    return None if noun is None else " ".join([*forms, noun.form(case)])


def _special(word: str) -> Noun | None:
    if word.endswith("mies"):
        stem = word.removesuffix("s") + "he"
        return Noun(stem, stem, word + "tä", stem + "en")
    if word.endswith("työ"):
        return Noun(word, word, word + "tä", word + "hön")
    return None


def _consonant(word: str) -> Noun | None:
    """Decline a word that ends with a consonant."""
    if word.endswith("nen"):
        return _with_e(word.removesuffix("nen") + "se", word.removesuffix("nen") + "s")
    if word.endswith(("uus", "yys", "eus", "eys", "talous", "tietous")):
        body = word.removesuffix("s")
        partitive = body + "t" + harmonised("ta", word)
        return Noun(body + "de", body + "te", partitive, body + "teen")
    if word.endswith(("us", "ys", "os", "ös")):
        return _with_e(word.removesuffix("s") + "kse", word)
    if word.endswith(("as", "äs")):
        return _in_as(word)
    return _vowel(word + "i") if word.endswith("er") else None


def _in_as(word: str) -> Noun | None:
    """*opas*, *oppaan*."""
    body = strengthen(word[:-2])
    if body is None or word[-4:-2] in ("nn", "mm", "ll", "rr"):
        return None
    stem = body + word[-2] * 2
    return Noun(stem, stem, word + harmonised("ta", word), stem + "seen")


def _with_e(stem: str, consonantal: str) -> Noun:
    return Noun(stem, stem, consonantal + harmonised("ta", consonantal), stem + "en")


def _vowel(word: str) -> Noun | None:
    """Decline a word that ends with a vowel."""
    last, before = word[-1], word[-2]
    if last == "e":
        return _ending_with_e(word)
    if last not in VOWELS or (before in VOWELS and before != "i"):
        return None
    weak = weaken(word)
    if weak is None:
        return None
    # *valtio*, *valtiota*; *teologia*, *teologiaa*
    ending = "ta" if before == "i" and last in "oö" else "a"
    return Noun(weak, word, word + harmonised(ending, word), word + last + "n")


def _ending_with_e(word: str) -> Noun | None:
    body = word[:-1]
    if body[-2:] in ("kk", "pp", "tt", "nn", "mm", "ll", "rr", "ng") or body[-1] in VOWELS:
        return None
    strong = strengthen(body)
    if strong is None:
        return None
    stem = strong + "ee"
    return Noun(stem, stem, word + harmonised("tta", word), stem + "seen")
