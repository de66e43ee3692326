"""How people really work: two at once, too quickly, without a mouse, after a long pause."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from matcher.domain.offer import OfferKind
from tests.e2e.reader import Reader, reading
from tests.e2e.region import NOW
from tests.e2e.site import Site
from tests.e2e.test_needs import show
from tests.e2e.test_sessions import SCRIPT, end_sessions, slow_down


@pytest.mark.parametrize("script", [True, False])
def test_two_coaches_edit_a_client_and_the_second_sees_both_versions(
    script: bool, browser: Browser, site: Site
) -> None:
    path = "/clients/p03/mapping" if script else "/clients/p04/mapping"
    with (
        reading(browser, site, script=False) as first,
        reading(browser, site, script=script) as second,
    ):
        for coach in (first, second):
            coach.sign_in("coach", to=path)
        first.page.locator("#occupations_wanted").fill("leipuri")
        first.page.locator('form[action$="/mapping/work"] button').first.click()
        expect(first.page.locator(".note-good[role=status]")).to_be_visible()
        wanted = second.page.locator("#occupations_wanted")
        wanted.fill("kokki")
        second.page.locator('form[action$="/mapping/work"] button').first.click()
        second.reads("Joku muu on sillä välin muuttanut tätä osaa", "leipuri")
        expect(wanted).to_have_value("kokki")
        with site.store() as store:
            stored = store.profiles.get(path.split("/")[2])
        assert [job.title for job in stored.occupations_wanted] == ["leipuri"]


#: A second click while the answer to the first is on its way.
_TWICE = """button => {
    button.form.requestSubmit(button);
    setTimeout(() => button.form.requestSubmit(button), 100);
}"""


def test_an_impatient_hand_posts_a_need_once_on_a_slow_line(employer: Reader) -> None:
    employer.open("/needs/new")
    slow_down(employer)
    sent: list[str] = []
    # What is fetched into the page while one writes is asked with POST, too.
    employer.page.on(
        "request", lambda one: sent.append(one.method if one.is_navigation_request() else "")
    )
    employer.page.locator("#title").fill("Trukkikuski yövuoroon")
    employer.page.locator('button[value="save"]').evaluate(_TWICE)
    employer.reads("Trukkikuski yövuoroon", "Tarve")
    with employer.site.store() as store:
        needs = [
            one for batch in store.offers(OfferKind.NEED).open_batches(NOW.date()) for one in batch
        ]
    assert [one.title.fi for one in needs].count("Trukkikuski yövuoroon") == 1
    assert sent.count("POST") == 2


def test_what_an_employer_typed_when_the_session_had_ended_is_saved_after_signing_in(
    employer: Reader,
) -> None:
    employer.open("/needs/n01/edit")
    end_sessions(employer.site)
    employer.page.locator("#title").fill("Apukäsiä kiireapuun")
    employer.page.locator('button[value="save"]').click()
    sign_in_beside(employer, "secret of employer")
    employer.reads("Apukäsiä kiireapuun")
    employer.check()
    employer.page.locator("main button").click()
    with employer.site.store() as store:
        assert store.offers(OfferKind.NEED).get("n01").title.fi == "Apukäsiä kiireapuun"


def test_what_a_coach_typed_is_kept_where_a_script_saves_as_one_goes(coach: Reader) -> None:
    coach.open("/clients/p03/mapping")
    end_sessions(coach.site)
    coach.page.locator("#text").fill("Hoidan omaa kasvimaata ja mehiläisiä.")
    coach.page.locator("#text").blur()
    sign_in_beside(coach, "secret of coach")
    coach.reads("Hoidan omaa kasvimaata ja mehiläisiä.")
    coach.page.locator("main button").click()
    expect(coach.page.locator("#text")).to_have_value("Hoidan omaa kasvimaata ja mehiläisiä.")
    coach.check()


def sign_in_beside(reader: Reader, key: str) -> None:
    """Sign in in another tab, and go on in the one that keeps what was typed."""
    reader.reads("Lähettämääsi ei tallennettu.")
    reader.check()
    with reader.page.context.expect_page() as opened:
        reader.page.get_by_role("link", name="Kirjaudu toisessa välilehdessä").click()
    opened.value.locator("#key").fill(key)
    opened.value.keyboard.press("Enter")
    expect(opened.value.locator("main")).to_contain_text("Sulje tämä välilehti")
    opened.value.close()
    reader.page.locator("main button").click()
    reader.reads("Tätä ei ole vielä tallennettu")


def press(reader: Reader, name: str, way: str = "Tab") -> None:
    """Go to what has a name with the tabulator alone, and press Enter there."""
    for _ in range(200):
        reader.page.keyboard.press(way)
        if reader.page.evaluate("document.activeElement.innerText.trim()").startswith(name):
            reader.page.keyboard.press("Enter")
            return
    raise AssertionError(f"The tabulator never comes to {name!r} on {reader.page.url}.")


def type_at(reader: Reader, id: str, text: str) -> None:
    """Go on to a field with the tabulator alone, and write there."""
    for _ in range(200):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("document.activeElement.id") == id:
            reader.page.keyboard.type(text)
            return
    raise AssertionError(f"The tabulator never comes to #{id} on {reader.page.url}.")


def test_a_coach_goes_from_sign_in_to_paper_without_a_mouse(reader: Reader) -> None:
    reader.open("/clients")
    type_at(reader, "key", "secret of coach")
    reader.page.keyboard.press("Enter")
    reader.reads("Asiakkaani")
    press(reader, "p05")
    reader.page.wait_for_url(re.compile("/clients/p05"))
    press(reader, "Ehdotukset")
    reader.reads("Avoimet työpaikat")
    press(reader, "Tallenna")
    reader.reads("Vaihtoehto on tallennettu asiakkaalle.")
    # What stands at the end of a long list is near from its end.
    press(reader, "Asiakkaalle paperilla", "Shift+Tab")
    reader.reads("Näin asiakas lukee listan.")
    reader.check()


def test_an_employer_posts_a_need_and_answers_a_card_without_a_mouse(
    reader: Reader, site: Site
) -> None:
    show(site, "p06", "0b1e")
    reader.open("/needs")
    type_at(reader, "key", "secret of employer")
    reader.page.keyboard.press("Enter")
    reader.reads("Omat tarpeet")
    press(reader, "Ilmoita tarpeesta")
    reader.reads("1. Työ")
    type_at(reader, "title", "Leipuri aamuvuoroon")
    press(reader, "Julkaise tarve")
    reader.reads("Tarve julkaistiin.", "Leipuri aamuvuoroon")
    reader.open("/needs/n01")
    reader.page.locator("#K-0b1e").get_by_label("Kutsun henkilön haastatteluun").focus()
    reader.page.keyboard.press("Space")
    press(reader, "Lähetä vastaus")
    reader.reads("Vastauksesi tallennettiin.")


def test_a_script_as_a_competence_and_endless_words_stay_words(coach: Reader) -> None:
    coach.open("/clients/p07/mapping")
    fields = coach.page.locator('form[action$="/mapping/competences"] input[name$=".name"]')
    fields.last.fill(SCRIPT)
    coach.page.locator('form[action$="/mapping/competences"] button').last.click()
    expect(coach.page.locator(f"input[value='{SCRIPT}']")).to_have_count(1)
    coach.check()
    coach.page.locator("#text").fill("a" * 10_000)
    coach.page.locator('form[action$="/mapping/words"] button').last.click()
    expect(coach.page.locator("#text")).to_have_value("a" * 10_000)
    coach.check()
