"""``matcher snapshots``: list, verify, and go back to an index snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.config import load_settings
from matcher.domain.kinds import RecordKind
from matcher.encode.encoder import folder_revision
from matcher.errors import NotReadyError
from matcher.index import publication
from matcher.index.manifest import Manifest
from matcher.index.publication import SnapshotInfo

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="List, verify or go back to an index snapshot."
)

Name = Annotated[str, typer.Argument(help="Name of a snapshot, as `list` shows it.")]


@app.command("list")
def list_() -> None:
    """List the snapshots, oldest first; the one that is served is marked."""
    root = load_settings().snapshots
    infos = _all(root)
    # Plain lines: on a narrow terminal a table would cut the names, which are for copying.
    plural = " ".join(f"{kind.plural:>10}" for kind in RecordKind)
    typer.echo(f"{'snapshot':<29} {'encoder':<12} {plural}")
    for info in infos:
        typer.echo(_line(info))


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(help="Name of a snapshot; all of them if left out.")
    ] = None,
) -> None:
    """Compare every file of a snapshot with the hashes in its manifest."""
    root = load_settings().snapshots
    names = [name] if name else [info.name for info in _all(root)]
    for each in names:
        manifest = publication.verify(root, each)
        typer.echo(f"{each}: all {len(manifest.files)} files are as they were written.")


@app.command()
def use(name: Name) -> None:
    """Verify a snapshot, then serve it: this is the way back to yesterday's index."""
    settings = load_settings()
    root = settings.snapshots
    before = _served(root)
    manifest = publication.verify(root, name)
    publication.publish(root, name)
    typer.echo(f"{name} is served now.")
    _tell_of_other_encoder(manifest, Path(settings.encoder))
    if before and before != name:
        typer.echo(f"Go back with: matcher snapshots use {before}")


def _all(root: Path) -> list[SnapshotInfo]:
    infos = publication.list_snapshots(root)
    if not infos:
        raise NotReadyError(f"There is no snapshot in {root}.", remedy="Run `matcher nightly`.")
    return infos


def _served(root: Path) -> str | None:
    infos = publication.list_snapshots(root)
    return next((info.name for info in infos if info.is_current), None)


def _tell_of_other_encoder(manifest: Manifest, model: Path) -> None:
    # Told, not refused: whoever goes back to an older encoder may set it afterwards.
    if model.is_dir() and (revision := folder_revision(model)) != manifest.encoder_revision:
        typer.echo(
            f"It was built with encoder {manifest.encoder_revision}, but {revision} is in use: "
            "searches are refused until MATCHER_ENCODER is set back or `matcher nightly` has run.",
            err=True,
        )


def _line(info: SnapshotInfo) -> str:
    end = "  served" if info.is_current else ""
    if info.manifest is None:
        return f"{info.name:<29} damaged{end}"
    sizes = " ".join(f"{info.manifest.sizes[kind]:>10,}" for kind in RecordKind)
    return f"{info.name:<29} {info.manifest.encoder_revision:<12} {sizes}{end}"
