"""Every page that is shown to customers: pictures are taken of it, and it is held against axe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matcher.i18n.tongue import Tongue

STAFF: Final = (Tongue.FI, Tongue.SV, Tongue.EN)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page.

    Parameters
    ----------
    name
        Of its pictures.
    path
        In the built-in region.
    who
        Reads it; empty for somebody who has not come in.
    tongues
        Languages that it is there in.
    """

    name: str
    path: str
    who: str = ""
    tongues: tuple[Tongue, ...] = STAFF


#: One line for each page; whoever makes one adds it.
SHOWN: Final = (
    Shown("login", "/login"),
    Shown("login-again", "/login?ended=yes&to=/clients"),
    Shown("no-pages", "/", "indexer"),
    Shown("not-found", "/nowhere", "coach"),
    Shown("clients", "/clients", "coach"),
)
