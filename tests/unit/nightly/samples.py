"""A small region, and nights in it with a fixed clock and a small encoder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from matcher.config import Settings
from matcher.domain.answer import Answer, EmployerAnswer
from matcher.domain.consent import Move, ask
from matcher.domain.offer import CompanyNeed, OfferKind, Training
from matcher.domain.parts import Competence, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.index.publication import current
from matcher.nightly.advising import advise_here
from matcher.nightly.golden import GoldenSet
from matcher.nightly.matching import match_here
from matcher.nightly.reading import read_here
from matcher.nightly.tools import Tools
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index.samples import vacancy

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
SKILLS = {
    "p1": ("trukin ajaminen", "keräily varastossa", "lavojen siirto"),
    "p2": ("asiakaspalvelu", "hyllytys", "tuotteiden myynti"),
    "p3": ("lääkehoito", "vanhusten hoitotyö", "kirjaaminen"),
    "p4": ("hitsaus", "metallin leikkaaminen", "kokoonpano"),
    "p5": ("trukin ajaminen", "asiakaspalvelu", "kassatyö"),
}
PROFILES = [
    Profile(id=id, competences=tuple(Competence(name) for name in names))
    for id, names in SKILLS.items()
]
VACANCIES = [
    vacancy("v1", "Varastotyöntekijä", "trukin ajaminen", "keräily varastossa"),
    vacancy("v2", "Myyjä", "asiakaspalvelu", "tuotteiden myynti"),
    vacancy("v3", "Lähihoitaja", "lääkehoito", "vanhusten hoitotyö"),
    vacancy("v4", "Hitsaaja", "hitsaus", "kokoonpano"),
    vacancy("v5", "Kassatyöntekijä", "kassatyö", "asiakaspalvelu kassalla"),
]
GOLDEN = GoldenSet(
    tuple(PROFILES[:3]), tuple(VACANCIES), {"p1": {"v1": 3}, "p2": {"v2": 3}, "p3": {"v3": 3}}
)
EXPIRED = date(2026, 11, 21)


def fill(store: Store) -> None:
    store.profiles.upsert([*PROFILES, Profile(id="p6", active=False), Profile(id="p7")], NOW)
    store.offers(OfferKind.VACANCY).upsert(VACANCIES, NOW)
    old = replace(vacancy("v9", "Vanha", "trukin ajaminen"), expires=EXPIRED)
    store.offers(OfferKind.VACANCY).upsert([old], NOW)
    need = CompanyNeed(
        id="n1", title=LocalText(fi="Varastoon apua"), requirements=(Requirement("keräily"),)
    )
    store.offers(OfferKind.NEED).upsert([need], NOW)
    training = Training(
        id="t1", title=LocalText(fi="Hitsauksen perusteet"), outcomes=("hitsaus", "kokoonpano")
    )
    store.offers(OfferKind.TRAINING).upsert([training], NOW)


def answer(store: Store, person: str) -> None:
    """Let the employer of the need hire somebody who agreed to be shown to it."""
    pair, dates = (person, "n1"), (date(2026, 11, 30), date(2026, 12, 31))
    store.consents.ask(ask(pair, dates, id="c1", pseudonym="K-1", now=NOW, by="k"))
    store.consents.move(person, "c1", Move.YES, NOW, "k")
    store.answers.add(
        EmployerAnswer(
            request="c1",
            profile_id=person,
            need_id="n1",
            answer=Answer.HIRED,
            at=NOW,
            by="k",
        )
    )


def tools(
    home: Path, store: Store, now: datetime = NOW, seed: int = 0, verified: Path | None = None
) -> Tools:
    settings = Settings(home=home, verified=verified)
    encoder = FakeEncoder()

    def clock() -> datetime:
        return now

    match = match_here(settings, store, RecordEncoder(encoder), clock)
    advise = advise_here(settings, store, RecordEncoder(encoder), clock)
    rng = np.random.default_rng(seed)
    read, told = read_here(store), lambda *_: None
    return Tools(settings, store, encoder, GOLDEN, (), read, match, advise, clock, rng, told)


def served(home: Path, store: Store, profile: str) -> StoredList:
    """Return the list that is served for a profile."""
    snapshot = current(home / "snapshots")
    assert snapshot is not None
    return store.lists.served(profile, snapshot)


def lists(home: Path, store: Store) -> dict[str, tuple[ListEntry, ...]]:
    """Return what is served for every profile that gets lists."""
    return {id: served(home, store, id).entries for id in (*SKILLS, "p7")}
