"""Requests for consent: a coach asks clients, records what they say, and sees what employers do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import Response

from api.access import Caller
from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.identity.login import local_path
from api.routes.consents import ConsentId, ask_consent, move_consent
from api.schemas.consents import ConsentRequest, MoveRequest
from api.scope import readable_need, readable_profile
from api.state import Services
from api.web.card_words import ANSWERS, CONDITIONS, STATES, WHY_NOT
from api.web.forms import CHOOSE, Form, FormDep
from api.web.page import Page, PageDep
from matcher.domain.answer import EmployerAnswer, newest
from matcher.domain.calendar import finnish_day
from matcher.domain.consent import Consent, ConsentState, Move, conditions
from matcher.domain.match import GateOutcome
from matcher.domain.offer import Offer, OfferKind
from matcher.errors import InputError, NotFoundError
from matcher.i18n.message import Message, msg

router = APIRouter(include_in_schema=False)
_SHOWN: Final = 100
#: How long a client has for an answer, and how long consent holds, unless the coach says other.
_ANSWER_WITHIN: Final = timedelta(days=7)
_HOLDS: Final = timedelta(days=60)
_ASKED: Final = msg("The request was recorded. Ask the client, and record the answer here.")
_RECORDED: Final = msg("It was recorded and acts from now on.")
_NO_NEED: Final = msg("There is no open need with this number.")
#: What a coach can record of a request, by how it stands.
_MOVES: Final[Mapping[ConsentState, Sequence[tuple[Move, Message]]]] = {
    ConsentState.ASKED: (
        (Move.YES, msg("The client agrees")),
        (Move.NO, msg("The client does not agree")),
    ),
    ConsentState.GIVEN: (
        (Move.INTRODUCE, msg("Introduce by name")),
        (Move.WITHDRAW, msg("The client withdraws the consent")),
    ),
    ConsentState.INTRODUCED: ((Move.WITHDRAW, msg("The client withdraws the consent")),),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for consent as a coach sees it.

    Parameters
    ----------
    consent
        The request.
    need
        For which; None if it was erased.
    state
        How it stands today.
    lacking
        What keeps the client from being shown, beside consent.
    answer
        What the employer answered last; None if nothing.
    """

    consent: Consent
    need: Offer | None
    state: ConsentState
    lacking: Sequence[Message]
    answer: EmployerAnswer | None

    @property
    def stands(self) -> Message:
        """How it stands, in words."""
        return STATES[self.state]

    @property
    def moves(self) -> Sequence[tuple[Move, Message]]:
        """What can be recorded of it."""
        return _MOVES.get(self.state, ())

    @property
    def said(self) -> Sequence[Message]:
        """What the employer answered, with the reason of a refusal."""
        if self.answer is None:
            return ()
        why = () if self.answer.reason is None else (WHY_NOT[self.answer.reason],)
        return (ANSWERS[self.answer.answer], *why)

    @property
    def said_on(self) -> date | None:
        """The day of the employer's answer."""
        return None if self.answer is None else finnish_day(self.answer.at)


@router.get("/consents")
def show_consents(
    page: PageDep, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> Response:
    """Show the newest requests for consent of the clients whom the caller sees."""
    on = services.today()
    found = services.store.consents.of_people(caller.reach(on), _SHOWN)
    trail.saw(sorted({one.profile_id for one in found}))
    return page.show("consents/list.html", {"requests": requests_of(found, services, on)})


@router.get("/clients/{id}/consents/new")
def show_consent_form(
    page: PageDep,
    id: Id,
    services: ServicesDep,
    caller: CallerDep,
    need: Annotated[str, Query(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = "",
) -> Response:
    """Show the form by which a client is asked for a need."""
    readable_profile(id, services, caller)
    on = services.today()
    dates = {"deadline": str(on + _ANSWER_WITHIN), "until": str(on + _HOLDS)}
    return _form(page, id, Form.of({"need_id": need, **dates}), services, caller)


@router.post("/clients/{id}/consents/new")
def send_consent(
    page: PageDep, id: Id, form: FormDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Record that a client is asked whether they may be shown for a need."""
    readable_profile(id, services, caller)
    values = {name: form.text(name) for name in ("need_id", "deadline", "until")}
    try:
        ask_consent(id, ConsentRequest.model_validate(values), services, caller)
    except (ValidationError, InputError) as error:
        return _form(page, id, form.wrong_as(error), services, caller, status=422)
    except NotFoundError:
        return _form(page, id, form.wrong({"need_id": _NO_NEED}), services, caller, status=422)
    return page.go("/consents", done=page.words(_ASKED))


@router.post("/clients/{id}/consents/{consent}")
def send_move(
    page: PageDep,
    id: Id,
    consent: ConsentId,
    *,
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
) -> Response:
    """Record what a client said of a request, or that the client was introduced."""
    move = form.text("move")
    if move not in {each for moves in _MOVES.values() for each, _ in moves}:
        raise InputError(CHOOSE.text, remedy="Go back and choose.", field="move")
    move_consent(id, consent, MoveRequest(move=Move(move)), services, caller)
    back = local_path(form.text("back"))
    return page.go("/consents" if back == "/" else back, done=page.words(_RECORDED))


def requests_of(consents: Sequence[Consent], services: Services, on: date) -> list[Asked]:
    """Return requests for consent as a coach sees them on a day."""
    people = sorted({one.profile_id for one in consents})
    profiles = services.store.profiles.get_many(people)
    standings = services.store.consents.standings(people)
    needs = services.store.offers(OfferKind.NEED).get_many([one.need_id for one in consents])
    answers = newest(services.store.answers.of_people(people))
    return [
        Asked(
            one,
            needs.get(one.need_id),
            one.state(on),
            [
                CONDITIONS[condition]
                for condition, outcome in conditions(
                    profiles[one.profile_id], standings.get(one.profile_id), [one], on
                ).items()
                if outcome is not GateOutcome.MET and one.state(on) in _MOVES
            ],
            answers.get(one.id),
        )
        for one in consents
        # One who was erased a moment ago is not shown.
        if one.profile_id in profiles
    ]


def _form(
    page: Page, id: str, form: Form, services: Services, caller: Caller, *, status: int = 200
) -> Response:
    try:
        need = readable_need(form.text("need_id"), services, caller)
    except NotFoundError:
        need = None
    context = {"id": id, "form": form, "need": need}
    return page.show("consents/form.html", context, status)
