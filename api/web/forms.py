"""Forms as browsers send them: their values, what is wrong with them, and who sent them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Annotated, Final, Self
from uuid import UUID, uuid4, uuid5

from fastapi import Depends
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from matcher.errors import ForbiddenError, InputError
from matcher.i18n.message import ClientMessage, Message, client_msg

_BREAK: Final = re.compile(r"\r\n|[\r\x0b\x0c]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: Tells one showing of a form from the next.
_ONCE: Final = "once"
MAX_FIELDS: Final = 1000
MAX_FILES: Final = 1

MISSING: Final = client_msg("Fill this in.")
TOO_LONG: Final = client_msg("This text is too long. Make it shorter.")
CHOOSE: Final = client_msg("Choose one of the alternatives.")
NO_NUMBER: Final = client_msg("Write a number.")
NO_DATE: Final = client_msg("Write a date, for example 2.11.2026.")
_NOT_YET: Final = client_msg("This day is still to come. Check it.")
UNUSABLE: Final = client_msg("This cannot be used. Check what you wrote.")
#: What to say of what pydantic finds wrong, by its types of errors.
_SAID: Final[Mapping[str, ClientMessage]] = {
    "missing": MISSING,
    "string_too_short": MISSING,
    "string_too_long": TOO_LONG,
    "too_long": TOO_LONG,
    "enum": CHOOSE,
    "literal_error": CHOOSE,
    "int_parsing": NO_NUMBER,
    "float_parsing": NO_NUMBER,
    "date_parsing": NO_DATE,
    "date_from_datetime_parsing": NO_DATE,
    "date_past": _NOT_YET,
}


def _digest(file: UploadFile) -> str:
    """Return a digest of what an uploaded file holds, and go back to its beginning."""
    file.file.seek(0)
    digest = sha256(file.file.read()).hexdigest()
    file.file.seek(0)
    return digest


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody filled in, and what is wrong with it.

    Parameters
    ----------
    fields
        Texts by name; one name may have several.
    errors
        What to say at a field; the empty name stands for the whole form.
    files
        Uploaded files by name.
    """

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, Message] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, str | tuple[str, ...]]) -> Form:
        """Return a form that is shown for the first time, with these values in it."""
        return cls({n: (v,) if isinstance(v, str) else v for n, v in values.items()})

    def once(self) -> Self:
        """Return the form of something new: sent twice by an impatient hand, it makes one."""
        return replace(self, fields={**self.fields, _ONCE: (uuid4().hex,)})

    @property
    def number(self) -> str:
        """32 digits for what the form makes, the same whenever the same form is sent again.

        Who comes back to it and writes something else makes something else.
        """
        try:
            shown = UUID(self.text(_ONCE))
        except ValueError:
            return uuid4().hex
        files = [(name, _digest(file)) for name, file in sorted(self.files.items())]
        return uuid5(shown, repr((sorted(self.fields.items()), files))).hex

    def text(self, name: str) -> str:
        """Return the text of a field without blanks around it; empty if it was not sent."""
        return self.fields.get(name, ("",))[0].strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all texts of a name, as of boxes that are ticked."""
        return self.fields.get(name, ())

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a text that hold something."""
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def error(self, name: str) -> Message | None:
        """Return what to say at a field."""
        return self.errors.get(name)

    def wrong(self, errors: Mapping[str, Message]) -> Form:
        """Return the form with what is wrong with it."""
        return replace(self, errors={**self.errors, **errors})

    def wrong_as(self, error: InputError | ValidationError) -> Form:
        """Return the form with what a check of its values found wrong."""
        if isinstance(error, InputError):
            return self.wrong({error.field or "": UNUSABLE})
        return self.wrong({_name(one): said(one) for one in reversed(error.errors())})


async def read_form(request: Request) -> AsyncIterator[Form]:
    """Hand out the form in the body of a request; its files are closed after the answer.

    Raises
    ------
    InputError
        If it carries characters that no keyboard types.
    """
    data: FormData = await request.form(max_fields=MAX_FIELDS, max_files=MAX_FILES)
    fields: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            files[name] = value
        else:
            fields.setdefault(name, []).append(_readable(value))
    try:
        yield Form({name: tuple(texts) for name, texts in fields.items()}, files=files)
    finally:
        await data.close()


FormDep = Annotated[Form, Depends(read_form)]


def check_same_site(request: Request) -> None:
    """Refuse a form of another site, where there is no session yet whose token could tell.

    Raises
    ------
    ForbiddenError
        If the browser says that another site sent it.

    References
    ----------
    W3C, Fetch Metadata Request Headers; OWASP, Cross-Site Request Forgery Prevention Cheat Sheet.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise ForbiddenError(
            "The form was sent by another site.", remedy="Open the page here and send it again."
        )


def _readable(text: str) -> str:
    # Word and PDF part lines and pages by signs of their own.
    text = _BREAK.sub("\n", text)
    if _CONTROL.search(text):
        raise InputError(
            "A field holds control characters.", remedy="Leave them out and send the form again."
        )
    return text


def _name(error: ErrorDetails) -> str:
    return ".".join(map(str, error["loc"]))


def said(error: ErrorDetails) -> ClientMessage:
    """Return what to say of something that pydantic found wrong."""
    return _SAID.get(error["type"], UNUSABLE)
