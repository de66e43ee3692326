"""Write the pages of ``docs/areas`` anew: ``python -m tests.unit.pathways.pages``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from matcher.domain.text import Lang
from matcher.pathways.load import areas
from matcher.pathways.page import area_page

FOLDER: Final = Path(__file__).resolve().parents[3] / "docs" / "areas"


def pages() -> dict[Path, str]:
    """Return the text of every page by its path."""
    return {FOLDER / f"{area.name}.md": area_page(area, Lang.EN) for area in areas()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
