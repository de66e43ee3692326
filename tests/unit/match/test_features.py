from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.features import ASKED, CAN, Feature, Interaction, interact
from matcher.match.likeness import Likeness
from tests.unit.match.samples import DIMENSION, SCALE, Said, axis, batch, leaning

COMPETENCE, WANTED, SENTENCE = PhraseRole.COMPETENCE, PhraseRole.WANTED, PhraseRole.SENTENCE
TITLE, ESSENTIAL, OPTIONAL = PhraseRole.TITLE, PhraseRole.ESSENTIAL, PhraseRole.OPTIONAL
TASK = PhraseRole.TASK


def held(profile: EncodedBatch, offers: EncodedBatch) -> Interaction:
    return interact(profile, offers, np.zeros(len(offers), np.float32), SCALE)


def feature(name: Feature, profile: EncodedBatch, offers: EncodedBatch) -> list[float]:
    values: list[float] = held(profile, offers).table[:, name].tolist()
    return values


def test_dense_is_the_likeness_of_the_pooled_vectors() -> None:
    profile = batch([Said(COMPETENCE, axis(1))])
    offers = batch([], [], [], pooled=[axis(0), leaning(0, 1, 0.25), -axis(0)])
    assert feature(Feature.DENSE, profile, offers) == pytest.approx([1, 0.25, 0])


def test_lexical_is_what_was_given_within_0_and_1() -> None:
    profile, offers = batch([Said(COMPETENCE, axis(0))]), batch([], [], [])
    lexical = np.array([0.3, 1.000_001, -0.1], np.float32)
    table = interact(profile, offers, lexical, SCALE).table
    assert table[:, Feature.LEXICAL] == pytest.approx([0.3, 1, 0])


def test_title_is_the_best_answer_to_any_title() -> None:
    profile = batch([Said(COMPETENCE, axis(0))])
    offers = batch(
        [Said(TITLE, leaning(0, 1, 0.3)), Said(TITLE, axis(1)), Said(ESSENTIAL, axis(0))],
        [Said(ESSENTIAL, axis(0))],
    )
    assert feature(Feature.TITLE, profile, offers) == pytest.approx([0.5, 0])


def test_coverage_weighs_essential_tasks_and_pluses() -> None:
    profile = batch([Said(COMPETENCE, axis(0))])
    offers = batch(
        [Said(ESSENTIAL, axis(0)), Said(ESSENTIAL, axis(1))],
        [Said(ESSENTIAL, axis(0)), Said(OPTIONAL, axis(1))],
        [Said(OPTIONAL, axis(0)), Said(ESSENTIAL, axis(1))],
        [Said(TASK, leaning(0, 1, 0.3)), Said(OPTIONAL, axis(1))],
        [Said(TITLE, axis(0)), Said(SENTENCE, axis(0))],
    )
    expected = [1 / 2, 1 / 1.5, 0.5 / 1.5, 0.8 * 0.5 / 1.3, 0]
    assert feature(Feature.COVERAGE, profile, offers) == pytest.approx(expected)


def test_the_best_believed_phrase_answers() -> None:
    profile = batch(
        [
            Said(SENTENCE, axis(0)),
            Said(COMPETENCE, leaning(0, 1, 0.54)),
            Said(COMPETENCE, axis(2), 0.595),
        ]
    )
    offers = batch([Said(ESSENTIAL, axis(0)), Said(ESSENTIAL, axis(2)), Said(TASK, axis(3))])
    found = held(profile, offers)
    # The sentence says the same words, but a sentence is believed by .7 only.
    assert found.answer.tolist()[:2] == [1, 2]
    assert found.best == pytest.approx([0.9, 0.595, 0])


@pytest.mark.parametrize("role", CAN)
def test_a_phrase_is_believed_by_its_role_times_its_weight(role: PhraseRole) -> None:
    profile = batch([Said(role, axis(0), 0.5)])
    found = held(profile, batch([Said(ESSENTIAL, axis(0))]))
    assert found.best == pytest.approx([0.5 * CAN[role]])


def test_what_a_person_wants_answers_no_requirement() -> None:
    profile = batch([Said(WANTED, axis(0))])
    found = held(profile, batch([Said(ESSENTIAL, axis(0)), Said(TITLE, axis(0))]))
    assert found.best.tolist() == [0, 0]
    late = [Feature.TITLE, Feature.COVERAGE]
    assert found.table[0, late].tolist() == [0, 0]


def test_taken_up_weighs_what_the_person_says_by_its_best_phrase_in_the_offer() -> None:
    profile = batch(
        [Said(COMPETENCE, axis(0)), Said(COMPETENCE, axis(1), 0.5), Said(SENTENCE, axis(2))]
    )
    offers = batch(
        [Said(ESSENTIAL, axis(0)), Said(TITLE, leaning(0, 3, 0.3))],
        [Said(SENTENCE, leaning(1, 3, 0.3)), Said(TASK, axis(2))],
        [Said(TASK, axis(3))],
        [],
    )
    expected = [1 / 2.2, (0.5 * 0.5 + 0.7) / 2.2, 0, 0]
    assert feature(Feature.TAKEN_UP, profile, offers) == pytest.approx(expected)


