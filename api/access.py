"""Who may do what: one table, read before every route of the service.

An operation that is missing from it is refused to everybody. Whose records a caller sees
within it is told by `api.scope`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.requests import Request

from api.cookies import CSRF, SESSION, is_csrf_token
from matcher.domain.access import NAMED_PURPOSES, STANDING_PURPOSE, Grant, Role
from matcher.domain.audit import Purpose
from matcher.domain.sharing import Part
from matcher.errors import ForbiddenError
from matcher.store.reach import Reach

#: Header that names a purpose in the place of what an operation is for.
PURPOSE: Final = "Kohtaanto-Purpose"
#: Header of an answer about a need of the organisation that employs the caller.
CONFLICT: Final = "Kohtaanto-Conflict"

#: Of the hidden field of forms that holds what others send as a header.
CSRF_FIELD: Final = "csrf"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: What only shows again what was sent to it, to who has a new session and no token of it yet.
_CHANGING_NOTHING: Final = frozenset({"show_unsent"})

_STAFF: Final = frozenset({Role.COACH, Role.LEAD, Role.ADMIN})
_LOOKING: Final = _STAFF | {Role.DATA_PROTECTION}
_LEADS: Final = frozenset({Role.LEAD, Role.ADMIN})
_OWNERS: Final = frozenset({Role.EMPLOYER, Role.ADMIN})
_NEEDS: Final = _OWNERS | {Role.INDEXER}
_OFFERS: Final = _STAFF | {Role.INDEXER}
_RECORDS: Final = frozenset({Role.INDEXER, Role.ADMIN})
_PERSON: Final = frozenset({Role.PERSON})

#: Operations that need no key, by name and path.
OPEN: Final[Mapping[str, str]] = {
    "is_live": "/health/live",
    "is_ready": "/health/ready",
    "openapi": "/openapi.json",
    "show_docs": "/docs",
    "docs_script": "/docs/swagger-ui-bundle.js",
    "docs_style": "/docs/swagger-ui.css",
    "docs_icon": "/docs/favicon.png",
    "enter": "/v1/enter",
    "begin_login": "/v1/login",
    "finish_login": "/v1/login/callback",
    "static_file": "/static/{name}",
    "show_login": "/login",
    "sign_in": "/login",
    "choose_language": "/language",
    "show_own_entrance": "/own/enter",
    "enter_own": "/own/enter",
}

#: Roles that may call an operation, by its name.
ROLES: Final[Mapping[str, frozenset[Role]]] = {
    "create_profile": _STAFF,
    "list_profiles": _LOOKING,
    "read_profile": _LOOKING | {Role.PARTNER},
    "replace_profile": _STAFF,
    "delete_profile": _STAFF,
    "read_copy": _LOOKING,
    "print_copy": _LOOKING,
    "correct_profile": _STAFF,
    "erase_profile": _LOOKING,
    "list_erasures": frozenset({Role.DATA_PROTECTION, Role.ADMIN}),
    "read_nightly_list": _LOOKING | {Role.PARTNER},
    "read_list": _LOOKING,
    "explain_list": _LOOKING,
    "replay_list": _LOOKING,
    "read_upskill": _LOOKING | {Role.PARTNER},
    "add_feedback": _STAFF,
    "list_feedback": _LOOKING,
    "list_wishes": _LOOKING,
    "withdraw_wish": _STAFF,
    "ask_consent": _STAFF,
    "list_consents": _LOOKING,
    "move_consent": _STAFF,
    "read_standing": _LOOKING,
    "replace_standing": _STAFF,
    "list_staff": _LEADS | {Role.DATA_PROTECTION},
    "name_staff": _LEADS,
    "create_share": _STAFF,
    "list_shares": _LOOKING,
    "revoke_share": _LOOKING,
    "list_shared": frozenset({Role.PARTNER}),
    "create_link": _STAFF,
    "list_links": _LOOKING,
    "end_links": _LOOKING,
    "list_conflicts": frozenset({Role.DATA_PROTECTION, Role.ADMIN}),
    "find_matches": _STAFF,
    "create_case_entry": _STAFF,
    "read_case_file": _LOOKING,
    "change_case_entry": _STAFF,
    "print_plan": _LOOKING | {Role.PARTNER},
    "read_package": _STAFF,
    "list_due": _STAFF,
    "list_coaches": _STAFF,
    "create_idea": _STAFF,
    "list_ideas": _STAFF,
    "explain_offer": _LOOKING | {Role.PARTNER},
    "read_situation": _LOOKING,
    "replace_situation": _STAFF,
    "read_pathway": _LOOKING,
    "list_areas": _OFFERS | {Role.PARTNER},
    "read_area": _OFFERS | {Role.PARTNER},
    "list_need_instruments": _NEEDS | {Role.COACH, Role.LEAD, Role.PARTNER},
    "find_candidates": _STAFF | {Role.EMPLOYER},
    "create_need": _NEEDS,
    "list_needs": _NEEDS | {Role.PARTNER},
    "read_need": _NEEDS | {Role.PARTNER},
    "list_cards": _OWNERS,
    "read_insight": _STAFF | {Role.EMPLOYER},
    "replace_need": _NEEDS,
    "delete_need": _NEEDS,
    "create_need_share": _OWNERS,
    "list_need_shares": _OWNERS,
    "revoke_need_share": _OWNERS,
    "list_offers": _OFFERS,
    "read_offer": _OFFERS,
    "replace_offer": _RECORDS,
    "delete_offer": _RECORDS,
    "read_indicators": _LEADS | {Role.INDICATORS},
    "read_transfer": frozenset({Role.ADMIN}),
    "list_snapshots": _RECORDS,
    "read_session": frozenset(Role),
    "end_session": frozenset(Role),
    "read_own_profile": _PERSON,
    "read_own_copy": _PERSON,
    "print_own_copy": _PERSON,
    "read_own_list": _PERSON,
    "report_own_change": _PERSON,
    "explain_own_list": _PERSON,
    "list_own_seen": _PERSON,
    "list_own_consents": _PERSON,
    "move_own_consent": _PERSON,
    "list_own_shares": _PERSON,
    "revoke_own_share": _PERSON,
    # Pages.
    "show_home": frozenset(Role),
    "sign_out": frozenset(Role),
    "show_unsent": frozenset(Role),
    "show_signed_in": frozenset(Role),
    "show_clients": _LOOKING,
    "show_client": _STAFF,
    "show_new_client": _STAFF,
    "add_client": _STAFF,
    "show_mapping": _STAFF,
    "save_mapping": _STAFF,
    "suggest_competences": _STAFF,
    "download_profile": _STAFF,
    "show_matches": _STAFF,
    "give_feedback": _STAFF,
    "take_back_wish": _STAFF,
    "find_offers": _STAFF,
    "show_offer": _STAFF,
    "show_comparison": _STAFF,
    "show_handout": _STAFF,
    "show_visibility": _STAFF,
    "save_visibility": _STAFF,
    "show_link": _STAFF,
    "make_link": _STAFF,
    "end_link": _STAFF,
    "show_list_record": _STAFF,
    "show_upskill": _STAFF,
    "show_pathway": _STAFF,
    "answer_fact": _STAFF,
    "show_package": _STAFF,
    "show_plan": _STAFF,
    "show_needs": _OWNERS,
    "show_new_need": _OWNERS,
    "send_new_need": _OWNERS,
    "check_need": _OWNERS,
    "show_need": _OWNERS,
    "show_fit": _OWNERS,
    "edit_need": _OWNERS,
    "send_need": _OWNERS,
    "show_consents": _STAFF,
    "show_consent_form": _STAFF,
    "send_consent": _STAFF,
    "send_move": _STAFF,
    "send_answer": _OWNERS,
    "show_own_list": _PERSON,
    "show_own_explanation": _PERSON,
    "show_own_consents": _PERSON,
    "answer_own_consent": _PERSON,
    "end_own_share": _PERSON,
    "show_own_seen": _PERSON,
    "show_own_changes": _PERSON,
    "send_own_change": _PERSON,
    "show_own_data": _PERSON,
    "end_need": _OWNERS,
    "show_month": _LEADS | {Role.INDICATORS},
    "show_nights": _LEADS,
    "show_night": _LEADS,
}

#: What a partner must have been given of a person to call an operation.
PARTS: Final[Mapping[str, Part]] = {
    "read_profile": Part.PROFILE,
    "print_plan": Part.PLAN,
    "read_nightly_list": Part.LIST,
    "read_upskill": Part.LIST,
    "explain_offer": Part.LIST,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who sent a request, as a key, a token or a session tells.

    Parameters
    ----------
    id
        Of the key, the link, or issuer and subject; the owner of the needs that an employer
        posts.
    grant
        What they may do, and for whom.
    session
        Id of the session; empty for a key or a token.
    """

    id: str
    grant: Grant
    session: str = ""


