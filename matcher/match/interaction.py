"""Phrases of people held against phrases of offers, pair by pair, in compiled loops.

Each pair is one small matrix product of its own shape, whatever else is computed beside it:
its numbers are the same to the last bit alone and in any batch.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import compiled, fixed
from matcher.encode.groups import MAX_GROUPS
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole

_TITLE: Final = int(PhraseRole.TITLE)


# Plain tuples, not classes: of classes, what is kept of a compiled loop could no longer be
# read once they are renamed.
#: Phrases, offsets, roles and weights of encoded records, people or offers (`EncodedBatch`).
Side = tuple[Vectors, Rows, NDArray[np.uint8], Vectors]
#: Pooled vectors, ids and shares of groups of encoded records.
Whole = tuple[Vectors, NDArray[np.uint16], Vectors]
#: Which person is held against which offer: int64, both shape (pairs,), rows of the sides.
Pairs = tuple[Rows, Rows]
#: What a phrase of each role counts in what a person can do, in what a person says, and in
#: what an offer asks for, all float32, shape (roles,); where the likeness of phrases begins,
#: and how far beyond the same words are.
Measure = tuple[Vectors, Vectors, Vectors, np.float32, np.float32]
#: What is written of pairs: title, coverage and taken up, float32, shape (3, pairs); for each
#: phrase of the offers of all pairs, one pair after the other, how well it is answered and by
#: which phrase of the person, float32 and int64, shape (phrases,), or empty if not wanted.
Held = tuple[Vectors, Vectors, Rows]


def side_of(batch: EncodedBatch) -> Side:
    """Return the phrases of a batch, copying nothing that is contiguous."""
    return fixed(batch.phrases), fixed(batch.offsets), fixed(batch.roles), fixed(batch.weights)


def whole_of(batch: EncodedBatch) -> Whole:
    """Return the whole records of a batch, copying nothing that is contiguous."""
    return fixed(batch.pooled), fixed(batch.groups.ids), fixed(batch.groups.shares)


def pairs_of(people: Rows, offers: Rows) -> Pairs:
    """Return pairs as the loops take them."""
    return fixed(people.astype(np.int64)), fixed(offers.astype(np.int64))


@compiled
def likeness_of(cosine: np.float32, measure: Measure) -> np.float32:
    """Return 0 for strangers up to 1 for what is as good as the same words."""
    _, _, _, noise, span = measure
    scaled = (cosine - noise) / span
    return min(max(scaled, np.float32(0)), np.float32(1))


@compiled
def longest(offsets: Rows, rows: Rows) -> int:
    """Return how many phrases the longest of some records has."""
    most = 0
    for row in rows:
        most = max(most, offsets[row + 1] - offsets[row])
    return most


@compiled
def cosines(people: Side, person: int, offers: Side, offer: int, room: Vectors) -> Vectors:
    """Return the products of all phrases of a pair: float32, shape (of person, of offer).

    They are written into a room for as many numbers at least.
    """
    phrases, offsets, _, _ = people
    said = phrases[offsets[person] : offsets[person + 1]]
    phrases, offsets, _, _ = offers
    asked = phrases[offsets[offer] : offsets[offer + 1]]
    alike = room[: said.shape[0] * asked.shape[0]].reshape((said.shape[0], asked.shape[0]))
    if alike.size:
        np.dot(said, asked.T, alike)
    return alike


@compiled
def answer_each(
    alike: Vectors, believed: Vectors, measure: Measure, best: Vectors, answer: Rows
) -> None:
    """Write the best answer to each phrase of an offer, the first of several as good.

    Parameters
    ----------
    alike
        As from `cosines`.
    believed
        float32, shape (of person,): how far each phrase of the person is believed.
    measure
        Reads the cosines.
    best, answer
        float32 and int64, shape (of offer,), written to.
    """
    best[:] = 0
    answer[:] = 0
    for said in range(alike.shape[0]):
        for asked in range(alike.shape[1]):
            worth = likeness_of(alike[said, asked], measure) * believed[said]
            if worth > best[asked]:
                best[asked] = worth
                answer[asked] = said


@compiled
def _taken_up(alike: Vectors, counted: Vectors, measure: Measure) -> np.float32:
    """Return the weighted mean, over the person's phrases, of the best one of the offer."""
    total = taken = 0.0
    for said in range(alike.shape[0]):
        total += counted[said]
        if counted[said] and alike.shape[1]:
            taken += counted[said] * likeness_of(alike[said].max(), measure)
    return np.float32(taken / total) if total else np.float32(0)


@compiled
def _answered(
    offers: Side, offer: int, asked: Vectors, best: Vectors
) -> tuple[np.float32, np.float32]:
    """Return the best answer to a title, and the weighted mean of those to what is asked."""
    _, offsets, roles, weights = offers
    first = offsets[offer]
    title = np.float32(0)
    total = covered = 0.0
    for i in range(best.shape[0]):
        role = roles[first + i]
        if role == _TITLE:
            title = max(title, best[i])
        weight = np.float64(weights[first + i] * asked[role])
        total += weight
        covered += weight * best[i]
    return title, np.float32(covered / total) if total else np.float32(0)


@compiled
def hold(people: Side, offers: Side, pairs: Pairs, measure: Measure, held: Held) -> None:
    """Hold people against offers, pair after pair, and write what becomes of it.

    Pairs of one person are best neighbours: the person's phrases are weighed once.

    Parameters
    ----------
    people, offers, pairs
        Who is held against what.
    measure
        Reads the cosines, and weighs phrases by their role.
    held
        Written to.
    """
    _, offsets, roles, weights = people
    can_do, says, asks, _, _ = measure
    columns, all_best, all_answers = held
    most = longest(offers[1], pairs[1])
    room = np.empty(longest(offsets, pairs[0]) * most, np.float32)
    best, answer = np.empty(most, np.float32), np.empty(most, np.int64)
    done, last = 0, -1
    for pair in range(pairs[0].shape[0]):
        person, offer = pairs[0][pair], pairs[1][pair]
        if person != last:
            ours = slice(offsets[person], offsets[person + 1])
            can = weights[ours] * can_do[roles[ours]]
            said = weights[ours] * says[roles[ours]]
            last = person
        alike = cosines(people, person, offers, offer, room)
        end = alike.shape[1]
        answer_each(alike, can, measure, best[:end], answer[:end])
        columns[0, pair], columns[1, pair] = _answered(offers, offer, asks, best[:end])
        columns[2, pair] = _taken_up(alike, said, measure)
        if all_best.shape[0]:
            all_best[done : done + end] = best[:end]
            all_answers[done : done + end] = answer[:end]
        done += end


@compiled
def hold_wholes(people: Whole, offers: Whole, pairs: Pairs, columns: Vectors) -> None:
    """Write the cosines of whole records and of their groups: float32, shape (2, pairs).

    Pairs of one person are best neighbours: the person's groups are spread out once.
    """
    ours, our_ids, our_shares = people
    theirs, their_ids, their_shares = offers
    spread = np.zeros(MAX_GROUPS, np.float32)
    last = -1
    for pair in range(pairs[0].shape[0]):
        person, offer = pairs[0][pair], pairs[1][pair]
        if person != last:
            spread[:] = 0
            for kept in range(our_ids.shape[1]):
                spread[our_ids[person, kept]] += our_shares[person, kept]
            last = person
        columns[0, pair] = np.dot(ours[person], theirs[offer])
        alike = np.float32(0)
        for kept in range(their_ids.shape[1]):
            alike += spread[their_ids[offer, kept]] * their_shares[offer, kept]
        columns[1, pair] = alike
