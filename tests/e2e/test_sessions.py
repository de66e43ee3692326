"""Sessions that end, second tabs, slow lines, paper and hostile words, in a browser."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import expect

from matcher.domain.parts import Occupation
from tests.e2e.reader import Reader
from tests.e2e.region import NOW
from tests.e2e.site import Site

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def end_sessions(site: Site) -> None:
    with site.store() as store:
        for session in store.sessions.list(NOW):
            store.sessions.revoke(session.id, NOW)


def slow_down(reader: Reader) -> None:
    """Let the reader's line be slow from now on."""
    line = reader.page.context.new_cdp_session(reader.page)
    line.send("Network.enable")
    slow = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    line.send("Network.emulateNetworkConditions", {"offline": False, **slow})


def test_who_was_away_too_long_comes_back_to_the_same_page(coach: Reader) -> None:
    coach.open("/clients")
    end_sessions(coach.site)
    coach.open("/clients?after=p03")
    coach.reads("Istuntosi on päättynyt.")
    coach.check()
    coach.page.locator("#key").fill("secret of coach")
    coach.page.keyboard.press("Enter")
    expect(coach.page).to_have_url(f"{coach.site.url}/clients?after=p03")


def test_a_form_sent_after_the_session_has_ended_tells_so_and_leads_back(coach: Reader) -> None:
    coach.open("/clients")
    end_sessions(coach.site)
    coach.page.locator(".leave button").click()
    coach.reads("viimeisintä muutostasi ei tallennettu")
    coach.page.locator("#key").fill("secret of coach")
    coach.page.keyboard.press("Enter")
    expect(coach.page).to_have_url(f"{coach.site.url}/clients")


def test_a_page_of_before_another_sign_in_changes_nothing(coach: Reader) -> None:
    coach.open("/clients")
    other = coach.page.context.new_page()
    Reader(other, coach.site).sign_in("lead")
    coach.page.locator(".leave button").click()
    coach.reads("Sivu on vanhentunut")
    coach.check()
    other.reload()
    expect(other.locator("h1")).to_contain_text("Tunnusluvut")
    # The language is chosen where the form was, not where it was sent.
    coach.speak("en")
    expect(coach.page).to_have_url(f"{coach.site.url}/clients")


def test_hostile_and_endless_words_stay_words(coach: Reader) -> None:
    with coach.site.store() as store:
        profile = store.profiles.get("p01")
        words = (Occupation(SCRIPT), Occupation("x" * 10_000))
        store.profiles.replace(replace(profile, occupations_wanted=words), NOW)
    for width in (360, 1280):
        coach.page.set_viewport_size({"width": width, "height": 800})
        coach.open("/clients")
        coach.reads(SCRIPT)
        coach.check()


def test_paper_shows_what_matters_and_no_buttons(coach: Reader) -> None:
    coach.open("/clients")
    coach.page.emulate_media(media="print")
    expect(coach.page.locator(".top")).to_be_hidden()
    expect(coach.page.locator("h1")).to_be_visible()
    ground = coach.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert re.sub(r"\s", "", ground) == "rgb(255,255,255)"
