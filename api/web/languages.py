"""In which language a reader is spoken to, and which there are to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from matcher.i18n.tongue import Tongue

#: The language that a reader chose; it says nothing of the person.
COOKIE: Final = "__Host-kohtaanto-language"
_YEAR: Final = 365 * 24 * 60 * 60
_NAMES: Final = {
    Tongue.FI: "Suomi",
    Tongue.PLAIN_FI: "Selkosuomi",
    Tongue.SV: "Svenska",
    Tongue.EN: "English",
    Tongue.RU: "Русский",
}
STAFF: Final = (Tongue.FI, Tongue.SV, Tongue.EN)
CLIENT: Final = tuple(_NAMES)
_CLIENT_PATH: Final = "/own"


def choices(path: str) -> Sequence[tuple[Tongue, str]]:
    """Return the languages of a page: what a client reads is there in more of them."""
    return [(tongue, _NAMES[tongue]) for tongue in _spoken(path)]


def tongue_of(request: Request) -> Tongue:
    """Return the language of a reader: as chosen, else as the browser asks, else Finnish."""
    spoken = _spoken(request.url.path)
    chosen = request.cookies.get(COOKIE, "")
    asked = [
        part.partition(";")[0].strip()[:2].casefold()
        for part in request.headers.get("Accept-Language", "").split(",")
    ]
    # Who chose plain Finnish gets Finnish where there is no other.
    wanted = [chosen, chosen[:2], *asked]
    return next((tongue for each in wanted for tongue in spoken if tongue == each), Tongue.FI)


def remember(response: Response, tongue: Tongue) -> None:
    """Let a browser keep the language that its reader chose."""
    response.set_cookie(
        COOKIE, tongue, max_age=_YEAR, path="/", secure=True, httponly=True, samesite="lax"
    )


def _spoken(path: str) -> tuple[Tongue, ...]:
    is_client = path == _CLIENT_PATH or path.startswith(f"{_CLIENT_PATH}/")
    return CLIENT if is_client else STAFF
