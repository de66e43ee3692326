"""The link and code of a client, made on a page and used on another."""

from __future__ import annotations

import re

import pytest

from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

PAGE = "/clients/p-oulu/link"


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def made(coach: Visitor) -> dict[str, str]:
    """What a client is handed: the secret of the link, and the code."""
    page = coach.post(PAGE, {**coach.token(PAGE), "days": "7"}).text
    link = re.search(r"/own/enter\?link=([\w-]+)", page)
    code = re.search(r'class="code">([0-9]{4} [0-9]{4})<', page)
    assert link
    assert code
    return {"link": link[1], "code": code[1]}


def test_a_link_made_on_the_page_lets_the_client_in(api: ApiUnderTest, coach: Visitor) -> None:
    handed = made(coach)
    client = Visitor(api)
    assert client.post("/own/enter", handed).headers["location"] == "/own"


def test_link_and_code_are_shown_once(coach: Visitor) -> None:
    handed = made(coach)
    later = coach.get(PAGE).text
    assert handed["link"] not in later
    assert handed["code"] not in later
    assert "Päätä linkki nyt" in later


def test_an_ended_link_lets_nobody_in(api: ApiUnderTest, coach: Visitor) -> None:
    handed = made(coach)
    assert coach.post(f"{PAGE}/end", coach.token(PAGE)).status_code == 303
    assert "Päätä linkki nyt" not in coach.get(PAGE).text
    assert Visitor(api).post("/own/enter", handed).status_code == 422


def test_a_link_of_a_year_is_refused_at_the_field(coach: Visitor) -> None:
    answer = coach.post(PAGE, {**coach.token(PAGE), "days": "365"})
    assert answer.status_code == 422
    assert "Valitse jokin vaihtoehdoista" in answer.text
    assert 'class="code"' not in answer.text
