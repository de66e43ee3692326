from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import match as commands
from matcher.cli.match import app
from matcher.domain.match import Band
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Importance, Place, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError, NotReadyError
from matcher.match import service
from matcher.match.matcher import Matcher
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import (
    COOK,
    COOKING,
    HELSINKI,
    NEED,
    SERVICE,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    vacancy,
)

NIGHTS = Vacancy(
    id="v-nights",
    title=LocalText(fi="Yöhitsaaja", sv="Nattsvetsare"),
    organisation="Telakka Oy",
    requirements=(
        Requirement("MIG-hitsaus"),
        Requirement("koirien trimmaus", Importance.OPTIONAL),
    ),
    licences=("CE",),
    place=Place(municipalities=("564",), remote=None),
)
#: 74 km from Oulu by road.
RAAHE = vacancy("v-raahe", "Levyseppä", "levyjen leikkaus", place=Place(municipalities=("678",)))
FAR = vacancy("v-far", "Hitsaaja", "levyjen leikkaus", place=Place(municipalities=(HELSINKI,)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """A region that no test changes."""
    home = tmp_path_factory.mktemp("home")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), home / "snapshots")
        region.add(WELDER, COOK, WELDING, COOKING, NEED, TRAINING, SERVICE, NIGHTS, FAR, RAAHE)
        region.add(Profile(id="new", language=Lang.EN))
        region.publish()
        yield region


@pytest.fixture(autouse=True)
def _settings(built: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(built.root.parent))
    monkeypatch.setattr(service, "load_encoder", lambda name: FakeEncoder(256))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def document(*arguments: str) -> dict[str, Any]:
    answer = run(*arguments, "--json")
    assert answer.exit_code == 0, answer.output
    read: dict[str, Any] = json.loads(answer.stdout)
    return read


def printed(*arguments: str) -> str:
    """What is printed, without frames and with single spaces."""
    answer = run(*arguments)
    assert answer.exit_code == 0, answer.output
    return " ".join(re.sub(r"[^\w\s→?:.,–·()-]", " ", answer.stdout).split())


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


def test_json_holds_a_list_of_each_kind_with_the_snapshot(built: Region) -> None:
    shown = document("match", "welder")
    assert shown["profile"] == "welder"
    assert shown["snapshot"] == built.live().snapshot
    assert {kind: sorted(ids(entries)) for kind, entries in shown["lists"].items()} == {
        "vacancy": ["v-nights", "v-weld"],
        "need": ["n-weld"],
        "training": ["t-weld"],
        "service": [],
    }


def test_what_is_further_away_is_told_beside_a_short_list_and_asked() -> None:
    [ring] = document("match", "welder", "--kind", "vacancy", "--lang", "en")["wider"]
    assert {name: ring[name] for name in ("kind", "own_km", "km")} == {
        "kind": "vacancy",
        "own_km": 30.0,
        "km": 80.0,
    }
    assert ids(ring["matches"]) == ["v-raahe"]
    asked = printed("match", "welder", "--kind", "vacancy", "--lang", "en")
    assert "? Few jobs are within 30 km. Could the client travel up to 80 km?" in asked
    assert "Levyseppä" in asked


def test_a_match_in_json_says_all_that_a_list_shows() -> None:
    entries = document("match", "welder", "--kind", "vacancy", "--lang", "en")["lists"]["vacancy"]
    match = next(entry for entry in entries if entry["id"] == "v-nights")
    assert {name: match[name] for name in ("kind", "profile", "title", "organisation")} == {
        "kind": "vacancy",
        "profile": "welder",
        "title": "Yöhitsaaja",
        "organisation": "Telakka Oy",
    }
    assert match["rank"] == entries.index(match) + 1
    assert match["band"] in {Band.STRONG.value, Band.GOOD.value}
    assert match["score"] == round(match["score"], 4) > 0.2
    assert match["distance_km"] == 0
    assert {
        "requirement": "MIG-hitsaus",
        "competence": "MIG-hitsaus",
        "importance": "essential",
        "part": "requirement",
        "said": "has",
        "similarity": pytest.approx(0.8075),
    } in match["reasons"]
    assert match["missing"] == [{"requirement": "koirien trimmaus", "importance": "optional"}]
    assert match["gates"] == [
        {
            "gate": "licence",
            "outcome": "unknown",
            "required": "CE",
            "evidence": None,
            "stated": None,
        },
        {
            "gate": "commute",
            "outcome": "met",
            "required": "564",
            "evidence": "0 km",
            "stated": None,
        },
    ]
    assert match["questions"] == ["Does the client hold a driving licence of class CE?"]


def test_kinds_and_length_can_be_chosen() -> None:
    shown = document("match", "welder", "--kind", "need", "--kind", "vacancy", "-k", "1")
    assert [(kind, len(entries)) for kind, entries in shown["lists"].items()] == [
        ("need", 1),
        ("vacancy", 1),
    ]


def test_blocked_offers_are_hidden_unless_asked_for() -> None:
    options = ("match", "welder", "--kind", "vacancy")
    assert "v-far" not in ids(document(*options)["lists"]["vacancy"])
    shown = document(*options, "--blocked", "show")["lists"]["vacancy"]
    far = next(entry for entry in shown if entry["id"] == "v-far")
    assert far["gates"][0]["outcome"] == "unmet"


