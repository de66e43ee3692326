"""Where each role goes first, and where else it may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.access import Role
from matcher.i18n.message import Message, client_msg, msg


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that is named at the top of all pages.

    Parameters
    ----------
    name
        What it is called.
    path
        Where it is; the pages below it belong to it.
    beside
        Pages below it that have tabs of their own.
    """

    name: Message
    path: str
    beside: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Tell whether a page is this one, or below it."""
        if path in self.beside:
            return False
        return path == self.path or path.startswith(f"{self.path}/")


_CLIENTS: Final = Tab(msg("My clients"), "/clients")
_CONSENTS: Final = Tab(msg("Consents"), "/consents")
_NEEDS: Final = Tab(msg("Our needs"), "/needs")
_OWN: Final = (
    Tab(
        client_msg("My list"),
        "/own",
        beside=("/own/consents", "/own/seen", "/own/changes", "/own/data"),
    ),
    Tab(client_msg("Who may see you"), "/own/consents"),
    Tab(client_msg("Who has seen my data"), "/own/seen"),
    Tab(client_msg("Tell of a change"), "/own/changes"),
    Tab(client_msg("My data"), "/own/data"),
)
_FIGURES: Final = Tab(msg("Figures"), "/lead")
#: The first is the page that a role comes to.
TABS: Final[Mapping[Role, tuple[Tab, ...]]] = {
    Role.COACH: (_CLIENTS, _CONSENTS),
    Role.LEAD: (_FIGURES, _CLIENTS, _CONSENTS),
    Role.INDICATORS: (_FIGURES,),
    Role.EMPLOYER: (_NEEDS,),
    Role.PERSON: _OWN,
    Role.ADMIN: (_CLIENTS, _CONSENTS, _NEEDS, _FIGURES),
}


def tabs_of(role: Role) -> Sequence[Tab]:
    """Return where a role may go; nowhere for those that have no pages."""
    return TABS.get(role, ())
