"""What each command does with the data of people: what the audit log says of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Final

import typer

from matcher.cli.noting import Use, note
from matcher.config import load_settings
from matcher.domain.audit import Deed, Ending, Purpose
from matcher.errors import StoreError
from matcher.store.store import Store

_READ: Final = (Deed.READ, Purpose.GUIDANCE)
_LIST: Final = (Deed.LIST, Purpose.GUIDANCE)
_CHANGE: Final = (Deed.CHANGE, Purpose.GUIDANCE)
_CONSENT: Final = (Deed.CONSENT, Purpose.PLACEMENT)
_BULK: Final = (Deed.PROCESS, Purpose.ADMINISTRATION)
_SORTING: Final = (Deed.READ, Purpose.ADMINISTRATION)
_MOVING: Final = (Deed.FIND, Purpose.ADMINISTRATION)
_KEEPING: Final = (Deed.CHANGE, Purpose.RIGHTS)

#: What is written down of each command, by its path.
USES: Final[dict[str, tuple[Deed, Purpose]]] = {
    "import": _BULK,
    "quarantine list": _SORTING,
    "quarantine find": _SORTING,
    "quarantine retry": _BULK,
    "quarantine drop": (Deed.CHANGE, Purpose.ADMINISTRATION),
    "nightly": _BULK,
    "match": _LIST,
    "candidates": (Deed.FIND, Purpose.PLACEMENT),
    "upskill": _LIST,
    "consent ask": _CONSENT,
    "consent answer": _CONSENT,
    "consent list": _READ,
    "consent standing": _CHANGE,
    "feedback add": _CHANGE,
    "feedback list": _READ,
    "feedback wishes": _READ,
    "feedback withdraw": _CHANGE,
    "train-ranker": _BULK,
    "case add": _CHANGE,
    "case show": _READ,
    "case due": _MOVING,
    "case coaches": _MOVING,
    "transfer plan": _MOVING,
    "transfer run": (Deed.CHANGE, Purpose.ADMINISTRATION),
    "transfer status": _MOVING,
    "transfer verify": _MOVING,
    "situation set": _CHANGE,
    "situation show": _READ,
    "pathway": _READ,
    "package": _LIST,
    "plan": (Deed.EXPORT, Purpose.GUIDANCE),
    "person export": (Deed.EXPORT, Purpose.RIGHTS),
    "person rectify": _KEEPING,
    "person erase": (Deed.ERASE, Purpose.RIGHTS),
    "fairness set": (Deed.CHANGE, Purpose.ADMINISTRATION),
    "fairness show": _SORTING,
    "retention hold": _KEEPING,
    "retention release": _KEEPING,
    "replay": (Deed.PROCESS, Purpose.SUPERVISION),
    "explain": (Deed.READ, Purpose.RIGHTS),
    "audit of": (Deed.READ, Purpose.RIGHTS),
    "key sessions": (Deed.READ, Purpose.ADMINISTRATION),
}


def noted(path: str, command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that is begun in the audit log before it does anything.

    Parameters
    ----------
    path
        Its name in `USES`.
    command
        Takes its parameters by name; ``profile`` or ``person`` is an id of a client.
    """
    use = Use(path, *USES[path])

    @wraps(command)
    def wrapped(**given: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        person = given.get("profile") or given.get("person")
        people = [person] if isinstance(person, str) else []
        _write(use, Ending.BEGUN, people)
        try:
            result = command(**given)
        except typer.Exit:
            _write(use, Ending.DONE, people)
            raise
        except BaseException:
            # What went wrong is to be told, and not that its ending could not be noted.
            with suppress(StoreError):
                _write(use, Ending.FAILED, people)
            raise
        _write(use, Ending.DONE, people)
        return result

    return wrapped


def _write(use: Use, ending: Ending, people: list[str]) -> None:
    with Store.open(load_settings().url) as store:
        note(store, use, ending, people)
