"""The records of lists: how each came about, and who has used the own data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.deps import CallerDep, Id, ServicesDep
from api.responses import problems
from api.routes.own import OwnDep
from api.schemas.decisions import ReplayAnswer, SeenAnswer, ToldAnswer
from api.scope import check_profile
from api.state import Services
from matcher.domain.decision import Decision
from matcher.errors import NotFoundError
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.decisions.document import DecisionDocument
from matcher.match.decisions.past import past_of
from matcher.match.decisions.replay import Replayer
from matcher.match.decisions.tell import tell_person
from matcher.rights.seen import seen_by

router = APIRouter(prefix="/v1", tags=["matches"])
ListId = Annotated[
    str,
    Path(
        description="`list_id` of an answer with a list",
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]+$",
    ),
]
InTongue = Annotated[Tongue, Query(description="Language of the words")]


@router.get("/profiles/{id}/lists/{list_id}", responses=problems(404))
def read_list(
    id: Id, list_id: ListId, services: ServicesDep, caller: CallerDep
) -> DecisionDocument:
    """Return the record of a list: model, inputs, gates, scores, order, what people overrode."""
    check_profile(caller, id, services)
    decision = _decision(id, list_id, services)
    return DecisionDocument.of(decision, past_of(decision, services.store))


@router.get("/profiles/{id}/lists/{list_id}/explanation", responses=problems(404))
def explain_list(
    id: Id,
    list_id: ListId,
    services: ServicesDep,
    caller: CallerDep,
    *,
    tongue: InTongue = Tongue.FI,
) -> list[ToldAnswer]:
    """Tell in plain words, for the client, how a list came about and who decides."""
    check_profile(caller, id, services)
    return _told(_decision(id, list_id, services), services, tongue)


@router.post("/profiles/{id}/lists/{list_id}/replay", responses=problems(404))
def replay_list(id: Id, list_id: ListId, services: ServicesDep, caller: CallerDep) -> ReplayAnswer:
    """Make a list again from what it was made from, and tell whether it comes out the same."""
    check_profile(caller, id, services)
    decision = _decision(id, list_id, services)
    replayer = Replayer(services.store, services.records, services.settings.snapshots)
    return ReplayAnswer.of(replayer.replay(decision))


@router.get("/own/lists/{list_id}/explanation", tags=["own"], responses=problems(404))
def explain_own_list(
    list_id: ListId,
    services: ServicesDep,
    caller: CallerDep,
    own: OwnDep,
    *,
    tongue: InTongue = Tongue.FI,
) -> list[ToldAnswer]:
    """Tell the person in plain words how a list came about and who decides."""
    check_profile(caller, own, services)
    return _told(_decision(own, list_id, services), services, tongue)


@router.get("/own/seen", tags=["own"], responses=problems(404))
def list_own_seen(
    services: ServicesDep, caller: CallerDep, own: OwnDep, tongue: InTongue = Tongue.FI
) -> list[SeenAnswer]:
    """Tell the person who has used the own data, what for and when, newest first."""
    check_profile(caller, own, services)
    return [
        SeenAnswer.model_validate(one, from_attributes=True)
        for one in seen_by(services.store.audit.of(own), client_words(tongue))
    ]


def _decision(profile_id: str, list_id: str, services: Services) -> Decision:
    """Refuse another client's list as if it did not exist."""
    decision = services.store.decisions.get(list_id)
    if decision.profile_id != profile_id:
        raise NotFoundError("list", list_id)
    return decision


def _told(decision: Decision, services: Services, tongue: Tongue) -> list[ToldAnswer]:
    told = tell_person(decision, past_of(decision, services.store), client_words(tongue))
    return [ToldAnswer.model_validate(part, from_attributes=True) for part in told]
