"""Writes down every use of personal data: nothing is shown or changed without its entry.

What changes something is begun in the log before it is done. What is shown waits with its
first byte until the entry is stored. If the log cannot be written, the answer is 503 and
nothing of a person.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import Caller
from api.deeds import CHANGING, DEEDS
from api.errors import answer
from api.state import Services
from matcher.domain.audit import Deed, Ending, Happening
from matcher.domain.decision import Decision
from matcher.errors import MatcherError

_LOG = logging.getLogger("api.auditing")
_OF_A_PERSON: Final = ("/v1/profiles/{id}", "/clients/{id}")
#: Answers to who may not see what was asked for.
_LET_NOBODY: Final = frozenset({401, 403, 404})
#: Ids as the store can hold them; anything else in an address is nobody's id.
_ID: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")


@dataclass(slots=True)
class Trail:
    """What one request tells the log of itself while it is answered.

    Parameters
    ----------
    event
        Id of the request in the log.
    people
        Ids of the profiles whose data it used.
    about
        Id of the list that it showed, or of what else it was about.
    decisions
        Records of the lists that it shows.
    deed
        What it did, if that is other than what its operation says.
    """

    event: str = field(default_factory=lambda: uuid4().hex)
    people: dict[str, None] = field(default_factory=dict)
    about: str = ""
    decisions: list[Decision] = field(default_factory=list)
    deed: Deed | None = None

    def saw(self, ids: Iterable[str]) -> None:
        """Note whose data is about to be shown."""
        self.people.update(dict.fromkeys(ids))

    def shows(self, decision: Decision) -> None:
        """Note which list is about to be shown."""
        self.saw([decision.profile_id])
        self.about = decision.id
        self.decisions.append(decision)


class Auditing:
    """Writes the ending of every request into the audit log, before its answer is sent.

    Parameters
    ----------
    app
        What comes after; requests that reach this have a caller, or are open to all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold its answer back until it is written down."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.trail = Trail()
        answered = withheld = False

        async def audited(message: Message) -> None:
            nonlocal answered, withheld
            if message["type"] == "http.response.start":
                answered = True
                try:
                    await _write(request, _ending(message["status"]))
                except MatcherError as error:
                    withheld = True
                    await (await answer(request, error))(scope, receive, send)
            if not withheld:
                await send(message)

        try:
            await self._app(scope, receive, audited)
        except Exception:
            # Unforeseen: it goes on to the log of failures, and its caller learns nothing. What
            # was begun has its ending here, unless the answer had begun and was written down.
            if not answered:
                await _write_failure(request)
            raise


async def begin(request: Request) -> None:
    """Write down that something is about to be changed, before anything is.

    Raises
    ------
    StoreError
        If it cannot be written down; then nothing is changed.
    """
    deed, _ = DEEDS.get(request.scope["route"].name, (None, None))
    if deed in CHANGING:
        await _write(request, Ending.BEGUN)


async def _write_failure(request: Request) -> None:
    try:
        await _write(request, Ending.FAILED)
    except MatcherError as error:
        _LOG.error("An ending is not in the audit log: %s", error)


async def _write(request: Request, ending: Ending) -> None:
    name = getattr(request.scope.get("route"), "name", "")
    caller: Caller | None = getattr(request.state, "caller", None)
    if name not in DEEDS or caller is None:
        return
    services: Services = request.state.services
    trail: Trail = request.state.trail
    shown = trail.decisions if ending is Ending.DONE else ()
    await services.scribe.write(_happenings(request, name, caller, ending), shown)


def _happenings(request: Request, name: str, caller: Caller, ending: Ending) -> list[Happening]:
    trail: Trail = request.state.trail
    services: Services = request.state.services
    deed, purpose = DEEDS[name]
    path = request.scope["route"].path
    people: list[str | None] = [*_people(request, path, caller), *trail.people]
    return [
        Happening(
            event=trail.event,
            at=services.clock(),
            who=caller.id,
            role=caller.role.value,
            deed=trail.deed or deed,
            operation=name,
            ending=ending,
            purpose=caller.purpose or purpose,
            origin=request.client.host if request.client else "",
            subject=subject,
            # What a caller made up may be anything: only what is there is named.
            about=trail.about or (_about(request, path) if ending is Ending.DONE else ""),
        )
        for subject in dict.fromkeys(people or [None])
    ]


def _people(request: Request, path: str, caller: Caller) -> list[str]:
    """Return the person who calls, or whom the address names, if there is one."""
    if caller.grant.profile_id:
        return [caller.grant.profile_id]
    id = str(request.path_params.get("id", ""))
    return [id] if path.startswith(_OF_A_PERSON) and _ID.fullmatch(id) else []


def _about(request: Request, path: str) -> str:
    """Return the last id in an address that is not a person's."""
    names = [name for name in request.path_params if name not in {"kind", "month"}]
    if not names or (path.startswith(_OF_A_PERSON) and names[-1] == "id"):
        return ""
    return str(request.path_params[names[-1]])


def _ending(status: int) -> Ending:
    if status in _LET_NOBODY:
        return Ending.REFUSED
    # Who mistyped something looked at nothing that was shut.
    return Ending.FAILED if status >= 400 else Ending.DONE
