"""How people say and mistype the names of work: spoken Finnish, and slips of the finger."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from matcher.evaluate.finnish.nouns import Case, inflect
from matcher.evaluate.finnish.verbs import VerbForm, conjugate

_SHORTEST_MISTYPED: Final = 5
_WORD = re.compile(r"\w+")
_KEYS: Final = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
#: Vowels grow alike (*tietoa*, *tietoo*; *trukkia*, *trukkii*), *d* falls out after *h*
#: (*tehä*), and endings lose their last vowel (*varastos*, *laitteit*).
_SPOKEN: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"o[aä]\b"), "oo"),
    (re.compile(r"ö[aä]\b"), "öö"),
    (re.compile(r"e[aä]\b"), "ee"),
    (re.compile(r"(?<=\w\w)i[aä]\b"), "ii"),
    (re.compile(r"(?<=\w\w)u[aä]\b"), "uu"),
    (re.compile(r"(?<=\w\w)y[aä]\b"), "yy"),
    (re.compile(r"hd"), "h"),
    (re.compile(r"(?<=[aeiouyäö])(s|l)\1[aä]\b"), r"\1"),
    (re.compile(r"(?<=[aeiouyäö])(st|lt|it)[aä]\b"), r"\1"),
)


def mistyped(text: str, rng: np.random.Generator) -> str | None:
    """Make one slip in a word: a letter missed, doubled, hit beside, or two swapped.

    Returns
    -------
    str or None
        None if no word has at least five letters. First letters stay.
    """
    words = [m for m in _WORD.finditer(text) if m.end() - m.start() >= _SHORTEST_MISTYPED]
    if not words:
        return None
    word = words[rng.integers(len(words))]
    at = int(rng.integers(word.start() + 1, word.end() - 1))
    before, letter, after = text[:at], text[at], text[at + 1 :]
    slips = [before + after, before + letter * 2 + after]
    if after[0] != letter:
        slips.append(before + after[0] + letter + after[1:])
    slips += [before + key + after for key in _beside(letter)[:1]]
    return slips[rng.integers(len(slips))]


def spoken_noun(phrase: str, rng: np.random.Generator) -> str | None:
    """Say a name of work as people tell of it, or None for words of unknown types."""
    ways = (
        (Case.TRANSLATIVE, "{}"),
        (Case.GENITIVE, "{} hommis"),
        (Case.GENITIVE, "{} duunii"),
        (Case.ESSIVE, "oon ollu {}"),
    )
    case, frame = ways[rng.integers(len(ways))]
    form = inflect(phrase, case)
    if form is None:
        return None
    return frame.format(_spoken(form.removesuffix("i") if case is Case.TRANSLATIVE else form))


def spoken_verb(phrase: str, rng: np.random.Generator) -> str | None:
    """Say a skill that begins with a verb as people tell of it, or None as above."""
    infinitive, _, rest = phrase.partition(" ")
    verb = conjugate(infinitive)
    if verb is None:
        return None
    said = [
        f"oon {verb.form(VerbForm.PARTICIPLE).removesuffix('t')}",
        f"mä {verb.form(VerbForm.PRESENT)}",
        f"osaan {infinitive}",
    ]
    if verb.past.endswith("asin"):
        said.append(verb.past.removesuffix("sin") + "ilin")
    return _spoken(f"{said[rng.integers(len(said))]} {rest}".strip())


def _beside(letter: str) -> list[str]:
    for row in _KEYS:
        at = row.find(letter.casefold())
        if at >= 0:
            return [row[near] for near in (at + 1, at - 1) if 0 <= near < len(row)]
    return []


def _spoken(text: str) -> str:
    for written, said in _SPOKEN:
        text = written.sub(said, text)
    return text
