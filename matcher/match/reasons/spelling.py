"""How phrases are spelled: their triples of letters, as sorted numbers for compiled loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows

#: A code point fits into so many bits, three of them into an int64.
_BITS: Final = 21

#: Triples, int64, those of one phrase after those of another and each once, ascending; where
#: each phrase's begin and end, int64, shape (phrases + 1,).
Spelled = tuple[NDArray[np.int64], Rows]


def spell(texts: Sequence[str]) -> Spelled:
    """Return the triples of letters of texts, whatever their case, with the ends of the text."""
    padded = [f" {text.casefold()} " for text in texts]
    letters = "".join(padded).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(letters, np.uint32).astype(np.int64)
    text = np.repeat(np.arange(len(padded)), [len(each) for each in padded])
    triples = codes[:-2] << 2 * _BITS | codes[1:-1] << _BITS | codes[2:]
    whole = text[:-2] == text[2:]
    triples, text = triples[whole], text[:-2][whole]
    order = np.lexsort((triples, text))
    triples, text = triples[order], text[order]
    new = np.ones(len(triples), np.bool_)
    new[1:] = (triples[1:] != triples[:-1]) | (text[1:] != text[:-1])
    bounds = np.searchsorted(text[new], np.arange(len(padded) + 1))
    return triples[new], bounds.astype(np.int64)


def joined(parts: Sequence[Spelled]) -> Spelled:
    """Return the phrases of several spellings, one after the other."""
    shifts = np.cumsum([0, *(len(triples) for triples, _ in parts)])
    bounds = [ends[:-1] + shift for (_, ends), shift in zip(parts, shifts, strict=False)]
    none = np.zeros(0, np.int64)
    return (
        np.concatenate([none, *(triples for triples, _ in parts)]),
        np.append(np.concatenate([none, *bounds]), shifts[-1]).astype(np.int64),
    )
