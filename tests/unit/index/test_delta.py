"""However changes come in, the delta is the same, and cheap to add to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.encode.text import PhraseRole
from matcher.index.corpus import Corpus
from matcher.index.delta import GROWTH
from tests.fakes import FakeEncoder
from tests.unit.index import samples

WORDS = ["trukki", "keräily", "kassa", "myynti", "hoito", "lääke", "hitsaus", "siivous"]
RECORDS = RecordEncoder(FakeEncoder())
#: Many of them say the same, so that there are ties.
OFFERS = [samples.vacancy(f"v{n:02}", WORDS[n % 3], WORDS[n % 5], WORDS[n % 8]) for n in range(40)]
WHOLE = RECORDS.encode_offers(OFFERS)
LEXICAL = LexicalModel.fit(WHOLE.lexical)
QUERIES = RECORDS.encode_offers(OFFERS[:4])

#: What happens, step by step: records that come or change, and records that go.
steps = st.lists(
    st.tuples(st.sets(st.integers(0, 39), max_size=9), st.sets(st.integers(0, 39), max_size=4)),
    max_size=8,
)


def corpus_of(rows: list[int]) -> Corpus:
    return Corpus.of_batch(RecordKind.VACANCY, WHOLE.take(np.array(rows, np.int64)), LEXICAL)


def found(corpus: Corpus, k: int) -> list[list[list[str]]]:
    """What every search finds."""
    grams = csr_matrix(LEXICAL.weigh(QUERIES.lexical))
    return [
        [corpus.ids_of(rows) for rows in hits.rows]
        for hits in (
            corpus.search(QUERIES.pooled, k),
            corpus.search_lexical(grams, k),
            corpus.search_groups(QUERIES.groups, k),
            corpus.search_blend(QUERIES, k),
        )
    ]


@given(st.sets(st.integers(0, 39), max_size=20), steps, st.integers(0, 45))
def test_what_is_found_hangs_on_the_changes_and_not_on_how_they_came_in(
    base: set[int], steps: list[tuple[set[int], set[int]]], k: int
) -> None:
    corpus, alive, late = corpus_of(sorted(base)), set(base), set[int]()
    for come, left in steps:
        go = left - come
        upserted = WHOLE.take(np.array(sorted(come, reverse=True), np.int64))
        corpus = corpus.changed(upserted, [OFFERS[n].id for n in go])
        alive, late = (alive | come) - go, (late | come) - go
    gone = [OFFERS[n].id for n in base - alive]
    at_once = corpus_of(sorted(base)).changed(WHOLE.take(np.array(sorted(late), np.int64)), gone)
    assert corpus.size == len(alive)
    assert corpus.ids_of(corpus.living()) == at_once.ids_of(at_once.living())
    assert found(corpus, k) == found(at_once, k)
    for n in range(len(OFFERS)):
        row = corpus.row_of(OFFERS[n].id)
        assert row == at_once.row_of(OFFERS[n].id)
        assert (row is not None) == (n in alive)
        if row is not None:
            check_row(corpus, row, n)


def check_row(corpus: Corpus, row: int, n: int) -> None:
    """Everything that is told of a row is that of the record."""
    rows = np.array([row])
    assert corpus.digests_of(rows) == [WHOLE.hashes[n]]
    assert (
        corpus.phrases_of(row).tolist() == WHOLE.phrases[slice(*WHOLE.offsets[n : n + 2])].tolist()
    )
    assert corpus.grams_of(row)[0].tolist() == WHOLE.lexical[n].indices.tolist()
    assert corpus.take_whole(rows).lexical.data.tolist() == WHOLE.lexical[n].data.tolist()


def test_additions_one_by_one_are_copied_seldom() -> None:
    corpus, one = (
        corpus_of([]),
        replace(
            EncodedBatch.empty(FakeEncoder().dimension),
            offsets=np.array([0, 1]),
            pooled=WHOLE.pooled[:1],
            phrases=WHOLE.pooled[:1],
            roles=np.array([PhraseRole.TITLE], np.uint8),
            weights=np.ones(1, np.float32),
            lexical=WHOLE.lexical[0],
            groups=WHOLE.groups.take(np.array([0])),
            openness=np.ones(1, np.float32),
            hashes=("h",),
        ),
    )
    copied = parts = 0
    for n in range(300):
        before = {id(part.segment) for part in corpus._delta.parts}
        corpus = corpus.changed(replace(one, ids=(f"v{n:03}",)), ())
        made = [part for part in corpus._delta.parts if id(part.segment) not in before]
        copied += sum(part.alive for part in made)
        parts = max(parts, len(corpus._delta.parts))
        sizes = [part.alive for part in corpus._delta.parts]
        assert all(sizes[i] >= GROWTH * sizes[i + 1] for i in range(len(sizes) - 1))
    assert parts <= 4
    assert copied < 300 * 20
