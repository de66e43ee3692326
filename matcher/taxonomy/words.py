"""Words of labels and texts, and how much of a label a text says.

Finnish and Swedish inflect words and grow them together, so a word of a label counts as
said when its stem, cut roughly, occurs anywhere inside a word of the text: *haava* in
*haavanhoito*, *siivooja* in *siivoojana*. Words that begin alike count in part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from math import log
from typing import Final

from matcher.domain.text import Lang
from matcher.encode.bm25 import stems

_WORD = re.compile(r"[^\W_][\w+#]*")
_DOUBLE = re.compile(r"([kpt])\1")
_QUALIFIER = re.compile(r"\s*\([^)]*\)")

#: How many letters of a word may be its ending, by its length; none of shorter words.
_ENDINGS: Final = {6: 2, 7: 2, 8: 2, 9: 3}
_LONGEST_ENDING: Final = 4
#: A stem of fewer letters is a word of its own, not a part of any.
_SHORTEST_INSIDE: Final = 4
#: *Malta* is no part of *omalta*: nothing of so few letters stands before it in a compound.
_SHORTEST_PART: Final = 3
_MAN: Final = "mies"
#: A shorter word, as *live* in *perform live*, says too little to do without the verb.
_LONG_ENOUGH: Final = 5
#: What stands inside a compound is not all that is said: *kuljettaja* in *bussinkuljettaja*.
INSIDE: Final = 0.65

#: Words begin alike if they share so many letters, and such a part of the longer one; and
#: if neither goes on much longer than the other, lest *perhe* be taken for *perheoikeus*.
_ALIKE_LETTERS: Final = 4
_ALIKE_SHARE: Final = 0.4
_ALIKE_REST: Final = 3
ALIKE: Final = 0.5
#: The second half of a compound says most of it, as *trukki* of *haarukkatrukki*.
SECOND_HALF: Final = 0.7

#: Words of one root begin with so many letters in common.
_ROOT_LETTERS: Final = 5

#: Verbs that say no more than the noun after them.
LIGHT: Final = frozenset(
    {"käyttää", "hoitaa", "tehdä", "antaa"}
    | {"använda", "utföra", "sköta", "ge", "göra"}
    | {"use", "perform", "do", "handle", "operate", "provide"}
)
#: A word that so many labels begin with is a verb of action, as in *manage staff*.
_VERB_FROM: Final = 15


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; hyphens and slashes separate words."""
    return [word.casefold() for word in _WORD.findall(text)]


def plain(label: str) -> str:
    """Return a label without what it says in parentheses to tell it from others."""
    return _QUALIFIER.sub("", label).strip() or label


def stem(word: str) -> str:
    """Return a word without what may be its ending.

    Short words stay whole but for a last *i*, which Finnish changes (*suomi*, *suomen*).
    The ending of *muuttomies* is no ending: it tells the mover from the move.
    """
    if word.endswith(_MAN):
        return word.removesuffix("ies")
    if len(word) < min(_ENDINGS):
        return word.removesuffix("i") if len(word) == min(_ENDINGS) - 1 else word
    return word[: len(word) - _ENDINGS.get(len(word), _LONGEST_ENDING)]


def said(word: str, text: Sequence[str]) -> float:
    """Return how far a word of a label is said in the words of a text.

    Returns
    -------
    float
        1 if a word begins with its stem, `INSIDE` if a compound goes on with it,
        `SECOND_HALF` if the end of the compound is there, `ALIKE` if a word begins alike,
        else 0.
    """
    key = stem(word)
    if key in text or _begins(key, text):
        return 1.0
    if len(key) >= _SHORTEST_INSIDE and any(word.rfind(key) >= _SHORTEST_PART for word in text):
        return INSIDE
    if any(len(stem(other)) > _ALIKE_LETTERS and stem(other) in word[1:] for other in text):
        return SECOND_HALF
    return ALIKE if any(_begin_alike(word, other) for other in text) else 0.0


def _begins(key: str, text: Sequence[str]) -> bool:
    return len(key) >= _SHORTEST_INSIDE and any(word.startswith(key) for word in text)


