"""What nobody is ranked by, and what rules of law ask, are out of the reach of ranking."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
#: What decides the order of a list.
RANKING = (
    "matcher.match.features",
    "matcher.match.likeness",
    "matcher.match.ranker",
    "matcher.match.rerank",
    "matcher.match.retrieve",
)

PROTECTED = ("matcher.domain.protected", "matcher.store.attributes")
#: Who alone may import them: what stores and reads them in, and the audit.
READERS = {
    "matcher.domain.protected",
    "matcher.store.attributes",
    "matcher.store.store",
    "matcher.ingest.attributes",
    "matcher.evaluate.fairness.groups",
}
#: Who alone may ask the store for them.
ASKERS = {"matcher.store.store", "matcher.nightly.fairness", "matcher.cli.fairness"}
#: Names that tell something protected; a module that ranks may not even say them.
NAMES = {"birth_date", "birth_year", "sex", "first_language", "nationality", "attributes"}


def sources() -> dict[str, ast.Module]:
    """Every module of the library and the API by its name, parsed."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for package in ("matcher", "api")
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def imported(tree: ast.Module) -> set[str]:
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    return (
        names
        | {str(n.module) for n in froms}
        | {f"{n.module}.{a.name}" for n in froms for a in n.names}
    )


def said(tree: ast.Module) -> set[str]:
    """Every name that a module reads of something, or gives to something."""
    return {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} | {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name)
    }


def test_only_the_audit_imports_protected_attributes() -> None:
    readers = {name for name, tree in sources().items() if imported(tree) & set(PROTECTED)}
    assert readers <= READERS
    assert "matcher.evaluate.fairness.groups" in readers


def test_only_the_audit_asks_the_store_for_them() -> None:
    askers = {
        name
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "attributes"
        and ast.unparse(node.value).endswith("store")
    }
    assert askers == ASKERS - {"matcher.store.store"}


def test_what_decides_an_order_never_says_their_names() -> None:
    trees = sources()
    rooms = [name for name in trees if name.startswith(("matcher.encode.", "matcher.index."))]
    assert {name: said(trees[name]) & NAMES for name in (*RANKING, *rooms)} == {
        name: set() for name in (*RANKING, *rooms)
    }


def test_ranking_loads_neither_situations_nor_pathways() -> None:
    report = f"import {', '.join(RANKING)}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(RANKING) <= set(loaded)
    assert [
        name
        for name in loaded
        if name in {"matcher.domain.situation", "matcher.store.situations", *PROTECTED}
        or name.startswith("matcher.pathways")
    ] == []
