"""``make screenshots``: every page in its languages, narrow and wide, light and dark."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser

from matcher.config import Settings, load_settings
from matcher.encode.encoder import load_encoder
from tests.e2e.reader import Colours, reading
from tests.e2e.region import build_region
from tests.e2e.shown import SHOWN, Shown, enter
from tests.e2e.site import Site, chromium, serving

WIDTHS: Final = (360, 1920)
COLOURS: Final[tuple[Colours, ...]] = ("light", "dark")


def main(names: Iterable[str]) -> None:
    """Take the pictures of some pages, or of all, into ``screenshots`` in the home."""
    if shutil.which("chromium") is None:
        raise SystemExit("Chromium is missing: ask an administrator to install it.")
    chosen = set(names)
    folder = load_settings().home / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(Settings().encoder)
    with TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        build_region(home, encoder)
        with serving(home, encoder) as site, chromium() as browser:
            for shown in SHOWN:
                if not chosen or shown.name in chosen:
                    take(browser, site, shown, folder)


def take(browser: Browser, site: Site, shown: Shown, folder: Path) -> None:
    """Take the pictures of a page."""
    for width in WIDTHS:
        for colours in COLOURS:
            with reading(browser, site, width=width, colours=colours) as reader:
                enter(reader, shown.who)
                for tongue in shown.tongues:
                    reader.open(shown.path)
                    reader.speak(tongue)
                    reader.open(shown.path)
                    name = f"{shown.name}-{tongue}-{width}-{colours}.png"
                    reader.page.screenshot(path=folder / name, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
