"""Whose records a caller sees: by home, by coach, by share, and protected persons by name.

What a caller may not see is answered like what does not exist, so that an answer never
tells whether a person is known to another municipality.
"""

from __future__ import annotations

from api.access import PARTS, Caller
from api.state import Services
from matcher.domain.access import Role, same_organisation
from matcher.domain.codes import municipalities
from matcher.domain.conflict import Conflict
from matcher.domain.offer import CompanyNeed, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import ForbiddenError, NotFoundError
from matcher.store.records import RowInfo, State
from matcher.store.sight import Sight


def check_scope(caller: Caller, id: str, services: Services) -> RowInfo:
    """Refuse a profile that the caller may not see as if it did not exist.

    A profile without a municipality is visible to admins only.

    Returns
    -------
    RowInfo
        What is known of the profile beside its content; it may be closed.

    Raises
    ------
    NotFoundError
        If there is none, or none that the caller may see.
    """
    sight = services.store.people.sight(id, caller.staff, services.today())
    if not _is_seen(caller, sight, services):
        raise NotFoundError("profile", id)
    return sight.info


def check_profile(caller: Caller, id: str, services: Services) -> RowInfo:
    """Refuse what `check_scope` refuses, and profiles that their source no longer has.

    Raises
    ------
    NotFoundError
        If the profile is closed, or none that the caller may see.
    """
    info = check_scope(caller, id, services)
    if info.state is State.CLOSED:
        raise NotFoundError("profile", id)
    return info


def readable_profile(id: str, services: Services, caller: Caller) -> Profile:
    """Return a profile that the caller may read.

    Raises
    ------
    NotFoundError
        If there is none, or none that the caller may see.
    """
    check_profile(caller, id, services)
    return services.store.profiles.get(id)


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


def check_place(caller: Caller, id: str, services: Services) -> None:
    """Refuse a profile outside the caller's municipalities as if it did not exist.

    Protection orders do not count: this is for those who say who is named for whom.

    Raises
    ------
    NotFoundError
        If there is none, or none of the caller's municipalities.
    """
    info = services.store.profiles.info(id)
    if caller.scope is not None and info.municipality not in caller.scope:
        raise NotFoundError("profile", id)


def check_own_need(caller: Caller, id: str, services: Services) -> RowInfo:
    """Refuse an employer closed needs, and those of others, as if they did not exist.

    Raises
    ------
    NotFoundError
        If there is none, it is closed, or it belongs to another employer.
    """
    info = check_ownership(caller, id, services)
    if info.state is State.CLOSED:
        raise NotFoundError("need", id)
    return info


def check_ownership(caller: Caller, id: str, services: Services) -> RowInfo:
    """Refuse an employer the needs of others, closed or not, as if they did not exist.

    Raises
    ------
    NotFoundError
        If there is none, or it belongs to another employer.
    """
    info = services.store.offers(OfferKind.NEED).info(id)
    if caller.owner is not None and info.owner != caller.owner:
        raise NotFoundError("need", id)
    return info


def readable_need(id: str, services: Services, caller: Caller) -> Offer:
    """Return a need that the caller may read: own, shared, or anybody's for staff.

    If the organisation that has the need also employs the caller, that is written down.

    Raises
    ------
    NotFoundError
        If there is none, or none that the caller may read.
    """
    needs = services.store.offers(OfferKind.NEED)
    info = needs.info(id)
    if info.state is State.CLOSED or not _is_read(caller, info, services):
        raise NotFoundError("need", id)
    need = needs.get(id)
    note_conflict(caller, need, services)
    return need


def shared_needs(caller: Caller, services: Services) -> list[str]:
    """Return the ids of the needs that others have shared with the caller's organisation."""
    if caller.owner is None or not caller.grant.organisation.strip():
        return []
    given = services.store.need_shares.with_organisation(
        caller.grant.organisation, services.today()
    )
    return [share.need_id for share in given]


def note_conflict(
    caller: Caller, offer: Offer, services: Services, profile_id: str | None = None
) -> None:
    """Show and write down that a member of staff deals with a need of the own organisation."""
    if caller.role not in {Role.COACH, Role.LEAD} or not isinstance(offer, CompanyNeed):
        return
    if not same_organisation(caller.grant.organisation, offer.organisation):
        return
    caller.conflict = offer.organisation
    services.store.conflicts.note(
        Conflict(
            caller=caller.id,
            organisation=offer.organisation,
            need_id=offer.id,
            profile_id=profile_id,
            operation=caller.operation,
            at=services.clock(),
        )
    )


def _is_seen(caller: Caller, sight: Sight, services: Services) -> bool:
    if caller.role is Role.PERSON:
        return caller.grant.profile_id == sight.info.id
    # Only staff can be named: somebody elsewhere may bear the same name.
    if sight.protected and (caller.role is Role.PARTNER or not sight.named):
        return False
    if caller.role is Role.PARTNER:
        return _is_shared(caller, sight.info.id, services)
    if caller.scope is None:
        return True
    own = caller.own_clients_of
    is_own = own is None or sight.coach in {None, own}
    return is_own and sight.info.municipality in caller.scope


def _is_shared(caller: Caller, id: str, services: Services) -> bool:
    part = PARTS.get(caller.operation)
    given = services.store.shares.parts_of(id, caller.grant.organisation, services.today())
    return part is not None and part in given


def _is_read(caller: Caller, info: RowInfo, services: Services) -> bool:
    is_own = caller.owner is None or info.owner == caller.owner
    return is_own or info.id in shared_needs(caller, services)
