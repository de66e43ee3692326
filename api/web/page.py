"""What every page needs: who reads it, in which language, where else to go, what was just done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.access import Identity
from api.cookies import SESSION, csrf_token
from api.headers import REFERRER
from api.web.languages import choices, tongue_of
from api.web.navigation import Tab, tabs_of
from api.web.rendering import lang_of, render, words_in
from api.web.unsent import marked
from matcher.domain.text import Lang
from matcher.i18n.message import ClientMessage, Message
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import ClientWords, Words

#: Longest way back that `/login` takes.
TARGET_LENGTH: Final = 2000
#: What was just done, said once on the page that comes next.
FLASH: Final = "__Host-kohtaanto-flash"
_FLASH_SECONDS: Final = 60
_FLASH_LENGTH: Final = 500
#: Pages load style, script and pictures of their own, and nothing else.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Other sites are not told where somebody comes from; a form of ours tells which page it was on.
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    REFERRER: "same-origin",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is about to be shown.

    Parameters
    ----------
    request
        That asked for it.
    tongue
        Language of the reader.
    """

    request: Request
    tongue: Tongue

    @property
    def lang(self) -> Lang:
        """In which of the three languages records are shown."""
        return lang_of(self.tongue)

    @property
    def say(self) -> ClientWords:
        """The words that everybody who reads it understands."""
        return words_in(self.tongue)

    @property
    def words(self) -> Words:
        """The words of staff and employers."""
        return Words.of(self.lang)

    @property
    def reader(self) -> Identity | None:
        """Who reads it; None on pages that are open to all."""
        identity: Identity | None = getattr(self.request.state, "identity", None)
        return identity

    @property
    def csrf(self) -> str:
        """What the forms of the page carry to be believed; empty for who has no session."""
        secret = self.request.cookies.get(SESSION, "")
        if self.reader is None or not self.reader.session:
            return ""
        return marked(csrf_token(secret), self.reader)

    @property
    def path(self) -> str:
        """Where the page is, with what was asked of it."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def place(self) -> str:
        """Where the reader is: the page itself, or the one that the form of it was on."""
        if self.request.method == "GET":
            return self.path
        try:
            before = urlsplit(self.request.headers.get("Referer", ""))
        except ValueError:  # no address at all
            return "/"
        if before.netloc != self.request.url.netloc:
            return "/"
        return f"{before.path}?{before.query}" if before.query else before.path

    @property
    def tabs(self) -> Sequence[Tab]:
        """Where else the reader may go."""
        return () if self.reader is None else tabs_of(self.reader.grant.role)

    @property
    def languages(self) -> Sequence[tuple[Tongue, str]]:
        """The languages that the reader may choose from, each named in itself."""
        return choices(self.request.url.path)

    @property
    def flash(self) -> str:
        """What was just done; empty if nothing."""
        return unquote(self.request.cookies.get(FLASH, ""))[:_FLASH_LENGTH]

    @property
    def is_part(self) -> bool:
        """Whether a script asks for a part of the page only."""
        return self.request.headers.get("HX-Request") == "true"

    def show(
        self, template: str, context: Mapping[str, object] | None = None, status: int = 200
    ) -> Response:
        """Return the page.

        Parameters
        ----------
        template
            Path below the folder of templates.
        context
            Values by the names that the template has for them; `page` is there always.
        status
            422 for a form that is shown again.
        """
        html = render(template, self.tongue, {"page": self, **(context or {})})
        response = HTMLResponse(html, status, headers=dict(_HEADERS))
        if FLASH in self.request.cookies:
            response.delete_cookie(FLASH, path="/", secure=True, httponly=True, samesite="lax")
        return response

    def go(self, to: str, done: str = "") -> Response:
        """Return the way to another page, which then says what was done."""
        response = RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})
        if done:
            response.set_cookie(
                FLASH,
                quote(done),
                max_age=_FLASH_SECONDS,
                path="/",
                secure=True,
                httponly=True,
                samesite="lax",
            )
        return response

    def said(self, message: Message) -> str:
        """Return a sentence, also where the reader's language has what clients read only."""
        return self.say(message) if isinstance(message, ClientMessage) else self.words(message)


def page_of(request: Request) -> Page:
    """Return the page that answers a request."""
    return Page(request, tongue_of(request))


async def _page(request: Request) -> Page:
    return page_of(request)


PageDep = Annotated[Page, Depends(_page)]
