"""The service's own format for profiles and offers, as JSON and as request bodies.

A record is the edge form of a domain object: municipalities, cards and languages may be
given by name, a competence as plain words, a text in one language as a plain string.
Field descriptions are shown in the API's documentation and in the import templates.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    model_validator,
)

from matcher.domain import codes
from matcher.domain.barriers import BarrierArea
from matcher.domain.offer import (
    OFFER_TYPES,
    CompanyNeed,
    Offer,
    OfferKind,
    Service,
    Training,
    Vacancy,
)
from matcher.domain.parts import (
    Cefr,
    Evidence,
    Importance,
    Level,
    Support,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.ingest.days import Birthday
from matcher.ingest.places import country_code, region_code

MAX_TEXT = 20_000
MAX_PHRASE = 500
MAX_LIST = 200


def _coded(what: str, find: Callable[[str], str | None], hint: str) -> AfterValidator:
    def check(value: str) -> str:
        code = find(value)
        if code is None:
            raise ValueError(f"{value!r} is not a known {what}; {hint}")
        return code

    return AfterValidator(check)


def _plain(field: str) -> BeforeValidator:
    """Let a plain string stand for an object with this one field."""
    return BeforeValidator(lambda value: {field: value} if isinstance(value, str) else value)


def _language_pair(value: object) -> object:
    if not isinstance(value, str):
        return value
    code, _, level = value.partition(":")
    return {"code": code.strip(), "level": level.strip() or None}


MunicipalityCode = Annotated[
    str, _coded("municipality", codes.municipality_code, "give its code or name, as in 564 or Oulu")
]
RegionCode = Annotated[
    str, _coded("region", region_code, "give its code or name, as in 17 or Pohjois-Pohjanmaa")
]
CountryCode = Annotated[
    str, _coded("country", country_code, "give its code or name, as in SE or Sweden")
]
CardCode = Annotated[
    str, _coded("permit card", codes.permit_card_code, "give its code, as in 022, or its name")
]
LicenceClass = Annotated[
    str, _coded("driving licence class", codes.licence_class, "give a class, as in B or CE")
]
LanguageCode = Annotated[
    str, _coded("language", codes.language_code, "give its code or name, as in fi or suomi")
]
Id = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Phrase = Annotated[str, Field(min_length=1, max_length=MAX_PHRASE)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]


class Record(BaseModel):
    """Base of all records: unknown fields are refused, white space at the ends is removed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class CompetenceRecord(Record):
    """One thing a person can do."""

    name: Phrase
    level: Level | None = None
    evidence: Evidence | None = None
    concept: str | None = Field(None, description="ESCO URI, if known")


class RequirementRecord(Record):
    """One thing an offer asks for."""

    text: Phrase
    importance: Importance = Importance.ESSENTIAL
    concept: str | None = Field(None, description="ESCO URI, if known")


class OccupationRecord(Record):
    """An occupation by title."""

    title: Phrase
    concept: str | None = Field(None, description="ESCO or ISCO URI, if known")


class LanguageRecord(Record):
    """A language with its level; as text ``fi:B2``."""

    code: LanguageCode
    level: Cefr | None = None


class CommuteRecord(Record):
    """How far and by what means a person can get to work; leave out what is not known."""

    max_km: float | None = Field(None, ge=0, le=2000)
    own_car: bool | None = None
    relocation: bool | None = None
    remote: bool | None = None


class HoursRecord(Record):
    """When and how much; leave out what is not known."""

    times: tuple[WorkingTime, ...] | None = None
    extents: tuple[WorkExtent, ...] | None = None
    per_week: float | None = Field(None, gt=0, le=80)


class AvailabilityRecord(Record):
    """From when till when; leave out what is not known."""

    start: date | None = None
    end: date | None = None


class RestrictionRecord(Record):
    """What a person cannot do, in plain words."""

    text: Phrase


