"""Somebody at a browser, who minds every error, every request outside and every barrier."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

from axe_playwright_python.sync_playwright import Axe
from httpx2 import post
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.e2e.site import Site

#: How the browser notes that a page was answered with an error that it then shows.
_SHOWN = "Failed to load resource: the server responded with a status of 4"
#: What htmx is about to change, or has just changed.
_ON_THE_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
#: To tell at length of all that axe finds to be well takes it half the time.
_VIOLATIONS: Final = {"resultTypes": ["violations"]}
Colours = Literal["light", "dark"]


class Reader:
    """A person at a browser.

    Parameters
    ----------
    page
        Of playwright, for whatever is not told here.
    site
        Where they read.
    """

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self._wrong: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._wrong.append(str(error)))
        page.on("request", self._watch)

    def open(self, path: str) -> None:
        """Open a page of the service."""
        self.page.goto(self.site.url + path)

    def sign_in(self, who: str, to: str = "") -> None:
        """Come in with the key of one of `tests.e2e.region.WHO`, as on the login's page."""
        self.open("/login")
        self.page.locator("#key").fill(f"secret of {who}")
        self.page.locator("main button").click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        if to:
            self.open(to)

    def come_in(self, person: str) -> None:
        """Come in to the own page of a person of the region, with what the coach hands over."""
        key = {"Authorization": "Bearer secret of coach"}
        links = f"{self.site.url}/v1/profiles/{person}/links"
        made = post(links, json={"days": 30}, headers=key).json()
        self.open(f"/own/enter?link={made['link']}")
        self.page.locator("#code").fill(f"{made['code'][:4]} {made['code'][4:]}")
        self.page.locator("main button").click()
        self.page.wait_for_url("**/own")

    def speak(self, tongue: str) -> None:
        """Choose a language at the top of the page."""
        self.page.locator(f'.languages button[value="{tongue}"]').click()
        expect(self.page.locator(f'.languages button[value="{tongue}"]')).to_have_attribute(
            "aria-pressed", "true"
        )

    def reads(self, *texts: str) -> None:
        """Check that the page says all of this."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def check(self) -> None:
        """Check that nothing went wrong up to now, and that the page has no barrier."""
        self.check_quiet()
        # A part of the page that is on its way in is neither here nor there.
        expect(self.page.locator(_ON_THE_WAY)).to_have_count(0)
        self.check_barriers()
        width = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{self.page.url} is {width} px wider than the screen"

    def check_barriers(self) -> None:
        """Check that axe finds no barrier on the page as it is now."""
        found = Axe().run(self.page, options=_VIOLATIONS).response["violations"]
        assert [(self.page.url, *_told(each)) for each in found] == []

    def check_quiet(self) -> None:
        """Check that no error was told and nothing asked for outside up to now."""
        assert self._wrong == []

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_SHOWN):
            self._wrong.append(f"{message.type}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:")):
            self._wrong.append(f"asked outside: {request.url}")


def _told(violation: dict[str, Any]) -> tuple[str, list[str]]:
    return violation["id"], [node["html"][:200] for node in violation["nodes"]]


@contextmanager
def reading(
    browser: Browser,
    site: Site,
    *,
    width: int = 1280,
    colours: Colours = "light",
    script: bool = True,
) -> Iterator[Reader]:
    """Open a browser window of somebody who reads Finnish; check at its end that all was quiet."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=colours,
        locale="fi-FI",
        java_script_enabled=script,
    )
    # On a busy machine a page may take as long as it likes.
    context.set_default_timeout(30_000)
    reader = Reader(context.new_page(), site)
    yield reader
    context.close()
    reader.check_quiet()
