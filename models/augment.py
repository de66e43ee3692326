"""Small disturbances of labels: typing errors, plurals, Finnish endings, spoken forms."""

from __future__ import annotations

import numpy as np

BACK_VOWELS = frozenset("aou")
ENDINGS = (
    "n",
    "a",
    "ssa",
    "sta",
    "lla",
    "lta",
    "lle",
    "na",
    "ksi",
    "t",
    "ja",
    "jen",
    "issa",
    "ina",
)
SPOKEN = ("n", "s", "st", "lt", "ks", "i", "in", "ki", "hommia", "hommat", "töitä")
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def typing_error(text: str, rng: np.random.Generator) -> str:
    """Drop, double, swap or replace one letter."""
    if len(text) < 4:
        return text
    at = int(rng.integers(1, len(text) - 1))
    kind = rng.integers(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + LETTERS[rng.integers(len(LETTERS))] + text[at + 1 :]


def plural(text: str, rng: np.random.Generator) -> str:
    """Put an English name into the plural, in one of the two ways it may end."""
    endings = (("y", "ies"), ("", "s")) if text.endswith("y") else (("", "s"), ("", "es"))
    old, new = endings[int(rng.random() < 0.1)]
    return text.removesuffix(old) + new


def inflected(text: str, rng: np.random.Generator) -> str:
    """Put a Finnish ending on the last word, with the commonest changes of its stem."""
    ending = ENDINGS[rng.integers(len(ENDINGS))]
    return _stem(text) + _harmonised(ending, text)


def spoken(text: str, rng: np.random.Generator) -> str:
    """Shorten an ending as speech does, or add what people say after a trade's name."""
    ending = SPOKEN[rng.integers(len(SPOKEN))]
    if len(ending) > 3:
        return f"{_stem(text)}n {ending}"
    return _stem(text) + ending


def _stem(text: str) -> str:
    for nominative, stem in (("nen", "se"), ("us", "ukse"), ("ys", "ykse"), ("in", "ime")):
        if text.endswith(nominative):
            return text.removesuffix(nominative) + stem
    return text + "i" if text[-1:].isalpha() and text[-1] not in "aeiouyåäö" else text


def _harmonised(ending: str, text: str) -> str:
    last = text.rsplit(maxsplit=1)[-1].lower()
    return ending if BACK_VOWELS & set(last) else ending.replace("a", "ä")
