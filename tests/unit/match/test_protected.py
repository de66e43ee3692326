"""What rules of law ask about a person is out of the reach of ranking."""

from __future__ import annotations

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


def test_ranking_loads_neither_situations_nor_pathways() -> None:
    report = f"import {', '.join(RANKING)}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(RANKING) <= set(loaded)
    assert [
        name
        for name in loaded
        if name in {"matcher.domain.situation", "matcher.store.situations"}
        or name.startswith("matcher.pathways")
    ] == []
