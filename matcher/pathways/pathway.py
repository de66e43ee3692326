"""Everything that the rules say of one person on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.errors import InputError
from matcher.pathways.area import InstrumentRule, TargetRule
from matcher.pathways.duties import Duty, Held, duties_of
from matcher.pathways.instruments import own_instruments
from matcher.pathways.load import area_named, area_of
from matcher.pathways.phase import PhaseAnswer, phase_of
from matcher.pathways.standing import Route, Ruling, Standing, belongs, route


@dataclass(frozen=True, slots=True)
class Pathway:
    """Target group, unit, phase, duties and instruments of one person.

    Parameters
    ----------
    standing
        The facts, the area and the day that all of it rests on.
    target
        Whether the area serves the person.
    route
        Which unit does.
    phase
        Where in the path the person stands.
    duties
        What the service owes.
    instruments
        Those that need no offer; `instruments_for` judges the others.
    """

    standing: Standing
    target: Ruling[TargetRule]
    route: Route
    phase: PhaseAnswer
    duties: tuple[Duty, ...]
    instruments: tuple[Ruling[InstrumentRule], ...]


def pathway_of(standing: Standing, held: Sequence[Held]) -> Pathway:
    """Ask every rule about a person; `held` is what the service has done so far."""
    return Pathway(
        standing,
        belongs(standing),
        route(standing),
        phase_of(standing),
        duties_of(standing, held),
        own_instruments(standing),
    )


def home_standing(profile: Profile, situation: Situation, on: date) -> Standing | None:
    """Return how a person stands in the area of the home municipality.

    None if the home is unknown, or no area's rules for it on that day are.
    """
    area = area_of(profile.municipality, on) if profile.municipality else None
    return None if area is None else Standing.of(profile, situation, area, on)


def standing_in(area: str, profile: Profile, situation: Situation, on: date) -> Standing:
    """Return how a person stands in the area of that name; an empty name means that of the home.

    Raises
    ------
    NotFoundError
        If there is no such area.
    InputError
        If the area has no rules for that day, or the home municipality is in none.
    """
    if area:
        return Standing.of(profile, situation, area_named(area), on)
    found = home_standing(profile, situation, on)
    if found is None:
        raise InputError(
            f"No area's rules are known for the home municipality {profile.municipality} on {on}."
            if profile.municipality
            else "The home municipality is unknown, and with it the area.",
            remedy="Correct the profile or the day, or name an area.",
            field="area",
        )
    return found
