"""Nobody sees contact data, whatever was sent in."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.service import ApiUnderTest

NAMES = st.sampled_from(["matti.meikalainen", "rekry", "a.b-c", "anna_k"])
DOMAINS = st.sampled_from(["example.fi", "yritys.example.com", "posti.example"])
EMAILS = st.builds(lambda name, domain: f"{name}@{domain}", NAMES, DOMAINS)
DIGITS = st.text("0123456789", min_size=7, max_size=7)
PHONES = st.builds(
    lambda prefix, digits: f"{prefix} {digits[:3]} {digits[3:]}",
    st.sampled_from(["040", "050", "+358 44"]),
    DIGITS,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(email=EMAILS, phone=PHONES)
def test_no_answer_holds_an_email_or_a_phone_number(
    email: str, phone: str, api: ApiUnderTest
) -> None:
    told = f"Hitsaaja. Soita {phone} tai kirjoita {email}"
    profile = {"text": told, "competences": [told], "education": told, "municipality": "564"}
    need = {"title": told, "text": told, "organisation": told, "tasks": [told]}
    answers = [
        api.call("coach", "POST", "/v1/profiles", profile),
        api.call("employer", "POST", "/v1/needs", {**need, "url": f"https://example.com/{email}"}),
        api.call("indexer", "PUT", "/v1/offers/vacancy/x", {"title": told, "requirements": [told]}),
        api.call("coach", "GET", "/v1/profiles"),
        api.call("admin", "GET", "/v1/needs"),
        api.call("coach", "GET", "/v1/offers/vacancy/x"),
        api.call("coach", "POST", "/v1/matches", {"profile": profile}),
        api.call("coach", "POST", "/v1/candidates", {"need": need}),
    ]
    for answer in answers:
        assert answer.status_code in {200, 201}
        assert email not in answer.text
        assert phone not in answer.text


@pytest.mark.parametrize("field", ["municipality", "licences", "languages"])
def test_a_refusal_does_not_repeat_a_contact(field: str, reading_api: ApiUnderTest) -> None:
    value = "matti@example.fi"
    body = {"text": "Hitsaan.", field: value if field == "municipality" else [value]}
    response = reading_api.call("admin", "POST", "/v1/profiles", body)
    assert response.status_code == 422
    assert value not in response.text
