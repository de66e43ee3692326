"""What a profile can be matched with: vacancies, company needs, trainings and services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.domain.barriers import BarrierArea
from matcher.domain.parts import (
    Availability,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
    Support,
)
from matcher.domain.text import Lang, LocalText


class OfferKind(StrEnum):
    """The four kinds of offer; each has its own index."""

    VACANCY = "vacancy"
    NEED = "need"
    TRAINING = "training"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What all offers share.

    Parameters
    ----------
    id
        The store's id; imported offers carry their source before a colon.
    source
        Where the offer came from.
    language
        Main language of the texts.
    title, text
        In one to three languages.
    organisation
        Employer, school or service provider; never a person's name.
    occupations
        Occupations that the offer is for or leads to.
    requirements
        What it asks for, phrase by phrase; may be empty when only free text is known.
    languages, licences, cards
        What must be held to be accepted; licences are EU classes, cards three-digit codes.
    place, hours, availability
        Where, when, and from when till when.
    published, expires
        First and last day on which it is open; None is unknown.
    places
        How many people it can take; None if unknown.
    url
        Where to read more or apply.
    """

    id: str
    source: str = "own"
    language: Lang = Lang.FI
    title: LocalText = field(default_factory=LocalText)
    text: LocalText = field(default_factory=LocalText)
    organisation: str = ""
    occupations: tuple[Occupation, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    licences: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    hours: Hours = field(default_factory=Hours)
    availability: Availability = field(default_factory=Availability)
    published: date | None = None
    expires: date | None = None
    places: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy(Offer):
    """A public job advertisement (avoin työpaikka, ledig arbetsplats)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyNeed(Offer):
    """What a company told in a survey (yrityskartoitus, företagskartläggning).

    Parameters
    ----------
    tasks
        What there is to do, phrase by phrase.
    hidden
        True if the need is not advertised anywhere (piilotyöpaikka).
    support
        What the company is ready for.
    owner
        Id of the employer's key that posted it; None if the municipality entered it.
    """

    tasks: tuple[str, ...] = ()
    hidden: bool = True
    support: tuple[Support, ...] = ()
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Offer):
    """A training or degree (koulutus, utbildning).

    Parameters
    ----------
    outcomes
        What one can do afterwards, phrase by phrase.
    duration_months
        Length of full studies.
    cost_eur
        What it costs the student; None is unknown.
    """

    outcomes: tuple[str, ...] = ()
    duration_months: float | None = None
    cost_eur: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Offer):
    """A service that helps a person towards work or study (palvelu, tjänst).

    Parameters
    ----------
    helps_with
        Situations and barriers it answers, phrase by phrase.
    areas
        Areas of life in which it helps; None if nobody has told.
    served_in
        Languages in which it is given, as in ``("fi", "ru")``; None if nobody has told.
    """

    helps_with: tuple[str, ...] = ()
    areas: tuple[BarrierArea, ...] | None = None
    served_in: tuple[str, ...] | None = None


OFFER_TYPES: dict[OfferKind, type[Offer]] = {
    OfferKind.VACANCY: Vacancy,
    OfferKind.NEED: CompanyNeed,
    OfferKind.TRAINING: Training,
    OfferKind.SERVICE: Service,
}


def kind_of(offer: Offer) -> OfferKind:
    """Return the kind of an offer."""
    return next(kind for kind, cls in OFFER_TYPES.items() if type(offer) is cls)
