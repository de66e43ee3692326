"""Metrics of rankings, as trec_eval computes them.

Every metric takes judgements and a run and returns one value for each judged query; a query
that the run does not answer counts as 0, and so does a query without anything relevant.
`average` turns the values into the figure that is published.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum

from matcher.errors import InputError

Run = Mapping[str, Mapping[str, float]]
Qrels = Mapping[str, Mapping[str, int]]
Values = dict[str, float]


class Gain(StrEnum):
    """What a grade is worth in nDCG."""

    LINEAR = "linear"
    EXPONENTIAL = "exponential"


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Order ids by score, best first; equal scores by id, last first, as trec_eval does.

    Parameters
    ----------
    scores
        Higher is better.

    Returns
    -------
    list of str
    """
    return sorted(sorted(scores, reverse=True), key=scores.__getitem__, reverse=True)


def average(values: Mapping[str, float]) -> float:
    """Average a metric over its queries; 0 if there are none."""
    return math.fsum(values.values()) / len(values) if values else 0.0


def ndcg_at_k(qrels: Qrels, run: Run, k: int, gain: Gain = Gain.EXPONENTIAL) -> Values:
    """Discounted cumulative gain of the first k, as a share of the best possible.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1.
    gain
        ``2^grade - 1``, or the grade itself (trec_eval's choice). What is unjudged, or
        judged below 0, is worth nothing.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Järvelin and Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques".
    Burges et al. (2005), "Learning to rank using gradient descent" (exponential gain).
    """
    _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        found = _dcg([_worth(grades.get(id, 0), gain) for id in order[:k]])
        best = sorted((_worth(grade, gain) for grade in grades.values()), reverse=True)
        ideal = _dcg(best[:k])
        return found / ideal if ideal else 0.0

    return _per_query(qrels, run, value)


def recall_at_k(qrels: Qrels, run: Run, k: int, relevant: int = 1) -> Values:
    """Share of all relevant ids that are among the first k.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1.
    relevant
        Lowest grade that counts as relevant.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Kent, Berry, Luehrs and Perry (1955), "Machine literature searching VIII".
    """
    _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        wanted = _relevant(grades, relevant)
        return len(wanted.intersection(order[:k])) / len(wanted) if wanted else 0.0

    return _per_query(qrels, run, value)


def reciprocal_rank(qrels: Qrels, run: Run, k: int | None = None, relevant: int = 1) -> Values:
    """One over the rank of the first relevant id; its average is the MRR.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1; None reads the whole ranking.
    relevant
        Lowest grade that counts as relevant.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Voorhees (1999), "The TREC-8 question answering track report".
    """
    if k is not None:
        _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        wanted = _relevant(grades, relevant)
        return next((1 / rank for rank, id in enumerate(order[:k], 1) if id in wanted), 0.0)

    return _per_query(qrels, run, value)


def average_precision(qrels: Qrels, run: Run, k: int | None = None, relevant: int = 1) -> Values:
    """Mean of the precision at each relevant id, unfound ones counting as 0; averaged, MAP.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1; None reads the whole ranking.
    relevant
        Lowest grade that counts as relevant.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Harman (1993), "Overview of the first Text REtrieval Conference"; Buckley and Voorhees
    (2000), "Evaluating evaluation measure stability".
    """
    if k is not None:
        _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        wanted = _relevant(grades, relevant)
        ranks = [rank for rank, id in enumerate(order[:k], 1) if id in wanted]
        precisions = (found / rank for found, rank in enumerate(ranks, 1))
        return math.fsum(precisions) / len(wanted) if wanted else 0.0

    return _per_query(qrels, run, value)


def success_at_k(qrels: Qrels, run: Run, k: int, relevant: int = 1) -> Values:
    """1 where anything relevant is among the first k, else 0.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1.
    relevant
        Lowest grade that counts as relevant.

    Returns
    -------
    dict
        0 or 1 for each judged query.

    References
    ----------
    Craswell and Hawking (2004), "Overview of the TREC-2004 web track" (as S@k).
    """
    first = reciprocal_rank(qrels, run, k, relevant)
    return {query: float(value > 0) for query, value in first.items()}


def r_precision_at_k(qrels: Qrels, run: Run, k: int, relevant: int = 1) -> Values:
    """Relevant ids among the first k, as a share of those that could be there.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1.
    relevant
        Lowest grade that counts as relevant.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Chalkidis et al. (2019), "Large-Scale Multi-Label Text Classification on EU Legislation"
    (as RP@k).
    """
    _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        wanted = _relevant(grades, relevant)
        possible = min(k, len(wanted))
        return len(wanted.intersection(order[:k])) / possible if possible else 0.0

    return _per_query(qrels, run, value)


def judged_at_k(qrels: Qrels, run: Run, k: int) -> Values:
    """Share of the first k that anybody has judged; of those returned, if fewer.

    Parameters
    ----------
    qrels, run
        Judgements and scores.
    k
        Cut, at least 1.

    Returns
    -------
    dict
        Value in [0, 1] for each judged query.

    References
    ----------
    Buckley and Voorhees (2004), "Retrieval evaluation with incomplete information", on what
    unjudged documents do to a metric.
    """
    _check_cut(k)

    def value(grades: Mapping[str, int], order: list[str]) -> float:
        first = order[:k]
        return sum(id in grades for id in first) / len(first) if first else 0.0

    return _per_query(qrels, run, value)


def only_judged(qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Drop from a run what nobody has judged.

    Parameters
    ----------
    qrels, run
        Judgements and scores.

    Returns
    -------
    dict
        The run, condensed.

    References
    ----------
    Sakai (2007), "Alternatives to bpref" (condensed lists).
    """
    return {
        query: {id: score for id, score in scores.items() if id in qrels.get(query, {})}
        for query, scores in run.items()
    }


def _per_query(
    qrels: Qrels, run: Run, value: Callable[[Mapping[str, int], list[str]], float]
) -> Values:
    return {query: value(grades, ranked(run.get(query, {}))) for query, grades in qrels.items()}


def _relevant(grades: Mapping[str, int], lowest: int) -> set[str]:
    return {id for id, grade in grades.items() if grade >= lowest}


def _worth(grade: int, gain: Gain) -> float:
    positive = max(grade, 0)
    return float(positive if gain is Gain.LINEAR else 2**positive - 1)


def _dcg(worths: list[float]) -> float:
    return math.fsum(worth / math.log2(rank + 1) for rank, worth in enumerate(worths, 1))


def _check_cut(k: int) -> None:
    if k < 1:
        raise InputError(f"A metric cannot be cut at {k}.", remedy="Cut at 1 or more.", field="k")
