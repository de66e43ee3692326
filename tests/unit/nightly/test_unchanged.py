"""A night that takes lists over ends as one that makes all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.nightly import lists as lists_of_night
from matcher.nightly import unchanged
from matcher.nightly.pipeline import run_night
from matcher.nightly.report import NightReport
from matcher.nightly.shards import Rows, Shard
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from tests.unit.nightly import samples

TOMORROW = samples.NOW + timedelta(days=1)
BAKER = Profile(id="p1", competences=(Competence("leipominen"), Competence("kassatyö")))
Change = Callable[[Store], None]


def new_profile(store: Store) -> None:
    store.profiles.upsert([replace(BAKER, id="p8")], samples.NOW)


def changed_profile(store: Store) -> None:
    store.profiles.upsert([BAKER], samples.NOW)


def changed_offer(store: Store) -> None:
    [offer] = store.offers(OfferKind.NEED).get_many(["n1"]).values()
    store.offers(OfferKind.NEED).upsert([replace(offer, places=3)], samples.NOW)


def closed_offer(store: Store) -> None:
    store.offers(OfferKind.VACANCY).close(["v1"], samples.NOW)


def wish(store: Store) -> None:
    said = Feedback(
        id="f1",
        profile_id="p2",
        offer_id="v2",
        kind=OfferKind.VACANCY,
        action=Action.NOT_SUITABLE,
        reason=Reason.OTHER,
        at=samples.NOW,
        by="key",
    )
    store.feedback.add(said)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (new_profile, changed_profile, changed_offer, closed_offer, wish)
}


def night(home: Path, store: Store, now: datetime, made: list[str]) -> NightReport:
    """Run a night; note whose lists are made anew."""
    tools = samples.tools(home, store, now)

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        for rows in tools.match(shards):
            made.extend(rows)
            yield rows

    return run_night(replace(tools, match=match))


def after(
    home: Path, changes: Iterable[Change], *, now: datetime = TOMORROW, forget: bool = False
) -> tuple[dict[str, tuple[ListEntry, ...]], list[str], NightReport]:
    """Run two nights with changes between them; return lists, who got new ones, and the report."""
    home.mkdir(parents=True)
    made: list[str] = []
    with Store.open(f"sqlite:///{home / 'store.sqlite'}") as store:
        samples.fill(store)
        night(home, store, samples.NOW, [])
        for change in changes:
            change(store)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lists_of_night, "PROFILES_AT_ONCE", 3)
            if forget:
                patch.setattr(lists_of_night, "offers_changed", lambda *_: True)
            report = night(home, store, now, made)
        return samples.lists(home, store), made, report


def test_where_nothing_changed_every_list_is_taken_over(tmp_path: Path) -> None:
    taken, made, report = after(tmp_path / "taken", [])
    full, all_, _ = after(tmp_path / "full", [], forget=True)
    assert made == []
    assert sorted(all_) == [*samples.SKILLS, "p7"]
    assert taken == full
    assert report.lists is not None
    assert (report.lists.profiles, report.lists.taken_over, report.lists.new) == (6, 6, {})


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (changed_profile, ["p1"]),
        (new_profile, ["p8"]),
        (wish, ["p2"]),
        (changed_offer, [*samples.SKILLS, "p7"]),
        (closed_offer, [*samples.SKILLS, "p7"]),
    ],
)
def test_only_lists_that_hang_on_what_changed_are_made_anew(
    tmp_path: Path, change: Change, anew: list[str]
) -> None:
    assert sorted(after(tmp_path / "home", [change])[1]) == anew


@settings(max_examples=4, deadline=None)
@given(names=st.lists(st.sampled_from(sorted(CHANGES)), unique=True, max_size=3))
def test_a_night_with_lists_taken_over_equals_a_full_night(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    home = tmp_path_factory.mktemp("nights")
    changes = [CHANGES[name] for name in names]
    taken = after(home / "taken", changes)[0]
    assert taken == after(home / "full", changes, forget=True)[0]


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
