from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encode.protocol import TextRole, Vectors
from matcher.match.likeness import NOISE_QUANTILE, STRANGERS, Likeness
from tests.fakes import FakeEncoder

NOISE = 0.2
SCALE = Likeness(NOISE)


def cosines(*values: float) -> Vectors:
    return np.array(values, np.float32)


def test_strangers_are_0_and_the_same_words_1() -> None:
    assert SCALE.of_phrases(cosines(-1, 0, NOISE, 1)).tolist() == [0, 0, 0, 1]
    assert SCALE.of_records(cosines(-1, 0, NOISE, 1)).tolist() == [0, 0, 0, 1]


def test_records_are_scaled_evenly_between_strangers_and_the_same_words() -> None:
    assert SCALE.of_records(cosines(0.4, 0.6, 0.8)) == pytest.approx([0.25, 0.5, 0.75])


def test_phrases_count_as_the_same_from_six_tenths_of_the_way() -> None:
    # Six tenths of the way from .2 to 1 is .68, half of that is .44.
    assert SCALE.of_phrases(cosines(0.44, 0.68, 0.9)) == pytest.approx([0.5, 1, 1])


@given(st.floats(0, 0.9), st.floats(-1, 1, width=32), st.floats(-1, 1, width=32))
def test_likeness_never_falls_as_the_cosine_rises(noise: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    for scaled in (Likeness(noise).of_phrases, Likeness(noise).of_records):
        below, above = scaled(cosines(low, high)).tolist()
        assert 0 <= below <= above <= 1


def test_nine_of_ten_pairs_of_strangers_stay_at_0() -> None:
    encoder = FakeEncoder(256)
    likeness = Likeness.measure(encoder)
    half = len(STRANGERS) // 2
    pairs = encoder.encode(STRANGERS[:half]) @ encoder.encode(STRANGERS[half:]).T
    assert float((likeness.of_records(pairs) == 0).mean()) == pytest.approx(
        NOISE_QUANTILE, abs=1 / pairs.size
    )


def test_one_half_of_the_strangers_is_encoded_as_queries_the_other_as_passages() -> None:
    asked: list[tuple[str, TextRole]] = []

    class Noting(FakeEncoder):
        def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
            asked.extend((text, role) for text in texts)
            return super().encode(texts, role)

    Likeness.measure(Noting())
    assert [text for text, _ in asked] == list(STRANGERS)
    roles = [role for _, role in asked]
    half = len(STRANGERS) // 2
    assert set(roles[:half]) == {TextRole.QUERY}
    assert set(roles[half:]) == {TextRole.PASSAGE}
