"""Which words of a record are encoded, and what each stands for.

This module alone decides it; a change of any rule here raises `TEXT_VERSION`, which is
part of every snapshot's manifest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from matcher.domain.offer import CompanyNeed, Offer, Service, Training
from matcher.domain.parts import Competence, Evidence, Importance, Level, Occupation, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.encode.openness import openness
from matcher.encode.requirements import SentenceSense, plain_sentences, sort_sentences

TEXT_VERSION = 2
MAX_SENTENCES = 40

_LEVEL_WEIGHT = {None: 0.85, Level.BASIC: 0.7, Level.GOOD: 0.9, Level.STRONG: 1.0}
_EVIDENCE_WEIGHT = {
    None: 0.95,
    Evidence.WORK: 1.0,
    Evidence.EDUCATION: 0.95,
    Evidence.CERTIFICATE: 1.0,
    Evidence.HOBBY: 0.85,
    Evidence.MAPPING: 0.9,
}
_SPACE = re.compile(r"\s+")


class PhraseRole(IntEnum):
    """What a phrase stands for in its record."""

    COMPETENCE = 0
    DONE = 1
    WANTED = 2
    EDUCATION = 3
    SENTENCE = 4
    TITLE = 5
    ESSENTIAL = 6
    OPTIONAL = 7
    TASK = 8


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words that are encoded together.

    Parameters
    ----------
    text
        What is encoded: the shown words, with the concept's label where that adds any.
    shown
        The record's own words, for explanations.
    role
        What the phrase stands for.
    weight
        0 to 1: how much it counts among phrases of its role.
    """

    text: str
    shown: str
    role: PhraseRole
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RecordText:
    """All that is encoded of one record.

    Parameters
    ----------
    id
        Of the record.
    phrases
        What has vectors.
    full
        Its words, for lexical overlap.
    openness
        0 to 1: how open a job is to newcomers (`matcher.encode.openness`); 1 for other records.
    """

    id: str
    phrases: tuple[Phrase, ...]
    full: str
    openness: float = 1.0


Labels = Mapping[str, LocalText]


def concepts_of(record: Profile | Offer) -> set[str]:
    """Return the concept URIs that a record carries."""
    if isinstance(record, Profile):
        things: tuple[Competence | Occupation | Requirement, ...] = (
            *record.competences,
            *record.occupations_done,
            *record.occupations_wanted,
        )
    else:
        things = (*record.occupations, *record.requirements)
    return {thing.concept for thing in things if thing.concept}


def profile_text(profile: Profile, labels: Labels) -> RecordText:
    """Return what is encoded of a profile.

    Parameters
    ----------
    profile
        Never its restrictions, birth date or any other constraint: those are for gates.
    labels
        Preferred labels of the concepts it carries; missing ones are left out.
    """
    lang = profile.language
    phrases = [
        Phrase(
            _with_label(competence.name, competence.concept, labels, lang),
            competence.name,
            PhraseRole.COMPETENCE,
            _LEVEL_WEIGHT[competence.level] * _EVIDENCE_WEIGHT[competence.evidence],
        )
        for competence in profile.competences
        if competence.name.strip()
    ]
    phrases += _titles(profile.occupations_done, PhraseRole.DONE, labels, lang)
    phrases += _titles(profile.occupations_wanted, PhraseRole.WANTED, labels, lang)
    phrases += _plain([profile.education], PhraseRole.EDUCATION)
    phrases += _plain(_sentences(profile.text), PhraseRole.SENTENCE)
    return _record_text(profile.id, phrases)


def offer_text(offer: Offer, labels: Labels) -> RecordText:
    """Return what is encoded of an offer.

    Requirements come from the structured fields; where a job has none, from those
    sentences of the text that ask for something.

    Parameters
    ----------
    offer
        Of any kind.
    labels
        Preferred labels of the concepts it carries; missing ones are left out.
    """
    lang = offer.language
    phrases = _plain([offer.title.best(lang)], PhraseRole.TITLE)
    phrases += _titles(offer.occupations, PhraseRole.TITLE, labels, lang)
    for requirement in offer.requirements:
        role = (
            PhraseRole.ESSENTIAL
            if requirement.importance is Importance.ESSENTIAL
            else PhraseRole.OPTIONAL
        )
        text = _with_label(requirement.text, requirement.concept, labels, lang)
        if text:  # a concept that no taxonomy names has no words
            phrases.append(Phrase(text, requirement.text.strip() or text, role))
    phrases += _plain(_tasks(offer), PhraseRole.TASK)
    phrases += _from_sentences(offer.text.best(lang), told=_tells_requirements(offer))
    record = _record_text(offer.id, phrases)
    if isinstance(offer, Training | Service):
        return record
    asked = (requirement.text for requirement in offer.requirements)
    words = "\n".join((*asked, *_tasks(offer), offer.text.best(lang)))
    return replace(record, openness=openness(offer.title.best(lang), words))


def _tells_requirements(offer: Offer) -> bool:
    """Trainings and services describe themselves; what they ask for stands in their fields."""
    return bool(offer.requirements) or isinstance(offer, Training | Service)


def _tasks(offer: Offer) -> tuple[str, ...]:
    match offer:
        case CompanyNeed():
            return offer.tasks
        case Training():
            return offer.outcomes
        case Service():
            return offer.helps_with
        case _:
            return ()


def _from_sentences(text: str, *, told: bool) -> list[Phrase]:
    roles = {
        SentenceSense.ESSENTIAL: PhraseRole.SENTENCE if told else PhraseRole.ESSENTIAL,
        SentenceSense.OPTIONAL: PhraseRole.SENTENCE if told else PhraseRole.OPTIONAL,
        SentenceSense.TASK: PhraseRole.TASK,
        SentenceSense.OTHER: PhraseRole.SENTENCE,
    }
    return [
        Phrase(sentence, sentence, roles[sense])
        for sentence, sense in sort_sentences(text)[:MAX_SENTENCES]
    ]


def _sentences(text: str) -> list[str]:
    # A text of a single word is no sentence, but all that is known.
    return plain_sentences(text)[:MAX_SENTENCES] or [text]


def _plain(texts: Iterable[str], role: PhraseRole) -> list[Phrase]:
    cleaned = (_SPACE.sub(" ", text).strip() for text in texts)
    return [Phrase(text, text, role) for text in cleaned if text]


def _titles(
    occupations: Iterable[Occupation], role: PhraseRole, labels: Labels, lang: Lang
) -> list[Phrase]:
    return [
        Phrase(text, job.title.strip() or text, role)
        for job in occupations
        if (text := _with_label(job.title, job.concept, labels, lang))
    ]


def _with_label(text: str, concept: str | None, labels: Labels, lang: Lang) -> str:
    text = text.strip()
    label = labels[concept].best(lang) if concept and concept in labels else ""
    return text if label.casefold() in text.casefold() else f"{text} {label}".strip()


def _record_text(id: str, phrases: list[Phrase]) -> RecordText:
    distinct = {(phrase.role, phrase.text.casefold()): phrase for phrase in reversed(phrases)}
    kept = tuple(reversed(distinct.values()))
    return RecordText(id, kept, " \n".join(dict.fromkeys(phrase.text for phrase in kept)))