def test_what_to_ask_of_a_new_profile_comes_in_its_language() -> None:
    questions = document("match", "new")["questions"]
    assert questions[1] == "What kind of work would the client like to do?"
    assert document("match", "new", "--lang", "sv")["questions"][1] == (
        "Vilket slags arbete vill klienten ha?"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fi",
            ["Avoimet työpaikat", "Yöhitsaaja", "Miksi", "vahva", "koirien trimmaus (eduksi)"],
        ),
        ("sv", ["Lediga arbetsplatser", "Nattsvetsare", "Varför", "Uleåborg", "(meriterande)"]),
        ("en", ["Jobs", "Why", "Missing", "Company needs", "hidden job", "(a plus)"]),
    ],
)
def test_tables_speak_the_language_asked_for(lang: str, words: list[str]) -> None:
    text = printed("match", "welder", "--lang", lang)
    assert [word for word in words if word not in text] == []


def test_a_table_tells_why_what_blocks_and_what_to_ask() -> None:
    text = printed("match", "welder", "--lang", "en", "--blocked", "show", "--kind", "vacancy")
    assert "MIG-hitsaus → MIG-hitsaus" in text
    assert "Blocked by: Helsinki" in text
    assert "? Does the client hold a driving" in text


def test_an_empty_list_says_so_and_asks_on() -> None:
    text = printed("match", "new")
    assert "Jobs: No fitting offers." in text
    assert "? In which municipality does the client live?" in text


def test_candidates_are_shown_with_their_reasons() -> None:
    shown = document("candidates", "n-weld")
    assert shown["id"] == "n-weld"
    assert [(entry["profile"], entry["id"]) for entry in shown["candidates"]] == [
        ("welder", "n-weld")
    ]
    text = printed("candidates", "n-weld", "--lang", "sv")
    assert "welder" in text
    assert "Klient" in text
    assert "levyjen leikkaus → levyjen leikkaus" in text


def test_candidates_of_any_kind_of_offer_can_be_asked_for() -> None:
    found = document("candidates", "v-cook")["candidates"]
    assert [entry["profile"] for entry in found] == ["cook"]


def test_nobody_fits_is_said_in_the_language_asked_for() -> None:
    assert "No fitting clients." in printed("candidates", "v-far", "--lang", "en")
    assert "Ei sopivia asiakkaita." in printed("candidates", "v-far")


def test_lists_are_made_for_the_day_it_is_in_finland(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    matches = Matcher.match

    def noting(self: Any, profiles: Any, **options: Any) -> Any:
        asked.append(options["on"])
        return matches(self, profiles, **options)

    monkeypatch.setattr(Matcher, "match", noting)
    monkeypatch.setattr(commands, "utc_now", lambda: datetime(2026, 12, 24, 23, 59, tzinfo=UTC))
    document("match", "cook")
    assert set(asked) == {date(2026, 12, 25)}


def test_unknown_ids_are_not_found() -> None:
    unknown = run("match", "nobody").exception
    assert isinstance(unknown, NotFoundError)
    assert str(unknown) == (
        "There is no profile 'nobody'. Check the id, or import the profile first."
    )
    answer = run("candidates", "nothing")
    assert isinstance(answer.exception, NotFoundError)
    assert "Import it first" in str(answer.exception)


def test_without_a_snapshot_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    answer = run("match", "welder")
    assert isinstance(answer.exception, NotReadyError)
    assert "Run `matcher nightly` first" in str(answer.exception)


@pytest.mark.parametrize("options", [["-k", "0"], ["--lang", "ru"], ["--kind", "person"]])
def test_a_wrong_option_is_a_wrong_command_line(options: list[str]) -> None:
    assert run("match", "welder", *options).exit_code == 2


def test_an_explanation_says_in_sentences_what_carries_what_is_missing_and_what_to_ask() -> None:
    text = printed("match", "welder", "--explain", "--kind", "vacancy")
    assert "Se vastaa vaatimusta MIG-hitsaus ." in text
    assert "Asiakkaan tiedoissa ei mainita vaatimusta tulityökortti ." in text
    assert "Työmatka: Oulu. Ehto täyttyy: kotikunnassa." in text
    assert "Onko asiakkaalla CE-ajokortti?" in text


def test_an_explanation_in_json_stands_beside_its_match() -> None:
    shown = document("match", "welder", "--explain", "--kind", "vacancy", "--lang", "en")
    nights = next(each for each in shown["lists"]["vacancy"] if each["id"] == "v-nights")
    assert nights["ask_next"][0] == {
        "question": "Does the client hold a driving licence of class CE?",
        "effect": "decides",
    }
    assert nights["sentences"]["carries"][0].startswith("The client’s details say “")
    assert nights["sentences"]["missing"] == [
        "The client’s details do not mention “koirien trimmaus”, which would be a plus."
    ]


def test_one_offer_is_placed_and_what_keeps_it_out_is_said() -> None:
    far = document("match", "welder", "--offer", "v-far")
    assert (far["id"], far["standing"], far["same_as"]) == ("v-far", "blocked", None)
    assert far["standing_text"].startswith("Vaihtoehto ei ole listalla, koska jokin ehto ei täyty.")
    assert "Työmatka: Helsinki. Ehto ei täyty." in printed("match", "welder", "--offer", "v-far")


def test_an_unknown_offer_is_told() -> None:
    answer = run("match", "welder", "--offer", "nowhere")
    assert isinstance(answer.exception, NotFoundError)


def test_a_wish_is_marked_as_a_wish_in_a_list() -> None:
    assert "toive: hitsaaja → Yöhitsaaja" in printed("match", "welder", "--kind", "vacancy")
    wishes = [
        pair
        for each in document("match", "welder", "--kind", "vacancy")["lists"]["vacancy"]
        for pair in each["reasons"]
        if pair["said"] == "wants"
    ]
    assert {pair["competence"] for pair in wishes} == {"hitsaaja"}
