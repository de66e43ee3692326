"""Link raw English titles of vacancies to occupations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from matcher.domain.text import Lang
from matcher.encode.protocol import Encoder
from matcher.errors import InputError
from matcher.evaluate.concept_search import ConceptSearch, Finder, choose_finder
from matcher.evaluate.esco import Taxonomy
from matcher.evaluate.readers import fingerprint, read_table
from matcher.evaluate.report import Report, retrieval_figures
from matcher.evaluate.scorers import Method, Scores
from matcher.store.concepts import ConceptKind

_COLUMNS: Final = ("vacancyTitle", "conceptUri")
#: Reference numbers, pay and cries for attention say nothing of the trade.
_NOISE: Final = re.compile(
    r"\[[^\]]*\]|#\w+|\b(?:rm|eur|usd|gbp)\s*[\d,.k]+\b|\b\d[\w,.]*\b|[*!]+", re.IGNORECASE
)
_EMPTY: Final = re.compile(r"\(\s*[,.]?\s*\)")
_SPACE: Final = re.compile(r"\s+")
_APART: Final = re.compile(r"([/(),-])")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
#: What vacancies shorten.
_SHORT: Final = {
    "admin": "administrative",
    "acct": "accounting",
    "asst": "assistant",
    "dev": "developer",
    "engr": "engineer",
    "exec": "executive",
    "f&b": "food and beverage",
    "hr": "human resources",
    "it": "ICT",
    "jr": "junior",
    "m&e": "mechanical and electrical",
    "mfg": "manufacturing",
    "mgr": "manager",
    "mktg": "marketing",
    "ops": "operations",
    "pa": "personal assistant",
    "pr": "public relations",
    "qa": "quality assurance",
    "qc": "quality control",
    "r&d": "research and development",
    "rep": "representative",
    "sr": "senior",
    "supv": "supervisor",
    "tech": "technician",
    "ui": "user interface",
    "ux": "user experience",
}


def evaluate_titles(
    file: Path, taxonomy: Taxonomy, method: Method, encoder: Callable[[], Encoder]
) -> Report:
    """Rank all occupations, by their English labels, for every title.

    Parameters
    ----------
    file
        A table with the columns ``vacancyTitle`` and ``conceptUri``.
    taxonomy
        Whose occupations are ranked; titles of other concepts are left out.
    method
        How to rank: the fusion cleans titles and asks the mean of each concept too.
    encoder
        Loads the encoder; not called where none is needed.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If the file cannot be read, or none of its concepts is in the taxonomy.
    """
    search = ConceptSearch(taxonomy.of(ConceptKind.OCCUPATION, Lang.EN))
    known = set(search.uris)
    rows = {
        str(number): row
        for number, row in enumerate(read_table(file, _COLUMNS), 2)
        if row[1] in known
    }
    if not rows:
        raise InputError(
            f"No title of {file} has an occupation of the taxonomy in use.",
            remedy="Load the version of ESCO that the table was made with.",
        )
    finder = choose_finder(search, method, _fusion, encoder)
    run = search.rank({number: title for number, (title, _) in rows.items()}, finder)
    qrels = {number: {uri: 1} for number, (_, uri) in rows.items()}
    figures = retrieval_figures(qrels, run)
    return Report(file.stem, len(qrels), figures, finder.name, fingerprint([file]))


def clean_title(title: str) -> str:
    """Return a title without numbers, pay and marks, and with what it shortens written out."""
    apart = _APART.sub(r" \1 ", _NOISE.sub(" ", title))
    words = (_SHORT.get(word.strip(".").casefold(), word) for word in apart.split())
    cleaned = _EMPTY.sub(" ", _SPACE.sub(" ", " ".join(words))).strip(" -/,&.")
    return cleaned if _LETTERS.search(cleaned) else title


def _fusion(search: ConceptSearch, encoder: Encoder) -> Finder:
    finder = search.by_concept(encoder)

    def score(titles: Sequence[str]) -> Scores:
        return finder.score([clean_title(title) for title in titles])

    return Finder(f"{finder.name}, cleaned", score)
