"""Forms of Finnish verbs, by rules for the common types; the others are left alone.

References
----------
Hakulinen, A. et al. (2004). Iso suomen kielioppi, §§ 55–77 (types of verbs). Suomalaisen
Kirjallisuuden Seura.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matcher.evaluate.finnish.sounds import VOWELS, harmonised, strengthen, weaken


class VerbForm(StrEnum):
    """A form in which people tell what they do."""

    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    INTO_DOING = "third infinitive"


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of a verb, of which persons only the first.

    Parameters
    ----------
    present, past
        *hitsaan*, *hitsasin*.
    participle
        *hitsannut*.
    stem
        *hitsaa*, from which *hitsaamaan* is made.
    """

    present: str
    past: str
    participle: str
    stem: str

    def form(self, form: VerbForm) -> str:
        """Return one of the forms."""
        match form:
            case VerbForm.PRESENT:
                return self.present
            case VerbForm.PAST:
                return self.past
            case VerbForm.PARTICIPLE:
                return self.participle
            case VerbForm.INTO_DOING:
                return self.stem + harmonised("maan", self.stem)


_IRREGULAR: Final = {
    "tehdä": Verb("teen", "tein", "tehnyt", "teke"),
    "luoda": Verb("luon", "loin", "luonut", "luo"),
    "tuoda": Verb("tuon", "toin", "tuonut", "tuo"),
    "viedä": Verb("vien", "vein", "vienyt", "vie"),
    "myydä": Verb("myyn", "myin", "myynyt", "myy"),
    "saada": Verb("saan", "sain", "saanut", "saa"),
    "syödä": Verb("syön", "söin", "syönyt", "syö"),
    "olla": Verb("olen", "olin", "ollut", "ole"),
    "pitää": Verb("pidän", "pidin", "pitänyt", "pitä"),
    "ylläpitää": Verb("ylläpidän", "ylläpidin", "ylläpitänyt", "ylläpitä"),
    "tukea": Verb("tuen", "tuin", "tukenut", "tuke"),
    "lukea": Verb("luen", "luin", "lukenut", "luke"),
    "hakea": Verb("haen", "hain", "hakenut", "hake"),
    "tietää": Verb("tiedän", "tiesin", "tiennyt", "tietä"),
    "koota": Verb("kokoan", "kokosin", "koonnut", "kokoa"),
    "tuntea": Verb("tunnen", "tunsin", "tuntenut", "tunte"),
    "löytää": Verb("löydän", "löysin", "löytänyt", "löytä"),
    "pyytää": Verb("pyydän", "pyysin", "pyytänyt", "pyytä"),
    "selvitä": Verb("selviän", "selvisin", "selvinnyt", "selviä"),
    "jakaa": Verb("jaan", "jaoin", "jakanut", "jaka"),
    "purkaa": Verb("puran", "purin", "purkanut", "purka"),
    "pestä": Verb("pesen", "pesin", "pessyt", "pese"),
    "siivota": Verb("siivoan", "siivosin", "siivonnut", "siivoa"),
    "hioa": Verb("hion", "hioin", "hionut", "hio"),
}
_GROUPS: Final = re.compile(rf"[{VOWELS}]+")


def conjugate(infinitive: str) -> Verb | None:
    """Return the forms of a verb, or None for an unknown type or a word that is no verb."""
    if infinitive in _IRREGULAR:
        return _IRREGULAR[infinitive]
    for ending, make in _TYPES:
        if ending.search(infinitive):
            return make(infinitive)
    return None


def _first(infinitive: str) -> Verb | None:
    """*käyttää*: the stem is all but the last vowel."""
    stem = infinitive[:-1]
    weak = weaken(stem)
    if weak is None or stem[-2] in VOWELS:
        return None
    return Verb(weak + "n", _first_past(stem, weak), stem + harmonised("nut", stem), stem)


def _first_past(stem: str, weak: str) -> str:
    last = stem[-1]
    if last in "aä":
        groups = _GROUPS.findall(stem)
        if len(groups) == 2 and groups[0][0] == "a" and last == "a":
            return weak[:-1] + "oin"
        if stem[-3:-1] in ("nt", "lt", "rt"):
            return stem[:-2] + "sin"
        return weak[:-1] + "in"
    return weak[:-1] + "in" if last in "ei" else weak + "in"


def _in_ida(infinitive: str) -> Verb:
    """*arvioida*: present and past are alike."""
    stem = infinitive[:-2]
    return Verb(stem + "n", stem + "n", stem + harmonised("nut", stem), stem)


def _in_sta(infinitive: str) -> Verb:
    """*ratkaista*: the stem is *ratkaise*."""
    stem = infinitive[:-2]
    return Verb(stem + "en", stem + "in", stem + harmonised("sut", stem), stem + "e")


def _in_ita(infinitive: str) -> Verb:
    """*valita*: the stem is *valitse*."""
    stem = infinitive[:-2] + "ts"
    participle = infinitive[:-2] + harmonised("nnut", infinitive)
    return Verb(stem + "en", stem + "in", participle, stem + "e")


def _in_la(infinitive: str) -> Verb | None:
    """*suunnitella*: the finite forms are strong, *suunnittelen*."""
    body, vowel = infinitive[:-4], infinitive[-4]
    # A vowel before it is a part of a diphthong, as in *kokeilla*: nothing changes.
    root = strengthen(body) if vowel == "e" and body[-1] not in VOWELS else body
    if root is None:
        return None
    stem = root + vowel + "le"
    participle = infinitive[:-2] + harmonised("lut", infinitive)
    return Verb(stem + "n", stem[:-1] + "in", participle, stem)


def _contracted(infinitive: str) -> Verb | None:
    """*korjata*, *tarjota*: *t* falls out, and the finite forms are strong."""
    weak = infinitive[:-2]
    if weak[-2] in VOWELS:
        return None
    # *kuvata*, *turvata*: a *v* stays as it is.
    body = weak[:-1] if weak[-2] == "v" else strengthen(weak[:-1])
    if body is None or weak[-3:-1] in ("nn", "mm", "ll", "rr"):
        return None
    root = body + weak[-1]
    stem = root + harmonised("a", weak)
    return Verb(stem + "n", root + "sin", weak + harmonised("nnut", weak), stem)


#: How verbs are conjugated by their ending; the first that fits.
_TYPES: Final[tuple[tuple[re.Pattern[str], Callable[[str], Verb | None]], ...]] = (
    (re.compile(r"[aä]{2}$|[eiou]a$|[eiöy]ä$"), _first),
    (re.compile(r"id[aä]$"), _in_ida),
    (re.compile(r"[ei]ll[aä]$"), _in_la),
    (re.compile(r"[aeä]ist[aä]$"), _in_sta),
    (re.compile(r"it[aä]$"), _in_ita),
    (re.compile(r"[aouäöy]t[aä]$"), _contracted),
)
