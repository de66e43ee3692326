import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from matcher.domain.codes import municipalities
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Basis
from matcher.ingest.records import OFFER_RECORDS, ProfileRecord, Record, offer_from, profile_from
from matcher.ingest.situations import read_situations
from matcher.region.files import KINDS, region_files, situations_file

OULU_REGION = {"564", "072", "139", "244", "425", "436", "494", "859"}
RECORDS: dict[str, type[Record]] = {
    "profiles": ProfileRecord,
    "ads": OFFER_RECORDS[OfferKind.VACANCY],
    "needs": OFFER_RECORDS[OfferKind.NEED],
    "trainings": OFFER_RECORDS[OfferKind.TRAINING],
    "services": OFFER_RECORDS[OfferKind.SERVICE],
}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
CONTACT = re.compile(r"\S+@\S+|\+?\d[\d\s()-]{6,}\d|https?://|www\.")


def rows(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in region_files()[kind].read_text("utf-8").splitlines()]


def everything() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in KINDS:
        for row in rows(kind):
            yield kind, row


def texts(row: dict[str, Any]) -> list[str]:
    text = row["text"]
    return list(text.values()) if isinstance(text, dict) else [text]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_a_valid_record_of_its_kind(kind: str) -> None:
    for row in rows(kind):
        assert RECORDS[kind].model_validate(row).model_dump()["id"] == row["id"]


def test_every_record_becomes_what_it_describes() -> None:
    for row in rows("profiles"):
        assert profile_from(ProfileRecord.model_validate(row), id=row["id"]).text == row["text"]
    for kind, offer_kind in zip(KINDS[1:], OfferKind, strict=True):
        for row in rows(kind):
            record = OFFER_RECORDS[offer_kind].model_validate(row)
            assert offer_from(record, id=row["id"]).organisation == row["organisation"]


def test_situations_are_of_built_in_clients_and_can_be_set() -> None:
    situations = read_situations(situations_file())
    assert set(situations) <= {row["id"] for row in rows("profiles")}
    assert [
        fact.holds for fact in situations["p05"].basis if fact.basis is Basis.REDUCED_WORK_ABILITY
    ] == [True]
    assert situations["p07"].benefit is None


def test_each_kind_has_as_many_rows_as_promised() -> None:
    least = {"profiles": 32, "ads": 64, "needs": 44, "trainings": 44, "services": 26}
    assert {kind: len(rows(kind)) >= count for kind, count in least.items()} == dict.fromkeys(
        KINDS, True
    )


def test_ids_are_unique_within_the_region() -> None:
    counts = Counter(row["id"] for _, row in everything())
    assert {id for id, count in counts.items() if count > 1} == set()


def test_half_of_the_needs_are_hidden() -> None:
    hidden = [row["hidden"] for row in rows("needs")]
    assert hidden.count(True) == hidden.count(False)


def test_finnish_swedish_and_english_are_all_spoken() -> None:
    for kind in ("profiles", "ads", "needs", "trainings"):
        assert {row["language"] for row in rows(kind)} == {"fi", "sv", "en"}
    assert {tuple(row["title"]) for row in rows("services")} == {("fi", "sv", "en")}


def test_all_eight_municipalities_are_home_to_people_and_offers_and_no_other_is() -> None:
    homes = {row["municipality"] for row in rows("profiles") if "municipality" in row}
    places = {
        code
        for kind in KINDS[1:]
        for row in rows(kind)
        for code in row["place"].get("municipalities", ())
    }
    assert homes == places == OULU_REGION <= set(municipalities())


def test_nothing_looks_like_an_address_or_a_telephone_number() -> None:
    found = [
        (row["id"], m[0]) for _, row in everything() for m in CONTACT.finditer(str(texts(row)))
    ]
    assert found == []


def test_no_two_texts_share_a_sentence() -> None:
    seen: Counter[str] = Counter()
    for _, row in everything():
        for text in texts(row):
            seen.update({sentence.strip().casefold() for sentence in SENTENCE_END.split(text)})
    assert {sentence for sentence, count in seen.items() if count > 1} == set()


def test_vacancies_are_as_long_as_real_ones() -> None:
    words = {row["id"]: len(texts(row)[0].split()) for row in rows("ads")}
    assert {id: count for id, count in words.items() if not 55 <= count <= 250} == {}


def test_some_profiles_hold_one_sentence_only() -> None:
    lone = [row for row in rows("profiles") if len(SENTENCE_END.split(row["text"])) == 1]
    assert [row["id"] for row in lone] == ["p16", "p34"]


def test_nothing_expires_within_the_decade() -> None:
    assert {row.get("expires", "2035-12-31") for _, row in everything()} == {"2035-12-31"}


def test_needs_show_every_kind_of_readiness() -> None:
    assert {support for row in rows("needs") for support in row["support"]} == {
        "work_trial",
        "pay_subsidy",
        "training_agreement",
        "apprenticeship",
        "job_coaching",
    }
