"""``matcher evaluate``: measure the encoder and the matching on benchmarks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from matcher.cli.console import wide_console
from matcher.config import Settings, load_settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.errors import NotReadyError
from matcher.evaluate.concepts import ConceptScorer, concepts_of_labels
from matcher.evaluate.esco import Taxonomy, load_taxonomy
from matcher.evaluate.gates import GateReport, evaluate_gates
from matcher.evaluate.linking import evaluate_linking
from matcher.evaluate.long_texts import statement_fusion
from matcher.evaluate.matching import JUDGED_ON, MatchingMethod, evaluate_matching
from matcher.evaluate.readers import read_linking
from matcher.evaluate.report import Report
from matcher.evaluate.robustness import evaluate_robustness
from matcher.evaluate.scorers import (
    CharacterTfidfScorer,
    LexicalScorer,
    Method,
    Scorer,
    choose_scorer,
    wording_fusion,
)
from matcher.evaluate.skills import evaluate_skills
from matcher.evaluate.statements import evaluate_statements
from matcher.evaluate.titles import evaluate_titles
from matcher.match.learning.in_use import ranker_named
from matcher.match.ranker import PRIOR
from matcher.store.store import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Measure the encoder, linking, matching and gates.",
)

Directories = Annotated[
    list[Path], typer.Argument(metavar="DIR...", help="Directories of benchmarks.")
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tables of benchmarks.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print a JSON list, one object for each path.")
]
Ranking = Annotated[Method, typer.Option("--method", help="What ranks.")]


@app.command()
def linking(
    directories: Directories, as_json: AsJson = False, method: Ranking = Method.FUSION
) -> None:
    """Link short texts to taxonomy labels."""
    settings = load_settings()
    taxonomy = load_taxonomy(settings.data, settings.url)
    known = taxonomy.folded() if taxonomy else ()
    encoder = cache(partial(load_encoder, settings.encoder))

    def scorer(directory: Path) -> Scorer:
        concepts = concepts_of_labels(read_linking(directory))
        fusion = partial(ConceptScorer, concepts=concepts)
        return choose_scorer(method, CharacterTfidfScorer(), fusion, encoder)

    show([evaluate_linking(each, scorer(each), known) for each in directories], as_json)


@app.command()
def statements(
    directories: Directories,
    *,
    as_json: AsJson = False,
    method: Ranking = Method.FUSION,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the texts.")] = Lang.EN,
) -> None:
    """Find the ad of each first-person statement."""
    encoder = partial(load_encoder, load_settings().encoder)
    scorer = choose_scorer(method, LexicalScorer(), partial(statement_fusion, lang=lang), encoder)
    show([evaluate_statements(each, scorer) for each in directories], as_json)


@app.command()
def matching(
    directories: Directories,
    *,
    as_json: AsJson = False,
    method: Annotated[
        MatchingMethod, typer.Option("--method", help="What ranks.")
    ] = MatchingMethod.RERANK,
    gates: Annotated[
        bool,
        typer.Option(
            "--gates", help="Also the score in which blocked or too distant ads count as 0."
        ),
    ] = False,
    ranker: Annotated[
        str | None,
        typer.Option(help="Revision of the weights that rank, as `matcher rankers list` shows it."),
    ] = None,
) -> None:
    """Rank ads for profiles by competence fit and compare with graded pairs."""
    settings = load_settings()
    encoder, weights = load_encoder(settings.encoder), PRIOR
    if ranker is not None:
        with Store.open(settings.url) as store:
            weights = ranker_named(store, ranker)
    reports = [
        evaluate_matching(
            each,
            encoder,
            method=method,
            retrieve=settings.retrieve,
            ranker=weights,
            gates=gates,
        )
        for each in directories
    ]
    show(reports, as_json)


@app.command()
def titles(files: Files, as_json: AsJson = False, method: Ranking = Method.FUSION) -> None:
    """Link raw English titles of vacancies to occupations."""
    settings = load_settings()
    taxonomy, encoder = _taxonomy(settings), cache(partial(load_encoder, settings.encoder))
    show([evaluate_titles(each, taxonomy, method, encoder) for each in files], as_json)


@app.command()
def skills(files: Files, as_json: AsJson = False, method: Ranking = Method.FUSION) -> None:
    """Find the skills that English sentences of vacancies ask for."""
    settings = load_settings()
    taxonomy, encoder = _taxonomy(settings), cache(partial(load_encoder, settings.encoder))
    show([evaluate_skills(each, taxonomy, method, encoder) for each in files], as_json)


@app.command()
def robustness(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of one.")] = False,
    method: Annotated[
        Method, typer.Option("--method", help="What ranks: the encoder alone unless told.")
    ] = Method.DENSE,
) -> None:
    """Ask for inflected, mistyped and spoken Finnish labels of the taxonomy."""
    settings = load_settings()
    encoder = partial(load_encoder, settings.encoder)
    scorer = choose_scorer(method, LexicalScorer(), wording_fusion, encoder)
    show([evaluate_robustness(_taxonomy(settings), scorer)], as_json)


@app.command()
def gates(directories: Directories, as_json: AsJson = False) -> None:
    """Hold unmet gates against what a judge says rules pairs out."""
    reports = [evaluate_gates(each, JUDGED_ON) for each in directories]
    if as_json:
        typer.echo(json.dumps([report.as_json() for report in reports], indent=2))
        return
    for report in reports:
        _show_gates(report)


def _show_gates(report: GateReport) -> None:
    table = Table(
        *("gate", "precision", "recall", "agreed", "found", "noted", "asked"),
        title=f"{report.name}: {report.pairs} pairs",
        caption=f"no gate for: {', '.join(report.unmapped) or 'nothing'}",
    )
    for kind, one in report.kinds.items():
        shares = ("–" if share is None else f"{share:.2f}" for share in (one.precision, one.recall))
        numbers = (str(number) for number in (one.agreed, one.found, one.noted, one.asked))
        table.add_row(kind.value, *shares, *numbers)
    wide_console().print(table)


def show(reports: Sequence[Report], as_json: bool) -> None:
    """Print reports as a JSON list or as a table.

    Parameters
    ----------
    reports
        At least one, all of the same model.
    as_json
        Whether a program will read it.
    """
    if as_json:
        typer.echo(json.dumps([report.as_json() for report in reports], indent=2))
        return
    table = Table("name", "queries", caption=f"model: {reports[0].model}")
    metrics = list(dict.fromkeys(name for report in reports for name in report.figures))
    for metric in metrics:
        table.add_column(metric.replace("success", "s"), no_wrap=True)
    for report in reports:
        values = (report.figures.get(metric) for metric in metrics)
        shown = ("–" if value is None else f"{value:.3f}" for value in values)
        table.add_row(report.name, str(report.n_queries), *shown)
    wide_console().print(table)


def _taxonomy(settings: Settings) -> Taxonomy:
    taxonomy = load_taxonomy(settings.data, settings.url)
    if taxonomy is None:
        raise NotReadyError(
            "No taxonomy is loaded, so there is nothing to compare with.",
            remedy="Load ESCO with `matcher import esco PATH`, or set MATCHER_DATA.",
        )
    return taxonomy
