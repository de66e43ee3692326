"""A package for one person: from match lists, services and barriers to a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from matcher.domain.barriers import Barrier
from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.match import GateOutcome, GateResult, Match
from matcher.domain.offer import Offer, OfferKind, Service, Training
from matcher.domain.parts import Hours, WorkExtent
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.match.gates.judge import judge
from matcher.match.likeness import Likeness
from matcher.match.matcher import Matcher
from matcher.match.package.coverage import ServiceCoverage, match_covers
from matcher.match.search import Blocked
from matcher.match.upskill.gifts import Gift, gift_of
from matcher.pathways.area import PhaseKind
from matcher.pathways.choose import choose
from matcher.pathways.package import AREA_SHARE, FULL_TIME_HOURS, Candidate, Limits, Package
from matcher.store.store import Store

#: Jobs and trainings of each kind that are looked at.
LOOKED_AT: Final = 20
#: Full-time work where only that is told: the usual week of collective agreements.
_FULL_TIME_WEEK: Final = 37.5
_WORK: Final = (OfferKind.VACANCY, OfferKind.NEED)
_MATCHED: Final = (*_WORK, OfferKind.TRAINING)
#: Most items of each kind by phase, a judgement of ours: first jobs by oneself, later more
#: learning at work and more support. Who has no known phase gets the middle one.
MIX: Final[dict[PhaseKind, tuple[int, int, int]]] = {
    PhaseKind.SELF_DIRECTED: (3, 1, 1),
    PhaseKind.MAPPING: (2, 2, 2),
    PhaseKind.PLACEMENT: (1, 1, 3),
    PhaseKind.SUPPORTED: (1, 1, 4),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A package, with what it is about.

    Parameters
    ----------
    barriers
        As assessed.
    package
        What was chosen; positions of barriers are those of `barriers`.
    offers
        Every offer in it, by kind and id.
    opened
        The gates that one item opens for another, by the words that the package uses.
    unknown
        The gates of every offer in it to which nobody knows the answer.
    """

    barriers: tuple[Barrier, ...]
    package: Package
    offers: Mapping[tuple[OfferKind, str], Offer]
    opened: Mapping[str, GateResult]
    unknown: Mapping[tuple[OfferKind, str], tuple[GateResult, ...]]


class Packer:
    """Chooses packages from what is stored and matched now.

    Parameters
    ----------
    store, records, matcher
        Where offers are read, what tells phrases alike, and what ranks.
    """

    def __init__(self, store: Store, records: RecordEncoder, matcher: Matcher) -> None:
        self.store = store
        self._matcher = matcher
        self._encoder = records.encoder
        self._likeness = Likeness.measure(records.encoder)

    def pack(
        self,
        profile: Profile,
        needs: ServiceNeeds,
        *,
        phase: PhaseKind | None,
        budget_eur: float | None,
        on: date,
    ) -> Packed:
        """Choose the jobs, trainings and services that cover a person's barriers.

        Parameters
        ----------
        profile, needs
            The person, and the assessment of service needs.
        phase
            Of the job search: it decides the mix; None if it is not known.
        budget_eur
            What may be spent on the fees of trainings; None is no limit.
        on
            The day.
        """
        [lists] = self._matcher.match(
            [profile], kinds=_MATCHED, k=LOOKED_AT, blocked=Blocked.SHOW, on=on
        )
        offers = _offers(self.store, lists)
        # Whoever erases an offer meanwhile takes it out of the package too.
        lists = {
            kind: [one for one in matches if (kind, one.offer_id) in offers]
            for kind, matches in lists.items()
        }
        services = _services(self.store, profile, on)
        coverage = ServiceCoverage(self._encoder, self._likeness, needs.barriers, services)
        matched, opened = _matched(lists, offers, needs.barriers)
        serving = [
            one
            for service in services
            if (one := _service(service, coverage)).covers or one.touches
        ]
        package = choose(needs.barriers, [*matched, *serving], _limits(profile, phase, budget_eur))
        known = {**offers, **{(OfferKind.SERVICE, one.id): one for one in services}}
        chosen = [(step.candidate.kind, step.candidate.offer_id) for step in package.steps]
        picked = {key: known[key] for key in chosen}
        unknown = {key: _unknown(profile, offer, on) for key, offer in picked.items()}
        return Packed(needs.barriers, package, picked, opened, unknown)


