"""Scores after trainings in compiled loops: every training with every offer in reach."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.compiled import compiled
from matcher.encode.protocol import Vectors
from matcher.match.features import Feature

_DENSE: Final = int(Feature.DENSE)
_LEXICAL: Final = int(Feature.LEXICAL)
_TITLE: Final = int(Feature.TITLE)
_COVERAGE: Final = int(Feature.COVERAGE)
_TAKEN_UP: Final = int(Feature.TAKEN_UP)
_OCCUPATION: Final = int(Feature.OCCUPATION)
_WITHIN_REACH: Final = int(Feature.WITHIN_REACH)

# Plain tuples: see `matcher.match.interaction`.
#: The offers in reach as the person sees them now: columns of the coverage, int64, shape (n,);
#: features, float32, shape (n, features); products of the person's n-grams, float32, shape (n,).
Seen = tuple[Rows, Vectors, Vectors]
#: The person after each training: cosines with the offers in reach, float32, shape
#: (trainings, n); how much occupations are alike, float32, shape (trainings, offers); lengths
#: of n-grams, and what the training's phrases count, float32, shape (trainings,).
After = tuple[Vectors, Vectors, Vectors, Vectors]
#: Of a coverage: what trainings answer of titles, what offers take up of them, and the n-grams
#: both share, float32, shape (trainings, offers); the offers' openness, float32, shape (offers,).
Covers = tuple[Vectors, Vectors, Vectors, Vectors]
#: Weights of the features, float32; where the likeness of records begins, and how far it goes;
#: what the person's phrases count.
Scale = tuple[Vectors, np.float32, np.float32, np.float32]
#: Runs of what trainings answer of what offers ask for (`Answers`): phrases and likenesses,
#: starts with the end of the last, trainings and offers; and what each phrase counts.
Runs = tuple[NDArray[np.int32], Vectors, Rows, NDArray[np.int32], NDArray[np.int32], Vectors]

#: Where each offer of a coverage stands among those in reach, -1 if it does not, and what is
#: added to its phrases to find them among theirs: int64, both shape (offers,).
Where = tuple[Rows, Rows]


@compiled
def score_after(seen: Seen, after: After, covers: Covers, scale: Scale, scores: Vectors) -> None:
    """Write the scores after each training, but for what it adds to the coverage.

    Parameters
    ----------
    seen, after, covers, scale
        The offers, the person, what does not depend on the person, and the measure.
    scores
        float32, shape (trainings, n), written to.
    """
    columns, held, shared = seen
    cosines, alike, lengths, told = after
    titled, taken, overlap, openness = covers
    weights, noise, span, said = scale
    zero, one = np.float32(0), np.float32(1)
    for training in range(scores.shape[0]):
        total = told[training] + said
        for place in range(columns.shape[0]):
            offer = columns[place]
            dense = min(max((cosines[training, place] - noise) / span, zero), one)
            lexical = (overlap[training, offer] + shared[place]) / lengths[training]
            up = (taken[training, offer] + held[place, _TAKEN_UP] * said) / total
            scores[training, place] = (
                weights[_DENSE] * dense
                + weights[_LEXICAL] * min(max(lexical, zero), one)
                + weights[_TITLE] * max(held[place, _TITLE], titled[training, offer])
                + weights[_COVERAGE] * held[place, _COVERAGE]
                + weights[_TAKEN_UP] * up
                + weights[_OCCUPATION] * min(alike[training, offer], one)
                + weights[_WITHIN_REACH] * up * openness[offer]
            )


@compiled
def add_coverage(
    runs: Runs,
    where: Where,
    best: Vectors,
    bounds: tuple[np.float32, np.float32],
    scores: Vectors,
) -> None:
    """Add what each training answers better than the person does of what is asked for.

    Parameters
    ----------
    runs
        What trainings answer.
    where
        The offers in reach.
    best
        float32: how well the person answers each phrase of the offers in reach.
    bounds
        Weight of the coverage, by which a score rises at most; and a floor: scores that stay
        below it anyhow are left as they are.
    scores
        float32, shape (trainings, n), added to.
    """
    phrase, alike, starts, training, offer, share = runs
    places, shift = where
    weight, floor = bounds
    for run in range(training.shape[0]):
        place = places[offer[run]]
        if place < 0 or scores[training[run], place] + weight < floor:
            continue
        risen = np.float32(0)
        moved = shift[offer[run]]
        for entry in range(starts[run], starts[run + 1]):
            better = alike[entry] - best[phrase[entry] + moved]
            if better > 0:
                risen += better * share[phrase[entry]]
        scores[training[run], place] += weight * risen


@compiled
def keep_likeliest(shares: Vectors, ids: NDArray[np.uint16], kept: Vectors) -> None:
    """Write the greatest shares of each row, greatest first, of equal ones the first.

    Parameters
    ----------
    shares
        float32, shape (n, groups), none below 0.
    ids, kept
        Shape (n, kept), both all 0, written to.
    """
    for row in range(shares.shape[0]):
        filled = 0
        for group in range(shares.shape[1]):
            share = shares[row, group]
            if filled == kept.shape[1] and share <= kept[row, filled - 1]:
                continue
            place = min(filled, kept.shape[1] - 1)
            while place > 0 and kept[row, place - 1] < share:
                kept[row, place] = kept[row, place - 1]
                ids[row, place] = ids[row, place - 1]
                place -= 1
            kept[row, place] = share
            ids[row, place] = group
            filled = min(filled + 1, kept.shape[1])
