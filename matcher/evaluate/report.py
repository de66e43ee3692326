"""What an evaluation says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.metrics.ranking import (
    Qrels,
    Run,
    average,
    average_precision,
    reciprocal_rank,
    success_at_k,
)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one method on one directory.

    Parameters
    ----------
    name
        Name of the directory.
    n_queries
        How many queries the figures are averages of.
    figures
        Metric to value in [0, 1], in the order in which they are shown.
    model
        What ranked: the method, with the encoder's revision where one took part.
    data
        Fingerprint of the files that were read.
    snapshot
        The index snapshot that ranked, where one did.
    n_unseen
        How many queries are no label of the taxonomy, where that was asked.
    """

    name: str
    n_queries: int
    figures: Mapping[str, float]
    model: str
    data: str
    snapshot: str | None = None
    n_unseen: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the object that ``--json`` prints."""
        unseen = {} if self.n_unseen is None else {"n_unseen": self.n_unseen}
        return {
            "name": self.name,
            "n_queries": self.n_queries,
            **unseen,
            **self.figures,
            "model": self.model,
            "snapshot": self.snapshot,
            "data": self.data,
        }


def retrieval_figures(qrels: Qrels, run: Run) -> dict[str, float]:
    """Compute the figures of the linking and statements evaluations.

    Parameters
    ----------
    qrels, run
        Judgements and scores.

    Returns
    -------
    dict
        ``mrr``, ``map``, ``success@1``, ``success@5`` and ``success@10``.
    """
    return {
        "mrr": average(reciprocal_rank(qrels, run)),
        "map": average(average_precision(qrels, run)),
        **{f"success@{k}": average(success_at_k(qrels, run, k)) for k in (1, 5, 10)},
    }
