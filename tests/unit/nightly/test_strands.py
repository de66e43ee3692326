"""Shards of one part of the country are a strand, and strands take turns."""

from __future__ import annotations

import pytest

from matcher.nightly.strands import STRANDS, in_turns


@pytest.mark.parametrize("count", [0, 1, 3, STRANDS, 10, 101])
def test_strands_are_stretches_of_the_shards_and_take_turns(count: int) -> None:
    order = list(in_turns(range(count)))
    strands = [[shard for strand, shard in order if strand == one] for one in range(STRANDS)]
    assert [shard for strand in strands for shard in strand] == list(range(count))
    # Nobody waits for a strand: the first of each come before the second of any.
    turns = [strands[strand].index(shard) for strand, shard in order]
    assert turns == sorted(turns)
    assert max(map(len, strands), default=0) - max(1, count) / STRANDS < 1
