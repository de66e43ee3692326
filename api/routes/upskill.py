"""Train-ups: which trainings open offers to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from fastapi import APIRouter

from api.access import Caller
from api.deps import CallerDep, Id, IndexDep, InLang, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.matches import NOTE
from api.schemas.offers import OfferSummary
from api.schemas.upskill import AdvisedTraining, OpenedOffer, UpskillAnswer
from api.scope import check_profile
from api.state import Index, Services
from matcher.domain.calendar import finnish_day
from matcher.domain.decision import Decision
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.text import Lang
from matcher.domain.upskill import BriefTrainUp
from matcher.errors import NotFoundError
from matcher.match.decisions.items import brief_items
from matcher.match.decisions.record import train_up_terms
from matcher.store.store import Store

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])
#: So many trainings are answered, as the night stores.
_LENGTH = 10


@router.get("/{id}/upskill", responses=problems(404))
def read_upskill(
    id: Id,
    *,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    trail: TrailDep,
    lang: InLang = Lang.FI,
) -> UpskillAnswer:
    """Return the trainings that open offers to a person: those of the night, or made anew.

    Made anew they are if the person or a wish has changed since the night.
    """
    made_at, found, decision = _train_ups(id, services, index, caller)
    trail.shows(decision)
    return UpskillAnswer(
        list_id=decision.id,
        profile_id=id,
        snapshot=index.live.snapshot,
        made_at=made_at,
        note=NOTE.get(lang),
        trainings=_shown(found, services.store, lang, services.today()),
    )


def _train_ups(
    id: str, services: Services, index: Index, caller: Caller
) -> tuple[datetime | None, tuple[BriefTrainUp, ...], Decision]:
    info = check_profile(caller, id, services)
    stored = services.store.train_ups.find(id, index.live.snapshot)
    if (
        stored is not None
        and info.updated_at <= stored.made_at
        and not _spoken_since(id, services, stored.made_at)
    ):
        items = brief_items(stored.trainings, services.store)
        decision = index.recorder.of_train_ups(stored, items, _LENGTH)
        return stored.made_at, stored.trainings, decision
    if index.upskiller.pairs() > services.settings.train_up_pairs:
        raise NotFoundError(
            "train-up of profile",
            id,
            remedy="There are too many trainings and jobs to look while somebody waits: "
            "run matcher upskill, or raise MATCHER_TRAIN_UP_PAIRS.",
        )
    now, moment = services.clock(), index.recorder.moment()
    profile = services.store.profiles.get(id)
    [found] = index.upskiller.briefly([profile], k=_LENGTH, on=finnish_day(now))
    items, terms = brief_items(found, services.store), train_up_terms(_LENGTH, now)
    return None, found, index.recorder.of_items(profile, items, terms, moment, now)


def _spoken_since(id: str, services: Services, moment: datetime) -> bool:
    """Tell whether anything was said or taken back of an offer for this client since."""
    return any(one.at >= moment for one in services.store.feedback.of_profile(id))


def _shown(
    found: Sequence[BriefTrainUp], store: Store, lang: Lang, on: date
) -> list[AdvisedTraining]:
    """Return trainings with what they open, without what has closed since."""
    trainings = _open(store, OfferKind.TRAINING, [one.training_id for one in found], on)
    kinds = {opened.kind for one in found for opened in one.opened}
    offers = {
        kind: _open(
            store, kind, [at.offer_id for one in found for at in one.opened if at.kind is kind], on
        )
        for kind in kinds
    }
    return [
        AdvisedTraining(
            rank=rank,
            training=OfferSummary.of(trainings[one.training_id], lang),
            opens=one.opens,
            opened=[
                OpenedOffer(
                    offer=OfferSummary.of(offers[at.kind][at.offer_id], lang),
                    band_before=at.band_before,
                    band_after=at.band_after,
                )
                for at in one.opened
                if at.offer_id in offers[at.kind]
            ],
        )
        for rank, one in enumerate(found, start=1)
        if one.training_id in trainings
    ]


def _open(store: Store, kind: OfferKind, ids: Sequence[str], on: date) -> dict[str, Offer]:
    read = store.offers(kind).get_many(sorted(set(ids)))
    return {id: one for id, one in read.items() if one.expires is None or one.expires >= on}
