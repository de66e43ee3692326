from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator

from matcher.config import Settings
from matcher.domain.parts import (
    Availability,
    Commute,
    Competence,
    Evidence,
    LanguageSkill,
    Occupation,
)
from matcher.domain.profile import Profile
from matcher.ingest.tyomarkkinatori_p51 import p51_document

PROFILE = Profile(
    id="p",
    text="Olen leiponut.",
    municipality="564",
    competences=(
        Competence("leipominen", evidence=Evidence.WORK, concept="esco:baking"),
        Competence("hitsaus", evidence=Evidence.MAPPING, concept="esco:welding"),
        Competence("siivous"),
    ),
    occupations_wanted=(Occupation("leipuri", "esco:baker"),),
    languages=(LanguageSkill("fi"),),
    licences=("B",),
    cards=("022",),
    commute=Commute(own_car=True, remote=False),
    availability=Availability(date(2027, 1, 7)),
)


def test_concepts_stand_in_the_block_of_their_evidence() -> None:
    assert p51_document(PROFILE) == {
        "generalInfo": {
            "startDate": "2027-01-07",
            "willingToWorkRemotely": False,
            "preferredMunicipalities": ["564"],
        },
        "languageSkills": [{"code": "fi"}],
        "drivingLicenses": {"licenseClasses": ["B"], "ownCarAvailable": True},
        "certifications": {"cardCodes": ["022"]},
        "experienceDescription": {"occupations": [], "skills": [{"uri": "esco:welding"}]},
        "jobPreferenceDescription": {"occupations": [{"uri": "esco:baker"}]},
        "employments": [{"description": {"skills": [{"uri": "esco:baking"}]}}],
    }


@pytest.mark.parametrize("profile", [PROFILE, Profile(id="p", text="Jotain")])
def test_the_document_is_valid_by_the_description_of_the_interface(profile: Profile) -> None:
    errors = [error.message for error in _validator().iter_errors(p51_document(profile))]
    assert errors == []


def test_the_description_refuses_what_it_does_not_know() -> None:
    document = {**p51_document(PROFILE), "languageSkills": [{"code": "suomi"}]}
    assert [error.message for error in _validator().iter_errors(document)] == [
        "'suomi' is too long"
    ]


def _validator() -> Any:
    path = Path(Settings().data) / "tyomarkkinatori" / "P51-tmt-profile-tuonti-V1.yaml"
    if not path.exists():
        pytest.skip("The description of P51 is missing from the shared data.")
    description = yaml.safe_load(path.read_text("utf-8"))
    whole = {**description, "$ref": "#/components/schemas/FullProfileDto_ExternalPut"}
    return Draft4Validator(whole)
