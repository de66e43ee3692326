"""The people who agreed to be shown for a need: answering, and closing the need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.access import Caller
from api.auditing import Trail
from api.cards import answer_card, close_need, shown_consents
from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.routes.consents import list_cards
from api.schemas.consents import CardAnswer
from api.state import Services
from api.web.card_words import ANSWERS, CHOICES, OUTCOMES, WHY_NOT
from api.web.forms import CHOOSE, Form, FormDep
from api.web.need_choices import choices_in
from api.web.need_form import form_of
from api.web.page import Page, PageDep
from api.web.routes.needs import own_need
from matcher.domain.answer import Answer, EmployerAnswer, Outcome, WhyNot, newest
from matcher.domain.calendar import finnish_day
from matcher.domain.consent import Consent, Move
from matcher.domain.offer import CompanyNeed
from matcher.errors import NotReadyError
from matcher.i18n.message import Message, msg
from matcher.match.reasons.names import BANDS

router = APIRouter(include_in_schema=False)
_ANSWERED: Final = msg("Your answer was recorded. The coach sees it and tells the person.")
_CLOSED: Final = msg("The need was closed. Thank you for telling how it ended.")
_WHY: Final = msg("Tell why, so that the person can be told.")


@dataclass(frozen=True, slots=True)
class Card:
    """A person as the employer sees them, with what was answered.

    Parameters
    ----------
    person
        Without a name until the person was introduced.
    since, until
        From when till when consent lets the person be shown.
    answer
        The newest one; None if nothing was answered.
    """

    person: CardAnswer
    since: date
    until: date
    answer: EmployerAnswer | None

    @property
    def band(self) -> Message:
        """How well the person fits, in words."""
        return BANDS[self.person.band]

    @property
    def said(self) -> Message | None:
        """What was answered, in words."""
        return None if self.answer is None else ANSWERS[self.answer.answer]

    @property
    def why_not(self) -> Message | None:
        """Why the person was not chosen, in words."""
        reason = None if self.answer is None else self.answer.reason
        return None if reason is None else WHY_NOT[reason]

    @property
    def day(self) -> date | None:
        """The day in Finland on which it was answered."""
        return None if self.answer is None else finnish_day(self.answer.at)


@router.get("/needs/{id}")
def show_need(
    page: PageDep, id: Id, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> Response:
    """Show one of the caller's needs, with the people who agreed to be shown for it."""
    return _show(page, own_need(id, services, caller), services, caller, trail, form=Form())


@router.post("/needs/{id}/cards/{pseudonym}")
def send_answer(
    page: PageDep,
    id: Id,
    *,
    pseudonym: str = Path(max_length=100, pattern=r"^K-[0-9a-f]+$"),
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
) -> Response:
    """Write down what the employer answers of a person."""
    need = own_need(id, services, caller)
    answer, reason = form.text("answer"), form.text("reason")
    if answer not in set(Answer):
        wrong = form.wrong({f"answer-{pseudonym}": CHOOSE})
        return _show(page, need, services, caller, trail, form=wrong, status=422)
    refused = Answer(answer) is Answer.NOT_CHOSEN
    if refused and reason not in set(WhyNot):
        wrong = form.wrong({f"reason-{pseudonym}": _WHY})
        return _show(page, need, services, caller, trail, form=wrong, status=422)
    told = (Answer(answer), WhyNot(reason) if refused else None)
    answer_card(need, pseudonym, told, services, trail, by=caller.id)
    return page.go(f"/needs/{id}", done=page.words(_ANSWERED))


@router.post("/needs/{id}/close")
def end_need(
    page: PageDep,
    id: Id,
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
    *,
    trail: TrailDep,
) -> Response:
    """Close a need with how it ended."""
    outcome = form.text("outcome")
    if outcome not in set(Outcome):
        need, wrong = own_need(id, services, caller), form.wrong({"outcome": CHOOSE})
        return _show(page, need, services, caller, trail, form=wrong, status=422)
    close_need(id, Outcome(outcome), services, caller)
    return page.go("/needs", done=page.words(_CLOSED))


def _show(
    page: Page,
    need: CompanyNeed,
    services: Services,
    caller: Caller,
    trail: Trail,
    *,
    form: Form,
    status: int = 200,
) -> Response:
    words = page.words
    context = {
        "need": need,
        "asked": form_of(need),
        "form": form,
        "choices": choices_in(page.lang),
        "cards": _cards(need, page, services, caller, trail),
        "answers": [(each, words(text)) for each, text in CHOICES.items()],
        "reasons": [("", "–"), *((each, words(text)) for each, text in WHY_NOT.items())],
        "outcomes": [(each, words(text)) for each, text in OUTCOMES.items()],
    }
    return page.show("needs/need.html", context, status)


def _cards(
    need: CompanyNeed, page: Page, services: Services, caller: Caller, trail: Trail
) -> Sequence[Card] | None:
    """Return the cards of a need, best first; None as long as nothing is indexed."""
    consents = {one.pseudonym: one for one in shown_consents([need], services)[need.id]}
    if not consents:
        return ()
    try:
        index = services.index.current()
    except NotReadyError:
        return None
    people = list_cards(
        need.id, services=services, index=index, caller=caller, trail=trail, lang=page.lang
    )
    answered = newest(services.store.answers.of_needs([need.id]))
    return [
        _card(person, consents[person.pseudonym], answered.get(consents[person.pseudonym].id))
        for person in people
        # One who withdrew a moment ago is not shown.
        if person.pseudonym in consents
    ]


def _card(person: CardAnswer, consent: Consent, answer: EmployerAnswer | None) -> Card:
    given = next(one.at for one in consent.events if one.move is Move.YES)
    return Card(person, finnish_day(given), consent.until, answer)
