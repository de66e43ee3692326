"""Link short texts to the labels of a taxonomy (MELO and MELS)."""

from __future__ import annotations

from pathlib import Path

from matcher.evaluate.ranking import rank_texts
from matcher.evaluate.readers import read_linking
from matcher.evaluate.report import Report, retrieval_figures
from matcher.evaluate.scorers import Scorer

SURFACE_FORMS = 100


def evaluate_linking(directory: Path, scorer: Scorer) -> Report:
    """Rank all elements for every query and compare with the annotations.

    As in the paper, the ranking is cut at 100 surface forms: elements with the same label
    count as one there, and all of them enter the run.

    Parameters
    ----------
    directory
        Holds ``queries.tsv``, ``corpus_elements.tsv`` and ``annotations.tsv``.
    scorer
        What ranks.

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
    return Report(
        task.name, len(task.qrels), retrieval_figures(task.qrels, run), scorer.name, task.data
    )
