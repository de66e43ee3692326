"""Työmarkkinatori's profile interface P51: a mapping in the form in which a profile takes it.

Its texts are left out: the interface's description allows no language in them, so that a
document with words in it would not be valid by it. What has an ESCO concept is told by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from matcher.domain.parts import Evidence
from matcher.domain.profile import Profile

#: More than so many of a kind the interface does not take.
_AT_MOST: Final = 120
_LANGUAGES_AT_MOST: Final = 20
#: The block of each kind of evidence, as `tyomarkkinatori_p60` reads them.
_BLOCKS: Final = {
    Evidence.WORK: "employments",
    Evidence.EDUCATION: "educations",
    Evidence.HOBBY: "projects",
}


def p51_document(profile: Profile) -> dict[str, Any]:
    """Return a profile as the body of ``PUT /v1/profile``.

    References
    ----------
    KEHA-keskus, TMT Profile Service, interface P51 (FullProfileDto_ExternalPut).
    """
    told = {
        "generalInfo": _general(profile),
        "languageSkills": _languages(profile),
        "drivingLicenses": _licences(profile),
        "certifications": {"cardCodes": list(profile.cards or ())[:_AT_MOST]},
        "experienceDescription": {
            "occupations": _values(job.concept for job in profile.occupations_done),
            "skills": _skills(profile, None),
        },
        "jobPreferenceDescription": {
            "occupations": _values(job.concept for job in profile.occupations_wanted)
        },
    }
    blocks = {
        block: [{"description": {"skills": found}}]
        for evidence, block in _BLOCKS.items()
        if (found := _skills(profile, evidence))
    }
    return {**told, **blocks}


def _general(profile: Profile) -> dict[str, Any]:
    start, remote = profile.availability.start, profile.commute.remote
    told = {
        "startDate": start.isoformat() if start else None,
        "willingToWorkRemotely": remote,
        "preferredMunicipalities": [profile.municipality] if profile.municipality else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _languages(profile: Profile) -> list[dict[str, str]]:
    return [{"code": one.code} for one in (profile.languages or ())[:_LANGUAGES_AT_MOST]]


def _licences(profile: Profile) -> dict[str, Any]:
    told: dict[str, Any] = {"licenseClasses": list(profile.licences or ())}
    own_car = profile.commute.own_car
    return told if own_car is None else {**told, "ownCarAvailable": own_car}


def _skills(profile: Profile, evidence: Evidence | None) -> list[dict[str, str]]:
    """Return the competences of a block; None stands for those of no other block."""
    return _values(
        one.concept
        for one in profile.competences
        if one.evidence is evidence or (evidence is None and one.evidence not in _BLOCKS)
    )


def _values(concepts: Iterable[str | None]) -> list[dict[str, str]]:
    found = dict.fromkeys(concept for concept in concepts if concept)
    return [{"uri": uri} for uri in found][:_AT_MOST]
