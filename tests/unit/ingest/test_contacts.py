"""No contact survives; ordinary numbers do."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import CompanyNeed, Vacancy
from matcher.domain.parts import Competence, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.ingest.contacts import MARK, scrub, scrub_row, without_contacts

ORDINARY = [
    "vuosina 2021–2026",
    "1.6.-31.8.2026",
    "01.06.2026-31.08.2026",
    "05-12-2026",
    "2026-05-01",
    "klo 07-15 / 14-22",
    "08.00-16.00",
    "2 500 €/kk, 13,50–15,20 €/h",
    "00100 Helsinki, 02150 Espoo",
    "Kauppakatu 12 B 34",
    "Y-tunnus 0123456-7 ja 0412345-6",
    "SFS 6002, ISO 9001, VAK 1",
    "laki 540/2018 ja 504/2002",
    "+10 000 000 euroa, 120 000 asiakasta",
    "38,25 h/vko, 0,5–1 vuotta",
    "seuraa somessa @kaupunki, Facebook @ https://www.facebook.com",
    "haku päättyy 03/31/2025",
    "hätänumero 112, neuvonta 116 117",
]
WORDS = st.text(alphabet=string.ascii_letters + "åäöÅÄÖ ,.:;!?()\n", max_size=30)
DIGITS = st.text(alphabet=string.digits, min_size=7, max_size=7)
PREFIXES = st.sampled_from(["040", "0400", "045", "050", "08", "09", "018", "020", "+35840"])


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_stay(text: str) -> None:
    assert without_contacts(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "040 123 4567",
        "040-1234567",
        "040.123.4567",
        "0401234567",
        "+358 40 123 4567",
        "+358 (0)40 123 4567",
        "00358401234567",
        "(08) 123 4567",
        "08-123 4567",
        "050/1234567",
        "029 520 6000",
        "0800 12345",
        "018 15 500",
        "+46 70 123 45 67",
    ],
)
def test_phone_numbers_go_however_they_are_written(number: str) -> None:
    assert without_contacts(f"Soita {number}, kiitos.") == f"Soita {MARK}, kiitos."


def test_of_two_numbers_in_a_row_both_go() -> None:
    assert without_contacts("040 123 4567 045 765 4321") == f"{MARK} {MARK}"


def test_a_date_after_a_number_stays() -> None:
    assert without_contacts("puh. 040 123 4567 1.6.2026") == f"puh. {MARK} 1.6.2026"


@pytest.mark.parametrize(
    "email",
    [
        "a.b@kunta.fi",
        "A-B_c+d@x.y.example",
        "matti(at)yritys.fi",
        "matti [at] yritys.fi",
        "a(at)[b.fi",
    ],
)
def test_emails_go(email: str) -> None:
    assert without_contacts(f"Kirjoita: {email}!") == f"Kirjoita: {MARK}!"


def test_a_name_before_a_contact_goes_with_it() -> None:
    text = "Lisätietoja antaa rehtori Maija Mallikas, puh. 040 123 4567."
    assert without_contacts(text) == f"Lisätietoja antaa rehtori {MARK}, puh. {MARK}."


def test_a_job_title_may_stand_between_name_and_contact() -> None:
    text = "Lisätietoja: Maija Mallikas, ravintolan vuoropäällikkö, p. 040 123 4567"
    assert without_contacts(text) == (f"Lisätietoja: {MARK}, ravintolan vuoropäällikkö, p. {MARK}")


def test_a_name_before_a_mask_of_the_source_goes_too() -> None:
    assert without_contacts("Maija Mallikas, [PUHELIN]") == f"{MARK}, [PUHELIN]"


@given(WORDS, PREFIXES, st.sampled_from(["", " ", "-"]), DIGITS, WORDS)
def test_no_phone_survives(before: str, prefix: str, gap: str, digits: str, after: str) -> None:
    number = f"{prefix}{gap}{digits[:3]}{gap}{digits[3:]}"
    assert number not in without_contacts(f"{before} {number} {after}")


@given(WORDS, st.emails(), WORDS)
def test_no_email_survives(before: str, email: str, after: str) -> None:
    left = without_contacts(f"{before} {email} {after}")
    assert "@" not in left or not re.search(r"\w@\w", left)


@given(st.text())
def test_text_without_digits_and_at_signs_stays(text: str) -> None:
    plain = re.sub(r"[\d@()\[\]]", "", text)
    assert without_contacts(plain) == plain


def test_every_text_of_a_profile_is_scrubbed_and_its_codes_are_not() -> None:
    profile = Profile(
        id="p:0401234567",
        text="Soita 0401234567",
        competences=(Competence("myynti a@b.fi", concept="http://x/0401234567"),),
        education="merkonomi, 0401234567",
        cards=("022",),
    )
    clean = scrub(profile)
    assert clean == Profile(
        id="p:0401234567",
        text=f"Soita {MARK}",
        competences=(Competence(f"myynti {MARK}", concept="http://x/0401234567"),),
        education=f"merkonomi, {MARK}",
        cards=("022",),
    )


def test_every_text_of_an_offer_is_scrubbed() -> None:
    need = CompanyNeed(
        id="n1",
        title=LocalText("Myyjä 0401234567", "Säljare a@b.fi"),
        tasks=("soittaa numeroon 0401234567",),
        requirements=(Requirement("kysy a@b.fi"),),
    )
    assert scrub(need) == CompanyNeed(
        id="n1",
        title=LocalText(f"Myyjä {MARK}", f"Säljare {MARK}"),
        tasks=(f"soittaa numeroon {MARK}",),
        requirements=(Requirement(f"kysy {MARK}"),),
    )


def test_an_offer_without_contacts_stays_equal() -> None:
    vacancy = Vacancy(id="v1", title=LocalText("Kokki"), text=LocalText("Alkaa 1.6.2026."))
    assert scrub(vacancy) == vacancy


LINKS = [
    "https://kunta.example/jobs/0401234567",
    "https://tyo.example/haku/0b1f2c3d-0451-4234-9050-123456789012",
    "https://tyo.example/?id=040-123-4567&lang=fi",
    "https://kartta.example/@60.1,24.9",
]


@pytest.mark.parametrize("url", LINKS)
def test_the_digits_of_a_link_stay(url: str) -> None:
    assert scrub(Vacancy(id="v1", title=LocalText("Kokki"), url=url)).url == url
    assert scrub_row({"applicationUrl": {"fi": url}}) == {"applicationUrl": {"fi": url}}


@pytest.mark.parametrize(
    "url",
    [
        "mailto:rekry",
        "tel:0401234567",
        "TEL:+358401234567",
        "https://tyo.example/?to=a.b@kunta.example",
        "https://tyo.example/?to=a.b%40kunta.example",
    ],
)
def test_a_link_to_a_person_is_dropped(url: str) -> None:
    assert scrub(Vacancy(id="v1", title=LocalText("Kokki"), url=url)).url == ""


def test_contact_fields_of_a_raw_row_are_dropped_at_any_depth() -> None:
    row = {"hakeminen": {"ilmoittajanYhteystiedot": [{"etunimi": "M"}], "ohje": "soita 0401234567"}}
    assert scrub_row(row) == {"hakeminen": {"ohje": f"soita {MARK}"}}
