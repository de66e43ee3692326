from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.domain.consent import Move, ask
from matcher.domain.feedback import Action, Feedback
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence, Level
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.ingest.records import ProfileRecord, profile_from
from matcher.rights.held import PersonalData, personal_data
from matcher.rights.page import copy_page
from matcher.rights.rectify import corrected
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index import samples

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
PERSON = Profile(
    id="p1",
    source="tmt",
    language=Lang.SV,
    text="Jag svetsar <b>allt</b>.",
    competences=(Competence("svetsning", Level.STRONG),),
    birth_date=date(1980, 5, 6),
)


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        opened.profiles.upsert([PERSON, replace(PERSON, id="p2", text="Annat.")], NOW)
        yield opened


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("</style>")[2]))


def copy(store: Store, home: Path) -> PersonalData:
    return personal_data(store, Settings(home=home), "p1", NOW)


def test_a_copy_holds_every_table_and_nothing_of_others(store: Store, tmp_path: Path) -> None:
    event = Feedback(
        id="fb-1",
        profile_id="p1",
        offer_id="v1",
        kind=OfferKind.VACANCY,
        action=Action.SAVED,
        text="Mukava paikka",
        at=NOW,
        by="coach",
    )
    store.feedback.add(event)
    store.feedback.add(replace(event, id="fb-2", profile_id="p2", text="Toisen sanoma"))
    store.corrections.correct(
        corrected(PERSON, {"education": "gymnasium"}), ("education",), reason="r", by="b", now=NOW
    )
    document = copy(store, tmp_path).document()
    before = {"corrections", "record_versions", "record_contents"}
    assert set(document["held"]) == {"profiles", "profile_words", "feedback", *before}
    assert document["held"]["feedback"][0]["text"] == "Mukava paikka"
    assert document["held"]["corrections"][0]["before"]["education"] == ""
    assert document["held"]["profiles"][0]["payload"]["competences"][0]["name"] == "svetsning"
    assert "Toisen sanoma" not in json.dumps(document, ensure_ascii=False)


def test_the_profile_in_a_copy_can_be_taken_elsewhere(store: Store, tmp_path: Path) -> None:
    document = json.loads(json.dumps(copy(store, tmp_path).document()))["profile"]
    assert profile_from(ProfileRecord.model_validate(document), id="p1", source="tmt") == PERSON


def test_a_copy_names_the_indexes_that_hold_the_person(store: Store, tmp_path: Path) -> None:
    name = samples.write(tmp_path / "snapshots", FakeEncoder())
    assert copy(store, tmp_path).indexes == (name,)


def test_a_copy_tells_to_whom_the_person_is_shown(store: Store, tmp_path: Path) -> None:
    dates = (date(2026, 12, 1), date(2027, 3, 1))
    store.consents.ask(ask(("p1", "n7"), dates, id="c1", pseudonym="K", now=NOW, by="coach"))
    assert copy(store, tmp_path).shown_to == ()
    store.consents.move("p1", "c1", Move.YES, NOW, "coach")
    data = copy(store, tmp_path)
    assert data.shown_to == ("n7",)
    assert "du visas" not in copy_page(data, Lang.SV)
    assert "visas du för företagen med dessa behov: n7." in copy_page(data, Lang.SV)


def test_the_page_is_in_the_language_of_the_person_and_quotes_as_it_was_said(
    store: Store, tmp_path: Path
) -> None:
    page = copy_page(copy(store, tmp_path), Lang.SV)
    assert '<html lang="sv">' in page
    text = words(page)
    assert "Dina uppgifter i Kohtaanto" in text
    assert "Vad du kan Namn svetsning Nivå strong" in text
    assert "Födelsedatum 1980-05-06" in text
    assert "Profiler före rättelse: 365 dagar från rättelsen" in text
    assert "Jag svetsar &lt;b&gt;allt&lt;/b&gt;." in page


def test_the_page_says_the_same_in_three_languages(store: Store, tmp_path: Path) -> None:
    data = copy(store, tmp_path)
    titles = [words(copy_page(data, lang)).split("(")[0] for lang in Lang]
    assert [
        title in text
        for title, text in zip(
            ("Oikeutesi", "Dina rättigheter", "Your rights"), titles, strict=True
        )
    ] == [True, True, True]


def test_of_nobody_there_is_no_copy(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        personal_data(store, Settings(home=tmp_path), "p9", NOW)
