"""A night that takes lists over ends as one that makes all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.decision import Basis
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind, Training
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.match.replies.count import note_replies
from matcher.nightly import advising, unchanged
from matcher.nightly import lists as lists_of_night
from matcher.nightly.pipeline import run_night
from matcher.nightly.report import NightReport
from matcher.nightly.shards import Rows, Shard
from matcher.nightly.unchanged import Origins
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from tests.unit.nightly import samples

TOMORROW = samples.NOW + timedelta(days=1)
LATER = samples.NOW + timedelta(hours=3)
BASIS = Basis("s", "e", "r", "g", "c", "t", 200)
BAKER = Profile(id="p1", competences=(Competence("leipominen"), Competence("kassatyö")))
#: Knows half of what a welder does.
LEARNER = Profile(
    id="p2", competences=(Competence("kokoonpano"), Competence("metallityöt verstaassa"))
)
WELDING = Training(
    id="t2", title=LocalText(fi="Hitsaaja"), outcomes=("hitsaus", "kokoonpano", "hitsaaja")
)
EVERYBODY = [*samples.SKILLS, "p7"]
WISH = Feedback(
    id="f1",
    profile_id="p2",
    offer_id="v2",
    kind=OfferKind.VACANCY,
    action=Action.NOT_SUITABLE,
    reason=Reason.OTHER,
    at=samples.NOW,
    by="key",
)
CONCEPT = Concept("c1", ConceptKind.SKILL, "", LocalText(fi="hitsaus"), {}, "")
Change = Callable[[Store], None]


def nothing(_: Store) -> None:
    return


def new_profile(store: Store) -> None:
    store.profiles.upsert([replace(BAKER, id="p8")], samples.NOW)


def changed_profile(store: Store) -> None:
    store.profiles.upsert([BAKER], samples.NOW)


def other_learner(store: Store) -> None:
    store.profiles.upsert([replace(LEARNER, id="p3")], samples.NOW)


def changed_offer(store: Store) -> None:
    [offer] = store.offers(OfferKind.NEED).get_many(["n1"]).values()
    store.offers(OfferKind.NEED).upsert([replace(offer, places=3)], samples.NOW)


def changed_training(store: Store) -> None:
    training = Training(id="t1", title=LocalText(fi="Hitsaus"), outcomes=("hitsaus",))
    store.offers(OfferKind.TRAINING).upsert([training], samples.NOW)


def closed_offer(store: Store) -> None:
    store.offers(OfferKind.VACANCY).close(["v1"], samples.NOW)


def last_day_past(store: Store) -> None:
    store.offers(OfferKind.VACANCY).close_expired(TOMORROW.date(), TOMORROW)


def wish(store: Store) -> None:
    store.feedback.add(WISH)


def other_labels(store: Store) -> None:
    """As when a taxonomy is loaded again under the same name."""
    store.concepts.replace_all([CONCEPT], [], store.concepts.version() or "")


def answered(store: Store) -> None:
    """An employer of the region answers about somebody, and it is counted."""
    samples.answer(store, "p3")
    note_replies(store, LATER, heed=True)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        new_profile,
        changed_profile,
        changed_offer,
        closed_offer,
        wish,
        other_learner,
        answered,
    )
}


def night(home: Path, store: Store, now: datetime, made: list[str]) -> NightReport:
    """Run a night; note whose lists are made anew."""
    tools = samples.tools(home, store, now)

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        for rows in tools.match(shards):
            made.extend(rows)
            yield rows

    return run_night(replace(tools, match=match))


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after its first night."""
    home = tmp_path_factory.mktemp("yesterday")
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        samples.fill(store)
        [ad] = store.offers(OfferKind.VACANCY).get_many(["v5"]).values()
        store.offers(OfferKind.VACANCY).upsert(
            [replace(ad, expires=samples.NOW.date())], samples.NOW
        )
        store.profiles.upsert([LEARNER], samples.NOW)
        store.offers(OfferKind.TRAINING).upsert([WELDING], samples.NOW)
        night(home, store, samples.NOW, [])
    return home


@dataclass(frozen=True)
class Morning:
    """What a second night leaves: lists, advice, whose lists it made, and its report."""

    lists: Mapping[str, tuple[ListEntry, ...]]
    advice: Mapping[str, object]
    made: list[str]
    report: NightReport


