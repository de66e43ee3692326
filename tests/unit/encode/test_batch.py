from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import FEATURES
from matcher.encode.records import RecordEncoder
from tests.fakes import FakeEncoder

WORDS = ("hitsaus", "sorvaus", "leivonta", "siivous", "myynti")
RECORDS = RecordEncoder(FakeEncoder(8))


def encode(people: Sequence[Sequence[str]], start: int = 0) -> EncodedBatch:
    return RECORDS.encode_profiles(
        [
            Profile(id=f"p{i}", competences=tuple(Competence(name) for name in names))
            for i, names in enumerate(people, start)
        ]
    )


def columns(batch: EncodedBatch) -> tuple[object, ...]:
    lexical = batch.lexical.sorted_indices()
    return (
        batch.ids,
        batch.hashes,
        batch.pooled.tolist(),
        batch.phrases.tolist(),
        batch.offsets.tolist(),
        batch.roles.tolist(),
        batch.weights.tolist(),
        lexical.shape,
        lexical.indptr.tolist(),
        lexical.indices.tolist(),
        lexical.data.tolist(),
    )


THREE = [["hitsaus", "sorvaus"], [], ["leivonta"]]


def test_taken_rows_come_in_the_order_asked_for_with_their_phrases() -> None:
    batch = encode(THREE)
    taken = batch.take(np.array([2, 0, 2]))
    assert taken.ids == ("p2", "p0", "p2")
    assert taken.offsets.tolist() == [0, 1, 3, 4]
    assert taken.phrases.tolist() == batch.phrases[[2, 0, 1, 2]].tolist()
    assert (taken.lexical != batch.lexical[[2, 0, 2]]).nnz == 0


def test_no_rows_make_an_empty_batch() -> None:
    assert columns(encode(THREE).take(np.zeros(0, np.int64))) == columns(EncodedBatch.empty(8))


def test_slices_are_the_phrases_of_each_record() -> None:
    assert encode(THREE).slices() == [slice(0, 2), slice(2, 2), slice(2, 3)]


def test_an_empty_batch_has_all_its_columns() -> None:
    empty = EncodedBatch.empty(5)
    assert (len(empty), empty.slices()) == (0, [])
    assert (empty.pooled.shape, empty.phrases.shape) == ((0, 5), (0, 5))
    assert empty.lexical.shape == (0, FEATURES)


people = st.lists(st.lists(st.sampled_from(WORDS), unique=True, max_size=3), max_size=4)


@given(people, people)
def test_batches_join_to_what_their_records_encode_to_together(
    first: list[list[str]], second: list[list[str]]
) -> None:
    joined = EncodedBatch.concatenate([encode(first), encode(second, len(first))])
    together = encode(first + second)
    assert columns(joined)[:2] == columns(together)[:2]
    assert columns(joined)[3:] == columns(together)[3:]
    np.testing.assert_allclose(joined.pooled, together.pooled, atol=1e-6)


@given(people, st.data())
def test_taking_all_rows_in_some_order_and_back_changes_nothing(
    them: list[list[str]], data: st.DataObject
) -> None:
    batch = encode(them)
    order = np.array(data.draw(st.permutations(range(len(them)))), np.int64)
    assert columns(batch.take(order).take(np.argsort(order))) == columns(batch)
