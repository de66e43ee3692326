"""BM25 over stemmed words and pairs of words: a long text by the few words that tell.

Character n-grams see parts of words, which Finnish and Swedish need; whole words and their
pairs tell more where a statement and an advertisement use the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.domain.text import Lang

if TYPE_CHECKING:
    from Stemmer import Stemmer

FEATURES: Final = 2**20
#: Saturation of a word's count and share of a text's length: the usual values.
K1: Final = 1.2
B: Final = 0.75

_WORD = re.compile(r"\w[\w+#]+")
_STEMMERS: Final = {Lang.FI: "finnish", Lang.SV: "swedish", Lang.EN: "english"}


def stems(text: str, lang: Lang) -> list[str]:
    """Return the stemmed words of a text, in their order; single letters are left out.

    References
    ----------
    Porter, M. (2001). Snowball: a language for stemming algorithms.
    """
    found: list[str] = _stemmer(lang).stemWords(_WORD.findall(text.casefold()))
    return found


def count_stems(texts: Sequence[str], lang: Lang) -> csr_matrix:
    """Count the stems of texts, and the pairs of neighbours among them.

    Parameters
    ----------
    texts
        Any number.
    lang
        Whose endings are cut.

    Returns
    -------
    csr_matrix of float32, shape (len(texts), FEATURES)
    """
    from sklearn.feature_extraction.text import HashingVectorizer

    def terms(text: str) -> list[str]:
        single = stems(text, lang)
        return single + [f"{one} {other}" for one, other in pairwise(single)]

    if not texts:
        return csr_matrix((0, FEATURES), dtype=np.float32)
    vectorizer = HashingVectorizer(
        analyzer=terms, n_features=FEATURES, alternate_sign=False, norm=None, dtype=np.float32
    )
    return csr_matrix(vectorizer.transform(texts))


@dataclass(frozen=True, slots=True)
class Bm25Model:
    """What BM25 learns from the texts that are searched.

    Parameters
    ----------
    idf
        float32, shape (FEATURES,).
    mean_length
        Terms of a text on average.

    References
    ----------
    Robertson, S. and Zaragoza, H. (2009). The Probabilistic Relevance Framework: BM25 and
    Beyond. Foundations and Trends in Information Retrieval 3(4).
    """

    idf: NDArray[np.float32]
    mean_length: float

    @classmethod
    def fit(cls, rows: csr_matrix) -> Bm25Model:
        """Fit on counted rows: ``log(1 + (n - df + 0.5) / (df + 0.5))``, never negative."""
        n = rows.shape[0]
        frequency = np.bincount(rows.indices, minlength=FEATURES)
        idf = np.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
        return cls(idf.astype(np.float32), float(rows.sum()) / max(n, 1))

    def weigh(self, rows: csr_matrix) -> csr_matrix:
        """Return what each term of each row adds to the score of a query that has it.

        A query's score is the sum over its different terms: ``(count > 0) @ weighed.T``.
        """
        lengths = np.asarray(rows.sum(axis=1)).ravel() / max(self.mean_length, 1.0)
        damping = np.repeat(K1 * (1 - B + B * lengths), np.diff(rows.indptr))
        data = self.idf[rows.indices] * rows.data * (K1 + 1) / (rows.data + damping)
        return csr_matrix((data.astype(np.float32), rows.indices, rows.indptr), shape=rows.shape)


@cache
def _stemmer(lang: Lang) -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer(_STEMMERS[lang])
