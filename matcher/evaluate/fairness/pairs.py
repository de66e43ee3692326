"""Counterfactual pairs: the same person in other words, who should be offered the same.

Each person of ``pairs.toml`` is told in three languages with the same competences, and with a
sentence before the text that gives a first name or an age. Ranked against the same offers,
twins should get the same scores.

References
----------
Kusner, M. J. et al. (2017). Counterfactual fairness. NeurIPS.
Bertrand, M. and Mullainathan, S. (2004). Are Emily and Greg more employable than Lakisha and
Jamal? American Economic Review 94(4): names as the one thing that differs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer
from matcher.domain.parts import Competence, Occupation
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.rerank import rank_offers

#: So many first places of either twin are compared.
DEPTH: Final = 10


class Variation(StrEnum):
    """What alone differs between two twins."""

    NAME = "name"
    AGE = "age"
    LANGUAGE = "language"


#: Greatest mean difference of scores (0 to 1) between twins that is let pass. A first name or
#: an age says nothing about competence; another language is translated by the encoder, which
#: is never perfect. How they were set is told in docs/fairness.md.
BOUNDS: Final[dict[Variation, float]] = {
    Variation.NAME: 0.02,
    Variation.AGE: 0.02,
    Variation.LANGUAGE: 0.10,
}


@dataclass(frozen=True, slots=True)
class Twins:
    """Profiles of one person that differ in one thing only."""

    variation: Variation
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class PairFigure:
    """How far twins are from each other.

    Parameters
    ----------
    variation
        What differs.
    pairs
        How many were compared.
    mean, worst
        Difference of scores over the first offers of either twin: mean over all pairs, and
        the mean of the pair that differs most.
    shared
        Mean share of the first ten offers that both have.
    """

    variation: Variation
    pairs: int
    mean: float
    worst: float
    shared: float

    @property
    def passes(self) -> bool:
        """Whether the mean is within the bound."""
        return self.mean <= BOUNDS[self.variation]


def shipped_twins() -> tuple[Twins, ...]:
    """Return the twins that come with the package."""
    read = tomllib.loads(
        files("matcher.evaluate.fairness").joinpath("pairs.toml").read_text("utf-8")
    )
    twins = [
        Twins(Variation.LANGUAGE, tuple(_profile(person, lang) for lang in Lang))
        for person in read["people"]
    ]
    for variation in (Variation.NAME, Variation.AGE):
        said = read["sentences"][variation]
        twins += [
            Twins(
                variation,
                tuple(
                    _profile(person, lang, said[lang].format(value))
                    for value in read["values"][variation]
                ),
            )
            for person in read["people"]
            for lang in Lang
        ]
    return tuple(twins)


def pair_figures(
    twins: Sequence[Twins], ads: Sequence[Offer], encoder: Encoder, ranker: Ranker
) -> list[PairFigure]:
    """Rank the same offers for all twins and compare what they get.

    Parameters
    ----------
    twins
        None gives no figures.
    ads
        Advertisements to be ranked, the same for all.
    encoder, ranker
        In use.
    """
    if not twins or not ads:
        return []
    records = RecordEncoder(encoder)
    offers = records.encode_offers(ads)
    corpus = Corpus.of_batch(RecordKind.VACANCY, offers, LexicalModel.fit(offers.lexical))
    people = records.encode_profiles([one for each in twins for one in each.profiles])
    ranked = rank_offers(people, corpus, Likeness.measure(encoder), ranker, corpus.size)
    scores = np.zeros((len(people), corpus.size), np.float32)
    for row, found in zip(scores, ranked, strict=True):
        row[found.rows] = found.scores
    return _figures(twins, scores)


def _figures(twins: Sequence[Twins], scores: NDArray[np.float32]) -> list[PairFigure]:
    found: dict[Variation, list[tuple[float, float]]] = {}
    start = 0
    for each in twins:
        rows = range(start, start + len(each.profiles))
        start = rows.stop
        found.setdefault(each.variation, []).extend(
            compared(scores[a], scores[b]) for a, b in combinations(rows, 2)
        )
    return [
        PairFigure(
            variation,
            len(pairs),
            float(np.mean([apart for apart, _ in pairs])),
            max(apart for apart, _ in pairs),
            float(np.mean([shared for _, shared in pairs])),
        )
        for variation, pairs in found.items()
    ]


def compared(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[float, float]:
    """Return the mean difference of scores over the first offers of either, and their overlap.

    Parameters
    ----------
    one, other
        float32, shape (n,): score of each offer for each twin.
    """
    k = min(DEPTH, len(one))
    first = [set(np.argsort(-scores, kind="stable")[:k].tolist()) for scores in (one, other)]
    looked_at = sorted(first[0] | first[1])
    apart = float(np.abs(one[looked_at] - other[looked_at]).mean())
    return apart, len(first[0] & first[1]) / k


def _profile(person: dict[str, Any], lang: Lang, before: str = "") -> Profile:
    told = person[lang]
    return Profile(
        id=f"twin-{person['id']}",
        language=lang,
        text=f"{before} {told['text']}".strip(),
        competences=tuple(Competence(name) for name in told["competences"]),
        occupations_wanted=tuple(Occupation(title) for title in told["wanted"]),
    )
