"""``matcher import``, ``matcher template`` and ``matcher quarantine``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from matcher.config import load_settings
from matcher.domain import codes
from matcher.domain.calendar import utc_now
from matcher.errors import InputError
from matcher.ingest import importer
from matcher.ingest.esco import import_esco
from matcher.ingest.importer import Missing, import_files
from matcher.ingest.report import ImportReport
from matcher.ingest.retry import retry_quarantine
from matcher.ingest.rows import ImportKind
from matcher.ingest.template import TemplateFormat, template
from matcher.rights.traces import containing
from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store

app = typer.Typer(no_args_is_help=True, add_completion=False)
quarantine = typer.Typer(
    no_args_is_help=True, help="List, find, re-try and drop rows that could not be imported."
)
app.add_typer(quarantine, name="quarantine")

NOTES_SHOWN = 10
AFTER_ESCO = (
    "The taxonomy's labels become part of the encoded words with the next night: run "
    "`matcher nightly` now (until then records that carry concepts are left out of lists)."
)

#: Exit status of an import that stored what it could and put other rows into quarantine.
PARTLY = 3

KindFilter = Annotated[ImportKind | None, typer.Option("--kind", help="Only rows of this kind.")]


@app.command("import")
def import_(
    kind: Annotated[ImportKind, typer.Argument(help="What the files hold.")],
    paths: Annotated[
        list[Path], typer.Argument(help="Files; for esco also folders and zip archives.")
    ],
    *,
    format: Annotated[
        str | None, typer.Option("--format", help="Format; left out, told from the content.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Whose records these are; starts their ids.")
    ] = None,
    municipality: Annotated[
        str | None,
        typer.Option(
            "--municipality",
            help="Profiles only: code or name of the home, where the source tells none.",
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Close records that the source no longer has.")
    ] = False,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss", help="With --full: even if more than half of the source would close."
        ),
    ] = False,
) -> None:
    """Import profiles, ads, needs, trainings, services or ESCO; what cannot be used is kept.

    Importing the same file again changes nothing. Rows that cannot be used go to
    quarantine: see `matcher quarantine list`. Exits with 3 if there are such rows.
    """
    if accept_loss and not full:
        raise InputError(
            "--accept-loss says nothing without --full.", remedy="Add --full or leave it out."
        )
    if kind is ImportKind.ESCO and (format or source or full):
        raise InputError(
            "ESCO has one source, and its tables are told by their names.",
            remedy="Leave out --format, --source and --full.",
        )
    home = _home(kind, municipality)
    with Store.open(load_settings().url) as store, _progress(kind) as progress:
        if kind is ImportKind.ESCO:
            _import_esco(store, paths, progress)
            return
        report = import_files(
            store,
            kind,
            paths,
            now=utc_now(),
            format=format,
            source=source,
            municipality=home,
            missing=(Missing.CLOSE_ANY if accept_loss else Missing.CLOSE) if full else Missing.KEEP,
            progress=progress,
        )
    _show(report)
    if report.quarantined:
        raise typer.Exit(PARTLY)


@app.command("template")
def template_(
    kind: Annotated[ImportKind, typer.Argument(help="What the template is for.")],
    out: Annotated[
        Path | None, typer.Argument(help="File to write; left out, the terminal.")
    ] = None,
    format: Annotated[
        TemplateFormat | None,
        typer.Option("--format", help="Left out: as the file's name ends, else csv."),
    ] = None,
) -> None:
    """Write an empty, commented import template."""
    chosen = format or _format_of(out)
    if kind is ImportKind.ESCO:
        raise InputError("ESCO has no template.", remedy="Import the packages of the ESCO portal.")
    if out is None and chosen is TemplateFormat.XLSX:
        raise InputError("A workbook needs a file.", remedy="Give its name, as in profiles.xlsx.")
    data = template(kind, chosen)
    if out is None:
        typer.echo(data.decode("utf-8-sig"), nl=False)
        return
    try:
        with out.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        raise InputError(
            f"The template cannot be written: {error.strerror}.",
            remedy="Choose another name; nothing is overwritten.",
            where=str(out),
        ) from error
    typer.echo(f"Wrote {out}.")


@quarantine.command("list")
def list_quarantine(kind: KindFilter = None) -> None:
    """List rows that could not be imported: id, where, what is wrong, what to do.

    What is kept cannot be corrected here: correct the file and import it again, which
    replaces its rows.
    """
    with Store.open(load_settings().url) as store:
        rows = store.quarantine.all(kind.value if kind else None)
    _list(rows)
    typer.echo(f"{_rows(len(rows))} in quarantine.")


@quarantine.command("find")
def find(text: Annotated[str, typer.Argument(help="Words that a row holds, as a name.")]) -> None:
    """Find rows by their words: rows of people who are to be erased and whom no id names."""
    if not text.strip():
        raise InputError("Say what to look for.", remedy="Give a name or other words.")
    with Store.open(load_settings().url) as store:
        rows = containing(text.strip(), store.quarantine.all())
    _list(rows)
    typer.echo(f"{_rows(len(rows))} found. `matcher quarantine drop ID` removes one for good.")


@quarantine.command("retry")
def retry(kind: KindFilter = None) -> None:
    """Try rows again after an update or a new code list; what can be used now is stored."""
    with Store.open(load_settings().url) as store:
        report = retry_quarantine(store, now=utc_now(), kind=kind)
    typer.echo(
        f"Tried {_rows(report.tried)}: {report.stored} stored, {report.left} left in quarantine."
    )


@quarantine.command("drop")
def drop(
    ids: Annotated[
        list[int] | None, typer.Argument(help="Ids, as `matcher quarantine list` shows them.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every row in quarantine.")] = False,
) -> None:
    """Remove rows for good: what could not be imported may hold personal data."""
    if bool(ids) == every:
        raise InputError("Say which rows to drop.", remedy="Give their ids, or --all, not both.")
    with Store.open(load_settings().url) as store:
        kept = {row.id for row in store.quarantine.all() if row.id is not None}
        unknown = sorted(set(ids or ()) - kept)
        if unknown:
            raise InputError(
                f"Not in quarantine: {', '.join(map(str, unknown))}. Nothing was dropped.",
                remedy="`matcher quarantine list` shows the ids.",
            )
        chosen = kept if every else set(ids or ())
        store.quarantine.remove(chosen)
    typer.echo(f"Dropped {_rows(len(chosen))}.")


def _list(rows: Sequence[QuarantinedRow]) -> None:
    for row in rows:
        field = f", {row.field}" if row.field else ""
        typer.echo(
            f"{row.id}  {row.kind}: {row.file}, {row.row}{field}: {row.reason}. {row.remedy}"
        )


def _home(kind: ImportKind, told: str | None) -> str | None:
    """Return the code of the municipality that the command line names."""
    if told is None:
        return None
    if kind is not ImportKind.PROFILES:
        raise InputError(
            f"--municipality is a person's home, and {kind.value} have none.",
            remedy="Leave it out.",
        )
    code = codes.municipality_code(told)
    if code is None:
        raise InputError(
            f"{told!r} is no municipality.",
            remedy="Give its three-digit code or its name, as in 564 or Oulu.",
            field="--municipality",
        )
    return code


def _format_of(out: Path | None) -> TemplateFormat:
    suffix = out.suffix.removeprefix(".").casefold() if out else ""
    return next((format for format in TemplateFormat if format == suffix), TemplateFormat.CSV)


def _import_esco(store: Store, paths: list[Path], progress: importer.Progress) -> None:
    report = import_esco(store, paths, progress=progress)
    state = "imported" if report.changed else "unchanged, it was loaded already"
    languages = ", ".join(lang.value for lang in report.languages)
    typer.echo(
        f"ESCO {report.version} {state}: {report.concepts:,} concepts ({languages}), "
        f"{report.relations:,} relations."
    )
    if report.dropped:
        typer.echo(f"  {report.dropped:,} relations left out: their concepts are not here.")
    if report.changed:
        typer.echo(AFTER_ESCO)


def _show(report: ImportReport) -> None:
    for file, name in report.formats.items():
        typer.echo(f"{file}: {name}")
    parts = [
        f"{report.read:,} read",
        f"{report.new:,} new",
        f"{report.changed:,} changed",
        f"{report.unchanged:,} unchanged",
        f"{report.closed:,} closed",
        f"{report.quarantined:,} quarantined",
    ]
    if report.repeated:
        parts.append(f"{report.repeated:,} told twice")
    typer.echo(f"{report.kind.value}: {', '.join(parts)}.")
    for note, count in list(report.notes.items())[:NOTES_SHOWN]:
        typer.echo(f"  {count:,} × {note}")
    if len(report.notes) > NOTES_SHOWN:
        typer.echo(f"  and {len(report.notes) - NOTES_SHOWN} other remarks")
    if report.quarantined:
        typer.echo(
            f"{_rows(report.quarantined)} could not be used; `matcher quarantine list --kind "
            f"{report.kind.value}` says why."
        )


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


@contextmanager
def _progress(kind: ImportKind) -> Iterator[importer.Progress]:
    """Show a bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(f"Importing {kind.value}", total=None)
        yield lambda rows, total: bar.update(task, completed=rows, total=total)
