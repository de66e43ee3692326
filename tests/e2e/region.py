"""The built-in region after one night, and a key for everybody who has pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from matcher.cli.demo import CLIENT, COMPANY, LABEL, REGION, give_needs
from matcher.cli.meetings import hold_meetings
from matcher.config import Settings
from matcher.domain.access import Grant, Role
from matcher.domain.barriers import Barrier, BarrierArea, Severity
from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan, PlanStep
from matcher.domain.offer import OfferKind
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.ingest.attributes import read_attributes
from matcher.ingest.importer import import_files
from matcher.ingest.rows import ImportKind
from matcher.ingest.situations import read_situations
from matcher.nightly.advising import advise_here
from matcher.nightly.gates import Gate
from matcher.nightly.golden import GoldenSet
from matcher.nightly.journal import NightState
from matcher.nightly.matching import match_here
from matcher.nightly.pipeline import run_night
from matcher.nightly.reading import read_here
from matcher.nightly.tools import Tools
from matcher.region.files import attributes_file, region_files, situations_file
from matcher.store.store import Store

#: A Sunday on which every advertisement of the region is open.
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: Who has which key; its secret is ``secret of …``.
WHO = ("coach", "employer", "lead", "admin", "indexer")

#: What was assessed of a client of the region, and what was agreed.
NEEDS = ServiceNeeds(
    assessed=date(2026, 10, 1),
    network=("työterveyshoitaja",),
    barriers=(
        Barrier(BarrierArea.COMPETENCE, Severity.MODERATE, "trukinajo ja logistiikka"),
        Barrier(BarrierArea.HEALTH, Severity.MILD, "selän kuormitus"),
    ),
)
PLAN = Plan(
    goal="Työtä rakennusalalta ilman raskaita nostoja",
    steps=(
        PlanStep(
            text="Käy läpi ehdotukset kotona",
            responsible=Responsible.CLIENT,
            done=date(2026, 11, 6),
        ),
        PlanStep(
            text="Soita Rauta-Muhokselle",
            responsible=Responsible.CLIENT,
            due=date(2026, 11, 30),
            kind=OfferKind.VACANCY,
            offer_id="v16",
        ),
        PlanStep(
            text="Varaa aika työkyvyn selvitykseen",
            responsible=Responsible.COACH,
            due=date(2026, 12, 4),
        ),
    ),
    agreed=date(2026, 10, 30),
    next_review=date(2027, 1, 15),
)


def build_region(home: Path, encoder: Encoder) -> None:
    """Import the region into a folder, run the night, and make the keys."""
    settings = Settings(home=home)
    with Store.open(settings.url) as store:
        for kind, path in region_files().items():
            import_files(store, ImportKind(kind), [path], now=NOW)
        store.situations.put_many(read_situations(situations_file()), NOW)
        hold_meetings(store, NOW)
        store.attributes.put_many(read_attributes(attributes_file()))
        report = run_night(_tools(settings, store, encoder), accept=ACCEPTED)
        assert report.state is NightState.PUBLISHED, report.judged.refused
        for item in (NEEDS, PLAN):
            store.cases.add(CLIENT, item, "", NOW)
        _make_keys(store)


#: A small encoder in the place of ours orders known cases badly.
ACCEPTED = (Gate.GOLDEN,)


def _tools(settings: Settings, store: Store, encoder: Encoder) -> Tools:
    def clock() -> datetime:
        return NOW

    records = RecordEncoder(encoder, store.concepts.labels)
    return Tools(
        settings=settings,
        store=store,
        encoder=encoder,
        golden=GoldenSet((), (), {}),
        twins=(),
        read=read_here(store),
        match=match_here(settings, store, records, clock),
        advise=advise_here(settings, store, records, clock),
        clock=clock,
        rng=np.random.default_rng(0),
        progress=lambda *_: None,
    )


def _make_keys(store: Store) -> None:
    towns = tuple(REGION.split(","))
    for who in WHO:
        role = Role(who)
        organisation = COMPANY if role is Role.EMPLOYER else ""
        grant = Grant(role=role, municipalities=towns, organisation=organisation)
        key = store.keys.create(grant, LABEL, NOW, f"secret of {who}")
        if role is Role.EMPLOYER:
            give_needs(store, key.id, NOW)
