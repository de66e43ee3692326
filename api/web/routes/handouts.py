"""What a coach hands over: the list on paper, and how it came about, in the client's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import Id
from api.routes.decisions import ListId, explain_list, read_list
from api.web.desk import DeskDep
from api.web.languages import choices
from api.web.page import PageDep
from api.web.routes.explained import named
from api.web.views.asked import Asked
from api.web.views.handout import paper_lists
from api.web.views.lists import answer_for, knowledge
from matcher.i18n.message import ClientMessage, client_msg
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
#: What a client reads.
_TONGUES: Final = choices("/own")
_PAPER: Final[Mapping[str, ClientMessage]] = {
    "title": client_msg("Suggestions for you"),
    "day": client_msg("You and your coach looked at this list on {day}."),
    "nothing": client_msg("No open offer fitted well enough."),
    "until": client_msg("open until {day}"),
    "decides": client_msg("You and your coach decide together what you do with the list."),
}
InTongue = Annotated[Tongue | None, Query(description="Language of the client")]


@router.get("/handout")
def show_handout(
    id: Id, asked: Annotated[Asked, Query()], page: PageDep, desk: DeskDep
) -> Response:
    """Show the list as the client reads it, to print or to look at together."""
    tongue = asked.tongue or page.tongue
    answer = answer_for(id, asked, desk)
    profile = desk.services.store.profiles.get(id)
    known = knowledge(profile, [one for found in answer.lists.values() for one in found], desk)
    listed = {kind: asked.shown(found) for kind, found in answer.lists.items()}
    context = {
        "id": id,
        "asked": asked,
        "reads": tongue,
        "read": client_words(tongue),
        "lists": paper_lists(listed, known.offers, {named(one) for one in asked.o}, tongue),
        "on": desk.services.today(),
        "tongues": _TONGUES,
        "texts": _PAPER,
    }
    return page.show("matches/handout.html", context)


@router.get("/lists/{list_id}")
def show_list_record(
    id: Id, list_id: ListId, page: PageDep, desk: DeskDep, tongue: InTongue = None
) -> Response:
    """Show how a list came about: in the client's words, and with what it was made."""
    reads = tongue or page.tongue
    context = {
        "id": id,
        "record": read_list(id, list_id, desk.services, desk.caller),
        "told": explain_list(id, list_id, desk.services, desk.caller, tongue=reads),
        "reads": reads,
        "tongues": _TONGUES,
    }
    return page.show("matches/record.html", context)
