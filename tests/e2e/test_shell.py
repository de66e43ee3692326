"""What is the same on every page, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from matcher.i18n.tongue import Tongue
from tests.e2e.reader import Colours, Reader, reading
from tests.e2e.screenshots import COLOURS, WIDTHS
from tests.e2e.shown import SHOWN, STAFF, Shown, enter
from tests.e2e.site import Site


def test_a_coach_signs_in_with_the_keyboard_alone_and_leaves(reader: Reader) -> None:
    keys = reader.page.keyboard
    reader.open("/clients")
    keys.press("Tab")
    expect(reader.page.locator(".skip")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    expect(reader.page.locator("#key")).to_be_focused()
    keys.type("secret of coach")
    keys.press("Enter")
    expect(reader.page.locator("h1")).to_have_text("Asiakkaani")
    reader.check()
    reader.page.locator(".leave button").focus()
    keys.press("Enter")
    reader.reads("Olet kirjautunut ulos.")
    reader.open("/clients")
    reader.page.wait_for_url(re.compile("/login"))


def test_a_wrong_key_is_told_at_the_field(reader: Reader) -> None:
    reader.open("/login")
    reader.page.locator("#key").fill("<script>alert(1)</script>")
    reader.page.locator("main button").click()
    reader.reads("Tällä avaimella ei pääse sisään.")
    reader.check()


def test_the_language_stays_where_one_is(coach: Reader) -> None:
    coach.open("/clients")
    coach.speak("sv")
    expect(coach.page).to_have_url(f"{coach.site.url}/clients")
    expect(coach.page.locator("html")).to_have_attribute("lang", "sv")
    coach.reads("Mina klienter")


def test_everything_works_without_script(browser: Browser, site: Site) -> None:
    with reading(browser, site, script=False) as reader:
        reader.sign_in("coach", to="/clients")
        reader.reads("Asiakkaani", "p01")
        reader.speak("en")
        reader.reads("My clients")
        reader.page.locator(".leave button").click()
        reader.reads("You have signed out.")


@pytest.mark.parametrize("who", sorted({shown.who for shown in SHOWN}))
def test_pages_have_no_barrier(who: str, browser: Browser, site: Site) -> None:
    """Each page once; languages, widths and colours take turns."""
    pages = [shown for shown in SHOWN if shown.who == who]
    with reading(browser, site) as reader:
        for place, shown in enumerate(pages):
            tongues = shown.tongues[: len(STAFF)]
            look(reader, WIDTHS[place % 2], COLOURS[place // 2 % 2])
            visit(reader, shown, tongues[place * len(tongues) // len(pages)])
            reader.check()


@pytest.mark.soak
@pytest.mark.parametrize("who", sorted({shown.who for shown in SHOWN}))
@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_have_no_barrier_in_any_language_width_or_colour(
    who: str, colours: Colours, width: int, browser: Browser, site: Site
) -> None:
    with reading(browser, site, width=width, colours=colours) as reader:
        for tongue in Tongue:
            for shown in SHOWN:
                if shown.who == who and tongue in shown.tongues:
                    visit(reader, shown, tongue)
                    reader.check()


def look(reader: Reader, width: int, colours: Colours) -> None:
    """Go on at a screen of another width, in light or dark colours."""
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.page.emulate_media(color_scheme=colours)


def visit(reader: Reader, shown: Shown, tongue: Tongue) -> None:
    """Open a page as the one who reads it, in a language."""
    if reader.page.url == "about:blank":
        enter(reader, shown.who)
    reader.open(shown.path)
    if reader.page.locator("html").get_attribute("lang") != tongue.html:
        reader.speak(tongue)
        reader.open(shown.path)
