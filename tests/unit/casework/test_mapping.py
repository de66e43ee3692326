from __future__ import annotations

from dataclasses import replace

from matcher.casework.mapping import MappedPart, is_thin, unknown_parts
from matcher.domain.parts import Commute, Competence, Hours, Occupation, WorkExtent
from matcher.domain.profile import Profile

KNOWN = Profile(
    id="p",
    competences=(Competence("a"), Competence("b"), Competence("c")),
    occupations_wanted=(Occupation("hitsaaja"),),
    municipality="564",
    commute=Commute(max_km=30),
    languages=(),
    licences=(),
    cards=(),
    hours=Hours(extents=(WorkExtent.FULL_TIME,)),
)


def test_of_whom_nothing_was_asked_nothing_is_known() -> None:
    assert unknown_parts(Profile(id="p")) == tuple(MappedPart)


def test_none_is_known_and_not_asked_is_not() -> None:
    assert unknown_parts(KNOWN) == ()
    assert unknown_parts(replace(KNOWN, licences=None)) == (MappedPart.LICENCES,)


def test_two_competences_are_too_few_and_four_gaps_too_many() -> None:
    assert is_thin(replace(KNOWN, competences=KNOWN.competences[:2]))
    gaps = replace(KNOWN, licences=None, cards=None, languages=None)
    assert not is_thin(gaps)
    assert is_thin(replace(gaps, municipality=None))
