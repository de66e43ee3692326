"""A coach works on a client's lists in a browser: with script and without, wide and narrow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.reader import Reader, reading
from tests.e2e.site import Site
from tests.e2e.test_sessions import slow_down

LISTS = "/clients/p05/matches"


def test_a_weight_re_ranks_at_once_and_what_is_said_stands_on_the_card(coach: Reader) -> None:
    coach.open(LISTS)
    coach.reads("Listat on tehty yöllä")
    coach.page.locator("#near").focus()
    coach.page.keyboard.press("End")
    if coach.page.locator("script").count() == 0:
        coach.page.locator(".weigh button").click()
    coach.page.wait_for_url(re.compile("near=1"))
    coach.reads("Listat tehtiin juuri äsken.")
    card = coach.page.locator(".match").first
    card.get_by_role("button", name="Tallenna").click()
    coach.reads("Vaihtoehto on tallennettu asiakkaalle.", "Tallennettu:")
    coach.check()


def test_two_offers_are_compared_and_one_is_looked_up_by_the_keyboard_alone(coach: Reader) -> None:
    keys = coach.page.keyboard
    coach.open(LISTS)
    boxes = coach.page.locator('.match input[name="o"]')
    for place in (0, 1):
        boxes.nth(place).focus()
        keys.press("Space")
    coach.page.get_by_role("button", name="Vertaa kahta valittua").focus()
    keys.press("Enter")
    coach.reads("Kaksi vaihtoehtoa rinnakkain")
    coach.check()
    coach.open(LISTS)
    coach.page.locator("#q").focus()
    keys.type("hitsaaja")
    keys.press("Enter")
    coach.reads("Valitse vaihtoehto: näet, miten se sijoittuu")
    coach.page.locator(".results a").first.focus()
    keys.press("Enter")
    coach.reads("Ehdot")
    coach.check()


def test_without_script_an_offer_is_refused_and_the_wish_withdrawn(
    browser: Browser, site: Site
) -> None:
    with reading(browser, site, width=360, script=False) as reader:
        reader.sign_in("coach", to="/clients/p02/matches?kind=training")
        cards = reader.page.locator(".list-chosen .match")
        expect(reader.page.locator(".list:not(.list-chosen)").first).to_be_hidden()
        title = cards.first.locator("h3").inner_text()
        cards.first.locator("summary", has_text="Ei sovi").click()
        cards.first.locator("select").select_option("pay")
        cards.first.get_by_role("button", name="Jätä pois listoilta").click()
        reader.reads("Merkitty, ettei vaihtoehto sovi asiakkaalle.", "Mitä asiakas ei halua")
        expect(reader.page.locator(".match h3", has_text=title)).to_have_count(0)
        reader.page.locator(".wishes button").click()
        reader.reads("Toive on peruttu.")
        expect(reader.page.locator(".match h3", has_text=title)).to_have_count(1)


def test_a_question_on_the_path_is_answered_on_the_spot(coach: Reader) -> None:
    coach.open("/clients/p05/pathway")
    first = coach.page.locator("details.question").first
    asked = first.locator("summary").inner_text()
    first.locator("summary").click()
    first.get_by_label("Ei", exact=True).check()
    first.get_by_role("button", name="Tallenna vastaus").click()
    coach.reads("Vastaus on tallennettu.")
    expect(coach.page.locator("details.question", has_text=asked)).to_have_count(0)
    coach.check()


@pytest.mark.soak
@pytest.mark.parametrize("width", [360, 1920])
def test_on_a_slow_network_the_list_comes_whole(browser: Browser, site: Site, width: int) -> None:
    with reading(browser, site, width=width) as reader:
        reader.sign_in("coach")
        slow_down(reader)
        reader.open(LISTS)
        reader.reads("Miten listat syntyivät")
        reader.check()


@pytest.mark.soak
def test_a_text_of_ten_thousand_letters_is_refused_and_nothing_is_lost(coach: Reader) -> None:
    coach.open(LISTS)
    card = coach.page.locator(".match").first
    card.locator("summary", has_text="Ei sovi").click()
    card.locator("select").select_option("other")
    field = card.locator('input[name="text"]')
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill("a" * 10_000)
    card.get_by_role("button", name="Jätä pois listoilta").click()
    coach.reads("Teksti on liian pitkä.")
    expect(coach.page.locator("textarea")).to_have_value("a" * 10_000)
    coach.check()


@pytest.mark.soak
def test_a_session_that_ended_leads_back_to_the_list(browser: Browser, site: Site) -> None:
    with reading(browser, site) as reader:
        reader.sign_in("coach", to=LISTS)
        reader.page.context.clear_cookies()
        reader.open(f"{LISTS}?near=1")
        reader.page.locator("#key").fill("secret of coach")
        reader.page.locator("main button").click()
        expect(reader.page).to_have_url(re.compile("near=1"))
