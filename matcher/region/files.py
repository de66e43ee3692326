"""Where the built-in region lies."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

#: The kinds of the built-in files, in the order in which they are best imported.
KINDS = ("profiles", "ads", "needs", "trainings", "services")


def region_files() -> dict[str, Path]:
    """Return the files of the built-in region by kind, as ``matcher import KIND`` names it."""
    return {kind: _folder() / f"{kind}.jsonl" for kind in KINDS}


def situations_file() -> Path:
    """Return the situations of some built-in clients, as ``matcher situation set`` reads them."""
    return _folder() / "situations.jsonl"


def attributes_file() -> Path:
    """Return protected attributes of the built-in clients, as ``matcher fairness set`` reads."""
    return _folder() / "attributes.jsonl"


def golden_file() -> Path:
    """Return judged pairs of built-in profiles and advertisements, as `matcher.nightly.golden`."""
    return _folder() / "golden.tsv"


def _folder() -> Path:
    return Path(str(resources.files("matcher.region")))