def _matched(
    lists: Mapping[OfferKind, Sequence[Match]],
    offers: Mapping[tuple[OfferKind, str], Offer],
    barriers: Sequence[Barrier],
) -> tuple[list[Candidate], dict[str, GateResult]]:
    """Return the jobs and trainings that are within reach, and what trainings open for jobs."""
    gifts = {id: gift_of(one) for (_, id), one in offers.items() if isinstance(one, Training)}
    jobs = [match for kind in _WORK for match in lists[kind]]
    opened = _openable(jobs, list(gifts.values()))
    candidates = [
        _job(match, offers[match.kind, match.offer_id], barriers)
        for match in jobs
        if all(_name(gate) in opened for gate in match.blocked)
    ]
    for match in lists[OfferKind.TRAINING]:
        gift = gifts[match.offer_id]
        gives = frozenset(name for name, gate in opened.items() if gift.opens(gate))
        if not match.blocked:
            offer = offers[match.kind, match.offer_id]
            candidates.append(_training(match, offer, barriers, gives))
    return candidates, opened


def _offers(
    store: Store, lists: Mapping[OfferKind, Sequence[Match]]
) -> dict[tuple[OfferKind, str], Offer]:
    found = {}
    for kind, matches in lists.items():
        offers = store.offers(kind).get_many([match.offer_id for match in matches])
        found.update({(kind, id): offer for id, offer in offers.items()})
    return found


def _openable(jobs: Sequence[Match], gifts: Sequence[Gift]) -> dict[str, GateResult]:
    """Return the unmet gates of jobs that a training at hand opens, by name."""
    unmet = {_name(gate): gate for match in jobs for gate in match.blocked}
    return {name: gate for name, gate in unmet.items() if any(gift.opens(gate) for gift in gifts)}


def _name(gate: GateResult) -> str:
    return f"{gate.gate}:{gate.required}"


def _job(match: Match, offer: Offer, barriers: Sequence[Barrier]) -> Candidate:
    return Candidate(
        kind=match.kind,
        offer_id=match.offer_id,
        relevance=match.score,
        covers=match_covers(match, barriers),
        weekly_hours=_hours(offer.hours),
        places=offer.places,
        requires=frozenset(map(_name, match.blocked)),
    )


def _training(
    match: Match, training: Offer, barriers: Sequence[Barrier], gives: frozenset[str]
) -> Candidate:
    return Candidate(
        kind=match.kind,
        offer_id=match.offer_id,
        relevance=match.score,
        covers=match_covers(match, barriers),
        weekly_hours=_hours(training.hours),
        places=training.places,
        cost_eur=training.cost_eur if isinstance(training, Training) else None,
        gives=gives,
    )


def _services(store: Store, profile: Profile, on: date) -> list[Service]:
    """Return the open services that no gate keeps from a person."""
    batches = store.offers(OfferKind.SERVICE).open_batches(on)
    return [
        one
        for batch in batches
        for one in batch
        if isinstance(one, Service)
        and all(gate.outcome is not GateOutcome.UNMET for gate in judge(profile, one, on))
    ]


def _unknown(profile: Profile, offer: Offer, on: date) -> tuple[GateResult, ...]:
    """Return the gates of an offer that nobody knows the answer to."""
    gates = judge(profile, offer, on)
    return tuple(gate for gate in gates if gate.outcome is GateOutcome.UNKNOWN)


def _service(service: Service, coverage: ServiceCoverage) -> Candidate:
    covers, touches = coverage.of(service), coverage.touched_by(service)
    return Candidate(
        kind=OfferKind.SERVICE,
        offer_id=service.id,
        relevance=max([*covers.values(), AREA_SHARE if touches else 0.0]),
        covers=covers,
        touches=touches,
        weekly_hours=_hours(service.hours),
        places=service.places,
    )


def _hours(hours: Hours) -> float | None:
    if hours.per_week is not None:
        return hours.per_week
    return _FULL_TIME_WEEK if hours.extents == (WorkExtent.FULL_TIME,) else None


def _limits(profile: Profile, phase: PhaseKind | None, budget_eur: float | None) -> Limits:
    jobs, trainings, services = MIX[phase or PhaseKind.MAPPING]
    most = {
        OfferKind.VACANCY: jobs,
        OfferKind.NEED: jobs,
        OfferKind.TRAINING: trainings,
        OfferKind.SERVICE: services,
    }
    hours = profile.hours.per_week
    return Limits(
        hours_a_week=FULL_TIME_HOURS if hours is None else hours, budget_eur=budget_eur, most=most
    )
