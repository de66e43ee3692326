"""Tell a person how their list came about: in plain words, in any language of the service.

References
----------
Regulation (EU) 2024/1689 (AI Act), article 86: clear and meaningful explanations of the role
of the system in the decision-making and of the main elements of the decision. Regulation
(EU) 2016/679 (GDPR), articles 13(2)(f), 15(1)(h) and 16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.decision import Decision, Placed, What
from matcher.domain.match import Band, GateKind, GateOutcome, Match
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Availability, Commute, Hours
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.i18n.message import ClientMessage, client_msg
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import ClientWords
from matcher.match.decisions.past import Past

#: So many offers of each kind are told of one by one, and so many phrases of each.
OFFERS_TOLD: Final = 5
PHRASES_TOLD: Final = 3
#: In which language a title is quoted to whom its own language is not Finnish or Swedish.
_QUOTED: Final[Mapping[Tongue, Lang]] = {Tongue.SV: Lang.SV, Tongue.EN: Lang.EN}

_WHAT_TITLE: Final = client_msg("What this is about")
_WHAT: Final[Mapping[What, ClientMessage]] = {
    What.OFFERS: client_msg("This list of jobs, trainings and services was made for you on {day}."),
    What.CANDIDATES: client_msg(
        "People were looked for for a job on {day}. You were among those who were found."
    ),
    What.TRAIN_UPS: client_msg(
        "This list of trainings that could open jobs to you was made on {day}."
    ),
    What.PACKAGE: client_msg(
        "This selection of jobs, trainings and services was made for you on {day}."
    ),
}
_ROLE_TITLE: Final = client_msg("What the program does, and who decides")
_ROLE: Final = (
    client_msg(
        "A computer program made the list. It compared what your profile says with the offers "
        "that were open on that day."
    ),
    client_msg("The program decides nothing about you. It only puts offers in an order."),
    client_msg("You and your coach decide together what you do with the list."),
)
_DATA_TITLE: Final = client_msg("Which of your data were used")
_USED: Final = client_msg("The program used these of your data: {data}.")
_NOTHING_USED: Final = client_msg("Your profile said almost nothing at that time.")
_NEVER: Final = client_msg(
    "Your age, sex, nationality, mother tongue and health do not change the order."
)
_LIMITS: Final = client_msg(
    "An offer can be left out when the law sets an age limit for the work, or when you have said "
    "that you cannot do something."
)
_ELEMENTS_TITLE: Final = client_msg("How the order came about")
_ORDER: Final[Mapping[What, ClientMessage]] = {
    What.OFFERS: client_msg(
        "The offers are in the order in which they fit what you can do and what you want."
    ),
    What.CANDIDATES: client_msg(
        "The people are in the order in which what they can do fits what the job asks for."
    ),
    What.TRAIN_UPS: client_msg("First comes what could open most jobs to you."),
    What.PACKAGE: client_msg(
        "Chosen was what helps most with the things that you and your coach have written down."
    ),
}
_ITEM: Final = client_msg("{place}. {title}.")
_OPENS: Final = client_msg("{place}. {title}. It could open this to you: {offers}.")
_ITEMS_TITLE: Final = client_msg("What was chosen")
_TILTED: Final = client_msg("Somebody asked that your wishes or short distances count more.")
_SPREAD: Final = client_msg(
    "Some offers were moved a little, so that not everybody is sent to the same jobs."
)
_REPLIES: Final = client_msg(
    "Companies that answer when people are shown to them stand a little higher, those that do "
    "not answer a little lower. This does not depend on you."
)
_WISHES: Final = client_msg(
    "Offers that you have said no to, or that are against your wishes, were left out."
)
_EMPTY: Final = client_msg("No open offer fitted well enough.")
_RIGHT_TITLE: Final = client_msg("If something is wrong")
_RIGHT: Final = (
    client_msg("Tell your coach if something in your data is wrong or missing. It is corrected."),
    client_msg("After that a new list is made with the right data."),
    client_msg("You can also ask a person at the employment service to look at your list again."),
    client_msg("You can ask who has used your data, and have a copy of them."),
    client_msg("If you think that your data are used wrongly, ask the Data Protection Ombudsman."),
)

_KINDS: Final[Mapping[OfferKind, ClientMessage]] = {
    OfferKind.VACANCY: client_msg("Open jobs"),
    OfferKind.NEED: client_msg("Jobs at companies of the region"),
    OfferKind.TRAINING: client_msg("Trainings"),
    OfferKind.SERVICE: client_msg("Services"),
}
_BANDS: Final[Mapping[Band, ClientMessage]] = {
    Band.STRONG: client_msg("{place}. {title}: fits very well."),
    Band.GOOD: client_msg("{place}. {title}: fits well."),
    Band.POSSIBLE: client_msg("{place}. {title}: may fit."),
    Band.TOO_LITTLE_KNOWN: client_msg("{place}. {title}: too little is known to say."),
}
_CARRIES: Final = client_msg("This spoke for it: {phrases}.")
_MISSING: Final = client_msg(
    "The offer asks for this, and your profile does not say it: {phrases}."
)
_UNKNOWN: Final = client_msg("This is not known yet: {conditions}.")
_UNMET: Final = client_msg("This stands in the way: {conditions}.")

_CONDITIONS: Final[Mapping[GateKind, ClientMessage]] = {
    GateKind.LICENCE: client_msg("driving licence"),
    GateKind.OWN_CAR: client_msg("own car"),
    GateKind.CARD: client_msg("permit card"),
    GateKind.QUALIFICATION: client_msg("degree or qualification"),
    GateKind.LANGUAGE: client_msg("language skills"),
    GateKind.COMMUTE: client_msg("the way to work"),
    GateKind.WORKING_TIME: client_msg("working hours"),
    GateKind.START: client_msg("when you can start"),
    GateKind.RESTRICTION: client_msg("what you cannot do"),
    GateKind.BACKGROUND_CHECK: client_msg("background check"),
    GateKind.AGE: client_msg("age limit"),
    GateKind.WISH: client_msg("your own wish"),
}
#: What of a profile is used, in the words of the person, and how to tell whether it was there.
_DATA: Final[tuple[tuple[ClientMessage, Callable[[Profile], object]], ...]] = (
    (client_msg("what you can do"), lambda one: one.competences),
    (client_msg("what you have written or told"), lambda one: one.text),
    (client_msg("the occupations that you want"), lambda one: one.occupations_wanted),
    (client_msg("the work that you have done"), lambda one: one.occupations_done),
    (client_msg("your education"), lambda one: one.education),
    (client_msg("your language skills"), lambda one: one.languages),
    (client_msg("your driving licences"), lambda one: one.licences),
    (client_msg("your permit cards"), lambda one: one.cards),
    (client_msg("your home municipality"), lambda one: one.municipality),
    (client_msg("how far you can travel"), lambda one: one.commute != Commute()),
    (
        client_msg("when you can work"),
        lambda one: (one.availability, one.hours) != (Availability(), Hours()),
    ),
    (client_msg("what you have said that you cannot do"), lambda one: one.restrictions),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One part of an explanation: a heading and its sentences."""

    title: str
    lines: tuple[str, ...]


