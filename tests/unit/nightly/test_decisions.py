"""Every list of the night can be made again, also after the next night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.domain.decision import Decision
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind, Training
from matcher.domain.parts import Competence
from matcher.domain.ranker import Decision as Chosen
from matcher.domain.ranker import RankerEntry
from matcher.domain.replies import Replies
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError
from matcher.index.live import Live
from matcher.match.decisions.record import Recorder
from matcher.match.decisions.replay import Replayer
from matcher.match.ranker import PRIOR, Ranker
from matcher.match.replies.count import note_replies
from matcher.nightly import lists
from matcher.nightly.advising import Advice, AdviceShard
from matcher.nightly.pipeline import run_night
from matcher.nightly.shards import Rows, Shard
from matcher.store import codec
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.index.samples import vacancy
from tests.unit.nightly import samples

RETRIEVE = 400
WISH = Feedback(
    id="f1",
    profile_id="p5",
    offer_id="v5",
    kind=OfferKind.VACANCY,
    action=Action.NOT_SUITABLE,
    reason=Reason.OTHER,
    at=samples.NOW,
    by="key",
)
OTHER = Ranker.of(PRIOR.by_name() | {"title": 0.5}, "chosen")
#: Somebody lets other weights rank.
CHOICE = RankerEntry(
    OTHER.revision,
    FakeEncoder().revision,
    OTHER.by_name(),
    Chosen.CHOSEN,
    {},
    samples.NOW,
    "key",
)


def night(home: Path, store: Store, day: int = 0) -> None:
    run_night(samples.tools(home, store, samples.NOW + timedelta(days=day)))


def shown(home: Path, store: Store) -> list[Decision]:
    """Show everybody the list of the last night."""
    records = RecordEncoder(FakeEncoder())
    live = Live(home / "snapshots", store, records, lambda: samples.NOW)
    recorder = Recorder(live, store, records, RETRIEVE)
    decisions = [recorder.of_night(store.lists.served(id, live.snapshot)) for id in samples.SKILLS]
    store.decisions.add(decisions)
    return decisions


def replies(decisions: list[Decision]) -> set[Replies | None]:
    """Return what lists say of the employers of their needs."""
    matches = [placed.match for one in decisions for placed in one.placed or ()]
    return {match.replies for match in matches if match.kind is OfferKind.NEED}


def unequal(home: Path, store: Store, decisions: list[Decision]) -> list[object]:
    replayer = Replayer(store, RecordEncoder(FakeEncoder()), home / "snapshots")
    return [one for one in map(replayer.replay, decisions) if not one.is_equal]


def test_lists_of_the_night_are_equal_when_made_again_after_the_next_night(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    first = shown(tmp_path, store)
    assert all(decision.placed for decision in first)
    assert unequal(tmp_path, store, first) == []
    changed = replace(samples.PROFILES[0], competences=(Competence("siivous"),))
    store.profiles.upsert([changed], samples.NOW)
    ads = store.offers(OfferKind.VACANCY)
    ads.upsert(
        [vacancy("v6", "Hitsari", "hitsaus"), vacancy("v2", "Siivooja", "siivous")], samples.NOW
    )
    ads.close(["v4"], samples.NOW)
    samples.answer(store, "p3")
    night(tmp_path, store, day=1)
    second = shown(tmp_path, store)
    assert replies(first) == {None}
    assert replies(second) == {Replies(taken_up=1)}
    assert unequal(tmp_path, store, first + second) == []
    assert {one.run_id for one in first}.isdisjoint(one.run_id for one in second)


def write_meanwhile(store: Store) -> None:
    """Write all that lists hang on: people, offers, wishes, weights and employers' replies."""
    changed = replace(samples.PROFILES[0], competences=(Competence("siivous"),))
    store.profiles.upsert([changed], samples.NOW)
    ads = store.offers(OfferKind.VACANCY)
    ads.upsert(
        [
            vacancy("v6", "Trukinkuljettaja", "trukin ajaminen", "lavojen siirto"),
            vacancy("v2", "Siivooja", "siivous"),
            vacancy("v3", "Sairaanhoitaja", "lääkehoito", "rokottaminen"),
        ],
        samples.NOW,
    )
    ads.close(["v4"], samples.NOW)
    training = Training(id="t2", title=LocalText(fi="Hitsaaja"), outcomes=("hitsaus", "kokoonpano"))
    store.offers(OfferKind.TRAINING).upsert([training], samples.NOW)
    store.feedback.add(WISH)
    store.rankers.add(CHOICE)
    samples.answer(store, "p3")
    note_replies(store, samples.NOW, heed=True)


@pytest.mark.parametrize("when", ["before the lists", "between them", "before the train-ups"])
def test_lists_are_equal_when_made_again_whatever_was_written_while_they_were_made(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    monkeypatch.setattr(lists, "PROFILES_AT_ONCE", 2)
    tools = samples.tools(tmp_path, store)
    left = iter([write_meanwhile])

    def write() -> None:
        for writing in left:
            writing(store)

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        if when == "before the lists":
            write()
        for rows in tools.match(shards):
            if when == "between them":
                write()
            yield rows

    def advise(shards: Iterable[AdviceShard]) -> Iterator[Advice]:
        write()
        yield from tools.advise(shards)

    report = run_night(replace(tools, match=match, advise=advise))
    decisions = shown(tmp_path, store)
    assert {one.inputs.content_hash for one in decisions} == {
        codec.digest(codec.dump(profile)) for profile in samples.PROFILES
    }
    assert unequal(tmp_path, store, decisions) == []
    found = [store.train_ups.find(id, report.built.snapshot) for id in samples.SKILLS]
    records = [one.record for one in found if one and one.record]
    assert [one.inputs for one in records] == [one.inputs for one in decisions]


def test_a_list_of_the_night_keeps_its_id_however_often_it_is_shown(
    tmp_path: Path, store: Store
) -> None:
    night(tmp_path, store)
    assert shown(tmp_path, store) == shown(tmp_path, store)


def test_records_go_with_the_retention_of_lists(tmp_path: Path, store: Store) -> None:
    night(tmp_path, store)
    first = shown(tmp_path, store)
    night(tmp_path, store, day=31)
    with pytest.raises(NotFoundError):
        store.decisions.get(first[0].id)
