"""A person comes in on a phone with link and code, reads the list and answers a company."""

from __future__ import annotations

from datetime import date

import pytest
from httpx2 import post
from playwright.sync_api import Browser

from matcher.domain.consent import ask, pseudonym
from matcher.i18n.tongue import Tongue
from tests.e2e.reader import Colours, Reader, reading
from tests.e2e.region import NOW
from tests.e2e.site import Site

PAGES = ("/own", "/own/consents", "/own/seen", "/own/changes", "/own/data")


def come_in(reader: Reader, site: Site, person: str) -> None:
    """Come in with what the coach hands over."""
    key = {"Authorization": "Bearer secret of coach"}
    made = post(f"{site.url}/v1/profiles/{person}/links", json={"days": 30}, headers=key).json()
    reader.open(f"/own/enter?link={made['link']}")
    reader.page.locator("#code").fill(f"{made['code'][:4]} {made['code'][4:]}")
    reader.page.locator("main button").click()
    reader.page.wait_for_url("**/own")


@pytest.mark.parametrize("script", [True, False])
def test_a_person_reads_the_list_and_answers_a_company(
    browser: Browser, site: Site, script: bool
) -> None:
    person = "p02" if script else "p03"
    dates = (date(2026, 11, 29), date(2026, 12, 31))
    asked = ask((person, "n01"), dates, id=f"c-{person}", pseudonym=pseudonym("1"), now=NOW, by="k")
    with site.store() as store:
        store.consents.ask(asked)
    with reading(browser, site, script=script, width=360) as reader:
        come_in(reader, site, person)
        reader.reads("Työpaikkoja ja koulutuksia sinulle", "Tehty 22.11.2026.")
        reader.page.get_by_role("link", name="1 yritys haluaisi nähdä").click()
        reader.page.get_by_role("button", name="Suostun", exact=True).click()
        reader.reads("Annoit suostumuksesi.", "suostumus annettu")
        if script:
            reader.check()


@pytest.mark.soak
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_own_pages_have_no_barrier_in_any_language_width_or_colour(
    colours: Colours, width: int, browser: Browser, site: Site
) -> None:
    with reading(browser, site, width=width, colours=colours) as reader:
        come_in(reader, site, "p05")
        for tongue in Tongue:
            reader.speak(tongue)
            for path in PAGES:
                reader.open(path)
                reader.check()