def test_what_a_person_wants_is_taken_up_at_half_weight() -> None:
    profile = batch([Said(COMPETENCE, axis(0)), Said(WANTED, axis(1))])
    offers = batch([Said(TITLE, axis(1))], [Said(TITLE, axis(0))])
    assert feature(Feature.TAKEN_UP, profile, offers) == pytest.approx([0.5 / 1.5, 1 / 1.5])


def test_occupation_is_the_likeness_of_the_likeliest_groups() -> None:
    shares = np.array([[0, 1, 0], [0, 0.6, 0.8], [1, 0, 0]], np.float32)
    profile = batch([Said(COMPETENCE, axis(0))], groups=Groups.likeliest(shares[:1]))
    offers = batch([], [], [], groups=Groups.likeliest(shares))
    assert feature(Feature.OCCUPATION, profile, offers) == pytest.approx([1, 0.6, 0])


def test_within_reach_is_what_an_offer_takes_up_as_far_as_it_is_open() -> None:
    profile = batch([Said(COMPETENCE, axis(0))])
    offers = batch([Said(TITLE, leaning(0, 1, 0.3))], [Said(TITLE, axis(0))], openness=[1.0, 1 / 3])
    assert feature(Feature.WITHIN_REACH, profile, offers) == pytest.approx([1 / 2, 1 / 3])


def test_without_a_head_no_occupation_is_alike() -> None:
    profile, offers = batch([Said(COMPETENCE, axis(0))]), batch([Said(TITLE, axis(0))])
    assert feature(Feature.OCCUPATION, profile, offers) == [0]


def test_no_candidates_give_an_empty_table() -> None:
    found = held(batch([Said(COMPETENCE, axis(0))]), batch())
    assert found.table.shape == (0, len(Feature))
    assert found.best.shape == (0,)


def test_a_candidate_is_judged_alike_alone_and_among_others() -> None:
    profile = batch([Said(COMPETENCE, axis(0)), Said(SENTENCE, leaning(1, 2, 0.5))])
    records = [
        [Said(TITLE, axis(0)), Said(ESSENTIAL, axis(1))],
        [],
        [Said(TASK, leaning(0, 3, 0.4)), Said(OPTIONAL, axis(2))],
    ]
    together = held(profile, batch(*records)).table
    alone = np.concatenate([held(profile, batch(record)).table for record in records])
    assert together.tolist() == alone.tolist()


def unit(vector: Vectors) -> Vectors:
    norm = float(np.linalg.norm(vector))
    return (vector / norm).astype(np.float32) if norm > 1e-3 else axis(0)


vectors = arrays(np.float32, DIMENSION, elements=st.floats(-1, 1, width=16)).map(unit)
can = st.builds(Said, st.sampled_from(sorted(CAN)), vectors, st.floats(0, 1))
asked = st.builds(Said, st.sampled_from([TITLE, SENTENCE, *ASKED]), vectors)
people = st.lists(can, max_size=4)
adverts = st.lists(st.lists(asked, max_size=4), min_size=1, max_size=3)


@given(people, adverts, st.floats(0, 0.9), st.floats(-0.5, 1.5))
def test_every_feature_is_between_0_and_1(
    person: list[Said], offers: list[list[Said]], noise: float, lexical: float
) -> None:
    given_lexical = np.full(len(offers), lexical, np.float32)
    found = interact(batch(person), batch(*offers), given_lexical, Likeness(noise))
    assert found.table.dtype == np.float32
    assert float(found.table.min()) >= 0
    assert float(found.table.max()) <= 1


@given(people, adverts, can)
def test_another_competence_never_lowers_title_or_coverage(
    person: list[Said], offers: list[list[Said]], more: Said
) -> None:
    """Dense and lexical can fall: both see the record as a whole, which the addition changes."""
    before = held(batch(person), batch(*offers)).table
    after = held(batch([*person, more]), batch(*offers)).table
    late = [Feature.TITLE, Feature.COVERAGE]
    assert (after[:, late] >= before[:, late] - 1e-6).all()


@given(people, adverts, vectors)
def test_what_a_person_wants_never_moves_title_or_coverage(
    person: list[Said], offers: list[list[Said]], wanted: Vectors
) -> None:
    before = held(batch(person), batch(*offers)).table
    after = held(batch([*person, Said(WANTED, wanted)]), batch(*offers)).table
    late = [Feature.TITLE, Feature.COVERAGE]
    assert after[:, late] == pytest.approx(before[:, late], abs=1e-6)


@given(people, adverts)
def test_the_order_of_what_a_person_can_do_does_not_matter(
    person: list[Said], offers: list[list[Said]]
) -> None:
    forth = held(batch(person), batch(*offers)).table
    back = held(batch(person[::-1]), batch(*offers)).table
    assert back == pytest.approx(forth, abs=1e-6)
