"""A package as plain data with sentences: for JSON, the terminal and the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field

from matcher.domain.barriers import BarrierArea, Severity
from matcher.domain.offer import OfferKind, Service
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg, msg_in
from matcher.i18n.words import Words
from matcher.match.package.packer import Packed
from matcher.match.reasons.questions import gate_words, question
from matcher.match.upskill.words import ASK_COST
from matcher.pathways.package import Step

AREAS: Final[dict[BarrierArea, Message]] = {
    BarrierArea.EMPLOYMENT: msg_in("barrier", "finding work"),
    BarrierArea.COMPETENCE: msg_in("barrier", "competence"),
    BarrierArea.HEALTH: msg_in("barrier", "health"),
    BarrierArea.SOCIAL: msg_in("barrier", "social situation"),
    BarrierArea.HOUSING: msg_in("barrier", "housing"),
    BarrierArea.FINANCE: msg_in("barrier", "money matters"),
    BarrierArea.LANGUAGE: msg_in("barrier", "language"),
    BarrierArea.DIGITAL: msg_in("barrier", "digital skills"),
    BarrierArea.MOBILITY: msg_in("barrier", "getting about"),
    BarrierArea.CARE: msg_in("barrier", "care of others"),
}
_STAGES: Final = (msg("now"), msg("next"), msg("then"))
_HELPS: Final = msg("Helps with: {barriers}.")
_MAY_HELP: Final = msg("Is for this area of life; whether it helps is not known: {barriers}.")
_FIRST: Final = msg("Comes after “{title}”, which gives {what}.")
_FOR_OTHERS: Final = msg("Makes something else in the package possible.")
_BEST_JOB: Final = msg("The job that fits best within the limits.")
_OWN_LANGUAGE: Final = msg("Is given in a language of the client.")
_OTHER_LANGUAGE: Final = msg("Is not given in a language of the client: an interpreter is needed.")
_LANGUAGE_OPEN: Final = msg("Ask in which languages it is given.")
_HOURS_OPEN: Final = msg("Ask how many hours a week it takes.")
_WHAT_HINDERS: Final = msg("Ask what hinders: the assessment tells only the area, {barrier}.")
_WHAT_HELPS: Final = msg("Ask what the service helps with: it tells only areas of life.")
_NOTHING: Final = msg("Nothing at hand covers this barrier: {barrier}.")
_LEFT_OUT: Final = msg(
    "Something would cover this barrier, but does not fit into the hours, the money, the "
    "places or the mix: {barrier}."
)


class BarrierDocument(BaseModel):
    """One barrier, and how much of it the package covers."""

    area: BarrierArea
    name: str
    severity: Severity
    text: str
    covered: float = Field(description="0 to 1")


class StepDocument(BaseModel):
    """One item of a package, in words."""

    kind: OfferKind
    offer_id: str
    title: str
    stage: int = Field(description="0 is now, the others follow")
    stage_name: str
    helps_with: list[int] = Field(description="Positions of the barriers")
    area_only: list[int] = Field(
        description="Those of helps_with of which only the area of life is known to be the same"
    )
    after: list[str] = Field(description="Ids of the items that make it possible")
    because: list[str]
    ask: list[str]


class PackageDocument(BaseModel):
    """Jobs, trainings and services side by side for a person's barriers; a human decides."""

    barriers: list[BarrierDocument]
    steps: list[StepDocument]
    open: list[str] = Field(description="What the package does not cover, and why")


def package_document(packed: Packed, spoken: Sequence[str], lang: Lang) -> PackageDocument:
    """Return a package in words.

    Parameters
    ----------
    packed
        The package.
    spoken
        Languages in which the client can be served; empty if nobody has asked.
    lang
        Of the words.
    """
    words = Words.of(lang)
    names = [_barrier_name(packed, i, words) for i in range(len(packed.barriers))]
    package = packed.package
    return PackageDocument(
        barriers=[
            BarrierDocument(
                area=one.area,
                name=words(AREAS[one.area]),
                severity=one.severity,
                text=one.text,
                covered=round(covered, 4),
            )
            for one, covered in zip(packed.barriers, package.covered, strict=True)
        ],
        steps=[_step(step, packed, names, spoken, lang) for step in package.steps],
        open=[
            *(words(_NOTHING, barrier=names[i]) for i in package.uncoverable),
            *(words(_LEFT_OUT, barrier=names[i]) for i in package.left_out),
        ],
    )


def _barrier_name(packed: Packed, position: int, words: Words) -> str:
    barrier = packed.barriers[position]
    area = words(AREAS[barrier.area])
    return f"{area} (”{barrier.text}”)" if barrier.text else area


def _step(
    step: Step, packed: Packed, names: Sequence[str], spoken: Sequence[str], lang: Lang
) -> StepDocument:
    candidate, words = step.candidate, Words.of(lang)
    offer = packed.offers[candidate.kind, candidate.offer_id]
    told, ask = _languages(offer, spoken, words) if isinstance(offer, Service) else ([], [])
    unknown = packed.unknown[candidate.kind, candidate.offer_id]
    ask = [*(question(gate, lang) for gate in unknown), *ask, *_unknown_help(step, packed, words)]
    if candidate.weekly_hours is None:
        ask = [*ask, words(_HOURS_OPEN)]
    if candidate.kind is OfferKind.TRAINING and candidate.cost_eur is None:
        ask = [*ask, words(ASK_COST)]
    return StepDocument(
        kind=candidate.kind,
        offer_id=candidate.offer_id,
        title=offer.title.best(lang),
        stage=step.stage,
        stage_name=words(_STAGES[step.stage]),
        helps_with=list(step.barriers),
        area_only=sorted(candidate.touches),
        after=sorted(set(step.after.values())),
        because=[*_because(step, packed, names, lang), *told],
        ask=ask,
    )


def _because(step: Step, packed: Packed, names: Sequence[str], lang: Lang) -> list[str]:
    words = Words.of(lang)
    titles = {id: offer.title.best(lang) for (_, id), offer in packed.offers.items()}
    why = [
        words(_FIRST, title=titles[giver], what=gate_words(packed.opened[name], lang))
        for name, giver in step.after.items()
    ]
    candidate = step.candidate
    helps = [
        words(told, barriers=words.listed([names[i] for i in sorted(positions)]))
        for told, positions in ((_HELPS, candidate.covers), (_MAY_HELP, candidate.touches))
        if positions
    ]
    if helps:
        return [*helps, *why]
    return [words(_BEST_JOB if candidate.lasts else _FOR_OTHERS), *why]


def _unknown_help(step: Step, packed: Packed, words: Words) -> list[str]:
    """Return what is to be asked of whether an item helps with what it is only of one area with."""
    touched = [packed.barriers[i] for i in sorted(step.candidate.touches)]
    wordless = dict.fromkeys(words(AREAS[one.area]) for one in touched if not one.text)
    ask = [words(_WHAT_HINDERS, barrier=name) for name in wordless]
    offer = packed.offers[step.candidate.kind, step.candidate.offer_id]
    says_nothing = isinstance(offer, Service) and not offer.helps_with
    return [*ask, words(_WHAT_HELPS)] if touched and says_nothing else ask


def _languages(
    service: Service, spoken: Sequence[str], words: Words
) -> tuple[list[str], list[str]]:
    """Return what is known of a service's languages, and what is to be asked."""
    if not spoken:
        return [], []
    if service.served_in is None:
        return [], [words(_LANGUAGE_OPEN)]
    shared = set(service.served_in) & set(spoken)
    return [words(_OWN_LANGUAGE if shared else _OTHER_LANGUAGE)], []
