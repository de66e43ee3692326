"""Requests for consent, standings, and the cards that employers see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from matcher.domain.codes import municipalities
from matcher.domain.consent import Condition, Consent, ConsentState, Move, Standing, is_visible
from matcher.domain.match import Band, GateOutcome
from matcher.domain.text import Lang
from matcher.match.employer.cards import Card


class ConsentRequest(BaseModel):
    """For which need the person is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need_id: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    deadline: date = Field(description="Last day for an answer")
    until: date = Field(description="Last day on which consent holds, if it is given")


class MoveRequest(BaseModel):
    """What the person answered, or what became of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    move: Move = Field(description="`introduce` shows the employer who it is")


class EventAnswer(BaseModel):
    """One move."""

    move: Move
    at: datetime
    by: str = Field(description="Id of the key")


class ConsentAnswer(BaseModel):
    """A request for consent as it stands today."""

    id: str
    need_id: str
    pseudonym: str = Field(description="What the employer calls the person")
    state: ConsentState
    deadline: date
    until: date
    events: list[EventAnswer]
    conditions: dict[Condition, GateOutcome] = Field(description="Each has to be met")
    visible: bool = Field(description="Whether the employer sees the person today")

    @classmethod
    def of(
        cls, consent: Consent, conditions: Mapping[Condition, GateOutcome], on: date
    ) -> ConsentAnswer:
        """Return a request as it is shown."""
        return cls(
            id=consent.id,
            need_id=consent.need_id,
            pseudonym=consent.pseudonym,
            state=consent.state(on),
            deadline=consent.deadline,
            until=consent.until,
            events=[EventAnswer(move=one.move, at=one.at, by=one.by) for one in consent.events],
            conditions=dict(conditions),
            visible=is_visible(conditions),
        )


class StandingDocument(BaseModel):
    """What has to be known of a person before anybody is shown them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    follow_up_from: date | None = Field(None, description="First day of the follow-up period")
    follow_up_to: date | None = Field(None, description="Last day; null while it goes on")
    protected: StrictBool | None = Field(
        None, description="Whether there is a protection order (turvakielto); null is unknown"
    )

    @classmethod
    def of(cls, standing: Standing | None) -> StandingDocument:
        """Return a standing as it is shown; of whom nothing is known, all is null."""
        if standing is None:
            return cls()
        return cls(
            follow_up_from=standing.follow_up_from,
            follow_up_to=standing.follow_up_to,
            protected=standing.protected,
        )


class Answered(BaseModel):
    """A requirement of the need, and the competence that answers it."""

    requirement: str
    competence: str


class CardAnswer(BaseModel):
    """A person who agreed to be shown for a need."""

    pseudonym: str
    band: Band
    answers: list[Answered]
    municipality: str | None = Field(
        description="Name; null unless five or more are shown from there"
    )
    profile_id: str | None = Field(description="Null until the person was introduced")

    @classmethod
    def of(cls, card: Card, lang: Lang) -> CardAnswer:
        """Return a card as it is shown."""
        home = municipalities().get(card.municipality or "")
        return cls(
            pseudonym=card.pseudonym,
            band=card.band,
            answers=[
                Answered(requirement=one.requirement, competence=one.competence)
                for one in card.answers
            ],
            municipality=home.name.best(lang) if home else None,
            profile_id=card.profile_id,
        )
