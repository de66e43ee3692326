"""Where the command line prints."""

from __future__ import annotations

from typing import Final

from rich.console import Console

PIPED_WIDTH: Final = 120


def wide_console() -> Console:
    """Return a console; one that is no terminal gets room enough for tables."""
    console = Console()
    return console if console.is_terminal else Console(width=PIPED_WIDTH)