def tell_person(decision: Decision, past: Past, words: ClientWords) -> list[Told]:
    """Return the explanation of a list for the person whom it was made for.

    Parameters
    ----------
    decision
        The record of the list.
    past
        What it speaks of.
    words
        Of the language.
    """
    day = words.day(finnish_day(decision.made_at))
    return [
        Told(words(_WHAT_TITLE), (words(_WHAT[decision.terms.what], day=day),)),
        Told(words(_ROLE_TITLE), tuple(words(line) for line in _ROLE)),
        Told(words(_DATA_TITLE), tuple(_data(past.profile, words))),
        Told(words(_ELEMENTS_TITLE), tuple(_order(decision, past, words))),
        *_lists(decision, past, words),
        *_items(decision, past, words),
        Told(words(_RIGHT_TITLE), tuple(words(line) for line in _RIGHT)),
    ]


def _data(profile: Profile, words: ClientWords) -> Iterable[str]:
    used = [words(name) for name, of in _DATA if of(profile)]
    yield words(_USED, data=words.listed(used)) if used else words(_NOTHING_USED)
    yield words(_NEVER)
    yield words(_LIMITS)


def _order(decision: Decision, past: Past, words: ClientWords) -> Iterable[str]:
    placed = decision.placed or ()
    yield words(_ORDER[decision.terms.what]) if placed or decision.items else words(_EMPTY)
    if decision.terms.want or decision.terms.near:
        yield words(_TILTED)
    if any(one.rank_by_fit not in {None, one.match.rank} for one in placed):
        yield words(_SPREAD)
    if any(one.match.lift for one in placed):
        yield words(_REPLIES)
    if past.wishes:
        yield words(_WISHES)


