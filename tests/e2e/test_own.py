"""A person comes in on a phone with link and code, reads the list and answers a company."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser

from matcher.domain.consent import ask, pseudonym
from tests.e2e.reader import reading
from tests.e2e.region import NOW
from tests.e2e.site import Site


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
        reader.come_in(person)
        reader.reads("Työpaikkoja ja koulutuksia sinulle", "Tehty 22.11.2026.")
        reader.page.get_by_role("link", name="1 yritys haluaisi nähdä").click()
        reader.page.get_by_role("button", name="Suostun", exact=True).click()
        reader.reads("Annoit suostumuksesi.", "suostumus annettu")
        if script:
            reader.check()
