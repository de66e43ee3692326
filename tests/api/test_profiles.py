"""Profiles: stored, read, listed, replaced, erased."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError
from matcher.ingest.importer import Missing, import_files
from matcher.ingest.rows import ImportKind
from matcher.store.lists import ListEntry, StoredList
from matcher.store.records import State
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest

SENT = {
    "language": "sv",
    "competences": ["hemvård", {"name": "läkemedel", "level": "strong"}],
    "languages": ["sv:native", "fi:B2"],
    "municipality": "Oulu",
    "licences": ["ab"[1:]],
}
STORED = {
    "language": "sv",
    "competences": [{"name": "hemvård"}, {"name": "läkemedel", "level": "strong"}],
    "languages": [{"code": "sv", "level": "native"}, {"code": "fi", "level": "B2"}],
    "municipality": "564",
    "licences": ["B"],
}


def test_a_new_profile_is_answered_with_its_id_and_its_place(api: ApiUnderTest) -> None:
    response = api.call("coach", "POST", "/v1/profiles", SENT)
    document = response.json()
    assert response.status_code == 201
    assert response.headers["Location"] == f"/v1/profiles/{document['id']}"
    assert {name: document[name] for name in STORED} == STORED
    assert api.json("coach", "GET", response.headers["Location"]) == document


def test_what_is_read_can_be_sent_back_and_changes_nothing(api: ApiUnderTest) -> None:
    document = api.json("coach", "GET", "/v1/profiles/p-oulu")
    with api.store() as store:
        before = store.profiles.info("p-oulu")
        assert api.json("coach", "PUT", "/v1/profiles/p-oulu", document) == document
        assert store.profiles.info("p-oulu") == before


def test_a_profile_that_was_replaced_keeps_nothing_of_the_old_one(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", "/v1/profiles/p-oulu", {"text": "Leivon.", "municipality": "564"})
    document = api.json("coach", "GET", "/v1/profiles/p-oulu")
    assert (document["text"], document["competences"]) == ("Leivon.", [])


def test_the_source_of_an_imported_profile_stays(api: ApiUnderTest) -> None:
    with api.store() as store:
        [profile] = store.profiles.get_many(["p-oulu"]).values()
        store.profiles.delete("p-oulu", NOW)
        object.__setattr__(profile, "source", "p60")
        store.profiles.upsert([profile], NOW)
        api.json("coach", "PUT", "/v1/profiles/p-oulu", SENT)
        assert store.profiles.get("p-oulu").source == "p60"


def test_a_profile_made_here_survives_a_full_import_of_files(
    api: ApiUnderTest, tmp_path: Path
) -> None:
    made = api.json("coach", "POST", "/v1/profiles", SENT)
    ids = ["p-oulu", *(f"p-oulu-{n}" for n in range(2, 7))]
    file = tmp_path / "profiles.json"
    file.write_text(json.dumps([{"id": id, "competences": ["hitsaus"]} for id in ids]))
    with api.store() as store:
        report = import_files(store, ImportKind.PROFILES, [file], now=NOW, missing=Missing.CLOSE)
        assert report.closed == 2
        assert store.profiles.info(made["id"]).state is State.OPEN


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/profiles"), ("PUT", "/v1/profiles/p-oulu")]
)
def test_an_id_of_the_callers_choice_is_refused(
    method: str, path: str, reading_api: ApiUnderTest
) -> None:
    response = reading_api.call("coach", method, path, {**SENT, "id": "p-kempele"})
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == ["id"]


def test_a_coach_cannot_move_a_profile_out_of_the_own_municipalities(
    reading_api: ApiUnderTest,
) -> None:
    moved = {**SENT, "municipality": "Kempele"}
    response = reading_api.call("coach", "PUT", "/v1/profiles/p-oulu", moved)
    assert response.status_code == 403
    assert response.json()["detail"].endswith("Give one of these as municipality: Oulu.")


def test_an_erased_profile_is_gone_with_its_lists(api: ApiUnderTest) -> None:
    entry = ListEntry(OfferKind.NEED, "n-survey", 1, 0.5, "good", True, "{}")
    with api.store() as store:
        store.lists.replace_many([StoredList("p-oulu", "run-1", api.snapshot, NOW, (entry,))])
        assert api.call("coach", "DELETE", "/v1/profiles/p-oulu").status_code == 204
        assert api.call("coach", "GET", "/v1/profiles/p-oulu").status_code == 404
        with pytest.raises(NotFoundError):
            store.lists.served("p-oulu", api.snapshot)


@pytest.mark.parametrize(("who", "status"), [("other coach", 404), ("coach", 204), ("admin", 204)])
def test_a_closed_profile_can_be_erased_by_whom_it_concerns(
    who: str, status: int, api: ApiUnderTest
) -> None:
    assert api.call(who, "GET", "/v1/profiles/p-closed").status_code == 404
    assert api.call(who, "DELETE", "/v1/profiles/p-closed").status_code == status
    with api.store() as store:
        assert ("p-closed" in store.profiles.get_many(["p-closed"])) is (status == 404)


def test_a_profile_erased_while_it_is_replaced_stays_erased(
    api: ApiUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = RecordEncoder.encode_profiles

    def erasing(self: RecordEncoder, profiles: Sequence[Profile]) -> EncodedBatch:
        with api.store() as store:
            store.erase_profile("p-oulu", NOW)
        return real(self, profiles)

    monkeypatch.setattr(RecordEncoder, "encode_profiles", erasing)
    assert api.call("coach", "PUT", "/v1/profiles/p-oulu", SENT).status_code == 404
    with api.store() as store:
        assert store.profiles.get_many(["p-oulu"]) == {}


@pytest.mark.parametrize(
    ("who", "ids"),
    [
        ("coach", ["p-oulu", *(f"p-oulu-{n}" for n in range(2, 7))]),
        ("other coach", ["p-kempele"]),
        ("admin", ["p-homeless", "p-kempele", "p-oulu", *(f"p-oulu-{n}" for n in range(2, 7))]),
    ],
)
def test_a_caller_lists_the_own_profiles_in_pages(
    who: str, ids: list[str], reading_api: ApiUnderTest
) -> None:
    listed, after = [], ""
    while after is not None:
        page = reading_api.json(who, "GET", f"/v1/profiles?limit=3&after={after}")
        assert len(page["items"]) <= 3
        listed += [item["id"] for item in page["items"]]
        after = page["next"]
    expected = sorted(ids)
    assert listed == expected


def test_a_listed_profile_tells_little(reading_api: ApiUnderTest) -> None:
    [item] = reading_api.json("other coach", "GET", "/v1/profiles")["items"]
    assert item == {
        "id": "p-kempele",
        "municipality": "244",
        "language": "fi",
        "occupations_wanted": ["hitsaaja"],
        "active": True,
    }


def test_what_no_encoder_could_read_is_refused_before_it_is_stored(
    api: ApiUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.errors import InputError
    from tests.fakes import FakeEncoder

    def refuse(*_: object) -> None:
        raise InputError("Text 1 of the batch holds nothing that the encoder knows.")

    monkeypatch.setattr(FakeEncoder, "encode", refuse)
    before = api.json("admin", "GET", "/v1/profiles")
    assert api.call("coach", "POST", "/v1/profiles", SENT).status_code == 422
    assert api.json("admin", "GET", "/v1/profiles") == before