class PlaceRecord(Record):
    """Where an offer takes place; several municipalities are alternatives."""

    municipalities: tuple[MunicipalityCode, ...] = ()
    regions: tuple[RegionCode, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    remote: bool | None = None


class LocalTextRecord(Record):
    """A text in up to three languages; a plain string is in the record's language."""

    fi: Text = ""
    sv: Text = ""
    en: Text = ""


Competences = Annotated[
    tuple[Annotated[CompetenceRecord, _plain("name")], ...], Field(max_length=MAX_LIST)
]
Requirements = Annotated[
    tuple[Annotated[RequirementRecord, _plain("text")], ...], Field(max_length=MAX_LIST)
]
Occupations = Annotated[
    tuple[Annotated[OccupationRecord, _plain("title")], ...], Field(max_length=MAX_LIST)
]
Languages = tuple[Annotated[LanguageRecord, BeforeValidator(_language_pair)], ...]
Phrases = Annotated[tuple[Phrase, ...], Field(max_length=MAX_LIST)]


class ProfileRecord(Record):
    """A competence mapping (osaamiskartoitus)."""

    id: Id = Field("", description="Your id; left out, one is made")
    language: Lang = Field(Lang.FI, description="Language of the texts: fi, sv or en")
    text: Text = Field("", description="The person's own words or the coach's summary")
    competences: Competences = Field((), description="What the person can do")
    occupations_done: Occupations = Field((), description="Occupations worked in")
    occupations_wanted: Occupations = Field((), description="Occupations aimed at")
    education: Text = Field("", description="Degrees and studies in words")
    languages: Languages | None = Field(
        None, description="Languages with CEFR level or native, as in fi:B2; left out if not asked"
    )
    licences: tuple[LicenceClass, ...] | None = Field(
        None, description="Driving licence classes, as in B; left out if not asked"
    )
    cards: tuple[CardCode, ...] | None = Field(
        None, description="Permit cards by code or name, as in 022; left out if not asked"
    )
    municipality: MunicipalityCode | None = Field(None, description="Home, by code or name")
    commute: CommuteRecord = Field(
        CommuteRecord(), description="max_km, own_car, relocation and remote"
    )
    hours: HoursRecord = Field(HoursRecord(), description="times, extents and per_week")
    availability: AvailabilityRecord = Field(
        AvailabilityRecord(), description="start and end, as in 2026-09-01"
    )
    restrictions: tuple[Annotated[RestrictionRecord, _plain("text")], ...] = Field(
        (), description="What the person cannot do, in plain words"
    )
    birth_date: Birthday | None = Field(None, description="For age limits of law only")
    active: bool = Field(True, description="Whether lists are made every night")

    @model_validator(mode="after")
    def _says_something(self) -> ProfileRecord:
        if not (self.text or self.competences or self.occupations_done or self.occupations_wanted):
            raise ValueError(
                "the profile says nothing: give text, competences, "
                "occupations_done or occupations_wanted"
            )
        return self


class OfferRecord(Record):
    """What all offers share."""

    id: Id = Field("", description="Your id; left out, one is made")
    language: Lang = Field(Lang.FI, description="Language of the texts: fi, sv or en")
    title: LocalTextRecord = Field(description="What it is, in a few words")
    text: LocalTextRecord = Field(LocalTextRecord(), description="Description")
    organisation: str = Field("", max_length=300, description="Employer, school or provider")
    occupations: Occupations = Field((), description="Occupations it is for or leads to")
    requirements: Requirements = Field((), description="What it asks for, phrase by phrase")
    languages: Languages = Field((), description="Languages that are required, as in fi:B1")
    licences: tuple[LicenceClass, ...] = Field((), description="Required driving licence classes")
    cards: tuple[CardCode, ...] = Field((), description="Required permit cards")
    place: PlaceRecord = Field(
        PlaceRecord(), description="municipalities, regions, countries and remote"
    )
    hours: HoursRecord = Field(HoursRecord(), description="times, extents and per_week")
    availability: AvailabilityRecord = Field(
        AvailabilityRecord(), description="start and end, as in 2026-09-01"
    )
    published: date | None = Field(None, description="First day on which it is open")
    expires: date | None = Field(None, description="Last day on which it is open")
    places: int | None = Field(None, ge=1, le=10_000, description="How many people it can take")
    url: str = Field(
        "",
        max_length=2000,
        pattern=r"^(https?://\S+)?$",
        description="Where to read more or apply, beginning with https:// or http://",
    )

    @model_validator(mode="before")
    @classmethod
    def _plain_texts(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        language = data.get("language") or Lang.FI.value
        plain = {
            name: {str(language): data[name]}
            for name in ("title", "text")
            if isinstance(data.get(name), str)
        }
        return {**data, **plain}

    @model_validator(mode="after")
    def _has_title(self) -> OfferRecord:
        if not (self.title.fi or self.title.sv or self.title.en):
            raise ValueError("title: give it in fi, sv or en")
        return self


class VacancyRecord(OfferRecord):
    """A public job advertisement."""


class NeedRecord(OfferRecord):
    """What a company told in a survey (yrityskartoitus)."""

    tasks: Phrases = Field((), description="What there is to do, phrase by phrase")
    hidden: bool = Field(True, description="True if it is not advertised anywhere")
    support: tuple[Support, ...] = Field((), description="What the company is ready for")


class TrainingRecord(OfferRecord):
    """A training or degree."""

    outcomes: Phrases = Field((), description="What one can do afterwards, phrase by phrase")
    duration_months: float | None = Field(None, gt=0, le=120, description="Length of full studies")
    cost_eur: float | None = Field(None, ge=0, description="Cost for the student")


class ServiceRecord(OfferRecord):
    """A service that helps a person towards work or study."""

    helps_with: Phrases = Field((), description="Situations and barriers it answers")
    areas: tuple[BarrierArea, ...] | None = Field(
        None, description="Areas of life in which it helps, as in mobility; left out if unknown"
    )
    served_in: tuple[LanguageCode, ...] | None = Field(
        None, description="Languages in which it is given, as in ru; left out if unknown"
    )


OFFER_RECORDS: dict[OfferKind, type[OfferRecord]] = {
    OfferKind.VACANCY: VacancyRecord,
    OfferKind.NEED: NeedRecord,
    OfferKind.TRAINING: TrainingRecord,
    OfferKind.SERVICE: ServiceRecord,
}
_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    domain: TypeAdapter(domain) for domain in (Profile, Vacancy, CompanyNeed, Training, Service)
}
_NOT_IN_DOCUMENTS = {"source", "owner"}


def profile_from(record: ProfileRecord, *, id: str, source: str = "own") -> Profile:
    """Return the profile that a record describes, under the store's id."""
    data = {**record.model_dump(), "id": id, "source": source}
    return cast(Profile, _ADAPTERS[Profile].validate_python(data))


def offer_from(
    record: OfferRecord, *, id: str, source: str = "own", owner: str | None = None
) -> Offer:
    """Return the offer that a record describes, under the store's id.

    Parameters
    ----------
    record
        Of any kind.
    id, source
        Of the offer in the store.
    owner
        The employer's key, for a company need posted by an employer.
    """
    data = {**record.model_dump(), "id": id, "source": source}
    if isinstance(record, NeedRecord):
        data["owner"] = owner
    kind = next(kind for kind, cls in OFFER_RECORDS.items() if isinstance(record, cls))
    return cast(Offer, _ADAPTERS[OFFER_TYPES[kind]].validate_python(data))


def document_of(thing: Profile | Offer) -> dict[str, Any]:
    """Return a stored profile or offer in the own format, ready for JSON.

    Source and owner are left out, as is everything unknown: the document can be imported
    again and gives the same profile or offer.
    """
    adapter = _ADAPTERS[type(thing)]
    return cast(
        dict[str, Any],
        adapter.dump_python(thing, mode="json", exclude=_NOT_IN_DOCUMENTS, exclude_none=True),
    )
