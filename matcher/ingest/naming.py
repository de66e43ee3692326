"""Giving names to concepts that a source refers to by URI only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from matcher.domain import codes
from matcher.domain.offer import Offer
from matcher.domain.parts import LanguageSkill, Occupation, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.ingest.rows import Notes

#: Looks up preferred labels by URI; unknown ones are absent.
Labels = Callable[[Collection[str]], dict[str, LocalText]]

UNNAMED = "concept without a name kept by its URI (import ESCO first to name it)"


def name_concepts(
    things: list[Profile | Offer], labels: Labels, notes: Notes
) -> list[Profile | Offer]:
    """Return the things with the taxonomy's labels where a phrase has a URI but no words.

    A language that was given as a concept becomes its code. What the taxonomy does not
    know keeps its URI and an empty phrase, and is noted.
    """
    wanted = {uri for thing in things for uri in _nameless(thing)}
    if not wanted:
        return things
    found = labels(wanted)
    for uri in (uri for thing in things for uri in _nameless(thing)):
        if uri not in found:
            notes[UNNAMED] += 1
    return [_named(thing, found) for thing in things]


def _nameless(thing: Profile | Offer) -> Iterator[str]:
    if isinstance(thing, Profile):
        return
    yield from (o.concept for o in thing.occupations if o.concept and not o.title)
    yield from (r.concept for r in thing.requirements if r.concept and not r.text)
    yield from (s.code for s in thing.languages if s.code.startswith("http"))


def _named(thing: Profile | Offer, labels: dict[str, LocalText]) -> Profile | Offer:
    if isinstance(thing, Profile):
        return thing

    def label(words: str, uri: str | None) -> str:
        return words or labels.get(uri or "", LocalText()).best(thing.language)

    return replace(
        thing,
        occupations=tuple(
            Occupation(label(o.title, o.concept), o.concept) for o in thing.occupations
        ),
        requirements=tuple(
            Requirement(label(r.text, r.concept), r.importance, r.concept)
            for r in thing.requirements
        ),
        languages=tuple(_language(skill, labels) for skill in thing.languages),
    )


def _language(skill: LanguageSkill, labels: dict[str, LocalText]) -> LanguageSkill:
    names = labels.get(skill.code, LocalText()).values()
    code = next((code for name in names if (code := codes.language_code(name))), skill.code)
    return LanguageSkill(code, skill.level)
