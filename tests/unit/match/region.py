"""A region of a few people and offers, in a store and in a published snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import CompanyNeed, Offer, OfferKind, Service, Training, Vacancy, kind_of
from matcher.domain.parts import Commute, Competence, Importance, Occupation, Place, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.index.publication import publish
from matcher.index.segment import Attached
from matcher.match.gates.kept import GatesReader
from matcher.match.matcher import Matcher
from matcher.store.store import Store
from tests.snapshots import write_snapshot

NOW: Final = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
TODAY: Final = date(2026, 11, 22)
OULU, KEMPELE, HELSINKI = "564", "244", "091"


def profile(id: str, *competences: str, **facts: Any) -> Profile:
    """Someone in Oulu who travels 30 km."""
    person = Profile(
        id=id,
        competences=tuple(Competence(name) for name in competences),
        municipality=OULU,
        commute=Commute(max_km=30),
    )
    return replace(person, **facts)


def vacancy(id: str, title: str, *requirements: str, **asked: Any) -> Vacancy:
    """A job in Oulu."""
    offer = Vacancy(
        id=id,
        title=LocalText(fi=title),
        requirements=tuple(Requirement(text) for text in requirements),
        place=Place(municipalities=(OULU,)),
    )
    return replace(offer, **asked)


WELDER = profile(
    "welder",
    "MIG-hitsaus",
    "levyjen leikkaus",
    "hitsauspiirustusten lukeminen",
    occupations_wanted=(Occupation("hitsaaja"),),
)
COOK = profile("cook", "ruoanlaitto suurkeittiössä", "leipomotyö", "annosvuoat")
WELDING = vacancy(
    "v-weld", "Hitsaaja", "MIG-hitsaus", "hitsauspiirustusten lukeminen", "tulityökortti"
)
COOKING = vacancy("v-cook", "Kokki", "ruoanlaitto suurkeittiössä", "leipomotyö")
NEED = CompanyNeed(
    id="n-weld",
    title=LocalText(fi="Hitsaajan apulainen"),
    tasks=("levyjen leikkaus", "MIG-hitsaus"),
    requirements=(Requirement("hitsauspiirustusten lukeminen", Importance.OPTIONAL),),
    place=Place(municipalities=(KEMPELE,)),
)
TRAINING = Training(id="t-weld", title=LocalText(fi="Hitsaajakoulutus"), outcomes=("MIG-hitsaus",))
SERVICE = Service(
    id="s-cook", title=LocalText(fi="Keittiön työpaja"), helps_with=("ruoanlaitto suurkeittiössä",)
)


@dataclass
class Region:
    """What a test changes and asks."""

    store: Store
    records: RecordEncoder
    root: Path

    def add(self, *things: Profile | Offer) -> None:
        """Store records; they are found after the next `publish` or refresh."""
        for thing in things:
            if isinstance(thing, Profile):
                self.store.profiles.upsert([thing], NOW)
            else:
                self.store.offers(kind_of(thing)).upsert([thing], NOW)

    def publish(self) -> None:
        """Build a snapshot of all that is stored, and publish it."""
        offers = {RecordKind.of_offer(kind): self._all(kind) for kind in OfferKind}
        batches = {kind: self.records.encode_offers(found) for kind, found in offers.items()}
        people = self.store.profiles
        batches[RecordKind.PROFILE] = self.records.encode_profiles(
            list(people.get_many(people.ids()).values())
        )
        name = write_snapshot(
            self.root,
            batches,
            {kind: _gates(found) for kind, found in offers.items()},
            encoder=self.records.encoder,
            revision=self.store.revision(),
            now=NOW,
        )
        publish(self.root, name)

    def live(self) -> Live:
        """Open what is published and what changed since."""
        return Live(self.root, self.store, self.records, lambda: NOW)

    def matcher(self, retrieve: int = 50) -> Matcher:
        """Open a matcher over what is published now."""
        return Matcher(self.live(), self.store, self.records, retrieve)

    def _all(self, kind: OfferKind) -> Sequence[Offer]:
        offers = self.store.offers(kind)
        return list(offers.get_many(offers.ids()).values())


def _gates(offers: Sequence[Offer]) -> Attached:
    reader = GatesReader()
    reader.read(offers)
    return reader.kept().arrays()
