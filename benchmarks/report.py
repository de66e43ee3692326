"""The table of the latest results in the README, written from the result files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import RESULTS, Benchmark

README: Final = Path(__file__).parent / "README.md"
BEGIN: Final = "<!-- results: written by python -m benchmarks -->"
END: Final = "<!-- end of results -->"


def update_readme() -> None:
    """Put the tables of all results into the README."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n\n{tables()}\n{END}{after}", "utf-8")


def tables(folder: Path = RESULTS) -> str:
    """Return the tables of all result files in a folder, as Markdown."""
    paths = [folder / f"{name}.json" for name in Benchmark]
    return "\n".join(
        _table(json.loads(path.read_text("utf-8"))) for path in paths if path.is_file()
    )


def _table(result: dict[str, Any]) -> str:
    machine = result["machine"]
    busy = ", ".join(map(str, machine["load_average"]))
    lines = [
        f"### {result['benchmark']} ({result['mode']})",
        "",
        f"{result['date']}, commit {result['commit']}, encoder {result['encoder']}; "
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"load average {busy}.  ",
        f"Data: {result['data']}.",
        "",
        "| what | median | least–greatest | unit | n |",
        "|---|--:|--:|---|--:|",
        *(_row(figure) for figure in result["figures"]),
        "",
    ]
    return "\n".join(lines)


def _row(figure: dict[str, Any]) -> str:
    span = "" if figure["repeats"] == 1 else f"{figure['low']:,}–{figure['high']:,}"
    cells = (figure["name"], f"{figure['value']:,}", span, figure["unit"], figure["repeats"])
    return f"| {' | '.join(map(str, cells))} |"
