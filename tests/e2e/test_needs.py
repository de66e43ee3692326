"""An employer posts a need and answers a card, in a browser; a person answers on a phone."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Browser, expect

from matcher.domain.consent import Move, Standing, ask, pseudonym
from tests.e2e.reader import Reader, reading
from tests.e2e.region import NOW
from tests.e2e.site import Site


def show(site: Site, person: str, name: str) -> None:
    """Let a person be shown for the employer's need."""
    dates = (date(2026, 11, 29), date(2026, 12, 31))
    consent = ask(
        (person, "n01"), dates, id=f"c-{name}", pseudonym=pseudonym(name), now=NOW, by="k"
    )
    with site.store() as store:
        store.consents.ask(consent)
        store.consents.move(person, consent.id, Move.YES, NOW, "k")
        store.consents.stand(
            Standing(
                profile_id=person, follow_up_from=date(2026, 10, 1), protected=False, at=NOW, by="k"
            )
        )


def test_an_employer_sees_while_writing_who_fits_and_posts(employer: Reader) -> None:
    employer.open("/needs/new")
    employer.page.locator("#title").fill("Haemme nuorta hitsaajaa")
    employer.page.locator("#tasks").fill("MIG/MAG-hitsaus")
    look = employer.page.locator("#look")
    expect(look).to_contain_text("Alueen työnhakijat, joille tätä voidaan tarjota:")
    expect(look).to_contain_text("Nämä sanat voivat olla syrjiviä:")
    employer.page.locator("#title").fill("Hitsaaja konepajalle")
    expect(look).not_to_contain_text("Nämä sanat voivat olla syrjiviä:")
    employer.page.locator('button[value="save"]').click()
    employer.reads("Tarve julkaistiin.", "Hitsaaja konepajalle")
    employer.check()


def test_what_is_still_on_its_way_can_be_read(employer: Reader) -> None:
    employer.page.route("**/fit", lambda _: None)
    employer.open("/needs/n01")
    expect(employer.page.locator("aside.htmx-request")).to_be_visible()
    employer.check_barriers()


def test_without_script_an_employer_asks_who_fits(browser: Browser, site: Site) -> None:
    with reading(browser, site, script=False, width=360) as reader:
        reader.sign_in("employer", to="/needs/new")
        reader.page.locator("#title").fill("Hitsaaja konepajalle")
        reader.page.locator('button[value="check"]').click()
        reader.reads("Alueen työnhakijat, joille tätä voidaan tarjota:")
        expect(reader.page.locator("#title")).to_have_value("Hitsaaja konepajalle")


def test_an_employer_answers_a_card_and_the_coach_reads_it(
    employer: Reader, browser: Browser, site: Site
) -> None:
    show(site, "p01", "0a7f")
    employer.open("/needs/n01")
    card = employer.page.locator("#K-0a7f")
    card.get_by_label("Kutsun henkilön haastatteluun").check()
    card.locator("button").click()
    employer.reads("Vastauksesi tallennettiin.", "kutsuttu haastatteluun")
    employer.check()
    with reading(browser, site) as coach:
        coach.sign_in("coach", to="/consents")
        coach.reads("K-0a7f", "kutsuttu haastatteluun")
        coach.check()
