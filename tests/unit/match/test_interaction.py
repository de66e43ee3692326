from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.features import ASKED, CAN, SAID, Feature, feature_table, interact
from matcher.match.interaction import pairs_of
from matcher.match.likeness import Likeness
from tests.unit.match.samples import DIMENSION, Said, batch
from tests.unit.tables import group_table

SCALE = Likeness(0.1)


def records(n: int, roles: list[PhraseRole], rng: np.random.Generator) -> EncodedBatch:
    """Records of up to five random phrases, some of none."""

    def phrase() -> Said:
        vector = rng.standard_normal(DIMENSION).astype(np.float32)
        role = roles[rng.integers(len(roles))]
        return Said(role, vector / np.linalg.norm(vector), float(rng.random()))

    pooled = rng.standard_normal((n, DIMENSION)).astype(np.float32)
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
    return batch(
        *([phrase() for _ in range(rng.integers(6))] for _ in range(n)),
        pooled=list(pooled),
        groups=Groups.likeliest(rng.random((n, 20)).astype(np.float32) ** 6),
        openness=rng.random(n).astype(np.float32).tolist(),
    )


def by_hand(person: EncodedBatch, offer: EncodedBatch, lexical: float) -> Vectors:
    """The features of one pair, phrase by phrase as their definitions read."""
    alike = SCALE.of_phrases(person.phrases @ offer.phrases.T).astype(np.float64)
    believed = [w * CAN.get(role, 0.0) for role, w in _phrases(person)]
    counted = [w * SAID.get(role, 0.0) for role, w in _phrases(person)]
    best = [
        max((alike[i, j] * believed[i] for i in range(len(believed))), default=0.0)
        for j in range(len(offer.phrases))
    ]
    titles = [
        b for b, (role, _) in zip(best, _phrases(offer), strict=True) if role == PhraseRole.TITLE
    ]
    asked = [w * ASKED.get(role, 0.0) for role, w in _phrases(offer)]
    told = alike.max(axis=1) if alike.size else np.zeros(len(counted))
    taken = float(np.dot(counted, told)) / sum(counted) if sum(counted) else 0.0
    row = np.zeros(len(Feature), np.float32)
    row[Feature.DENSE] = SCALE.of_records(person.pooled @ offer.pooled[0])[0]
    row[Feature.LEXICAL] = lexical
    row[Feature.TITLE] = max(titles, default=0.0)
    row[Feature.COVERAGE] = np.dot(asked, best) / sum(asked) if sum(asked) else 0.0
    row[Feature.TAKEN_UP] = taken
    row[Feature.OCCUPATION] = (group_table(offer.groups) @ group_table(person.groups).T)[0, 0]
    row[Feature.WITHIN_REACH] = taken * offer.openness[0]
    return row


def _phrases(one: EncodedBatch) -> list[tuple[PhraseRole, float]]:
    roles = [PhraseRole(role) for role in one.roles.tolist()]
    return list(zip(roles, one.weights.tolist(), strict=True))


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 4))
def test_a_table_of_pairs_holds_each_pair_as_worked_by_hand(
    seed: int, people: int, offers: int
) -> None:
    rng = np.random.default_rng(seed)
    asking = records(people, sorted(SAID), rng)
    asked = records(offers, [PhraseRole.TITLE, PhraseRole.SENTENCE, *ASKED], rng)
    person, offer = np.divmod(np.arange(people * offers), offers)
    lexical = rng.random(len(person)).astype(np.float32)
    table = feature_table(asking, asked, pairs_of(person, offer), lexical, SCALE)
    for pair, (i, j) in enumerate(zip(person.tolist(), offer.tolist(), strict=True)):
        one, other = asking.take(np.array([i])), asked.take(np.array([j]))
        assert table[pair] == pytest.approx(by_hand(one, other, float(lexical[pair])), abs=1e-5)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_pair_has_the_same_numbers_in_every_block(seed: int) -> None:
    rng = np.random.default_rng(seed)
    asking, asked = records(3, sorted(SAID), rng), records(5, [PhraseRole.TITLE, *ASKED], rng)
    person, offer = np.divmod(np.arange(15), 5)
    lexical = rng.random(15).astype(np.float32)
    together = feature_table(asking, asked, pairs_of(person, offer), lexical, SCALE)
    for i in range(3):
        alone = interact(asking.take(np.array([i])), asked, lexical[5 * i : 5 * i + 5], SCALE)
        assert alone.table.tolist() == together[5 * i : 5 * i + 5].tolist()
