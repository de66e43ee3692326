"""How replies are counted: what is certain alone, and of employers, not of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.answer import Answer, EmployerAnswer, WhyNot
from matcher.domain.consent import Move, Standing, ask
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.replies import Replies
from matcher.match.replies.count import count_replies, note_replies
from matcher.store.store import Store

GIVEN = datetime(2026, 3, 1, 10, tzinfo=UTC)
UNTIL = date(2026, 4, 30)
NEED = CompanyNeed(id="n1", organisation="Paja Oy", owner="key-e")
PEOPLE = ("p1", "p2", "p3")


@dataclass(frozen=True)
class Shown:
    """People who agreed on one day to be shown for a need."""

    store: Store

    def count(self, days: int) -> dict[str, Replies]:
        """Count so many days after they agreed."""
        return count_replies(self.store, GIVEN + timedelta(days=days))

    def answer(self, person: str, answer: Answer, reason: WhyNot | None = None) -> None:
        """Answer a day later."""
        self.store.answers.add(
            EmployerAnswer(
                request=f"c-{person}",
                profile_id=person,
                need_id="n1",
                answer=answer,
                reason=reason,
                at=GIVEN + timedelta(days=1),
                by="key-e",
            )
        )


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.offers(OfferKind.NEED).upsert([NEED], GIVEN)
        for person in PEOPLE:
            store.profiles.upsert([Profile(id=person)], GIVEN)
            dates = date(2026, 3, 8), UNTIL
            pair = person, "n1"
            consent = ask(pair, dates, id=f"c-{person}", pseudonym=person, now=GIVEN, by="k")
            store.consents.ask(consent)
            store.consents.move(person, consent.id, Move.YES, GIVEN, "k")
            stands = Standing(
                profile_id=person,
                follow_up_from=date(2026, 1, 1),
                protected=False,
                at=GIVEN,
                by="k",
            )
            store.consents.stand(stands)
        yield Shown(store)


def test_silence_counts_from_the_fourteenth_day(shown: Shown) -> None:
    assert shown.count(13) == {}
    assert shown.count(14) == {"paja oy": Replies(silent=3)}


def test_an_answer_counts_at_once_and_the_newest_one_alone(shown: Shown) -> None:
    shown.answer("p1", Answer.NOT_CHOSEN, WhyNot.SKILLS)
    shown.answer("p1", Answer.INTERVIEWED)
    shown.answer("p2", Answer.NOT_CHOSEN, WhyNot.OTHER_CHOSEN)
    assert shown.count(2) == {"paja oy": Replies(taken_up=1, declined=1)}
    assert shown.count(20) == {"paja oy": Replies(taken_up=1, declined=1, silent=1)}


def test_nobody_is_silent_who_cannot_log_in(shown: Shown) -> None:
    entered = replace(NEED, owner=None)
    shown.store.offers(OfferKind.NEED).upsert([entered], GIVEN)
    assert shown.count(20) == {}


def test_nobody_is_silent_about_people_of_whom_it_is_not_known_that_they_were_seen(
    shown: Shown,
) -> None:
    store = shown.store
    store.consents.stand(Standing(profile_id="p1", protected=True, at=GIVEN, by="k"))
    store.consents.move("p2", "c-p2", Move.WITHDRAW, GIVEN + timedelta(days=20), "k")
    store.profiles.upsert([Profile(id="p3", active=False)], GIVEN)
    assert shown.count(30) == {}


def test_who_was_silent_until_consent_ended_stays_silent(shown: Shown) -> None:
    assert shown.count(100) == {"paja oy": Replies(silent=3)}


def test_a_need_that_closed_early_left_no_time_to_answer(shown: Shown) -> None:
    store = shown.store
    store.offers(OfferKind.NEED).upsert([replace(NEED, expires=date(2026, 3, 10))], GIVEN)
    assert shown.count(100) == {}


def test_after_a_year_nothing_is_held_against_anybody(shown: Shown) -> None:
    shown.answer("p1", Answer.HIRED)
    assert shown.count(365) == {"paja oy": Replies(taken_up=1, silent=2)}
    assert shown.count(366) == {}


@pytest.mark.parametrize(
    ("follow_up_from", "noted"),
    [(date(2026, 3, 10), GIVEN), (date(2026, 1, 1), GIVEN + timedelta(days=9))],
)
def test_silence_begins_when_all_that_lets_a_person_be_shown_was_known(
    shown: Shown, follow_up_from: date, noted: datetime
) -> None:
    for person in PEOPLE:
        stands = Standing(
            profile_id=person, follow_up_from=follow_up_from, protected=False, at=noted, by="k"
        )
        shown.store.consents.stand(stands)
    assert shown.count(9 + 13) == {}
    assert shown.count(9 + 14) == {"paja oy": Replies(silent=3)}


def test_an_employer_of_several_needs_is_one(shown: Shown) -> None:
    store = shown.store
    store.offers(OfferKind.NEED).upsert([replace(NEED, id="n2", organisation="PAJA OY")], GIVEN)
    pair, dates = ("p1", "n2"), (date(2026, 3, 8), UNTIL)
    store.consents.ask(ask(pair, dates, id="c-4", pseudonym="K-4", now=GIVEN, by="k"))
    store.consents.move("p1", "c-4", Move.YES, GIVEN, "k")
    assert shown.count(14) == {"paja oy": Replies(silent=4)}


def test_what_nobody_heeds_is_forgotten(shown: Shown) -> None:
    store, later = shown.store, GIVEN + timedelta(days=14)
    note_replies(store, later, heed=True)
    assert store.replies.until(store.replies.heard()) == {"paja oy": Replies(silent=3)}
    note_replies(store, later, heed=False)
    assert store.replies.until(store.replies.heard()) == {"paja oy": Replies()}


def test_a_row_about_an_employer_outlives_the_people_in_it(shown: Shown) -> None:
    store, later = shown.store, GIVEN + timedelta(days=14)
    note_replies(store, later, heed=True)
    before = store.replies.heard()
    store.erase_profile("p1", later)
    note_replies(store, later, heed=True)
    assert store.replies.until(before) == {"paja oy": Replies(silent=3)}
    assert store.replies.until(store.replies.heard()) == {"paja oy": Replies(silent=2)}
