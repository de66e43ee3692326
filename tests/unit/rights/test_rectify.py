from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.parts import Competence, Level
from matcher.domain.profile import Profile
from matcher.errors import InputError, NotFoundError
from matcher.rights.rectify import corrected
from matcher.store.corrections import version_before
from matcher.store.store import Store

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
PERSON = Profile(id="p1", source="tmt", text="Hitsaan.", municipality="564", licences=("B",))


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        opened.profiles.upsert([PERSON], NOW)
        yield opened


def test_a_correction_changes_its_field_alone() -> None:
    changed = corrected(PERSON, {"competences": [{"name": "TIG", "level": "strong"}]})
    assert changed.competences == (Competence("TIG", Level.STRONG),)
    assert (changed.id, changed.source, changed.text) == ("p1", "tmt", "Hitsaan.")


def test_what_is_no_longer_known_is_given_as_nothing() -> None:
    assert corrected(PERSON, {"licences": None}).licences is None


def test_contacts_in_a_correction_are_left_out() -> None:
    assert "@" not in corrected(PERSON, {"text": "Olen a.b@example.fi ja hitsaan."}).text


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"municipality": "Atlantis"}, "municipality: .*not a known municipality"),
        ({"id": "p2"}, "'id' cannot be corrected"),
        ({"source": "x"}, "'source' cannot be corrected"),
        ({"text": ""}, "the profile says nothing"),
        ({"municipality": "564"}, "says that already"),
        ({"active": "perhaps"}, "active: .*boolean"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused(
    changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        corrected(PERSON, changes)


def test_the_version_before_stays_with_its_reason(store: Store) -> None:
    changed = corrected(PERSON, {"municipality": "244"})
    revision = store.revision()
    store.corrections.correct(changed, ("municipality",), reason="Muutti.", by="coach-1", now=NOW)
    assert store.profiles.get("p1") == changed
    assert store.profiles.info("p1").municipality == "244"
    assert store.revision() == revision + 1
    (kept,) = store.corrections.of_profile("p1")
    assert (kept.reason, kept.by, kept.fields) == ("Muutti.", "coach-1", ("municipality",))
    assert version_before(kept) == PERSON


def test_what_somebody_else_corrected_meanwhile_stays(store: Store) -> None:
    read = store.profiles.get("p1")
    for field, value in (("education", "lukio"), ("municipality", "244")):
        changed = corrected(read, {field: value})
        store.corrections.correct(changed, (field,), reason="x", by="x", now=NOW)
    found = store.profiles.get("p1")
    assert (found.education, found.municipality) == ("lukio", "244")


def test_what_was_made_before_a_correction_is_known_to_be_old(store: Store) -> None:
    changed = corrected(PERSON, {"municipality": "244"})
    store.corrections.correct(changed, ("municipality",), reason="x", by="x", now=NOW)
    assert store.corrections.fields_since("p1", NOW - timedelta(hours=1)) == ("municipality",)
    assert store.corrections.fields_since("p1", NOW) == ()


def test_nobody_who_is_not_there_is_corrected(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.corrections.correct(
            Profile(id="p9", text="x"), ("text",), reason="x", by="x", now=NOW
        )
    assert store.corrections.of_profile("p9") == []
    assert store.profiles.ids() == ["p1"]
