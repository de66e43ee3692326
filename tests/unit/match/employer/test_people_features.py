from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.encode.batch import EncodedBatch
from matcher.encode.text import PhraseRole
from matcher.match.employer.people_features import interact_people
from matcher.match.features import interact
from tests.unit.match.samples import SCALE, Said, axis, batch, leaning

PHRASES = st.builds(
    Said,
    st.sampled_from(PhraseRole),
    st.builds(leaning, st.just(0), st.sampled_from([1, 2, 3]), st.floats(0, 1)),
    st.sampled_from([0.25, 0.5, 1.0]),
)
RECORDS = st.lists(PHRASES, max_size=4)


@given(st.lists(RECORDS, max_size=4), RECORDS, st.integers(0, 3))
def test_many_people_get_the_scores_that_each_gets_alone(
    said: list[list[Said]], asked: list[Said], direction: int
) -> None:
    people = batch(*said, pooled=[leaning(0, 1, i / 4) for i in range(len(said))])
    offer = batch(asked, pooled=[axis(direction)])
    lexical = np.linspace(0, 1, len(said)).astype(np.float32)
    held = interact_people(people, offer, lexical, SCALE)
    alone = [
        interact(people.take(np.array([i])), offer, lexical[i : i + 1], SCALE)
        for i in range(len(said))
    ]
    assert held.best.shape == (len(said), len(asked))
    for row, one in enumerate(alone):
        np.testing.assert_allclose(held.table[row], one.table[0], atol=1e-6)
        np.testing.assert_allclose(held.best[row], one.best, atol=1e-6)


def test_nobody_has_no_scores() -> None:
    nobody = EncodedBatch.empty(4)
    held = interact_people(nobody, batch([]), np.zeros(0, np.float32), SCALE)
    assert len(held.table) == 0
