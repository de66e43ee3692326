"""A handful of records, and their encoded batches."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import CompanyNeed, Offer, Training, Vacancy
from matcher.domain.parts import Competence, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from tests.snapshots import write_snapshot

NOW = datetime(2026, 11, 22, 2, 30, 15, tzinfo=UTC)


def profile(id: str, *competences: str) -> Profile:
    return Profile(id=id, competences=tuple(Competence(name) for name in competences))


def vacancy(id: str, title: str, *requirements: str) -> Vacancy:
    asked = tuple(Requirement(text) for text in requirements)
    return Vacancy(id=id, title=LocalText(fi=title), requirements=asked)


PROFILES = [
    profile("p1", "trukin ajaminen", "keräily varastossa"),
    profile("p2", "asiakaspalvelu", "kassatyö", "myynti"),
]
VACANCIES = [
    vacancy("v1", "Varastotyöntekijä", "trukkikortti", "keräily"),
    vacancy("v2", "Myyjä", "asiakaspalvelu"),
    vacancy("v3", "Lähihoitaja", "lääkehoito", "vanhustyö", "hoitotyö"),
]
OTHERS: dict[RecordKind, list[Offer]] = {
    RecordKind.NEED: [CompanyNeed(id="n1", title=LocalText(fi="Apua varastoon"))],
    RecordKind.TRAINING: [Training(id="t1", title=LocalText(sv="Lagerarbete"))],
}


def batches(encoder: Encoder) -> dict[RecordKind, EncodedBatch]:
    records = RecordEncoder(encoder)
    return {
        RecordKind.PROFILE: records.encode_profiles(PROFILES),
        RecordKind.VACANCY: records.encode_offers(VACANCIES),
        **{kind: records.encode_offers(offers) for kind, offers in OTHERS.items()},
        RecordKind.SERVICE: EncodedBatch.empty(encoder.dimension),
    }


def write(root: Path, encoder: Encoder, *, now: datetime = NOW, revision: int = 7) -> str:
    return write_snapshot(root, batches(encoder), encoder=encoder, revision=revision, now=now)