@dataclass(slots=True)
class Caller:
    """Who sent a request, what for, and whether a conflict of interest came up.

    Parameters
    ----------
    identity
        Who.
    operation
        What they call, as `ROLES` names it.
    purpose
        What for, where that is not what the operation is for.
    conflict
        Organisation that both employs the caller and has the need; empty if there is none.
    """

    identity: Identity
    operation: str
    purpose: Purpose | None = None
    conflict: str = ""

    @property
    def id(self) -> str:
        """Id of who sent the request."""
        return self.identity.id

    @property
    def grant(self) -> Grant:
        """What the caller may do, and for whom."""
        return self.identity.grant

    @property
    def role(self) -> Role:
        """What the caller may do."""
        return self.grant.role

    @property
    def scope(self) -> tuple[str, ...] | None:
        """Municipalities whose people the caller may read or count; None means all."""
        return self.grant.scope

    @property
    def owner(self) -> str | None:
        """Owner of the needs that the caller has beside shared ones; None means all."""
        return self.id if self.role in {Role.EMPLOYER, Role.PARTNER} else None

    @property
    def staff(self) -> str:
        """Name under which protected persons are opened to the caller."""
        return self.grant.name or self.id

    @property
    def own_clients_of(self) -> str | None:
        """Coach whose clients alone the caller sees; None means everybody's."""
        if self.role is not Role.COACH or self.purpose is Purpose.SUBSTITUTION:
            return None
        return self.grant.name or None

    def reach(self, on: date) -> Reach:
        """Return whom the caller comes across in lists on a day."""
        return Reach(self.scope, self.own_clients_of, self.staff, on)


