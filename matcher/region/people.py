"""Profiles grown from the built-in region: a person is drawn first, then told of."""

from __future__ import annotations

from typing import Final

from matcher.domain.codes import municipalities
from matcher.region.chance import Dice, Template, Weighted, capitalised
from matcher.region.families import Row
from matcher.region.person import Person, draw_person
from matcher.region.phrases import pools

_EXTENTS: Final = Weighted.of(
    {("full_time",): 65, ("full_time", "part_time"): 25, ("part_time",): 10}
)


def profile_row(id: str, dice: Dice, area: Weighted[str]) -> Row:
    """Return a profile in the own format.

    Parameters
    ----------
    id
        Its id.
    dice
        Where the chance comes from.
    area
        Municipalities, by how many people live there.
    """
    person = draw_person(dice, area)
    row: Row = {
        "id": id,
        "language": person.lang.value,
        "text": _text(person, dice),
        "competences": person.competences,
        "occupations_done": person.done,
        "occupations_wanted": person.wanted,
        "education": capitalised(person.education),
        "municipality": person.municipality,
    }
    return row | _constraints(person, dice)


def _constraints(person: Person, dice: Dice) -> Row:
    """Return what is known of the constraints: some of it was never asked."""
    row: Row = {}
    if dice.chance(0.93):
        row["languages"] = person.languages
    if dice.chance(0.92):
        row["licences"] = person.licences
    if dice.chance(0.85):
        row["cards"] = [c for c, share in person.family.cards.items() if dice.chance(share)]
    if dice.chance(0.9):
        row["commute"] = {
            "max_km": person.max_km,
            "own_car": person.own_car,
            "remote": dice.chance(max(0.1, person.target.remote)),
        }
    if dice.chance(0.87):
        row["hours"] = _hours(person, dice)
    if person.barrier:
        row["restrictions"] = [person.barrier.restriction[person.lang]]
    return row


def _hours(person: Person, dice: Dice) -> Row:
    times, extents = dice.sample(person.target.hours, dice.whole(1, 3)), dice.draw(_EXTENTS)
    row: Row = {"times": times, "extents": list(extents)}
    barrier = person.barrier
    if barrier and barrier.times:
        row["times"] = list(barrier.times)
    if barrier and barrier.extents:
        row["extents"] = list(barrier.extents)
    if barrier and barrier.per_week:
        row["per_week"] = barrier.per_week
    return row


def _text(person: Person, dice: Dice) -> str:
    slots = _slots(person, dice)
    return " ".join(sentence.render(dice, slots) for sentence in _outline(person, dice))


def _outline(person: Person, dice: Dice) -> list[Template]:
    """Choose the sentences: who, what happened, the work, skills, limits, aims, the rest."""
    style = f"{person.lang}.{person.style}"
    pool = pools(style)
    speech = person.family.speech[person.lang]
    about = speech.coach if person.style == "coach" else speech.own
    sentences = [dice.pick(pool["novice" if person.stage == "novice" else "opening"])]
    if person.stage != "novice" and dice.chance(0.5):
        sentences.append(dice.pick(pool["out"]))
    if person.stage == "novice":
        sentences += dice.sample(pool["learning"], 2)
    else:
        sentences += [*dice.sample(about, dice.whole(1, 2)), dice.pick(pool["skills"])]
    if person.barrier:
        sentences.append(dice.pick(person.barrier.text[style]))
    sentences.append(dice.pick(pool["wish" if person.target is person.family else "change"]))
    if dice.chance(0.6):
        sentences.append(dice.pick(pool["car_yes" if person.own_car else "car_no"]))
    if dice.chance(0.65):
        sentences.append(dice.pick(pool["closing"]))
    return sentences


def _slots(person: Person, dice: Dice) -> dict[str, object]:
    names = [row["name"] for row in person.competences]
    told = (dice.sample(names[:6], 3) + names)[:3]
    title = person.done[0] if person.done else person.wanted[0]
    return {
        "title": title,
        "title_cap": capitalised(title),
        "years": person.years,
        "edu": person.education,
        "m": municipalities()[person.municipality].name.best(person.lang),
        "c1": told[0],
        "c2": told[1],
        "c3": told[2],
        "c1_cap": capitalised(told[0]),
        "wish": person.wanted[0],
        "wish2": person.wanted[-1],
        "km": person.max_km,
    }
