"""Count how employers have replied: every night, over the people shown in the last year.

Silence is counted only where it is one: somebody could be seen, by an employer that can log
in, for long enough. Where that is not known, nothing is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from matcher.domain.answer import Answer, EmployerAnswer, newest
from matcher.domain.calendar import finnish_day
from matcher.domain.consent import Consent, Move, Standing, conditions, is_visible
from matcher.domain.offer import CompanyNeed, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.replies import NO_REPLIES, Replies
from matcher.match.replies.heard import employer_of
from matcher.store.store import Store

#: An employer has so many days to answer about a person before it counts as silent.
PATIENCE: Final = timedelta(days=14)
#: What is longer ago is forgotten.
MEMORY: Final = timedelta(days=365)
_TAKEN_UP: Final = frozenset({Answer.INVITED, Answer.INTERVIEWED, Answer.HIRED})


def note_replies(store: Store, now: datetime, *, heed: bool) -> None:
    """Count the replies of all employers and write down what has changed since the last count.

    Parameters
    ----------
    store
        Has consents and answers, and keeps the counts.
    now
        The moment of the count.
    heed
        Whether employers' replies count in this installation; if not, all are forgotten.
    """
    store.replies.note(count_replies(store, now) if heed else {}, now)


def count_replies(store: Store, now: datetime) -> dict[str, Replies]:
    """Return how employers have replied, as `employer_of` names them.

    Parameters
    ----------
    store
        Has consents, answers, people and needs.
    now
        The moment of the count.
    """
    given = store.consents.given_since(now - MEMORY)
    need_ids = sorted({one.need_id for one in given})
    needs = store.offers(OfferKind.NEED).get_many(need_ids)
    answered = newest(store.answers.of_needs(need_ids))
    people = sorted({one.profile_id for one in given if one.id not in answered})
    profiles, standings = store.profiles.get_open(people), store.consents.standings(people)
    counts: dict[str, Counter[str]] = {}
    for one in given:
        need = needs.get(one.need_id)
        if need is None:
            continue
        person = profiles.get(one.profile_id), standings.get(one.profile_id)
        kind = _kind(one, need, answered.get(one.id), person, finnish_day(now))
        counts.setdefault(employer_of(need), Counter())[kind] += 1
    found = {employer: _replies(count) for employer, count in counts.items()}
    return {employer: one for employer, one in sorted(found.items()) if one != NO_REPLIES}


def _kind(
    consent: Consent,
    need: Offer,
    answer: EmployerAnswer | None,
    person: tuple[Profile | None, Standing | None],
    on: date,
) -> str:
    """Return as what a person who was shown counts; empty if that is not known."""
    if answer is not None:
        return "taken_up" if answer.answer in _TAKEN_UP else "declined"
    return "silent" if _is_silence(consent, need, person, on) else ""


def _is_silence(
    consent: Consent, need: Offer, person: tuple[Profile | None, Standing | None], on: date
) -> bool:
    """Tell whether an employer could see a person for long enough, and said nothing."""
    profile, standing = person
    # Who has no key of its own sees no cards: the municipality entered the need.
    if profile is None or not isinstance(need, CompanyNeed) or need.owner is None:
        return False
    if standing is None or standing.follow_up_from is None:
        return False
    last = min(day for day in (on, consent.until, need.expires) if day is not None)
    given = next(event.at for event in consent.events if event.move is Move.YES)
    # Nobody was shown before all that has to be known of them was.
    first = max(finnish_day(given), finnish_day(standing.at), standing.follow_up_from)
    if last - first < PATIENCE:
        return False
    return is_visible(conditions(profile, standing, [consent], last))


def _replies(counts: Mapping[str, int]) -> Replies:
    return Replies(counts["taken_up"], counts["declined"], counts["silent"])
