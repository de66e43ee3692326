"""A client's plan to hand over on paper: in five languages, for people without online banking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan, PlanStep
from matcher.i18n.message import ClientMessage, client_msg
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words

_WHO: Final[dict[Responsible, ClientMessage]] = {
    Responsible.CLIENT: client_msg("You do this."),
    Responsible.COACH: client_msg("Your coach does this."),
    Responsible.PARTNER: client_msg("A partner of your coach does this."),
}
_TITLE: Final = client_msg("Your plan")
_GOAL: Final = client_msg("Your goal")
_STEPS: Final = client_msg("What happens, step by step")
_NO_STEPS: Final = client_msg("There are no steps yet. You agree on them with your coach.")
_AGREED: Final = client_msg("You and your coach agreed on this plan on {day}.")
_REVIEW: Final = client_msg("You look at it together again on {day}.")
_DONE: Final = client_msg("Done on {day}.")
_DUE: Final = client_msg("By {day}.")
_BETWEEN: Final = client_msg("From {start} to {end}.")
_FROM: Final = client_msg("From {start} on.")
_QUESTIONS: Final = client_msg("If something is unclear or changes, tell your coach.")
_CHOICE: Final = client_msg("This is your own plan. You may ask to have it changed.")


@dataclass(frozen=True, slots=True)
class StepLines:
    """One step as it is printed."""

    text: str
    lines: tuple[str, ...]
    is_done: bool


def plan_page(plan: Plan, tongue: Tongue) -> str:
    """Return a plan as a page that prints well on one side of paper.

    Parameters
    ----------
    plan
        Its own words stay in the language in which they were written.
    tongue
        Finnish, Swedish, English, Russian or plain Finnish.
    """
    templates = Environment(
        loader=PackageLoader("matcher.casework", "."), autoescape=True, undefined=StrictUndefined
    )
    return templates.get_template("plan.html").render(plan_words(plan, tongue))


def plan_words(plan: Plan, tongue: Tongue) -> dict[str, object]:
    """Return what a page with a plan says, by the names that its template has for it.

    Parameters
    ----------
    plan, tongue
        As in `plan_page`.
    """
    words = client_words(tongue)
    return {
        "lang": tongue.value,
        "title": words(_TITLE),
        "goal_title": words(_GOAL),
        "goal": plan.goal,
        "steps_title": words(_STEPS),
        "steps": [
            StepLines(step.text, step_lines(step, tongue), step.done is not None)
            for step in plan.steps
        ],
        "no_steps": words(_NO_STEPS),
        "agreed": words(_AGREED, day=plan.agreed),
        "review": words(_REVIEW, day=plan.next_review),
        "notes": [words(_QUESTIONS), words(_CHOICE)],
    }


def step_lines(step: PlanStep, tongue: Tongue) -> tuple[str, ...]:
    """Return who does a step and when, each as a sentence."""
    words = client_words(tongue)
    if step.done is not None:
        return (words(_DONE, day=step.done),)
    return (words(_WHO[step.responsible]), *_when(step.start, step.due, tongue))


def _when(start: date | None, due: date | None, tongue: Tongue) -> tuple[str, ...]:
    words = client_words(tongue)
    if start is not None and due is not None:
        return (words(_BETWEEN, start=start, end=due),)
    if due is not None:
        return (words(_DUE, day=due),)
    return () if start is None else (words(_FROM, start=start),)
