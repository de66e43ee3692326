"""Who may do what: one table, and the rules of whose records a caller sees.

The table is read before every route of the service; an operation that is missing from it
is refused to everybody. What a caller may not see is answered like what does not exist,
so that an answer never tells whether a person is known to another municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from matcher.domain.access import Role
from matcher.domain.codes import municipalities
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import ForbiddenError, NotFoundError
from matcher.store.records import RowInfo, State

_PEOPLE: Final = frozenset({Role.COACH, Role.ADMIN})
_NEEDS: Final = frozenset({Role.EMPLOYER, Role.INDEXER, Role.ADMIN})
_OFFERS: Final = frozenset({Role.COACH, Role.INDEXER, Role.ADMIN})
_RECORDS: Final = frozenset({Role.INDEXER, Role.ADMIN})

#: Operations that need no key, by name and path.
OPEN: Final[Mapping[str, str]] = {
    "is_live": "/health/live",
    "is_ready": "/health/ready",
    "openapi": "/openapi.json",
    "show_docs": "/docs",
    "docs_script": "/docs/swagger-ui-bundle.js",
    "docs_style": "/docs/swagger-ui.css",
    "docs_icon": "/docs/favicon.png",
}

#: Roles that may call an operation, by its name.
ROLES: Final[Mapping[str, frozenset[Role]]] = {
    "create_profile": _PEOPLE,
    "list_profiles": _PEOPLE,
    "read_profile": _PEOPLE,
    "replace_profile": _PEOPLE,
    "delete_profile": _PEOPLE,
    "read_nightly_list": _PEOPLE,
    "add_feedback": _PEOPLE,
    "list_feedback": _PEOPLE,
    "list_wishes": _PEOPLE,
    "withdraw_wish": _PEOPLE,
    "ask_consent": _PEOPLE,
    "list_consents": _PEOPLE,
    "move_consent": _PEOPLE,
    "read_standing": _PEOPLE,
    "replace_standing": _PEOPLE,
    "find_matches": _PEOPLE,
    "create_case_entry": _PEOPLE,
    "read_case_file": _PEOPLE,
    "change_case_entry": _PEOPLE,
    "print_plan": _PEOPLE,
    "read_package": _PEOPLE,
    "list_due": _PEOPLE,
    "list_coaches": _PEOPLE,
    "create_idea": _PEOPLE,
    "list_ideas": _PEOPLE,
    "explain_offer": _PEOPLE,
    "read_situation": _PEOPLE,
    "replace_situation": _PEOPLE,
    "read_pathway": _PEOPLE,
    "list_areas": _OFFERS,
    "read_area": _OFFERS,
    "list_need_instruments": _NEEDS | {Role.COACH},
    "find_candidates": frozenset({Role.COACH, Role.EMPLOYER, Role.ADMIN}),
    "create_need": _NEEDS,
    "list_needs": _NEEDS,
    "read_need": _NEEDS,
    "list_cards": frozenset({Role.EMPLOYER, Role.ADMIN}),
    "read_insight": frozenset({Role.COACH, Role.EMPLOYER, Role.ADMIN}),
    "replace_need": _NEEDS,
    "delete_need": _NEEDS,
    "list_offers": _OFFERS,
    "read_offer": _OFFERS,
    "replace_offer": _RECORDS,
    "delete_offer": _RECORDS,
    "read_indicators": frozenset({Role.ADMIN}),
    "read_transfer": frozenset({Role.ADMIN}),
    "list_snapshots": _RECORDS,
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    Parameters
    ----------
    id
        Of the key; the owner of the needs that an employer posts.
    role
        What the caller may do.
    municipalities
        Where a coach or an employer may do it; not read for the other roles.
    """

    id: str
    role: Role
    municipalities: tuple[str, ...]

    @property
    def scope(self) -> tuple[str, ...] | None:
        """Municipalities whose people the caller may read or count; None means all."""
        return None if self.role is Role.ADMIN else self.municipalities

    @property
    def owner(self) -> str | None:
        """Owner of the needs that the caller may read; None means all."""
        return self.id if self.role is Role.EMPLOYER else None


async def authorise(request: Request) -> None:
    """Refuse an operation that the table does not grant to the caller's role.

    Raises
    ------
    ForbiddenError
        If the role may not call it, or nobody has decided yet who may.
    """
    operation = request.scope["route"].name
    if operation in OPEN:
        return
    caller: Caller = request.state.caller
    if caller.role not in ROLES.get(operation, frozenset()):
        raise ForbiddenError(
            f"The role {caller.role} may not do this.",
            remedy="Use a key with another role; docs/api.md lists who may do what.",
        )


def check_scope(caller: Caller, info: RowInfo) -> None:
    """Refuse a profile outside the caller's municipalities as if it did not exist.

    A profile without a municipality is visible to admins only.

    Raises
    ------
    NotFoundError
        If the profile is not within the caller's scope.
    """
    if caller.scope is not None and info.municipality not in caller.scope:
        raise NotFoundError("profile", info.id)


def check_profile(caller: Caller, info: RowInfo) -> None:
    """Refuse what `check_scope` refuses, and profiles that their source no longer has.

    Raises
    ------
    NotFoundError
        If the profile is closed, or not within the caller's scope.
    """
    check_scope(caller, info)
    if info.state is State.CLOSED:
        raise NotFoundError("profile", info.id)


def check_home(caller: Caller, profile: Profile) -> None:
    """Refuse to store a profile in a municipality that the caller does not work for.

    Raises
    ------
    ForbiddenError
        If the profile names no municipality, or one outside the caller's scope.
    """
    if caller.scope is None or profile.municipality in caller.scope:
        return
    names = ", ".join(municipalities()[code].name.best(Lang.FI) for code in caller.scope)
    raise ForbiddenError(
        "Your key stores profiles of its own municipalities only.",
        remedy=f"Give one of these as municipality: {names}.",
    )


def check_need(caller: Caller, info: RowInfo) -> None:
    """Refuse an employer the needs of others as if they did not exist.

    Raises
    ------
    NotFoundError
        If the need is closed, or belongs to another employer.
    """
    hidden = caller.owner is not None and info.owner != caller.owner
    if hidden or info.state is State.CLOSED:
        raise NotFoundError("need", info.id)