def _begin_alike(word: str, other: str) -> bool:
    pairs = zip(word, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    enough = max(_ALIKE_LETTERS, _ALIKE_SHARE * max(len(word), len(other)))
    return shared >= enough and abs(len(word) - len(other)) <= _ALIKE_REST and word[shared:] != _MAN


@dataclass(frozen=True, slots=True)
class WordWeights:
    """How telling each word of labels is: rare ones are.

    Parameters
    ----------
    weights
        ``log(n / df)`` by stem.
    unseen
        Weight of any other stem.
    verbs
        Words that many labels begin with.

    References
    ----------
    Spärck Jones, K. (1972). A statistical interpretation of term specificity and its
    application in retrieval. Journal of Documentation 28(1).
    """

    weights: dict[str, float]
    unseen: float
    verbs: frozenset[str]

    @classmethod
    def fit(cls, labels: Sequence[str]) -> WordWeights:
        """Count the words of all labels."""
        split = [words(label) for label in labels]
        counts = Counter(key for label in split for key in {stem(word) for word in label})
        first = Counter(label[0] for label in split if len(label) > 1)
        total = len(labels) + 1
        return cls(
            {key: log(total / count) for key, count in counts.items()},
            log(total),
            frozenset(word for word, count in first.items() if count >= _VERB_FROM),
        )

    def coverage(self, label: str, text: str) -> float:
        """Return which share of a label, by weight, a text says; 0 to 1."""
        there = words(text)
        telling = [word for word in words(label) if word not in LIGHT] or words(label)
        weights = [self.weights.get(stem(word), self.unseen) for word in telling]
        found = [said(word, there) for word in telling]
        total = sum(weights)
        return sum(w * f for w, f in zip(weights, found, strict=True)) / total if total else 0.0

    def says_what_is_done(self, label: str, text: str) -> bool:
        """Tell whether a text says the verb of a skill, or its last noun if it has no verb."""
        inside = words(label)
        if inside[0] in LIGHT and len(inside) > 1:
            return max(map(len, inside[1:])) >= _LONG_ENOUGH or said(inside[0], words(text)) > 0
        return said(inside[0] if inside[0] in self.verbs else inside[-1], words(text)) > 0


def says_who(label: str, text: str) -> bool:
    """Tell whether a text says the noun of an occupation, not only its field.

    *Kuorma* says nothing of a *kuormaaja*: the word must be about as long.
    """
    head = words(label.partition(",")[0])[-1]
    return any(
        len(word) >= len(head) - 1 and said(head, [word]) in (1.0, INSIDE) for word in words(text)
    )


def of_one_root(label: str, text: str) -> bool:
    """Tell whether a label of one word begins as some word of a text does, and is no longer.

    *Hitsaaja* and *hitsailin* are of one root; *bussinkuljettaja* goes on after *bussi*.
    """
    inside = words(label)
    root = inside[0][:_ROOT_LETTERS]
    if len(inside) > 1 or len(root) < _ROOT_LETTERS:
        return False
    return any(word.startswith(root) and len(inside[0]) <= len(word) for word in words(text))


def same_words(label: str, text: str, lang: Lang) -> bool:
    """Tell whether a text has the words of a label and no others, whatever their endings.

    A text of so few letters as *jag* is no form of *jaga*.
    """
    return len(text) >= _SHORTEST_INSIDE and stem_key(label, lang) == stem_key(text, lang)


@lru_cache(maxsize=65_536)
def stem_key(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the stems of a text, in alphabetical order, with double letters made single.

    Finnish doubles and undoubles *k*, *p* and *t* in inflection: *kokki*, *kokin*.
    """
    return tuple(sorted(_DOUBLE.sub(r"\1", stem) for stem in stems(text, lang)))


def alike(label: str, text: str) -> float:
    """Return how alike two texts look, word by word: the lowest Dice coefficient of trigrams.

    Returns
    -------
    float
        0 to 1; 0 for another number of words, or if one goes on much longer.

    References
    ----------
    Dice, L. R. (1945). Measures of the amount of ecologic association between species.
    Ecology 26(3).
    """
    ours, theirs = words(label), words(text)
    if len(ours) != len(theirs) or abs(len(label) - len(text)) > _ALIKE_REST:
        return 0.0
    pairs = zip(map(_trigrams, ours), map(_trigrams, theirs), strict=True)
    return min(_dice(one, other) for one, other in pairs)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(maxsize=65_536)
def _trigrams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
