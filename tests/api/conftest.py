"""A small region behind the running application, and a caller of every role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from matcher.config import Settings
from matcher.domain.access import Grant, Role
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import CompanyNeed, Offer, OfferKind, Service, Training, Vacancy
from matcher.domain.parts import Competence, Occupation, Place, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.index.publication import publish
from matcher.store.store import Store
from tests.api.ready import ready_app
from tests.api.service import ApiUnderTest
from tests.fakes import FakeEncoder
from tests.snapshots import write_snapshot

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
OULU, KEMPELE = "564", "244"
#: Of so many dimensions that unlike words are unlike.
ENCODER = FakeEncoder(256)
CITY, SCHOOL = "Oulun kaupunki", "Koulutuskuntayhtymä Lakeus"


def grant_of(role: Role, *municipalities: str, name: str = "", organisation: str = "") -> Grant:
    """What a key lets its bearer do."""
    return Grant(role=role, municipalities=municipalities, name=name, organisation=organisation)


KEYS = {
    "coach": grant_of(Role.COACH, OULU),
    "other coach": grant_of(Role.COACH, KEMPELE),
    "own coach": grant_of(Role.COACH, OULU, name="Aino", organisation=CITY),
    "colleague": grant_of(Role.COACH, OULU, name="Eero", organisation=CITY),
    "lead": grant_of(Role.LEAD, OULU, name="Leena"),
    "other lead": grant_of(Role.LEAD, KEMPELE),
    "employer": grant_of(Role.EMPLOYER, OULU),
    "other employer": grant_of(Role.EMPLOYER, OULU),
    "partner": grant_of(Role.PARTNER, organisation=SCHOOL),
    "other partner": grant_of(Role.PARTNER, organisation="Terveysasema"),
    "indexer": grant_of(Role.INDEXER),
    "indicators": grant_of(Role.INDICATORS, OULU),
    "data protection": grant_of(Role.DATA_PROTECTION, OULU, organisation=CITY),
    "other data protection": grant_of(Role.DATA_PROTECTION, KEMPELE),
    "admin": grant_of(Role.ADMIN),
    "revoked": grant_of(Role.ADMIN),
}
WELDER = Profile(
    id="p-oulu",
    text="Olen hitsannut konepajalla viisitoista vuotta.",
    competences=(Competence("MIG/MAG-hitsaus"), Competence("piirustusten lukeminen")),
    occupations_wanted=(Occupation("hitsaaja"),),
    municipality=OULU,
)
PROFILES = [
    WELDER,
    *(replace(WELDER, id=f"p-oulu-{n}") for n in range(2, 7)),
    replace(WELDER, id="p-kempele", municipality=KEMPELE),
    replace(WELDER, id="p-homeless", municipality=None),
    replace(WELDER, id="p-closed"),
]
NEED = CompanyNeed(
    id="n-survey",
    title=LocalText(fi="Hitsaaja konepajalle"),
    organisation="Pohjolan Konepaja Oy",
    occupations=(Occupation("hitsaaja"),),
    tasks=("MIG/MAG-hitsaus",),
    requirements=(Requirement("piirustusten lukeminen"), Requirement("trukin ajaminen")),
    cards=("022",),
    place=Place((OULU,)),
)
VACANCY = Vacancy(
    id="v-welder",
    source="tyomarkkinatori",
    title=LocalText(fi="Hitsaaja", sv="Svetsare"),
    organisation="Satama Oy",
    requirements=(Requirement("MIG/MAG-hitsaus"),),
    place=Place((OULU, KEMPELE)),
    url="https://example.fi/v-welder",
)
TRAINING = Training(id="t-welding", title=LocalText(fi="Hitsaus"), outcomes=("TIG-hitsaus",))
COACHING = Service(id="s-coaching", title=LocalText(fi="Valmennus"), helps_with=("hitsaus",))
OFFERS: dict[OfferKind, list[Offer]] = {
    OfferKind.VACANCY: [VACANCY, replace(VACANCY, id="v-closed")],
    OfferKind.TRAINING: [TRAINING],
    OfferKind.SERVICE: [COACHING],
}


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a service in which nothing but the keys is stored."""
    home = tmp_path_factory.mktemp("empty")
    with Store.open(Settings(home=home).url) as store:
        for name, grant in KEYS.items():
            key = store.keys.create(grant, name, NOW, f"secret of {name}")
            if name == "revoked":
                store.keys.revoke(key.id, NOW)
    return home


