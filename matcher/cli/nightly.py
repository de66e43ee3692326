"""``matcher nightly``: run the night."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from matcher.cli.console import wide_console
from matcher.config import Settings, load_settings
from matcher.domain.calendar import utc_now
from matcher.domain.kinds import RecordKind
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError
from matcher.evaluate.fairness.pairs import shipped_twins
from matcher.nightly import build
from matcher.nightly.advising import (
    AdviseShards,
    ServiceAdviser,
    advise_here,
    advise_in_workers,
)
from matcher.nightly.cluster import (
    EnvironmentAdviser,
    EnvironmentMatcher,
    advise_on_cluster,
    match_on_cluster,
)
from matcher.nightly.crew import Processes, collect_seldom, few_here
from matcher.nightly.gates import Gate
from matcher.nightly.golden import golden_set
from matcher.nightly.journal import NightState, Start, is_over
from matcher.nightly.matching import ServiceMatcher, match_here, match_in_workers
from matcher.nightly.pipeline import rehearse_night, run_night
from matcher.nightly.reading import ReadShards, StoreAt, read_here, read_in_workers
from matcher.nightly.report import NightReport
from matcher.nightly.shards import MatchShards
from matcher.nightly.tools import Tools
from matcher.store.store import Store

app = typer.Typer(add_completion=False, help="Run the night.")

#: Up to so many are read, matched and advised in this process alone: each takes a second or two,
#: about what other processes need before they can begin.
_FEW_RECORDS: Final = 2000
_FEW_LISTS: Final = 300
_FEW_TRAIN_UPS: Final = 30
#: What to do when a gate refuses.
_REMEDIES: Final = {
    Gate.SIZE: "If the numbers under `now` are right: matcher nightly --resume --accept size. "
    "Else import what is missing, then run matcher nightly.",
    Gate.SELF_RETRIEVAL: "Vectors in the cache are wrong: remove the folder `vectors` in "
    "MATCHER_HOME, then run matcher nightly.",
    Gate.RECALL: "The index is wrong: run matcher nightly again, and report it if it stays so.",
    Gate.GOLDEN: "The encoder or the ranking orders known cases worse than before: go back to "
    "the one before, or, if that is wanted, matcher nightly --resume --accept golden_ndcg@10.",
    Gate.CHURN: "Much of what people were shown is gone from their lists though it is open: "
    "look at some, and if that is wanted, matcher nightly --resume --accept churn.",
    Gate.DRIFT: "Many matches have other scores than before: look at some, and if that is "
    "wanted, matcher nightly --resume --accept drift.",
    Gate.TWINS: "Words that should not matter change what people are offered: go back to the "
    "encoder or the weights before, or, if that is wanted, --accept twins.",
    Gate.GROUPS: "A group is surely offered less than four fifths of what others are: the report "
    "tells which. Find out why, and if that is right, matcher nightly --resume --accept groups.",
}


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works beside this process: others here, the workers of a cluster, or nobody."""

    processes: Processes | None
    cluster: str | None

    @classmethod
    @contextmanager
    def of(cls, workers: int, cluster: str | None) -> Iterator[Crew]:
        """Let so many processes work here, or a cluster; they are gone afterwards."""
        if workers == 1:
            yield cls(None, cluster)
        else:
            with Processes(workers) as processes:
                yield cls(processes, cluster)


