"""Every page that is shown to customers: pictures are taken of it, and it is held against axe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matcher.i18n.tongue import Tongue
from tests.e2e.reader import Reader
from tests.e2e.region import NOW

#: Of the region; comes in with link and code.
CLIENT: Final = "p05"
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
        Reads it: one of `tests.e2e.region.WHO`, or `CLIENT` on the own pages; empty for somebody
        who has not come in.
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
    Shown("signed-in-again", "/unsent", "coach"),
    Shown("clients", "/clients", "coach"),
    Shown("client", "/clients/p05", "coach"),
    Shown("suggestions", "/clients/p05/matches", "coach"),
    Shown("suggestions-weighed", "/clients/p05/matches?near=1&blocked=show", "coach"),
    Shown("offer", "/clients/p05/offers/vacancy/v02", "coach"),
    Shown("offer-found", "/clients/p05/offers?q=hitsaaja", "coach"),
    Shown("comparison", "/clients/p05/compare?o=vacancy:v16&o=need:n01", "coach"),
    Shown("handout", "/clients/p05/handout?tongue=fi-simple", "coach"),
    Shown("train-ups", "/clients/p05/upskill", "coach"),
    Shown("client-visibility", "/clients/p05/visibility", "coach"),
    Shown("client-link", "/clients/p05/link", "coach"),
    Shown("path", "/clients/p05/pathway", "coach"),
    Shown("package", "/clients/p05/package", "coach"),
    Shown("plan", "/clients/p05/plan?tongue=ru", "coach"),
    Shown("new-client", "/clients/new", "coach"),
    Shown("mapping", "/clients/p01/mapping", "coach"),
    Shown("month", "/lead?month=2026-11", "lead"),
    Shown("nights", "/lead/nights", "lead"),
    Shown("night", f"/lead/nights/nightly-{NOW:%Y%m%dT%H%M%S}", "lead"),
    Shown("needs", "/needs", "employer"),
    Shown("need-new", "/needs/new", "employer"),
    Shown("need", "/needs/n01", "employer"),
    Shown("need-edit", "/needs/n01/edit", "employer"),
    Shown("consents", "/consents", "coach"),
    Shown("consent-new", "/clients/p01/consents/new?need=n01", "coach"),
    Shown("own-enter", "/own/enter", tongues=tuple(Tongue)),
    Shown("own", "/own", CLIENT, tuple(Tongue)),
    Shown("own-consents", "/own/consents", CLIENT, tuple(Tongue)),
    Shown("own-seen", "/own/seen", CLIENT, tuple(Tongue)),
    Shown("own-changes", "/own/changes", CLIENT, tuple(Tongue)),
    Shown("own-data", "/own/data", CLIENT, tuple(Tongue)),
)


def enter(reader: Reader, who: str) -> None:
    """Come in as the one who reads a page; nobody need not."""
    if who == CLIENT:
        reader.come_in(who)
    elif who:
        reader.sign_in(who)