@pytest.fixture(scope="session")
def region_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a service with the region stored, indexed and published."""
    home = tmp_path_factory.mktemp("region") / "home"
    shutil.copytree(empty_home, home)
    settings = Settings(home=home)
    fill(settings)
    with Store.open(settings.url) as store:
        _index(store, settings.snapshots)
    return home


@pytest.fixture(scope="session")
def reading_api(
    region_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ApiUnderTest]:
    """The application over the region, shared by tests that change nothing."""
    yield from running(region_home, tmp_path_factory.mktemp("reading") / "home")


@pytest.fixture
def api(region_home: Path, tmp_path: Path) -> Iterator[ApiUnderTest]:
    """The application over the region."""
    yield from running(region_home, tmp_path / "home")


@pytest.fixture
def empty_api(empty_home: Path, tmp_path: Path) -> Iterator[ApiUnderTest]:
    """The application before the first night."""
    yield from running(empty_home, tmp_path / "home")


def running(template: Path, home: Path, settings: Settings | None = None) -> Iterator[ApiUnderTest]:
    """Run the application in a copy of a folder, with some settings or those of a new one."""
    settings = (settings or Settings()).model_copy(update={"home": copied(template, home)})
    app = ready_app(settings, ENCODER, lambda: NOW)
    # Browsers send cookies of sessions over TLS only.
    with TestClient(app, base_url="https://testserver") as client:
        yield ApiUnderTest(app, client, settings)


def copied(template: Path, home: Path) -> Path:
    """Copy the folder of a service; return the copy."""
    shutil.copytree(template, home)
    return home


def fill(settings: Settings) -> None:
    """Store the region, also over what a test has left of it."""
    with Store.open(settings.url) as store:
        owners = {key.label: key.id for key in store.keys.list()}
        store.profiles.upsert(PROFILES, NOW)
        store.profiles.close(["p-closed"], NOW)
        own = replace(NEED, id="n-own", title=LocalText(fi="Hitsaaja telakalle"))
        other = replace(NEED, id="n-other", title=LocalText(fi="Hitsaaja satamaan"))
        needs = [
            NEED,
            replace(own, owner=owners["employer"]),
            replace(other, owner=owners["other employer"]),
        ]
        store.offers(OfferKind.NEED).upsert(needs, NOW)
        for kind, offers in OFFERS.items():
            store.offers(kind).upsert(offers, NOW)
        store.offers(OfferKind.VACANCY).close(["v-closed"], NOW)
        said = {event.id for event in store.feedback.of_profile(WELDER.id)}
        for event in (wish_of(who) for who in KEYS if f"fb-{who}" not in said):
            store.feedback.add(event)


def wish_of(who: str) -> Feedback:
    """A wish that one of the callers may try to withdraw; it keeps out nothing that is open."""
    return Feedback(
        id=f"fb-{who}",
        profile_id=WELDER.id,
        offer_id="v-closed",
        kind=OfferKind.VACANCY,
        action=Action.WISH,
        reason=Reason.EMPLOYER,
        value="Poistunut Oy",
        at=NOW,
        by=who,
    )


def _index(store: Store, root: Path) -> None:
    records = RecordEncoder(ENCODER)
    profiles = [one for batch in store.profiles.open_batches(NOW.date()) for one in batch]
    batches = {RecordKind.PROFILE: records.encode_profiles(profiles)}
    for kind in OfferKind:
        offers = [one for batch in store.offers(kind).open_batches(NOW.date()) for one in batch]
        batches[RecordKind.of_offer(kind)] = records.encode_offers(offers)
    name = write_snapshot(root, batches, encoder=ENCODER, revision=store.revision(), now=NOW)
    publish(root, name)
