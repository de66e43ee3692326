from __future__ import annotations

from api.kept import Kept, KeptAnswers


def _kept(size: int) -> Kept:
    return Kept("source", (), 1, b"x" * size, list_id="l-1")


def test_what_was_not_asked_for_longest_makes_room() -> None:
    answers = KeptAnswers(room=10)
    for person in "ab":
        answers.put(person, _kept(4))
    answers.get("a")
    answers.put("c", _kept(4))
    assert [person for person in "abc" if answers.get(person)] == ["a", "c"]


def test_a_newer_answer_takes_the_place_of_the_one_before() -> None:
    answers = KeptAnswers(room=10)
    answers.put("b", _kept(3))
    for size in (6, 7):
        answers.put("a", _kept(size))
    assert (answers.get("a"), answers.get("b")) == (_kept(7), _kept(3))


def test_one_larger_than_the_room_is_not_kept() -> None:
    answers = KeptAnswers(room=10)
    answers.put("a", _kept(11))
    assert answers.get("a") is None


def test_who_was_erased_is_asked_for_once_a_revision() -> None:
    asked: list[int] = []

    def erased_since(revision: int) -> list[str]:
        asked.append(revision)
        return ["a", "unknown"]

    answers = KeptAnswers(room=10)
    for person in "ab":
        answers.put(person, _kept(1))
    for revision in (4, 4, 9):
        answers.refresh(revision, erased_since)
    assert asked == [0, 4]
    assert (answers.get("a"), answers.get("b")) == (None, _kept(1))


def test_when_it_is_not_known_any_more_who_was_erased_every_answer_goes() -> None:
    answers = KeptAnswers(room=10)
    for person in ("p1", "p2"):
        answers.put(person, _kept(1))
    answers.refresh(9, lambda _: None)
    assert [answers.get(person) for person in ("p1", "p2")] == [None, None]
