"""Link short texts to the labels of a taxonomy (MELO and MELS)."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from matcher.evaluate.ranking import rank_texts
from matcher.evaluate.readers import LinkingSet, read_linking
from matcher.evaluate.report import Report, retrieval_figures
from matcher.evaluate.scorers import Scorer

SURFACE_FORMS = 100
UNSEEN_FIGURES = ("mrr", "success@10")


def evaluate_linking(directory: Path, scorer: Scorer, known: Collection[str] = ()) -> Report:
    """Rank all elements for every query and compare with the annotations.

    As in the paper, the ranking is cut at 100 surface forms: elements with the same label
    count as one there, and all of them enter the run. An encoder trained on a taxonomy has
    seen its labels; the figures named ``unseen`` leave out the queries that are one of them.

    Parameters
    ----------
    directory
        Holds ``queries.tsv``, ``corpus_elements.tsv`` and ``annotations.tsv``.
    scorer
        What ranks.
    known
        Folded labels of the taxonomy; none leaves out the figures of unseen queries.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If a file is missing or cannot be read.

    References
    ----------
    Retyk et al. (2024), "MELO: An Evaluation Benchmark for Multilingual Entity Linking of
    Occupations".
    """
    task = read_linking(directory)
    run = rank_texts(task.queries, task.elements, scorer, SURFACE_FORMS)
    figures = retrieval_figures(task.qrels, run)
    unseen = _unseen(task, known)
    if unseen:
        figures |= {
            f"{name}_unseen": value
            for name, value in retrieval_figures(unseen, run).items()
            if name in UNSEEN_FIGURES
        }
    return Report(
        task.name,
        len(task.qrels),
        figures,
        scorer.name,
        task.data,
        n_unseen=len(unseen) if known else None,
    )


def _unseen(task: LinkingSet, known: Collection[str]) -> dict[str, dict[str, int]]:
    if not known:
        return {}
    return {
        query: grades
        for query, grades in task.qrels.items()
        if task.queries[query].strip().casefold() not in known
    }
