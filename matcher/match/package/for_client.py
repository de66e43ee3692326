"""The package of a stored client: everything it needs is read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.casework.contacts import ServiceWishes
from matcher.domain.decision import Packing
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.match.package.document import PackageDocument, package_document
from matcher.match.package.packer import Packed, Packer
from matcher.pathways.area import PhaseKind
from matcher.pathways.load import area_of
from matcher.pathways.phase import phase_of
from matcher.pathways.standing import Standing
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class ClientPackage:
    """A package, from what it was chosen, and the languages that the client is served in."""

    packed: Packed
    packing: Packing
    spoken: tuple[str, ...]

    def document(self, lang: Lang) -> PackageDocument:
        """Return the package in words."""
        return package_document(self.packed, self.spoken, lang)


def package_for(
    packer: Packer, profile: Profile, *, budget_eur: float | None, on: date
) -> ClientPackage:
    """Return the package of a client.

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
    needs, phase = assessed[-1].item, _phase(packer.store, profile, on)
    packed = packer.pack(profile, needs, phase=phase, budget_eur=budget_eur, on=on)
    wishes = packer.store.cases.of_person(profile.id, ServiceWishes)
    packing = Packing(needs, phase.value if phase else "", budget_eur)
    return ClientPackage(packed, packing, tuple(wishes[-1].item.codes) if wishes else ())


def _phase(store: Store, profile: Profile, on: date) -> PhaseKind | None:
    area = area_of(profile.municipality, on) if profile.municipality else None
    if area is None:
        return None
    return phase_of(Standing.of(profile, store.situations.get(profile.id), area, on)).phase
