"""Find the skills that English sentences of vacancies ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from matcher.domain.text import Lang
from matcher.encode.protocol import Encoder
from matcher.errors import InputError
from matcher.evaluate.concept_search import ConceptSearch, Finder, choose_finder
from matcher.evaluate.esco import Taxonomy
from matcher.evaluate.long_texts import clauses
from matcher.evaluate.readers import fingerprint, read_table
from matcher.evaluate.report import Report, retrieval_figures
from matcher.evaluate.scorers import Method, Scores
from matcher.metrics.ranking import average, r_precision_at_k
from matcher.store.concepts import ConceptKind
from matcher.taxonomy.spans import LONGEST_PART, spans

_COLUMNS: Final = ("sentence", "esco_uri")
#: What the anonymiser left: ``<ORGANIZATION>``.
_MASK: Final = re.compile(r"<\w+>")


def evaluate_skills(
    file: Path, taxonomy: Taxonomy, method: Method, encoder: Callable[[], Encoder]
) -> Report:
    """Rank all skills, by their English labels, for every sentence that asks for one.

    Parameters
    ----------
    file
        A table with the columns ``sentence`` and ``esco_uri``, one row for each skill found
        in a sentence; rows without a skill of the taxonomy are left out.
    taxonomy
        Whose skills are ranked.
    method
        How to rank: the fusion adds the best span of a sentence to the whole of it.
    encoder
        Loads the encoder; not called where none is needed.

    Returns
    -------
    Report
        With ``rp@5`` beside the figures of retrieval.

    Raises
    ------
    InputError
        If the file cannot be read, or none of its skills is in the taxonomy.
    """
    search = ConceptSearch(taxonomy.of(ConceptKind.SKILL, Lang.EN))
    known = set(search.uris)
    qrels: dict[str, dict[str, int]] = {}
    for sentence, uri in read_table(file, _COLUMNS):
        if uri in known:
            qrels.setdefault(sentence, {})[uri] = 1
    if not qrels:
        raise InputError(
            f"No sentence of {file} has a skill of the taxonomy in use.",
            remedy="Load the version of ESCO that the table was made with.",
        )
    finder = choose_finder(search, method, _fusion, encoder)
    run = search.rank({sentence: sentence for sentence in qrels}, finder)
    figures = retrieval_figures(qrels, run)
    figures["rp@5"] = average(r_precision_at_k(qrels, run, 5))
    return Report(file.stem, len(qrels), figures, finder.name, fingerprint([file]))


def spans_of(sentence: str) -> list[str]:
    """Return the short runs of words and the short clauses of a sentence, each once."""
    unmasked = _MASK.sub(" ", sentence).strip()
    short = [part for part in clauses(unmasked) if len(part.split()) <= LONGEST_PART]
    runs = [span.text for span in spans(unmasked)]
    return [part for part in dict.fromkeys(runs + short) if part.strip()] or [sentence]


def _fusion(search: ConceptSearch, encoder: Encoder) -> Finder:
    finder = search.by_concept(encoder)

    def score(sentences: Sequence[str]) -> Scores:
        best = np.stack([finder.score(spans_of(each)).max(axis=0) for each in sentences])
        return best + finder.score(sentences)

    return Finder(f"{finder.name}, best span + whole", score)
