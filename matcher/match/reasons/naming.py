"""Which phrases of a pair are named as its reasons, and which stay open, in compiled loops.

What is asked here of one pair after another is what `matcher.match.reasons.explain` says in
words: the pairs of phrases that add most to the score, each telling another thing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.compiled import compiled
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.interaction import (
    Measure,
    Pairs,
    Side,
    answer_each,
    cosines,
    likeness_of,
    longest,
)
from matcher.match.reasons.spelling import Spelled

#: From this likeness on a phrase counts as answered.
ANSWERED_FROM: Final = 0.35
#: Pairs less alike than this are named only where there is no better one.
TELLING_FROM: Final = 0.5
#: Phrases that answer a requirement nearly as well as the best one, which is by chance the
#: best where several are fully alike: the one that shares most words with it is named.
NEARLY: Final = 0.1
#: Cosine from which two phrases of one offer ask for the same in other words.
SAME_AGAIN: Final = 0.6
MAX_REASONS: Final = 6
MAX_MISSING: Final = 6
#: A phrase of the person is named for at most so many requirements.
MOST_NAMED: Final = 2
#: In place of a phrase where there is none.
NO_PHRASE: Final = -1

_TITLE: Final = int(PhraseRole.TITLE)
_WANTED: Final = int(PhraseRole.WANTED)
_ESSENTIAL: Final = int(PhraseRole.ESSENTIAL)
_OPTIONAL: Final = int(PhraseRole.OPTIONAL)

#: Roles and weights of one record's phrases, its spelling, and which phrase of that is its first.
Told = tuple[NDArray[np.uint8], Vectors, Spelled, int]
#: What the best title, all that is asked for, and all that the person says add where it is
#: fully answered and taken up.
Worth = tuple[float, float, float]
#: Pairs of phrases: of the offer and of the person, int64, shape (2, n); how well one answers
#: the other and what it adds as asked and as said, float64, shape (3, n).
Lines = tuple[Rows, NDArray[np.float64]]


@compiled
def _shared(asked: NDArray[np.int64], held: NDArray[np.int64]) -> float:
    """Return the share of the triples of one text that the other has, too; both ascend."""
    same = i = j = 0
    while i < asked.shape[0] and j < held.shape[0]:
        if asked[i] == held[j]:
            same += 1
            i += 1
            j += 1
        elif asked[i] < held[j]:
            i += 1
        else:
            j += 1
    return float(same / asked.shape[0])


@compiled
def _triples(told: Told, phrase: int) -> NDArray[np.int64]:
    _, _, (triples, bounds), first = told
    return triples[bounds[first + phrase] : bounds[first + phrase + 1]]


@compiled
def _total(told: Told, shares: Vectors) -> float:
    """Return how much all phrases of a record count together."""
    roles, weights, _, _ = told
    total = 0.0
    for i in range(roles.shape[0]):
        total += np.float64(shares[roles[i]]) * np.float64(weights[i])
    return total


@compiled
def _by(alike: Vectors, answer: int, row: int, sides: tuple[Told, Told], measure: Measure) -> int:
    """Return the phrase of the person that is named as the answer to one of the offer.

    Of those that answer it nearly as well as the best, and are believed as much for what they
    are, that is the one which shares most of its letters.
    """
    person, offer = sides
    can = measure[0]
    roles = person[0]
    least = can[roles[answer]]
    enough = likeness_of(alike[answer, row], measure) - np.float32(NEARLY)
    found, most = answer, -2.0
    for i in range(roles.shape[0]):
        if likeness_of(alike[i, row], measure) >= enough and can[roles[i]] >= least:
            shared = _shared(_triples(offer, row), _triples(person, i)) + np.float64(alike[i, row])
            if shared > most:
                found, most = i, shared
    return found


@compiled
def _wished(alike: Vectors, sides: tuple[Told, Told], measure: Measure) -> tuple[int, int]:
    """Return which wanted occupation is most like which title, or no phrases."""
    person, offer = sides
    by, row, most = NO_PHRASE, NO_PHRASE, np.float32(-1)
    for i in range(alike.shape[0]):
        for j in range(alike.shape[1]):
            if person[0][i] == _WANTED and offer[0][j] == _TITLE:
                likeness = likeness_of(alike[i, j], measure)
                if likeness > most:
                    by, row, most = i, j, likeness
    return by, row


@compiled
def _strongest_title(roles: NDArray[np.uint8], best: Vectors) -> int:
    """Return which title counts: of several alike the first, since the score counts one."""
    title = NO_PHRASE
    for i in range(roles.shape[0]):
        if roles[i] == _TITLE and (title == NO_PHRASE or best[i] > best[title]):
            title = i
    return title


@compiled
def _candidates(
    alike: Vectors,
    answered: tuple[Vectors, Rows],
    sides: tuple[Told, Told],
    measure: Measure,
    worth: Worth,
) -> Lines:
    """Return all pairs that could be named: what is answered, then what is wished."""
    person, offer = sides
    best, answer = answered
    phrases = np.empty((2, best.shape[0] + 1), np.int64)
    amounts = np.empty((3, best.shape[0] + 1), np.float64)
    total, said = _total(offer, measure[2]), _total(person, measure[1])
    title = _strongest_title(offer[0], best)
    n = 0
    for row in range(best.shape[0] + 1):
        wished = row == best.shape[0]
        if wished:
            by, at = _wished(alike, sides, measure)
            if at == NO_PHRASE or likeness_of(alike[by, at], measure) < TELLING_FROM:
                continue
            strength, share = np.float64(likeness_of(alike[by, at], measure)), 0.0
        else:
            at, role = row, offer[0][row]
            asked = np.float64(measure[2][role])
            if best[at] < ANSWERED_FROM or (asked == 0 and at != title):
                continue
            strength = np.float64(best[at])
            weight = np.float64(offer[1][at])
            share = worth[1] * asked * weight / total if asked else worth[0]
            by = _by(alike, answer[at], at, sides, measure)
        counts = np.float64(measure[1][person[0][by]]) * np.float64(person[1][by]) / said
        phrases[0, n], phrases[1, n] = at, by
        amounts[0, n], amounts[1, n] = strength, share * strength
        amounts[2, n] = worth[2] * counts * np.float64(likeness_of(alike[by, at], measure))
        n += 1
    return phrases[:, :n], amounts[:, :n]


@compiled
def _stronger(lines: Lines, one: int, other: int) -> bool:
    """Tell whether a line stands before another: by what it adds, by strength, by place."""
    phrases, amounts = lines
    ours, theirs = amounts[1, one] + amounts[2, one], amounts[1, other] + amounts[2, other]
    if ours != theirs:
        return bool(ours > theirs)
    if amounts[0, one] != amounts[0, other]:
        return bool(amounts[0, one] > amounts[0, other])
    return bool(phrases[0, one] < phrases[0, other])


@compiled
def _ordered(lines: Lines, n: int) -> Rows:
    """Return the places of the first lines, the strongest first; equal ones keep their order."""
    order = np.arange(n)
    for i in range(1, n):
        j = i
        while j > 0 and _stronger(lines, order[j], order[j - 1]):
            order[j], order[j - 1] = order[j - 1], order[j]
            j -= 1
    return order


@compiled
def _says_again(lines: Lines, told: Rows, one: int, vectors: Vectors) -> bool:
    """Tell whether a line says nothing that the lines told before it do not say."""
    phrases, _ = lines
    same = 0
    for other in told:
        if phrases[1, other] == phrases[1, one]:
            alike = np.dot(vectors[phrases[0, one]], vectors[phrases[0, other]])
            if alike >= SAME_AGAIN:
                return True
            same += 1
    return same == MOST_NAMED


@compiled
def name_one(
    alike: Vectors,
    answered: tuple[Vectors, Rows],
    sides: tuple[Told, Told],
    vectors: Vectors,
    rule: tuple[Measure, Worth],
) -> Lines:
    """Return the pairs of phrases that are named for one pair, the strongest first.

    Parameters
    ----------
    alike
        float32, shape (of person, of offer): cosines.
    answered
        How well each phrase of the offer is answered, and by which of the person.
    sides
        The person's phrases and the offer's.
    vectors
        float32, shape (of offer, d): of the offer's phrases.
    rule
        Reads cosines, and says what phrases add to the score.
    """
    measure, worth = rule
    lines = _candidates(alike, answered, sides, measure, worth)
    phrases, amounts = lines
    order = _ordered(lines, phrases.shape[1])
    weak = True
    for one in order:
        weak = weak and amounts[0, one] < TELLING_FROM
    told, n = np.empty(MAX_REASONS, np.int64), 0
    for place in range(order.shape[0]):
        one = order[place]
        telling = place == 0 if weak else amounts[0, one] >= TELLING_FROM
        if telling and n < MAX_REASONS and not _says_again(lines, told[:n], one, vectors):
            for other in told[:n]:
                if phrases[1, other] == phrases[1, one]:
                    # What a person said counts once, however often it is named.
                    amounts[2, one] = 0.0
            told[n] = one
            n += 1
    named = phrases[:, told[:n]], amounts[:, told[:n]]
    order = _ordered(named, n)
    return named[0][:, order], named[1][:, order]


@compiled
def gaps_of(roles: NDArray[np.uint8], best: Vectors) -> Rows:
    """Return which phrases ask for what nothing answers, essential first; at most so many."""
    gaps, n = np.empty(MAX_MISSING, np.int64), 0
    for wanted in (_ESSENTIAL, _OPTIONAL):
        for row in range(best.shape[0]):
            if n < MAX_MISSING and roles[row] == wanted and best[row] < ANSWERED_FROM:
                gaps[n] = row
                n += 1
    return gaps[:n]


@compiled
def name_pairs(
    sides: tuple[Side, Side],
    pairs: Pairs,
    spelling: tuple[Spelled, Spelled, Rows],
    rule: tuple[Measure, NDArray[np.float64]],
    named: tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]],
) -> None:
    """Name the reasons of pairs, one after another.

    Parameters
    ----------
    sides, pairs
        People and offers, and who is held against what.
    spelling
        Of all phrases of the people, as they stand; of phrases of offers, and which of these
        is the first of the offer of each pair.
    rule
        Reads cosines; and float64, shape (3, pairs): the `Worth` of each pair.
    named
        Written to, int32, shape (pairs, 2, MAX_REASONS), float64, shape as before, and int32,
        shape (pairs, MAX_MISSING): the phrases of offer and person, how well one answers the
        other and what this adds to the score, and what is missing; `NO_PHRASE` at the end.
    """
    people, offers = sides
    measure, worths = rule
    of_people, of_offers, firsts = spelling
    phrases, amounts, missing = named
    room = np.empty(longest(people[1], pairs[0]) * longest(offers[1], pairs[1]), np.float32)
    phrases[:] = NO_PHRASE
    missing[:] = NO_PHRASE
    for pair in range(pairs[0].shape[0]):
        person, offer = pairs[0][pair], pairs[1][pair]
        ours = slice(people[1][person], people[1][person + 1])
        theirs = slice(offers[1][offer], offers[1][offer + 1])
        alike = cosines(people, person, offers, offer, room)
        best, answer = np.empty(alike.shape[1], np.float32), np.empty(alike.shape[1], np.int64)
        answer_each(alike, people[3][ours] * measure[0][people[2][ours]], measure, best, answer)
        said = (people[2][ours], people[3][ours], of_people, people[1][person])
        asks = (offers[2][theirs], offers[3][theirs], of_offers, firsts[pair])
        worth = (worths[0, pair], worths[1, pair], worths[2, pair])
        lines, adds = name_one(
            alike, (best, answer), (said, asks), offers[0][theirs], (measure, worth)
        )
        for i in range(lines.shape[1]):
            phrases[pair, 0, i], phrases[pair, 1, i] = lines[0, i], lines[1, i]
            amounts[pair, 0, i], amounts[pair, 1, i] = adds[0, i], adds[1, i] + adds[2, i]
        gaps = gaps_of(asks[0], best)
        missing[pair, : gaps.shape[0]] = gaps
