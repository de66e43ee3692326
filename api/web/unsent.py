"""What somebody typed into a form that was refused because the session had ended.

It is kept in the page that answers, and nowhere else: not in the store, in no log and in no
address. Whoever signs in again in another tab goes on in that page, is shown what was typed,
and sends it with a button. Only who had typed it gets that far.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Final, Self
from urllib.parse import parse_qsl, urlsplit

import anyio
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from api.access import CSRF_FIELD, Identity
from api.identity.login import local_path
from api.limits import BODY_SECONDS, read_body, told_length
from api.web.forms import MAX_FIELDS

#: The hidden field of a page that holds what was typed, and where such a page is sent.
FIELD: Final = "unsent"
PATH: Final = "/unsent"
#: More than a form holds that somebody typed; files are not kept.
_MOST: Final = 100_000
_LENGTH: Final = 2_000
_TYPED: Final = "application/x-www-form-urlencoded"
_POST: Final = "POST"
_MARK_LENGTH: Final = 16
_BETWEEN: Final = "."


class Unsent(BaseModel):
    """A form that was refused.

    Parameters
    ----------
    to
        Where it was sent.
    back
        The page that it was on.
    mark
        Of who had it on the screen; see `mark_of`.
    fields
        Names and texts, without the token.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: Annotated[str, Field(max_length=_LENGTH)]
    back: Annotated[str, Field(max_length=_LENGTH)]
    mark: Annotated[str, Field(min_length=_MARK_LENGTH, max_length=_MARK_LENGTH)]
    fields: Annotated[tuple[tuple[str, str], ...], Field(max_length=MAX_FIELDS)]

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Return what a page of ours kept; None for anything else."""
        try:
            found = cls.model_validate_json(written) if len(written) <= 2 * _MOST else None
        except ValidationError:
            return None
        if (
            found is None
            or local_path(found.to) != found.to
            or local_path(found.back) != found.back
        ):
            return None
        return found

    def written(self) -> str:
        """Return it as a page keeps it."""
        return self.model_dump_json()

    def is_of(self, reader: Identity) -> bool:
        """Tell whether it is the reader who had the form on the screen."""
        return self.mark == mark_of(reader)

    @property
    def texts(self) -> list[str]:
        """What was typed in words: texts of several, in their order."""
        return [text.strip() for _, text in self.fields if len(text.split()) > 1]


def mark_of(reader: Identity) -> str:
    """Return what tells the text of one reader from another's at the same browser.

    It stands in every form beside the token, and outlives the session.
    """
    who = reader.grant.profile_id or reader.id
    return sha256(f"typed by {who}".encode()).hexdigest()[:_MARK_LENGTH]


def marked(token: str, reader: Identity) -> str:
    """Return the token of a form with the mark of its reader."""
    return f"{token}{_BETWEEN}{mark_of(reader)}"


class Taken:
    """Listens to the body of a form while it arrives, so that it can be kept if it is refused.

    Parameters
    ----------
    request
        Of the form.
    receive
        From where it comes.
    """

    def __init__(self, request: Request, receive: Receive) -> None:
        self._request = request
        self._receive = receive
        self._body = b""
        self._is_whole = False

    async def receive(self) -> Message:
        """Hand on what comes."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._body += message.get("body", b"") if len(self._body) <= _MOST else b""
            self._is_whole = not message.get("more_body", False)
        return message

    async def unsent(self, back: str) -> Unsent | None:
        """Return the form, read to its end; None if it is none of ours, or too large.

        Parameters
        ----------
        back
            The page that it was on.
        """
        if not _is_ours(self._request):
            return None
        try:
            with anyio.fail_after(BODY_SECONDS):
                body = self._body if self._is_whole else await read_body(self._receive)
        except (ClientDisconnect, TimeoutError):
            return None
        if self._request.url.path == PATH:
            return Unsent.read(dict(_fields(body)).get(FIELD, ""))
        return _of(self._request, _fields(body), back)


def is_kept(request: Request) -> bool:
    """Tell whether a request is a form that is worth keeping."""
    typed = request.headers.get("Content-Type", "").startswith(_TYPED)
    return request.method == _POST and typed and 0 < told_length(request) <= 2 * _MOST


def _is_ours(request: Request) -> bool:
    """Tell whether the browser says that a page of ours sent it.

    References
    ----------
    W3C, Fetch Metadata Request Headers; WHATWG, Fetch: the header Origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.url.netloc


def _fields(body: bytes | None) -> list[tuple[str, str]]:
    try:
        read = parse_qsl((body or b"").decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except (UnicodeDecodeError, ValueError):  # ValueError: more fields than any form has
        return []
    return [(name, text.replace("\r\n", "\n")) for name, text in read]


def _of(request: Request, fields: list[tuple[str, str]], back: str) -> Unsent | None:
    token = dict(fields).get(CSRF_FIELD, "")
    mark = token.partition(_BETWEEN)[2]
    kept = tuple((name, text) for name, text in fields if name != CSRF_FIELD)
    size = sum(len(name) + len(text) for name, text in kept)
    url = request.url
    to = f"{url.path}?{url.query}" if url.query else url.path
    if not kept or size > _MOST or local_path(to) != to or local_path(back) != back:
        return None
    try:
        return Unsent(to=to, back=back, mark=mark, fields=kept)
    except ValidationError:  # a form of before there were marks, or of nobody's
        return None
