"""Whom an employer sees, and what."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matcher.domain.consent import Consent, Move, Standing, ask
from matcher.domain.parts import Requirement
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError
from matcher.match.employer.cards import Card
from matcher.match.matcher import Matcher
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import KEMPELE, NEED, NOW, OULU, TODAY, WELDER, Region

FREE = replace(WELDER, text="Hitsasin levyjen leikkausta Telakan hallissa kolme. Oulussa asun.")


def request(person: str, need: str = NEED.id) -> Consent:
    dates = (TODAY + timedelta(7), TODAY + timedelta(30))
    return ask(
        (person, need), dates, id=f"c-{person}-{need}", pseudonym=f"K-{person}", now=NOW, by="coach"
    )


def agree(region: Region, *people: Profile) -> None:
    for one in people:
        region.store.consents.ask(request(one.id))
        region.store.consents.move(one.id, f"c-{one.id}-{NEED.id}", Move.YES, NOW, "coach")
        region.store.consents.stand(
            Standing(profile_id=one.id, follow_up_from=TODAY, protected=False, at=NOW, by="coach")
        )


def cards(region: Region, on: date = TODAY) -> list[Card]:
    return region.matcher().cards.of(NEED, on)


def test_a_card_tells_what_answers_the_need_and_not_who_it_is(region: Region) -> None:
    region.add(FREE, NEED)
    region.publish()
    agree(region, FREE)
    [card] = cards(region)
    assert (card.pseudonym, card.municipality, card.profile_id) == ("K-welder", None, None)
    assert {(one.requirement, one.competence) for one in card.answers} >= {
        ("MIG-hitsaus", "MIG-hitsaus"),
        ("hitsauspiirustusten lukeminen", "hitsauspiirustusten lukeminen"),
    }
    assert {one.competence for one in card.answers} <= {one.name for one in FREE.competences}


def test_who_it_is_follows_an_introduction_and_goes_with_a_withdrawal(region: Region) -> None:
    region.add(FREE, NEED)
    region.publish()
    agree(region, FREE)
    region.store.consents.move("welder", "c-welder-n-weld", Move.INTRODUCE, NOW, "coach")
    [card] = cards(region)
    assert (card.profile_id, card.municipality) == ("welder", OULU)
    region.store.consents.move("welder", "c-welder-n-weld", Move.WITHDRAW, NOW, "coach")
    assert cards(region) == []


def test_who_is_erased_at_that_moment_is_not_shown(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    region.add(FREE, NEED)
    region.publish()
    agree(region, FREE)
    seen, read = region.matcher().cards, region.store.profiles.get_open

    def erased(ids: Sequence[str]) -> Mapping[str, Profile]:
        region.store.erase_profile("welder", NOW)
        return read(ids)

    monkeypatch.setattr(region.store.profiles, "get_open", erased)
    assert seen.of(NEED, TODAY) == []


def test_whom_the_source_no_longer_has_is_not_shown(region: Region) -> None:
    region.add(FREE, NEED)
    region.publish()
    agree(region, FREE)
    region.store.profiles.close(["welder"], NOW)
    assert cards(region) == []


def test_a_municipality_is_told_if_five_are_shown_from_there(region: Region) -> None:
    crowd = [replace(WELDER, id=f"w{n}") for n in range(5)]
    far = replace(WELDER, id="far", municipality=KEMPELE)
    region.add(*crowd, far, NEED)
    region.publish()
    agree(region, *crowd[:4], far)
    assert {card.municipality for card in cards(region)} == {None}
    agree(region, crowd[4])
    assert sorted((card.pseudonym, card.municipality) for card in cards(region)) == [
        ("K-far", None),
        *((f"K-w{n}", OULU) for n in range(5)),
    ]


def test_consent_for_one_need_shows_nobody_for_another(region: Region) -> None:
    other = replace(NEED, id="n-other", requirements=(Requirement("MIG-hitsaus"),))
    region.add(WELDER, NEED, other)
    region.publish()
    agree(region, WELDER)
    assert region.matcher().cards.of(other, TODAY) == []


def test_consent_and_need_end_on_their_days(region: Region) -> None:
    region.add(WELDER, NEED)
    region.publish()
    agree(region, WELDER)
    assert len(cards(region, TODAY + timedelta(30))) == 1
    assert cards(region, TODAY + timedelta(31)) == []
    over = replace(NEED, expires=TODAY - timedelta(1))
    assert region.matcher().cards.of(over, TODAY) == []


def test_a_profile_that_its_source_closed_is_not_shown(region: Region) -> None:
    region.add(WELDER, NEED)
    region.publish()
    agree(region, WELDER)
    region.store.profiles.close(["welder"], NOW)
    assert cards(region) == []


class Visibility(RuleBasedStateMachine):
    """Random moves on random days: nobody is visible unless all conditions are true."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        shutil.copytree(TEMPLATE / "snapshots", path / "snapshots")
        shutil.copy(TEMPLATE / "store.sqlite", path / "store.sqlite")
        self.store = Store.open(f"sqlite:///{path}/store.sqlite")
        self.live = Region(self.store, RECORDS, path / "snapshots").live()
        self.on = TODAY
        self.requests = 0
        self.active = True
        self.protected: bool | None = None
        self.followed: tuple[date | None, date | None] = (None, None)
        #: Of the newest request: what was answered, and its last days.
        self.answer: str | None = None
        self.dates = (TODAY, TODAY)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @property
    def now(self) -> datetime:
        return NOW + (self.on - TODAY)

    @property
    def consented(self) -> bool:
        return self.answer in {"yes", "introduce"} and self.on <= self.dates[1]

    @property
    def visible(self) -> bool:
        first, last = self.followed
        in_period = first is not None and first <= self.on and (last is None or self.on <= last)
        return self.active and in_period and self.protected is False and self.consented

    @initialize()
    def begin_in_view(self) -> None:
        """Start one yes from being seen: from nowhere, random moves hardly ever get there."""
        self.stand(False, 0, None)
        self.ask(9, 20)

    @rule(days=st.sampled_from([1, 1, 2, 9]))
    def wait(self, days: int) -> None:
        self.on += timedelta(days)

    @rule(active=st.sampled_from([True, True, False]))
    def rest_or_return(self, active: bool) -> None:
        self.active = active
        self.store.profiles.upsert([replace(WELDER, active=active)], self.now)

    @rule(
        protected=st.sampled_from([False, False, False, False, None, True]),
        first=st.sampled_from([-3, -3, 0, None, 2]),
        length=st.sampled_from([None, None, 20, 5]),
    )
    def stand(self, protected: bool | None, first: int | None, length: int | None) -> None:
        start = None if first is None else self.on + timedelta(first)
        end = None if start is None or length is None else start + timedelta(length)
        self.protected, self.followed = protected, (start, end)
        self.store.consents.stand(
            Standing(
                profile_id="welder",
                follow_up_from=start,
                follow_up_to=end,
                protected=protected,
                at=self.now,
                by="coach",
            )
        )

    @rule(answer=st.integers(0, 9), holds=st.integers(5, 30))
    def ask(self, answer: int, holds: int) -> None:
        deadline = self.on + timedelta(answer)
        consent = ask(
            ("welder", NEED.id),
            (deadline, deadline + timedelta(holds)),
            id=f"c{self.requests + 1}",
            pseudonym=f"K-{self.requests + 1}",
            now=self.now,
            by="coach",
        )
        waiting = self.answer == "ask" and self.on <= self.dates[0]
        if waiting or self.consented:
            with pytest.raises(InputError):
                self.store.consents.ask(consent)
            return
        self.store.consents.ask(consent)
        self.requests += 1
        self.answer, self.dates = "ask", (deadline, deadline + timedelta(holds))

    @precondition(lambda self: self.requests)
    @rule(
        move=st.sampled_from([Move.YES, Move.YES, Move.YES, Move.INTRODUCE, Move.WITHDRAW, Move.NO])
    )
    def move(self, move: Move) -> None:
        waiting = self.answer == "ask" and self.on <= self.dates[0]
        allowed = {
            Move.YES: waiting,
            Move.NO: waiting,
            Move.WITHDRAW: self.consented,
            Move.INTRODUCE: self.answer == "yes" and self.consented,
        }[move]
        id = f"c{self.requests}"
        if not allowed:
            with pytest.raises(InputError):
                self.store.consents.move("welder", id, move, self.now, "coach")
            return
        self.store.consents.move("welder", id, move, self.now, "coach")
        self.answer = move.value

    @invariant()
    def only_who_may_be_seen_is_seen(self) -> None:
        # As a service does before each answer; to open the snapshot again takes far longer.
        self.live.refresh()
        found = Matcher(self.live, self.store, RECORDS, 50).cards.of(NEED, self.on)
        assert [card.pseudonym for card in found] == (
            [f"K-{self.requests}"] if self.visible else []
        )
        known = [card.profile_id for card in found]
        assert known == (["welder" if self.answer == "introduce" else None] if found else [])


TEMPLATE = Path()
RECORDS = RecordEncoder(FakeEncoder(256))


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> None:
    global TEMPLATE  # noqa: PLW0603 - a state machine takes no fixtures
    TEMPLATE = tmp_path_factory.mktemp("visibility")
    with Store.open(f"sqlite:///{TEMPLATE}/store.sqlite") as store:
        region = Region(store, RECORDS, TEMPLATE / "snapshots")
        region.add(WELDER, NEED)
        region.publish()


Visibility.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, derandomize=True
)
TestVisibility = Visibility.TestCase
