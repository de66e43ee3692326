"""What employers do about the people who are shown to them, and how their needs end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.access import Caller
from api.auditing import Trail
from api.scope import check_ownership
from api.state import Services
from matcher.domain.answer import Answer, EmployerAnswer, NeedOutcome, Outcome, WhyNot, newest
from matcher.domain.consent import HOLDING, Consent, conditions, is_visible
from matcher.domain.offer import Offer
from matcher.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people are shown for a need, and about how many the employer has said nothing."""

    shown: int
    unanswered: int


def shown_consents(needs: Sequence[Offer], services: Services) -> dict[str, list[Consent]]:
    """Return the consents by which people are shown today, by need; an expired one shows nobody.

    Parameters
    ----------
    needs
        Of one employer.
    services
        What is asked.
    """
    on = services.today()
    open_ids = [need.id for need in needs if need.expires is None or need.expires >= on]
    asked = services.store.consents.of_needs(open_ids)
    holding = [one for one in asked if one.state(on) in HOLDING]
    ids = sorted({one.profile_id for one in holding})
    profiles = services.store.profiles.get_open(ids)
    standings = services.store.consents.standings(ids)
    found: dict[str, list[Consent]] = {need.id: [] for need in needs}
    for one in holding:
        profile = profiles.get(one.profile_id)
        if profile and is_visible(conditions(profile, standings.get(profile.id), [one], on)):
            found[one.need_id].append(one)
    return found


def waiting(needs: Sequence[Offer], services: Services) -> Mapping[str, Waiting]:
    """Return how many people are shown for each need, and how many wait for an answer."""
    shown = shown_consents(needs, services)
    answered = newest(services.store.answers.of_needs(list(shown)))
    return {
        id: Waiting(len(found), sum(one.id not in answered for one in found))
        for id, found in shown.items()
    }


def answer_card(
    need: Offer,
    pseudonym: str,
    told: tuple[Answer, WhyNot | None],
    services: Services,
    trail: Trail,
    *,
    by: str,
) -> None:
    """Write down what an employer answers of a person who is shown.

    Parameters
    ----------
    need
        Of the employer's own.
    pseudonym
        As on the card.
    told
        The answer, with its reason if the person is not chosen.
    services, trail
        Where it is written down.
    by
        Key of the employer.

    Raises
    ------
    NotFoundError
        If nobody is shown under that name, or no longer.
    InputError
        If a refusal has no reason, or another answer has one.
    """
    shown = shown_consents([need], services)[need.id]
    consent = next((one for one in shown if one.pseudonym == pseudonym), None)
    if consent is None:
        raise NotFoundError("card", pseudonym)
    trail.saw([consent.profile_id])
    answer = EmployerAnswer(
        request=consent.id,
        profile_id=consent.profile_id,
        need_id=need.id,
        answer=told[0],
        reason=told[1],
        at=services.clock(),
        by=by,
    )
    services.store.answers.add(answer)


def close_need(id: str, outcome: Outcome, services: Services, caller: Caller) -> None:
    """Close a need of the caller's with how it ended; nobody is shown for it any more.

    Whoever does not know whether it was closed may close it again: it stays as it ended.

    Raises
    ------
    NotFoundError
        If there is none, or none of the caller's.
    """
    check_ownership(caller, id, services)
    told = NeedOutcome(id, outcome, services.clock(), caller.id)
    services.store.need_writes.close(told)
