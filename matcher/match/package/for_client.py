"""The package of a stored client: everything it needs is read from the store."""

from __future__ import annotations

from datetime import date

from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.casework.contacts import ServiceWishes
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.match.package.document import PackageDocument, package_document
from matcher.match.package.packer import Packer
from matcher.pathways.area import PhaseKind
from matcher.pathways.load import area_of
from matcher.pathways.phase import phase_of
from matcher.pathways.standing import Standing
from matcher.store.store import Store


def package_for(
    packer: Packer, profile: Profile, *, budget_eur: float | None, on: date, lang: Lang
) -> PackageDocument:
    """Return the package of a client, in words.

    Parameters
    ----------
    packer
        What chooses.
    profile
        Stored; its assessment, languages and situation are read from the store.
    budget_eur
        What may be spent on the fees of trainings; None is no limit.
    on
        The day.
    lang
        Of the words.

    Raises
    ------
    NotFoundError
        If nobody has assessed the client's service needs yet.
    """
    assessed = packer.store.cases.of_person(profile.id, ServiceNeeds)
    if not assessed:
        raise NotFoundError(
            "assessment of service needs of",
            profile.id,
            remedy="Write one into the case file: topic service_needs.",
        )
    packed = packer.pack(
        profile,
        assessed[-1].item,
        phase=_phase(packer.store, profile, on),
        budget_eur=budget_eur,
        on=on,
    )
    wishes = packer.store.cases.of_person(profile.id, ServiceWishes)
    return package_document(packed, wishes[-1].item.codes if wishes else (), lang)


def _phase(store: Store, profile: Profile, on: date) -> PhaseKind | None:
    area = area_of(profile.municipality, on) if profile.municipality else None
    if area is None:
        return None
    return phase_of(Standing.of(profile, store.situations.get(profile.id), area, on)).phase
