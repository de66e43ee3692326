"""Imports go one way, along the way of the data; heavy libraries stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: Each group imports from groups before it only, and not from its neighbours in the group.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("matcher.errors",),
    ("matcher.config",),
    ("matcher.domain",),
    ("matcher.i18n",),
    ("matcher.store",),
    ("matcher.ingest", "matcher.encode", "matcher.requirements"),
    ("matcher.region", "matcher.feed"),
    ("matcher.index",),
    ("matcher.taxonomy",),
    ("matcher.metrics",),
    ("matcher.pathways",),
    ("matcher.casework",),
    ("matcher.rights",),
    ("matcher.match",),
    ("matcher.evaluate",),
    ("matcher.nightly",),
    ("matcher.cli",),
    ("api",),
)
LAYER = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
#: Rooms that may import less than their place in the order would allow.
NARROW = {
    "matcher.region": {"matcher.errors", "matcher.domain", "matcher.ingest"},
    "matcher.feed": {"matcher.errors", "matcher.domain", "matcher.store", "matcher.ingest"},
    "matcher.i18n": {"matcher.domain"},
    "matcher.requirements": {"matcher.domain"},
    "matcher.metrics": {"matcher.errors"},
    "matcher.pathways": {"matcher.errors", "matcher.domain", "matcher.i18n"},
}
#: The one command that starts the API imports it when it is called, from the layer above.
SERVE = ("matcher.cli.serve", "api.app")
#: Library → where alone it may be imported.
HOMES = {
    "fastapi": ("api",),
    "joserfc": ("api.identity",),
    "starlette": ("api",),
    "uvicorn": ("matcher.cli.serve",),
    "typer": ("matcher.cli",),
    "rich": ("matcher.cli",),
    "sqlalchemy": ("matcher.store",),
    "alembic": ("matcher.store",),
    "psycopg": ("matcher.store",),
    "babel": ("matcher.i18n",),
    "faiss": ("matcher.index",),
    "httpx2": ("matcher.feed", "matcher.cli.fetch", "api.identity"),
    "numba": ("matcher.encode.compiled",),
    "torch": ("matcher.encode",),
    "sentence_transformers": ("matcher.encode",),
    "tree_sitter": ("matcher.pathways",),
    "holidays": ("matcher.pathways",),
}


def modules() -> dict[str, Path]:
    """Every module of the library and the API by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in ("matcher", "api")
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def imports(path: Path) -> Iterator[str]:
    """Every name that a module imports anywhere, as ``package.module`` or ``package.name``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str | None:
    """The room that a module or an imported name belongs to; None for the package roots."""
    return next((room for room in LAYER if f"{name}.".startswith(f"{room}.")), None)


MODULES = modules()
IMPORTS = {name: sorted(set(imports(path))) for name, path in MODULES.items()}
OWN = {
    name: [each for each in found if each.split(".")[0] in ("matcher", "api", "tests", "models")]
    for name, found in IMPORTS.items()
}


def test_every_module_is_in_a_room_of_the_order() -> None:
    assert [name for name in MODULES if room_of(name) is None] == ["matcher"]


def test_imports_go_one_way() -> None:
    against = [
        (name, each)
        for name, found in OWN.items()
        for each in found
        if (here := room_of(name)) and (there := room_of(each))
        if here != there and LAYER[there] >= LAYER[here]
    ]
    assert [pair for pair in against if not is_serve(*pair)] == []


def is_serve(name: str, each: str) -> bool:
    return name == SERVE[0] and each.startswith(SERVE[1])


def test_nothing_inside_the_library_imports_from_its_root_or_from_tests_and_models() -> None:
    outside = [(name, each) for name, found in OWN.items() for each in found if not room_of(each)]
    assert [pair for pair in outside if pair[1] != "matcher.__version__"] == []
    assert [name for name, _ in outside if name.startswith("matcher")] == []


@pytest.mark.parametrize("room", NARROW)
def test_a_narrow_room_imports_only_what_it_needs(room: str) -> None:
    used = {room_of(each) for name, found in OWN.items() if room_of(name) == room for each in found}
    assert used - {room} <= NARROW[room]


def test_rooms_hold_nothing_but_a_docstring_in_their_init() -> None:
    spoken = {
        name: ast.parse(path.read_text("utf-8")).body
        for name, path in MODULES.items()
        if path.name == "__init__.py" and name != "matcher"
    }
    assert [name for name, body in spoken.items() if len(body) > 1] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_own_room_only(library: str) -> None:
    users = [
        name
        for name, found in IMPORTS.items()
        if any(each.split(".")[0] == library for each in found)
    ]
    homes = HOMES[library]
    assert [
        name for name in users if not any(f"{name}.".startswith(f"{home}.") for home in homes)
    ] == []


def test_pages_stand_on_the_api_and_only_the_application_knows_them() -> None:
    users = {
        name
        for name, found in OWN.items()
        if any(f"{each}.".startswith("api.web.") for each in found)
    }
    assert {name for name in users if not name.startswith("api.web.")} == {"api.app"}


def test_there_is_no_cycle_of_modules() -> None:
    graph = {
        name: {target for each in found if (target := module_of(each)) and target != name}
        for name, found in OWN.items()
    }
    while free := {name for name, targets in graph.items() if not targets & set(graph)}:
        graph = {name: targets for name, targets in graph.items() if name not in free}
    assert graph == {}


def module_of(name: str) -> str | None:
    """The module that an imported name comes from."""
    return (
        name
        if name in MODULES
        else next((m for m in [name.rpartition(".")[0]] if m in MODULES), None)
    )


HEAVY = ("torch", "sentence_transformers", "faiss", "sklearn", "scipy", "sqlalchemy", "fastapi")


def test_the_command_line_starts_without_anything_heavy() -> None:
    loaded = loaded_by("import matcher.cli.app")
    assert loaded & set(HEAVY) == set()


def test_the_encoder_module_is_imported_without_its_model_libraries() -> None:
    loaded = loaded_by("import matcher.encode.encoder, matcher.encode.records")
    assert loaded & {"torch", "sentence_transformers", "sqlalchemy"} == set()


def loaded_by(statement: str) -> set[str]:
    """The packages in memory after a statement in a fresh Python."""
    report = f"{statement}; import sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    answer = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())
