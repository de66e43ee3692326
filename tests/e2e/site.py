"""The pages on a port of this machine, and the browser that opens them."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from matcher.config import Settings
from matcher.encode.protocol import Encoder
from matcher.store.store import Store
from tests.api.ready import ready_app
from tests.e2e.region import NOW

#: Nothing that it does on its own, so that every request is one of a page.
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
UNBOUND = 1_000_000


@dataclass(frozen=True, slots=True)
class Site:
    """A running service.

    Parameters
    ----------
    url
        Without a slash at the end.
    settings
        Of its store.
    """

    url: str
    settings: Settings

    def store(self) -> Store:
        """Open the store beside the service."""
        return Store.open(self.settings.url)


@contextmanager
def serving(home: Path, encoder: Encoder) -> Iterator[Site]:
    """Serve a folder until the block ends."""
    settings = Settings(home=home, requests_per_minute=UNBOUND, entries_per_minute=UNBOUND)
    app = ready_app(settings, encoder, lambda: NOW)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(app, log_level="critical", loop="asyncio")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            # Connections wait in the socket's queue until the application has started.
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", settings)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        yield browser
        browser.close()
