"""Forms: whatever a browser, or somebody who is none, sends is read or refused, never a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from api.web.forms import (
    CHOOSE,
    MAX_FIELDS,
    MISSING,
    NO_NUMBER,
    TOO_LONG,
    UNUSABLE,
    Form,
)
from matcher.domain.text import Lang
from matcher.errors import InputError
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
HOSTILE = {"to": f"/{SCRIPT}", "key": SCRIPT, "language": SCRIPT, SCRIPT: SCRIPT}


class Filled(BaseModel):
    name: str = Field(min_length=1, max_length=5)
    lang: Lang
    n: int


@pytest.fixture
def visitor(api: ApiUnderTest) -> Visitor:
    """Somebody with a browser that speaks Finnish."""
    return Visitor(api)


@pytest.mark.parametrize("path", ["/login", "/language"])
@pytest.mark.parametrize("text", ["x" * 10_000, "ä " * 5_000, SCRIPT, "\ufeff\u202e", "%00%zz"])
def test_whatever_is_typed_is_answered(visitor: Visitor, path: str, text: str) -> None:
    answered = visitor.post(path, {"key": text, "to": text, "language": text})
    assert answered.status_code in {303, 422}
    assert text not in answered.text


def test_nothing_that_is_sent_becomes_part_of_a_page(visitor: Visitor) -> None:
    shown = visitor.post("/login", HOSTILE)
    assert shown.status_code == 422
    assert "<script>alert" not in shown.text
    assert "<img" not in shown.text
    asked = visitor.get("/login", {"Accept-Language": SCRIPT, "Cookie": f"x={len(SCRIPT)}"})
    assert "<script>alert" not in asked.text


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1b", "\x7f"])
def test_characters_that_no_keyboard_types_are_refused(visitor: Visitor, sign: str) -> None:
    refused = visitor.post("/login", {"key": f"a{sign}b"})
    assert refused.status_code == 422
    assert "jotakin, mitä ei voi käyttää" in refused.text


def test_more_fields_than_any_form_has_are_refused(visitor: Visitor) -> None:
    refused = visitor.post("/login", {"key": ["x"] * (MAX_FIELDS + 1)})
    assert refused.status_code == 400
    assert "jotakin, mitä ei voi käyttää" in refused.text


def test_a_form_of_more_than_a_megabyte_is_refused(visitor: Visitor) -> None:
    refused = visitor.post("/login", {"key": "x" * 1_000_001})
    assert refused.status_code == 413
    assert "liikaa yhdellä kertaa" in refused.text


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b'{"key": "secret of coach"}', 422),
        ("application/x-www-form-urlencoded", b"&&==%", 422),
        ("multipart/form-data", b"no boundary", 400),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nz", 400),
        ("text/plain", b"key=secret of coach", 422),
    ],
)
def test_what_is_no_form_lets_nobody_in(
    api: ApiUnderTest, kind: str, body: bytes, status: int
) -> None:
    headers = {"Accept": "text/html", "Content-Type": kind}
    answered = api.client.post("/login", content=body, headers=headers, follow_redirects=False)
    assert answered.status_code == status
    assert answered.headers["Content-Type"].startswith("text/html")


@given(fields=st.dictionaries(st.text(), st.lists(st.text(), min_size=1).map(tuple)))
def test_any_form_can_be_asked_for_anything(fields: dict[str, tuple[str, ...]]) -> None:
    form = Form(fields)
    for name, texts in fields.items():
        assert form.text(name) == texts[0].strip()
        assert form.texts(name) == texts
    assert form.error("nothing") is None


def test_what_is_wrong_is_said_at_its_field() -> None:
    with pytest.raises(ValidationError) as wrong:
        Filled.model_validate({"name": "too long", "lang": "xx", "n": "many"})
    form = Form.of({"name": "too long"}).wrong_as(wrong.value)
    assert form.errors == {"name": TOO_LONG, "lang": CHOOSE, "n": NO_NUMBER}
    assert form.text("name") == "too long"
    with pytest.raises(ValidationError) as missing:
        Filled.model_validate({"name": ""})
    assert Form().wrong_as(missing.value).errors == {"name": MISSING, "lang": MISSING, "n": MISSING}


def test_what_the_library_refuses_is_said_at_its_field_or_at_the_form() -> None:
    at_field = InputError("No.", remedy="Do.", field="title")
    assert Form().wrong_as(at_field).errors == {"title": UNUSABLE}
    assert Form().wrong_as(InputError("No.", remedy="Do.")).errors == {"": UNUSABLE}
