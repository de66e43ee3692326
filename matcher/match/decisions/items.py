"""Train-ups and packages as their records hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.domain.decision import Item
from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp, TrainUps
from matcher.match.package.packer import Packed
from matcher.store.store import Store


def brief_items(found: Sequence[BriefTrainUp], store: Store) -> tuple[Item, ...]:
    """Return trainings with what they open."""
    hashes = store.offers(OfferKind.TRAINING).hashes([one.training_id for one in found])
    return tuple(
        _train_up((one.training_id,), one.opens, one.rise, one.opened, hashes) for one in found
    )


def train_up_items(found: TrainUps, store: Store) -> tuple[Item, ...]:
    """Return trainings, and behind them two in a row, with what they open."""
    ups = [*found.single, *found.sequences]
    ids = [[step.training_id for step in up.steps] for up in ups]
    hashes = store.offers(OfferKind.TRAINING).hashes([id for some in ids for id in some])
    return tuple(
        _train_up(
            some,
            up.opens,
            up.rise,
            [
                BriefOpened(
                    one.kind,
                    one.offer_id,
                    one.before,
                    one.after,
                    one.score_before,
                    one.score_after,
                )
                for one in up.opened
            ],
            hashes,
        )
        for some, up in zip(ids, ups, strict=True)
    )


def package_items(packed: Packed, store: Store) -> tuple[Item, ...]:
    """Return what a package consists of, in its order."""
    chosen = [(step.candidate.kind, step.candidate.offer_id) for step in packed.package.steps]
    hashes = {
        kind: store.offers(kind).hashes([id for of, id in chosen if of is kind])
        for kind in {kind for kind, _ in chosen}
    }
    return tuple(
        Item(((kind, id, hashes[kind].get(id, "")),), {"stage": float(step.stage)})
        for (kind, id), step in zip(chosen, packed.package.steps, strict=True)
    )


def _train_up(
    ids: Sequence[str],
    opens: int,
    rise: float,
    opened: Sequence[BriefOpened],
    hashes: Mapping[str, str],
) -> Item:
    offers = tuple((OfferKind.TRAINING, id, hashes.get(id, "")) for id in ids)
    return Item(offers, {"opens": float(opens), "rise": rise}, tuple(opened))
