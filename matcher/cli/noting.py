"""What the command line writes into the audit log: nothing of a person is printed before it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from getpass import getuser
from typing import Final
from uuid import uuid4

from matcher.domain.audit import Deed, Ending, Happening, Purpose
from matcher.domain.calendar import utc_now
from matcher.domain.decision import Decision
from matcher.store.store import Store

#: Whoever may run commands on the machine may do everything there.
OPERATOR: Final = "operator"


@dataclass(frozen=True, slots=True)
class Use:
    """What a command does with the data of people, and what for.

    Parameters
    ----------
    operation
        The command.
    deed, purpose
        What the log says of it.
    """

    operation: str
    deed: Deed
    purpose: Purpose


def note(
    store: Store,
    use: Use,
    ending: Ending,
    people: Iterable[str] = (),
    *,
    shown: Sequence[Decision] = (),
    about: str = "",
) -> None:
    """Write down what a command does, with the lists that it is about to show.

    Parameters
    ----------
    store
        Open for writing.
    use, ending
        What it does, and how far it has come.
    people
        Ids of the profiles whose data it uses; none if it is about nobody in particular.
    shown
        Records of lists.
    about
        Id of a list that it is about.
    """
    about = about or (shown[0].id if shown else "")
    subjects: list[str | None] = [*dict.fromkeys(people)]
    store.note([_happening(use, ending, one, about) for one in subjects or [None]], shown)


def _happening(use: Use, ending: Ending, subject: str | None, about: str) -> Happening:
    return Happening(
        event=_event(),
        at=utc_now(),
        who=_user(),
        role=OPERATOR,
        deed=use.deed,
        operation=use.operation,
        ending=ending,
        purpose=use.purpose,
        origin=platform.node(),
        subject=subject,
        about=about,
    )


@cache
def _event() -> str:
    """Return the id that all entries of this process share."""
    return uuid4().hex


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # as in a container, where the user has no name
        return f"uid {os.getuid()}"
