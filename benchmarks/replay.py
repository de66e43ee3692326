"""How many lists come out the same when they are made again: `python -m benchmarks.replay`.

A night makes the lists of a generated region, and all are shown. Then every tenth person and
every tenth offer changes, every tenth offer closes, everybody asks for a list at once, a wish
is said for every tenth person, and another night passes. At last every list that was shown is
made again from its record (matcher.match.decisions.replay) and compared.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Annotated, Final

import typer
from threadpoolctl import threadpool_limits

from benchmarks.night import run_command
from benchmarks.region import Region, generated, now
from matcher.domain.calendar import finnish_day
from matcher.domain.decision import Decision
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.match.decisions.record import terms_of
from matcher.match.decisions.replay import Replayer
from matcher.match.search import COMPETENCE_ALONE, Blocked
from matcher.match.service import Service, open_service
from matcher.region.generate import Sizes
from matcher.store.store import Store

#: One of so many changes.
EVERY: Final = 10


def main(lists: Annotated[int, typer.Option(min=10, help="How many people.")] = 1_000) -> None:
    """Make lists, change what they were made from, make them again, and count."""
    with threadpool_limits(1), generated(Sizes(lists, 2 * lists)) as region:
        for kind, path in region.files.items():
            run_command(region, "import", kind, str(path))
        run_command(region, "nightly")
        with open_service(region.settings, now) as service:
            of_night = shown(service)
            change(service.store)
        with open_service(region.settings, now) as service:
            asked = ask(service)
            wish(service.store)
        run_command(region, "nightly")
        again(region, {"of the night": of_night, "asked for": asked})


def shown(service: Service) -> list[Decision]:
    """Show everybody the list of the night."""
    snapshot = service.live.snapshot
    ids = service.store.profiles.ids()
    made = service.store.lists.of_snapshot(ids, snapshot)
    decisions = [service.recorder.of_night(made[id]) for id in sorted(made)]
    service.store.decisions.add(decisions)
    return decisions


def change(store: Store) -> None:
    """Change every tenth person and offer, and close the next ones."""
    people = store.profiles.get_many(store.profiles.ids()[::EVERY])
    other = (Competence("siivous"), Competence("kassatyö"))
    store.profiles.upsert([replace(one, competences=other) for one in people.values()], now())
    for kind in OfferKind:
        offers = store.offers(kind)
        ids = offers.ids()
        some = offers.get_many(ids[::EVERY]).values()
        offers.upsert(
            [
                replace(one, text=replace(one.text, fi=f"{one.text.fi} Myös iltaisin."))
                for one in some
            ],
            now(),
        )
        offers.close(ids[1::EVERY], now())


def ask(service: Service) -> list[Decision]:
    """Show everybody a list that is made at once, with what changed since the snapshot."""
    store, decisions = service.store, []
    for profile in store.profiles.get_many(store.profiles.ids()).values():
        made_at, moment = now(), service.recorder.moment()
        [found] = service.matcher.match([profile], on=finnish_day(made_at))
        terms = terms_of(tuple(OfferKind), 10, Blocked.HIDE, COMPETENCE_ALONE, made_at)
        decisions.append(service.recorder.fresh(profile, found, terms, moment, made_at))
    store.decisions.add(decisions)
    return decisions


def wish(store: Store) -> None:
    """Have every tenth person refuse the first job of the list."""
    for decision in (store.decisions.of_profile(id)[0] for id in store.profiles.ids()[::EVERY]):
        first = next(iter(decision.placed or ()), None)
        if first is not None:
            store.feedback.add(
                Feedback(
                    id=f"fb-{decision.id}",
                    profile_id=decision.profile_id,
                    offer_id=first.match.offer_id,
                    kind=first.match.kind,
                    action=Action.NOT_SUITABLE,
                    reason=Reason.PAY,
                    at=now(),
                    by="benchmark",
                )
            )


def again(region: Region, lists: dict[str, list[Decision]]) -> None:
    """Make every list again and print how many are equal."""
    typer.echo(region.told)
    with open_service(region.settings, now) as service:
        replayer = Replayer(service.store, service.records, region.settings.snapshots)
        for name, decisions in lists.items():
            start = perf_counter()
            found = [replayer.replay(service.store.decisions.get(one.id)) for one in decisions]
            took = (perf_counter() - start) / len(found)
            equal = sum(one.is_equal for one in found)
            typer.echo(f"{name}: {equal:,} of {len(found):,} equal, {took * 1000:.0f} ms a list")
            for one in [one for one in found if not one.is_equal][:10]:
                typer.echo(f"  {one.list_id}: {one.differences[:3]}")


if __name__ == "__main__":
    typer.run(main)
