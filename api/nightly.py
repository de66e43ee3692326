"""The answer with a client's stored list: made once, and given again while nothing changes."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from api.access import Caller
from api.kept import Kept
from api.lists import View, nightly_lists
from api.schemas.matches import NOTE, NightlyAnswer, counted
from api.scope import check_profile
from api.state import Services
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.pathways.pathway import home_standing
from matcher.store import codec
from matcher.store.lists import StoredList
from matcher.store.sheets import MadeList, Sheet

#: The answers are so repetitive that the fastest level leaves a tenth of them.
_LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class _Source:
    """What an answer is made from, but for the offers.

    Parameters
    ----------
    sheet
        With fingerprints in the place of order and matches.
    on, lang
        The day and the language.
    revision
        Of everything stored, where wishes may keep out any offer; else 0.
    """

    sheet: Sheet
    on: date
    lang: Lang
    revision: int


def nightly_answer(id: str, lang: Lang, caller: Caller, services: Services) -> Kept:
    """Return a stored list as it is shown, as gzipped JSON; its record is kept before.

    Parameters
    ----------
    id
        Of the profile.
    lang
        Of the words.
    caller
        Must be allowed to read the profile.
    services
        What is asked.

    Raises
    ------
    NotFoundError
        If there is no such profile, none within the caller's scope, or no list of it.
    """
    return _answered(id, lang, caller, services)[0]


def nightly_document(id: str, lang: Lang, caller: Caller, services: Services) -> NightlyAnswer:
    """Return a stored list as it is shown; its record is kept before.

    Parameters and errors are those of `nightly_answer`. What has just been made is not read back
    from its JSON.
    """
    kept, made = _answered(id, lang, caller, services)
    if made is not None:
        return made
    return NightlyAnswer.model_validate_json(gzip.decompress(kept.body))


def _answered(
    id: str, lang: Lang, caller: Caller, services: Services
) -> tuple[Kept, NightlyAnswer | None]:
    """Return what is kept, and the answer itself if it had to be made."""
    index, on = services.index.current(), services.today()
    # Read once: another request may put the next snapshot in use at any moment.
    snapshot, revision = index.live.snapshot, index.live.revision
    index.matcher.book.refresh(on, snapshot)
    services.kept.refresh(revision, services.store.profiles.erased_since)
    with services.store.reading():
        check_profile(caller, id, services)
        sheet = services.store.sheets.of(id, snapshot)
    made = sheet.made
    if made is None:
        raise NotFoundError("list of profile", id, remedy="Run matcher nightly.")
    source = _Source(_marked(sheet, made), on, lang, revision * (sheet.said > 0))
    kept = services.kept.get(id)
    if (
        kept is not None
        and kept.source == source
        and index.matcher.book.same_since(kept.revision, kept.offers)
    ):
        return kept, None
    stored = StoredList(
        id, made.run_id, made.snapshot, made.created_at, made.entries(), made.ranker
    )
    with services.store.reading():
        profile = services.store.profiles.get(id)
        view = View(index, home_standing(profile, sheet.situation, on), lang, on)
        decision = index.recorder.of_night(stored)
        answer = _answer(decision.id, stored, profile, view, services)
    services.store.decisions.add([decision])
    body = gzip.compress(answer.model_dump_json().encode(), _LEVEL, mtime=0)
    offers = tuple((entry.kind, entry.offer_id) for entry in stored.entries)
    answered = Kept(source, offers, revision, body, decision.id)
    services.kept.put(id, answered)
    return answered, answer


def _answer(
    list_id: str, stored: StoredList, profile: Profile, view: View, services: Services
) -> NightlyAnswer:
    """Return what is shown of a list that is recorded under an id."""
    corrected = services.store.corrections.fields_since(profile.id, stored.created_at)
    return NightlyAnswer(
        list_id=list_id,
        profile_id=profile.id,
        run_id=stored.run_id,
        snapshot=stored.snapshot,
        ranker=stored.ranker,
        created_at=stored.created_at,
        note=NOTE.get(view.lang),
        corrected=list(corrected),
        lists=nightly_lists(stored.entries, profile, view),
        kept_out=counted(view.index.matcher.kept_out(profile, on=view.on)),
    )


def _marked(sheet: Sheet, made: MadeList) -> Sheet:
    marked = replace(
        made, written=codec.digest(made.written), payload=sha256(made.payload).digest()
    )
    return replace(sheet, made=marked)
