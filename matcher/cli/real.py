"""``make real``: the whole way on real input, where `MATCHER_DATA` is at hand.

The advertisements are of the spring of 2022, so the night is run as of a day on which most
of them were open.
"""

from __future__ import annotations

import gzip
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from matcher.cli.app import reporting
from matcher.cli.console import wide_console
from matcher.cli.demo import step
from matcher.cli.match import show_lists
from matcher.cli.nightly import show
from matcher.config import Settings, load_settings
from matcher.domain.offer import OfferKind
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.evaluate.fairness.pairs import shipped_twins
from matcher.match.service import open_service
from matcher.nightly.advising import advise_here
from matcher.nightly.golden import golden_set
from matcher.nightly.matching import match_here
from matcher.nightly.pipeline import run_night
from matcher.nightly.reading import read_here
from matcher.nightly.tools import Tools
from matcher.region.files import region_files
from matcher.store.store import Store

DAY: Final = datetime(2022, 4, 29, 3, 0, tzinfo=UTC)
TRAININGS: Final = 2_000
BUILT_IN: Final = ("p05", "p07", "p13")
SHOWN: Final = 4


def import_all(data: Path) -> None:
    """Import ESCO, all advertisements, the mock profile, 2,000 trainings and the region."""
    step("import", "esco", str(data / "esco"))
    step("import", "ads", *(str(path) for path in sorted((data / "job_ads").glob("*.jsonl"))))
    step("import", "ads", str(data / "kuntarekry" / "kuntarekry_sample.json"))
    samples = data / "tyomarkkinatori"
    step("import", "ads", str(samples / "testTMTResponse.json"))
    step("import", "ads", str(samples / "testbed_job_postings_response.json"))
    mock = str(samples / "tmt_mock_profile.json")
    step("import", "profiles", mock, "--municipality", "Turku")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "offers_2019.jsonl"
        with gzip.open(data / "trainings_fi" / "offers.jsonl.gz", "rt", encoding="utf-8") as lines:
            first.write_text("".join(islice(lines, TRAININGS)), encoding="utf-8")
        step("import", "trainings", str(first))
    for kind, path in region_files().items():
        if kind != "ads":
            step("import", kind, str(path))


def run_and_show(settings: Settings) -> None:
    """Run the night as of `DAY` and print the lists of four profiles."""
    console = wide_console()
    with Store.open(settings.url) as store:
        encoder = load_encoder(settings.encoder)
        records = RecordEncoder(encoder, store.concepts.labels)
        match = match_here(settings, store, records, _clock)
        advise = advise_here(settings, store, records, _clock)
        rng = np.random.default_rng(0)
        tools = Tools(
            settings,
            store,
            encoder,
            golden_set(),
            shipped_twins(),
            read_here(store),
            match,
            advise,
            _clock,
            rng,
            lambda *told: None,
        )
        show(console, settings, run_night(tools))
    with open_service(settings, _clock) as service:
        mock = [id for id in service.store.profiles.ids() if id.startswith("tyomarkkinatori:")]
        people = [service.store.profiles.get(id) for id in (*mock, *BUILT_IN)]
        lists = service.matcher.match(people, kinds=list(OfferKind), k=SHOWN, on=DAY.date())
        for person, own in zip(people, lists, strict=True):
            console.rule(
                f"{person.id}: {', '.join(job.title for job in person.occupations_wanted)}"
            )
            show_lists(console, service, person, own, person.language)


def real() -> None:
    """Run everything, or say plainly why not."""
    settings = load_settings()
    if not settings.data.is_dir():
        print(f"make real is skipped: there is no real data in {settings.data} (MATCHER_DATA).")
        return
    import_all(settings.data)
    run_and_show(settings)


def _clock() -> datetime:
    return DAY


if __name__ == "__main__":
    with reporting():
        real()
