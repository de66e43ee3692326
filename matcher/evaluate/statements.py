"""Find the advertisement that a first-person statement belongs to."""

from __future__ import annotations

from pathlib import Path

from matcher.evaluate.ranking import rank_texts
from matcher.evaluate.readers import read_statements
from matcher.evaluate.report import Report, retrieval_figures
from matcher.evaluate.scorers import Scorer


def evaluate_statements(directory: Path, scorer: Scorer) -> Report:
    """Rank all ads, read as title and text, for every statement.

    Parameters
    ----------
    directory
        Holds ``statements.jsonl`` and ``ads.jsonl``.
    scorer
        What ranks.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If a file is missing or cannot be read.
    """
    task = read_statements(directory)
    run = rank_texts(task.statements, task.ads, scorer, cut=len(task.ads))
    return Report(
        task.name, len(task.qrels), retrieval_figures(task.qrels, run), scorer.name, task.data
    )
