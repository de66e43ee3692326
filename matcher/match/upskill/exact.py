"""The re-ranker's own judgement of a person who has finished trainings.

The profile is encoded with all that was learnt, and scored like any other: this is the
oracle for `matcher.match.upskill.screen`, and what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.domain.match import PhrasePair
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.records import RecordEncoder
from matcher.match.features import feature_table, interact
from matcher.match.interaction import Pairs
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.reasons import explain
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.upskill.coverage import Coverage
from matcher.match.upskill.gifts import Gift, taught

#: Numbers of one training, or of two.
Combination = tuple[int, ...]


class Futures:
    """One person after any combination of trainings, each encoded once.

    Parameters
    ----------
    person
        As now.
    gifts
        What all trainings give.
    records
        The same encoding that built the index.
    """

    def __init__(self, person: Person, gifts: Sequence[Gift], records: RecordEncoder) -> None:
        self._person = person
        self._gifts = gifts
        self._records = records
        self._known: dict[Combination, Person] = {(): person}

    def after(self, combinations: Sequence[Combination]) -> list[Person]:
        """Return the person after each combination; those not known yet are encoded together."""
        absent = [one for one in dict.fromkeys(combinations) if one not in self._known]
        if absent:
            profiles = [taught(self._person.profile, self.gifts(one)) for one in absent]
            words = self._records.profile_texts(profiles)
            encoded = self._records.encode_texts(words, TextRole.QUERY)
            for row, one in enumerate(absent):
                vectors = encoded.take(np.array([row]))
                future = Person(profiles[row], words[row], vectors, self._person.known)
                self._known[one] = future
        return [self._known[one] for one in combinations]

    def gifts(self, combination: Combination) -> tuple[Gift, ...]:
        """Return what the trainings of a combination give."""
        return tuple(self._gifts[number] for number in combination)


def scores(
    people: EncodedBatch, coverage: Coverage, pairs: Pairs, likeness: Likeness, ranker: Ranker
) -> Vectors:
    """Score people and offers pair by pair, as the re-ranker does.

    Parameters
    ----------
    people
        One or more.
    coverage
        Has the offers.
    pairs
        Which person with which offer of the coverage.
    likeness
        Scale of the encoder.
    ranker
        Weighs the features.

    Returns
    -------
    ndarray of float32, shape (pairs,)
    """
    corpus = coverage.corpus
    weighed = corpus.lexical.weigh(people.lexical)
    lexical = corpus.lexical_pairs(weighed, pairs[0], coverage.rows[pairs[1]])
    return ranker.score(feature_table(people, coverage.offers, pairs, lexical, likeness))


@dataclass(frozen=True, slots=True)
class Learnt:
    """A person before and after trainings.

    Parameters
    ----------
    before, after
        The same person.
    """

    before: Person
    after: Person

    def answers(self, offered: Offered, explainer: Explainer) -> tuple[PhrasePair, ...]:
        """Return what of an offer the trainings answer better than the person did before.

        Parameters
        ----------
        offered
            An offer.
        explainer
            Names what carries a match.
        """
        known = {(phrase.role, phrase.text) for phrase in self.before.words.phrases}
        words, encoded = self.after.words.phrases, self.after.encoded
        new = [row for row, one in enumerate(words) if (one.role, one.text) not in known]
        learnt = replace(
            encoded,
            phrases=encoded.phrases[new],
            offsets=np.array([0, len(new)], np.int64),
            roles=encoded.roles[new],
            weights=encoded.weights[new],
        )
        silent, likeness = np.zeros(1, np.float32), explainer.likeness
        then = interact(self.before.encoded, offered.encoded, silent, likeness)
        now = interact(learnt, offered.encoded, silent, likeness)
        pairing = explain.Pairing(
            offered.words.phrases,
            [words[row] for row in new],
            offered.encoded.phrases,
            learnt.phrases,
            np.where(now.best > then.best, now.best, 0).astype(np.float32),
            now.answer,
            likeness,
            explainer.ranker,
            float(offered.encoded.openness[0]),
        )
        return explain.reasons(pairing, explainer.clauses)
