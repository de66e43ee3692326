"""The edge form of area files: what a key may be called, and what may stand there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from matcher.domain import codes
from matcher.domain.barriers import BarrierArea
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Period
from matcher.domain.text import LocalText
from matcher.pathways.area import Decider, DutyKind, Instrument, PhaseKind
from matcher.pathways.conditions import All, Any, Bound, CodeIs, Condition, FlagIs, Not, NumberIs
from matcher.pathways.factnames import FACTS, FactKind, FactName

_COMPARES: Final = {
    FactKind.FLAG: {"is"},
    FactKind.NUMBER: {"below", "at_least"},
    FactKind.CODE: {"one_of"},
    FactKind.MUNICIPALITY: {"one_of"},
}


def _municipality(text: str) -> str:
    code = codes.municipality_code(text)
    if code is None:
        raise ValueError(f"{text!r} is no municipality; give a code or name, as in 564 or Oulu")
    return code


def _region(text: str) -> str:
    if text not in codes.regions():
        raise ValueError(f"{text!r} is no region; give a two-digit code, as in 17")
    return text


Municipality = Annotated[str, AfterValidator(_municipality)]
Region = Annotated[str, AfterValidator(_region)]
Words = Annotated[str, Field(min_length=1)]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class Entry(BaseModel):
    """Base of all tables: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class TextEntry(Entry):
    """A text in all three languages."""

    fi: Words
    sv: Words
    en: Words

    def text(self) -> LocalText:
        """Return it as the domain has it."""
        return LocalText(self.fi, self.sv, self.en)


class WhenEntry(Entry):
    """A condition: ``all``, ``any``, ``not``, or one fact with one comparison."""

    all: Annotated[tuple[WhenEntry, ...], Field(min_length=1)] | None = None
    any: Annotated[tuple[WhenEntry, ...], Field(min_length=1)] | None = None
    not_: WhenEntry | None = Field(None, alias="not")
    fact: FactName | None = None
    is_: bool | None = Field(None, alias="is", strict=True)
    below: float | None = None
    at_least: float | None = None
    one_of: Annotated[tuple[str, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        forms = {"all", "any", "not_", "fact"} & self.model_fields_set
        if len(forms) != 1:
            raise ValueError("a condition has exactly one of the keys all, any, not and fact")
        compared = {name.rstrip("_") for name in self.model_fields_set - forms}
        allowed = _COMPARES[FACTS[self.fact].kind] if self.fact else set()
        if self.fact and (len(compared) != 1 or not compared <= allowed):
            raise ValueError(
                f"the fact {self.fact} is compared by exactly one of: {', '.join(sorted(allowed))}"
            )
        if not self.fact and compared:
            raise ValueError(f"{', '.join(sorted(compared))} needs a fact beside it")
        self._check_codes()
        return self

    def _check_codes(self) -> None:
        spec = FACTS[self.fact] if self.fact else None
        if spec and spec.kind is FactKind.MUNICIPALITY:
            for code in self.one_of or ():
                _municipality(code)
        elif spec and (strange := sorted(set(self.one_of or ()) - spec.codes)):
            known = ", ".join(sorted(spec.codes))
            raise ValueError(f"{strange[0]!r} is no code of {self.fact}; known are: {known}")

    def condition(self) -> Condition:
        """Return it as the rules read it."""
        if self.all is not None:
            return All(tuple(part.condition() for part in self.all))
        if self.any is not None:
            return Any(tuple(part.condition() for part in self.any))
        if self.not_ is not None:
            return Not(self.not_.condition())
        return self._comparison(FactName(str(self.fact)))

    def _comparison(self, fact: FactName) -> Condition:
        if self.is_ is not None:
            return FlagIs(fact, self.is_)
        if self.below is not None:
            return NumberIs(fact, Bound.BELOW, self.below)
        if self.at_least is not None:
            return NumberIs(fact, Bound.AT_LEAST, self.at_least)
        given = self.one_of or ()
        home = FACTS[fact].kind is FactKind.MUNICIPALITY
        return CodeIs(fact, tuple(_municipality(code) for code in given) if home else given)


class RuleEntry(Entry):
    """What every rule has; without dates it holds as long as its file."""

    id: RuleId
    valid_from: date | None = None
    valid_to: date | None = None
    source: Words
    note: str = ""

    def valid(self, file: Period) -> Period:
        """Return the days on which this version holds."""
        return Period(self.valid_from or file.start, self.valid_to or file.end)


class TargetEntry(RuleEntry):
    """Whom the area serves."""

    when: WhenEntry


class RoutingEntry(RuleEntry):
    """Which unit serves; without a unit the home municipality's own, without `when` the rest."""

    unit: TextEntry | None = None
    when: WhenEntry | None = None


class PhaseEntry(RuleEntry):
    """When a phase has begun."""

    phase: PhaseKind
    begins: WhenEntry


class DutyEntry(RuleEntry):
    """What is due, when, and with whom."""

    duty: DutyKind
    responsible: Decider
    after_months: Annotated[int, Field(ge=0)] | None = None
    after_working_days: Annotated[int, Field(ge=0)] | None = None
    at_benefit_days: Annotated[int, Field(ge=1)] | None = None
    at_end_of_earnings_related: bool = False
    every_months: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one_beginning(self) -> Self:
        given = [self.after_months, self.after_working_days, self.at_benefit_days]
        if sum(each is not None for each in given) != 1:
            raise ValueError(
                "a duty has exactly one of after_months, after_working_days and at_benefit_days"
            )
        return self


class InstrumentEntry(RuleEntry):
    """Who may get an instrument."""

    instrument: Instrument
    decides: Decider
    offers: tuple[OfferKind, ...]
    when: WhenEntry
    evidence: Annotated[tuple[TextEntry, ...], Field(min_length=1)]


class ServiceEntry(RuleEntry):
    """A service of the area's own catalogue."""

    title: TextEntry
    provider: TextEntry
    areas: Annotated[tuple[BarrierArea, ...], Field(min_length=1)]


class LawEntry(Entry):
    """A file of instruments that several areas share."""

    name: Words
    title: TextEntry
    valid_from: date
    valid_to: date | None = None
    source: Words
    note: str = ""
    instruments: Annotated[tuple[InstrumentEntry, ...], Field(min_length=1)]


class DecidesEntry(Entry):
    """An area where somebody else decides about an instrument than its act says."""

    instrument: Instrument
    decides: Decider
    source: Words


class AreaEntry(Entry):
    """An area file."""

    name: Words
    title: TextEntry
    valid_from: date
    valid_to: date | None = None
    source: Words
    note: str = ""
    clients: Annotated[int, Field(ge=1)] | None = None
    law: Words
    municipalities: tuple[Municipality, ...] = ()
    regions: tuple[Region, ...] = ()
    restarts_after_days: Annotated[int, Field(ge=0)]
    target: Annotated[tuple[TargetEntry, ...], Field(min_length=1)]
    routing: Annotated[tuple[RoutingEntry, ...], Field(min_length=1)]
    phases: Annotated[tuple[PhaseEntry, ...], Field(min_length=1)]
    duties: Annotated[tuple[DutyEntry, ...], Field(min_length=1)]
    decides: tuple[DecidesEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()