def _lists(decision: Decision, past: Past, words: ClientWords) -> Iterable[Told]:
    for kind in decision.terms.kinds:
        placed = [one for one in decision.placed or () if one.match.kind is kind]
        first = sorted(placed, key=lambda one: one.match.rank)[:OFFERS_TOLD]
        lines = [line for one in first for line in _offer(one, past, words)]
        if lines:
            yield Told(words(_KINDS[kind]), tuple(lines))


def _items(decision: Decision, past: Past, words: ClientWords) -> Iterable[Told]:
    """Tell what a list of train-ups, or a package, consists of."""
    lines = []
    for place, item in enumerate(decision.items[:OFFERS_TOLD], 1):
        title = " + ".join(_title_of(kind, id, past, words) for kind, id, _ in item.offers)
        opened = [_title_of(one.kind, one.offer_id, past, words) for one in item.opened]
        told = words(_OPENS, place=place, title=title, offers=_quoted(opened))
        lines.append(told if opened else words(_ITEM, place=place, title=title))
    if lines:
        yield Told(words(_ITEMS_TITLE), tuple(lines))


def _title_of(kind: OfferKind, id: str, past: Past, words: ClientWords) -> str:
    offer = past.offers.get((kind, id))
    return id if offer is None else _title(offer.title, words)


def _offer(one: Placed, past: Past, words: ClientWords) -> Iterable[str]:
    match = one.match
    title = _title_of(match.kind, match.offer_id, past, words)
    yield words(_BANDS[match.band], place=match.rank, title=title)
    carries = [pair.competence for pair in match.reasons]
    if carries:
        yield words(_CARRIES, phrases=_quoted(carries))
    if match.missing:
        yield words(_MISSING, phrases=_quoted([gap.requirement for gap in match.missing]))
    for outcome, message in ((GateOutcome.UNKNOWN, _UNKNOWN), (GateOutcome.UNMET, _UNMET)):
        conditions = _conditions(match, outcome, words)
        if conditions:
            yield words(message, conditions=words.listed(conditions))


def _title(title: LocalText, words: ClientWords) -> str:
    return title.best(_QUOTED.get(words.tongue, Lang.FI))


def _quoted(phrases: Sequence[str]) -> str:
    """Return phrases as they are worded, each once: they are never inflected."""
    told = list(dict.fromkeys(phrases))[:PHRASES_TOLD]
    return ", ".join(f"”{phrase}”" for phrase in told)


def _conditions(match: Match, outcome: GateOutcome, words: ClientWords) -> list[str]:
    kinds = dict.fromkeys(gate.gate for gate in match.gates if gate.outcome is outcome)
    return [words(_CONDITIONS[kind]) for kind in kinds]