@app.command()
def nightly(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do all up to the gates, and change nothing.")
    ] = False,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Take up a night of today that did not finish, or begin one if there was none; "
            "what was refused is built anew, unless --accept lets it pass.",
        ),
    ] = False,
    accept: Annotated[
        list[Gate] | None,
        typer.Option(
            "--accept",
            help="Publish though this gate refuses: size, golden_ndcg@10, churn, drift, twins "
            "or groups.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes that read records and make the lists.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler whose workers make the lists."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the samples that the gates draw.")] = 0,
) -> None:
    """Encode what changed, build and check a new index, publish it, make every list anew.

    Exits with 1 if a gate refuses: the index of yesterday stays in use then.
    """
    if dry_run and resume:
        raise InputError("--dry-run and --resume exclude each other.", remedy="Leave one out.")
    if cluster and workers > 1:
        raise InputError("--workers and --cluster exclude each other.", remedy="Leave one out.")
    collect_seldom()
    with (
        _verifying_once(load_settings()) as settings,
        Store.open(settings.url) as store,
        Crew.of(workers, cluster) as crew,
        _progress() as progress,
    ):
        if resume and is_over(store, utc_now):
            typer.echo("Nothing is to be resumed: the night of today is finished.")
            return
        tools = _tools(settings, store, crew, seed, progress)
        if dry_run:
            report = rehearse_night(tools, accept or ())
        else:
            report = run_night(tools, Start.RESUME if resume else Start.FRESH, accept or ())
    show(wide_console(), settings, report)
    if report.state is NightState.REFUSED:
        raise typer.Exit(1)


def show(console: Console, settings: Settings, report: NightReport) -> None:
    """Print what a night did."""
    table = Table("kind", box=None, pad_edge=False)
    for name in ("before", "now", "expired"):
        table.add_column(name, justify="right")
    for kind in RecordKind:
        closed = {str(kind): count for kind, count in report.closed.offers.items()}
        row = (report.built.before[kind], report.built.sizes[kind], closed.get(kind, 0))
        table.add_row(kind.plural, *(f"{number:,}" for number in row))
    console.print(table)
    for figure in report.judged.refused:
        console.print(
            f"Refused by the gate {figure.gate}: {figure.kind.plural} "
            f"{figure.value:.3f}, at least {figure.at_least} ({figure.told}).",
            style="bold red",
        )
    console.print(_outcome(settings, report), soft_wrap=True)


def _outcome(settings: Settings, report: NightReport) -> str:
    page = settings.home / "reports" / f"{report.run_id}.html"
    match report.state:
        case NightState.REHEARSED:
            return "A dry run: this would be published. Nothing was changed."
        case NightState.REFUSED if report.run_id == "rehearsal":
            return "A dry run: this would be refused. Nothing was changed."
        case NightState.REFUSED:
            kept = report.built.previous or "nothing"
            remedies = dict.fromkeys(_REMEDIES[one.gate] for one in report.judged.refused)
            return "\n".join([f"Not published; {kept} stays in use.", *remedies, f"Report: {page}"])
        case _:
            return f"Published {report.built.snapshot}. {_lists(report)}\nReport: {page}"


def _lists(report: NightReport) -> str:
    lists = report.lists
    if lists is None:
        return "No lists made."
    told = f"{lists.profiles - lists.taken_over:,} lists made"
    return f"{told}, {lists.taken_over:,} taken over unchanged." if lists.taken_over else f"{told}."


@contextmanager
def _verifying_once(settings: Settings) -> Iterator[Settings]:
    """Give the processes of a night a folder to note what one of them has verified."""
    with TemporaryDirectory() as folder:
        noted = settings.verified or Path(folder)
        yield settings.model_copy(update={"verified": noted})


def _tools(
    settings: Settings, store: Store, crew: Crew, seed: int, progress: build.Progress
) -> Tools:
    encoder = load_encoder(settings.encoder)
    records = RecordEncoder(encoder, store.concepts.labels)
    match, advise = _match(settings, store, records, crew), _advise(settings, store, records, crew)
    rng = np.random.default_rng(seed)
    return Tools(
        settings=settings,
        store=store,
        encoder=encoder,
        golden=golden_set(),
        twins=shipped_twins(),
        read=_read(settings, store, crew),
        match=match,
        advise=advise,
        clock=utc_now,
        rng=rng,
        progress=progress,
    )


def _match(settings: Settings, store: Store, records: RecordEncoder, crew: Crew) -> MatchShards:
    here = match_here(settings, store, records, utc_now)
    if crew.cluster:
        return match_on_cluster(EnvironmentMatcher(), crew.cluster)
    if crew.processes:
        there = match_in_workers(ServiceMatcher(settings), crew.processes)
        return few_here(here, there, _FEW_LISTS, lambda shard: len(shard.profile_ids))
    return here


def _advise(settings: Settings, store: Store, records: RecordEncoder, crew: Crew) -> AdviseShards:
    here = advise_here(settings, store, records, utc_now)
    if crew.cluster:
        return advise_on_cluster(EnvironmentAdviser(), crew.cluster)
    if crew.processes:
        there = advise_in_workers(ServiceAdviser(settings), crew.processes)
        return few_here(here, there, _FEW_TRAIN_UPS, lambda shard: len(shard.profile_ids))
    return here


def _read(settings: Settings, store: Store, crew: Crew) -> ReadShards:
    here = read_here(store)
    if crew.processes:
        there = read_in_workers(StoreAt(settings.url), crew.processes)
        return few_here(here, there, _FEW_RECORDS, lambda unread: len(unread.ids))
    return here


@contextmanager
def _progress() -> Iterator[build.Progress]:
    """Show bars on a terminal, and nothing anywhere else."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:

        def update(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield update