async def check_token(request: Request) -> None:
    """Refuse a change in a session that does not carry the session's token.

    Browsers send cookies along with what other sites make them ask for, and not the token:
    it is in the header `CSRF`, or in the form.

    Raises
    ------
    ForbiddenError
        If it does not.
    """
    identity: Identity = request.state.identity
    is_safe = request.method in _SAFE or request.scope["route"].name in _CHANGING_NOTHING
    if not identity.session or is_safe:
        return
    token = request.headers.get(CSRF)
    if token is None and request.headers.get("Content-Type", "").startswith(_FORMS):
        token = str((await request.form(max_files=1)).get(CSRF_FIELD, ""))
    # In a form it has a mark behind it, which tells whose form it is.
    if not is_csrf_token((token or "").partition(".")[0], request.cookies.get(SESSION, "")):
        request.state.stale_form = True
        raise ForbiddenError(
            f"The request changes something and carries no valid {CSRF}.",
            remedy="Send the token that GET /v1/session answers.",
        )


async def authorise(request: Request) -> None:
    """Refuse an operation that the table does not grant to the caller's role.

    Raises
    ------
    ForbiddenError
        If the role may not call it, nobody has decided yet who may, or the request names a
        purpose that is none of the role's.
    """
    operation = request.scope["route"].name
    if operation in OPEN:
        return
    await check_token(request)
    identity: Identity = request.state.identity
    role = identity.grant.role
    # Told before anything is refused: refusals are written down as well.
    caller = Caller(identity, operation, STANDING_PURPOSE.get(role))
    request.state.caller = caller
    if role not in ROLES.get(operation, frozenset()):
        raise ForbiddenError(
            f"The role {role} may not do this.",
            remedy="Use a key with another role; docs/api.md lists who may do what.",
        )
    named = request.headers.get(PURPOSE)
    if named is not None:
        caller.purpose = _purpose(named, role)


def _purpose(named: str, role: Role) -> Purpose:
    allowed = NAMED_PURPOSES.get(role, ())
    found = next((each for each in allowed if each == named), None)
    if found is None:
        remedy = f"Leave out {PURPOSE}"
        raise ForbiddenError(
            f"The role {role} looks at nothing for that purpose.",
            remedy=f"{remedy}, or name one of these: {', '.join(allowed)}."
            if allowed
            else f"{remedy}.",
        )
    return found
