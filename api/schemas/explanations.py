"""One offer explained: where it stands, what would raise it and what to ask."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from api.schemas.matches import DIGITS, MissingRequirement, OfferMatch, offer_fields
from matcher.domain.explanation import Effect, Placed, Standing
from matcher.domain.match import Band
from matcher.domain.offer import Offer
from matcher.domain.text import Lang
from matcher.match.reasons.sentences import asking, standing, tell

_LIFTS: Final[list[Any]] = [
    {
        "requirements": [{"requirement": "trukin ajaminen", "importance": "essential"}],
        "band": "good",
        "text": "Jos asiakkaalta löytyy ”trukin ajaminen”, arvio nousee tasolle ”sopii hyvin”.",
    }
]
_ASKED: Final[list[Any]] = [
    {"question": "Löytyykö asiakkaalta tämä: ”trukin ajaminen”?", "effect": "raises_band"}
]


class Lift(BaseModel):
    """What is missing, and the band of the match if the person had all of it."""

    requirements: list[MissingRequirement]
    band: Band
    text: str = Field(description="The same in a sentence")


class NextQuestion(BaseModel):
    """A question, and what its answer can change."""

    question: str
    effect: Effect


class Sentences(BaseModel):
    """The explanation in plain sentences."""

    carries: list[str] = Field(description="What carries the match, strongest first")
    missing: list[str] = Field(description="What is missing, essential first")
    gates: list[str] = Field(description="How every hard constraint came out")


class ExplainedOffer(OfferMatch):
    """One offer for one profile, in the list or not.

    Its `rank` is the place among the offers that could be listed, also where it is not.
    """

    standing: Standing = Field(description="In the list, or what keeps the offer out")
    standing_text: str
    same_as: str | None = Field(description="Id of the listed copy of a duplicate; else null")
    parts: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(
        description="How well the offer fits in each respect, as the ranking sees it",
        examples=[{"dense": 0.61, "lexical": 0.42, "title": 1.0, "coverage": 0.75}],
    )
    lifts: list[Lift] = Field(
        description="What would raise the band, the easiest first; "
        "each was found by scoring the profile with it",
        examples=[_LIFTS],
    )
    ask_next: list[NextQuestion] = Field(
        description="By what the answer would change", examples=[_ASKED]
    )
    sentences: Sentences


def explained_offer(placed: Placed, offer: Offer, lang: Lang) -> ExplainedOffer:
    """Return an offer as it is explained."""
    explanation = placed.explanation
    told = tell(explanation, lang)
    return ExplainedOffer(
        **offer_fields(explanation.match, offer, lang),
        standing=placed.standing,
        standing_text=standing(placed, offer.expires, lang),
        same_as=placed.same_as,
        parts={name: round(value, DIGITS) for name, value in placed.parts.items()},
        lifts=[
            Lift(
                requirements=[MissingRequirement.of(gap) for gap in lift.requirements],
                band=lift.band,
                text=text,
            )
            for lift, text in zip(explanation.lifts, told.raises, strict=True)
        ],
        ask_next=[
            NextQuestion(question=asking(each, lang), effect=each.effect)
            for each in explanation.questions
        ],
        sentences=Sentences(
            carries=list(told.carries), missing=list(told.missing), gates=list(told.gates)
        ),
    )