def after(
    home: Path,
    yesterday: Path,
    changes: Iterable[Change],
    *,
    now: datetime = LATER,
    forget: bool = False,
) -> Morning:
    """Change things and run a second night."""
    shutil.copytree(yesterday, home)
    made: list[str] = []
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        for change in changes:
            change(store)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lists_of_night, "PROFILES_AT_ONCE", 3)
            patch.setattr(advising, "PEOPLE_AT_ONCE", 2)
            if forget:
                patch.setattr(unchanged, "offers_changed", lambda *_: True)
            report = night(home, store, now, made)
        advice = {id: store.train_ups.find(id, report.built.snapshot) for id in EVERYBODY}
        told = {id: one and one.trainings for id, one in advice.items()}
        return Morning(samples.lists(home, store), told, made, report)


def test_where_nothing_changed_every_list_and_all_advice_is_taken_over(
    tmp_path: Path, yesterday: Path
) -> None:
    taken = after(tmp_path / "taken", yesterday, [])
    full = after(tmp_path / "full", yesterday, [], forget=True)
    assert taken.made == []
    assert sorted(full.made) == EVERYBODY
    assert taken.lists == full.lists
    assert taken.advice == full.advice
    assert taken.report.lists is not None
    totals = taken.report.lists
    assert (totals.profiles, totals.taken_over, totals.new) == (6, 6, {})
    assert taken.report.train_ups is not None
    assert full.report.train_ups is not None
    assert full.report.train_ups.helped == 3
    assert taken.report.train_ups == replace(full.report.train_ups, taken_over=6)


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (nothing, []),
        (changed_profile, ["p1"]),
        (new_profile, ["p8"]),
        (wish, ["p2"]),
        *((change, EVERYBODY) for change in (changed_offer, changed_training, closed_offer)),
        *((change, EVERYBODY) for change in (last_day_past, other_labels, answered)),
    ],
)
def test_whatever_a_list_hangs_on_stands_in_its_origin(
    tmp_path: Path, yesterday: Path, change: Change, anew: list[str]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(yesterday, home)
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        before = origins(store)
        change(store)
        now = origins(store)
    assert sorted(id for id in {*now, "p2"} if now.get(id) != before.get(id)) == anew


@pytest.mark.parametrize("part", [each.name for each in fields(Basis)])
def test_whatever_lists_are_made_with_stands_in_their_origin(store: Store, part: str) -> None:
    values = asdict(BASIS) | {part: 7 if part == "retrieve" else "other"}
    same = origins(store) == origins(store, Basis(**values))
    assert same is (part == "snapshot")


def origins(store: Store, basis: Basis = BASIS) -> dict[str, str]:
    """Return the origins that lists have which are made right now."""
    on = LATER.date()
    [ids] = store.profiles.open_ids(on, 100)
    heard = store.replies.heard()
    return Origins.of(store, basis, on, store.revision(), heard).by_profile(store, ids)


def test_only_lists_that_hang_on_what_changed_are_made_anew(
    tmp_path: Path, yesterday: Path
) -> None:
    morning = after(tmp_path / "home", yesterday, [changed_profile, wish])
    assert sorted(morning.made) == ["p1", "p2"]
    assert morning.report.train_ups is not None
    assert morning.report.train_ups.taken_over == 4


@settings(max_examples=4, deadline=None)
@given(names=st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=3))
def test_a_night_that_takes_over_what_it_can_equals_a_full_night(
    tmp_path_factory: pytest.TempPathFactory, yesterday: Path, names: list[str]
) -> None:
    home = tmp_path_factory.mktemp("nights")
    changes = [CHANGES[name] for name in names]
    taken = after(home / "taken", yesterday, changes)
    full = after(home / "full", yesterday, changes, forget=True)
    assert taken.lists == full.lists
    assert taken.advice == full.advice


def test_who_turns_a_year_older_gets_a_new_list(tmp_path: Path) -> None:
    def born(store: Store) -> None:
        store.profiles.upsert([replace(BAKER, birth_date=date(2000, 11, 23))], samples.NOW)

    home = tmp_path / "home"
    home.mkdir()
    made: list[str] = []
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        samples.fill(store)
        born(store)
        night(home, store, samples.NOW, [])
        night(home, store, TOMORROW, made)
    assert made == ["p1"]


def test_offers_that_change_while_lists_are_made_leave_their_origin_unknown(
    tmp_path: Path, store: Store
) -> None:
    tools = samples.tools(tmp_path, store)
    made: list[str] = []

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        for rows in tools.match(shards):
            closed_offer(store)
            yield rows

    run_night(replace(tools, match=match))
    night(tmp_path, store, TOMORROW, made)
    assert sorted(made) == [*samples.SKILLS, "p7"]


def test_other_rules_give_other_origins(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(tmp_path, store, samples.NOW, [])
    made: list[str] = []
    monkeypatch.setattr(unchanged, "NIGHT_K", 9)
    night(tmp_path, store, TOMORROW, made)
    assert sorted(made) == [*samples.SKILLS, "p7"]
