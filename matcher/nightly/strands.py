"""Strands: neighbours are matched by the same process, which knows the offers around them.

Shards of people who live near each other meet the same offers. Whoever works on shard after
shard of one part of the country reads each offer once, and finds at hand how it was compared,
judged and put into words for the last ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

#: Into so many strands shards are parted, however many processes share them: a night that is
#: taken up by more or fewer goes on in the same order.
STRANDS: Final = 4
_Shard = TypeVar("_Shard")


def in_turns(shards: Sequence[_Shard]) -> Iterator[tuple[int, _Shard]]:
    """Yield the shards of all strands in turns, each with the number of its strand.

    Parameters
    ----------
    shards
        In an order in which those that stand together have much in common.
    """
    length = -(-len(shards) // STRANDS)
    for place in range(length):
        yield from enumerate(shards[place::length])
