"""Groups in a night: nobody's order follows what is protected, and bounds stop a publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.domain.protected import ProtectedAttributes, Sex
from matcher.domain.situation import Situation
from matcher.evaluate.fairness.groups import Attribute
from matcher.evaluate.fairness.pairs import PairFigure, Variation
from matcher.evaluate.fairness.rates import GroupRate
from matcher.index.publication import current
from matcher.metrics.fairness import Interval
from matcher.nightly import pipeline
from matcher.nightly.fairness import Groups, audit_groups, twin_figure
from matcher.nightly.gates import Gate
from matcher.nightly.journal import NightState, Start
from matcher.nightly.pipeline import run_night
from matcher.nightly.report import NightReport, render
from matcher.store.store import Store
from tests.unit.nightly import samples

PEOPLE = [
    ProtectedAttributes(
        profile_id=id,
        birth_year=1960 + 9 * number,
        sex=list(Sex)[number % 2],
        first_language=("fi", "sv", "ar")[number % 3],
        unemployed_since=date(2024 + number % 3, 1, 1),
    )
    for number, id in enumerate(samples.SKILLS)
]
UNFAIR = Groups(
    (
        GroupRate(
            Attribute.SEX,
            "female",
            200,
            Interval(0.3, 0.24, 0.37),
            Interval(0.5, 0.4, 0.62),
            Interval(0.9, 0.8, 1.0),
        ),
        GroupRate(
            Attribute.SEX,
            "male",
            200,
            Interval(0.6, 0.53, 0.67),
            Interval(2.0, 1.6, 2.5),
            Interval(1.1, 1.0, 1.2),
        ),
        GroupRate(Attribute.SEX, "other"),
        GroupRate(
            Attribute.MUNICIPALITY,
            "072",
            50,
            Interval(0.1, 0.04, 0.2),
            Interval(0.2, 0.1, 0.4),
            Interval(0.5, 0.4, 0.6),
        ),
    )
)


def night(home: Path, store: Store, day: int = 0, start: Start = Start.FRESH) -> NightReport:
    return run_night(samples.tools(home, store, samples.NOW + timedelta(days=day)), start)


def order(home: Path, store: Store) -> dict[str, list[tuple[str, float, str]]]:
    """Each person's list: which offer, with what score and band, place by place."""
    return {
        id: [(one.offer_id, round(one.score, 4), one.band) for one in entries]
        for id, entries in samples.lists(home, store).items()
    }


def test_scores_bands_and_orders_stay_when_protected_attributes_change_hands(
    tmp_path: Path, store: Store
) -> None:
    store.attributes.put_many(PEOPLE)
    night(tmp_path, store, 0)
    before = order(tmp_path, store)
    ids = [one.profile_id for one in PEOPLE]
    for turn, id in enumerate((*ids[2:], *ids[:2])):
        other = PEOPLE[turn]
        store.attributes.put_many([replace(other, profile_id=id)])
        birth = date(other.birth_year or 2000, 5, 6)
        store.profiles.upsert([replace(store.profiles.get(id), birth_date=birth)], samples.NOW)
        known = Situation(first_language=other.first_language)
        store.situations.put(id, known, samples.NOW)
    night(tmp_path, store, 1)
    assert order(tmp_path, store) == before


def test_the_report_keeps_how_groups_fared(tmp_path: Path, store: Store) -> None:
    store.attributes.put_many(PEOPLE)
    report = night(tmp_path, store)
    assert report.groups is not None
    told = {(one.attribute, one.group): one.people for one in report.groups.rates}
    # Six people with lists: groups of three and less are hidden, all of them then.
    assert told[(Attribute.SEX, "female")] is None
    assert told[(Attribute.MUNICIPALITY, "unknown")] == 6
    assert audit_groups(store, report.run_id, report.on) == report.groups
    assert "<h2>Fairness</h2>" in render(report)


def test_the_worst_off_group_of_a_bounded_attribute_is_judged() -> None:
    (figure,) = UNFAIR.figures(())
    assert (figure.gate, figure.value, figure.at_least) == (Gate.GROUPS, 0.62, 0.8)
    assert figure.told.startswith("sex female: 30% of 200 have a good match")
    assert not figure.passed
    assert UNFAIR.figures({Gate.GROUPS})[0].passed


def test_an_unfair_night_is_not_published_and_keeps_the_evidence(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = night(tmp_path, store, 0).built.snapshot
    monkeypatch.setattr(pipeline, "audit_groups", lambda *_: UNFAIR)
    refused = night(tmp_path, store, 1)
    assert refused.state is NightState.REFUSED
    assert current(tmp_path / "snapshots") == served
    assert [one.gate for one in refused.judged.refused] == [Gate.GROUPS]
    page = (tmp_path / "reports" / f"{refused.run_id}.html").read_text()
    assert "0.50 (0.40 – 0.62)" in page
    assert "✗ refused" in page
    monkeypatch.undo()
    again = night(tmp_path, store, 1, Start.RESUME)
    assert (again.run_id, again.state) == (refused.run_id, NightState.PUBLISHED)


def test_somebody_who_has_looked_may_let_it_pass(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "audit_groups", lambda *_: UNFAIR)
    report = run_night(samples.tools(tmp_path, store), accept=(Gate.GROUPS,))
    assert report.state is NightState.PUBLISHED
    assert report.groups == UNFAIR


def test_twins_are_judged_by_how_alike_they_are() -> None:
    figure = twin_figure(PairFigure(Variation.AGE, 270, 0.03, 0.05, 0.9))
    assert (figure.gate, figure.value, figure.at_least) == (Gate.TWINS, 0.97, 0.98)
    assert figure.told == "age: 270 pairs, worst 0.950, 90% of the first ten shared"
    assert not figure.passed
