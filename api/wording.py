"""The one door through which needs are stored: words are checked, what stays is noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

from fastapi import Query
from fastapi.exceptions import RequestValidationError

from api.access import Caller
from api.auditing import Trail
from api.state import Services
from matcher.domain.audit import Deed
from matcher.domain.offer import Offer
from matcher.domain.wording import Finding, Override
from matcher.ingest.contacts import without_contacts
from matcher.match.employer.wording import check_offer

_KEEP: Final = "To keep the words as they are, repeat the request with your reason here."

KeepWording = Annotated[
    str,
    Query(
        alias="keep_wording",
        description="Why words that may discriminate stay; without it such a need is refused",
        max_length=2000,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
    ),
]


@contextmanager
def need_door(
    need: Offer, reason: str, *, services: Services, caller: Caller, trail: Trail
) -> Iterator[None]:
    """Store a need within this: it lets in what the encoder can read and words that are fine.

    Once the need is stored, it is written down which words were kept
    though they may discriminate.

    Raises
    ------
    RequestValidationError
        If words may discriminate, and `reason` does not say why they stay.
    """
    found = _checked_words(need, reason)
    if found:
        trail.deed = Deed.OVERRIDE
    services.records.encode_offers([need])
    yield
    if found:
        _note_kept(need, found, reason, services, caller)


def _checked_words(need: Offer, reason: str) -> list[Finding]:
    """Return what may discriminate in a need, if a reason was given to keep it.

    Raises
    ------
    RequestValidationError
        If something was found, and no reason was given: with the words, the law and a better
        wording of each.
    """
    found = check_offer(need)
    if found and not reason.strip():
        raise RequestValidationError(
            [{"loc": ("body", one.ground.value), "msg": _told(one)} for one in found]
            + [{"loc": ("query", "keep_wording"), "msg": _KEEP}]
        )
    return found


def _told(one: Finding) -> str:
    return f"”{one.quote}”: {one.advice} ({one.law})"


def _note_kept(
    need: Offer, found: list[Finding], reason: str, services: Services, caller: Caller
) -> None:
    services.store.overrides.add(
        Override(
            need_id=need.id,
            grounds=tuple(one.ground for one in found),
            quotes=tuple(one.quote for one in found),
            reason=without_contacts(reason.strip()),
            at=services.clock(),
            by=caller.id,
        )
    )
