from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Vacancy
from matcher.domain.profile import Profile
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.match.features import interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.match.rerank import Ranked, rank_offers, rank_profiles
from tests.fakes import FakeEncoder
from tests.unit.match.region import COOK, COOKING, WELDER, WELDING, profile, vacancy

ENCODER = FakeEncoder(256)
LIKENESS = Likeness.measure(ENCODER)
RECORDS = RecordEncoder(ENCODER)
OFFERS: list[Vacancy] = [
    COOKING,
    WELDING,
    vacancy("v-sell", "Myyjä", "kassatyö", "asiakaspalvelu"),
    vacancy("v-weld-2", "Levyseppähitsaaja", "levyjen leikkaus", "MIG-hitsaus"),
    vacancy("v-empty", "Kesätyöntekijä"),
]
PEOPLE: list[Profile] = [WELDER, COOK, profile("seller", "asiakaspalvelu", "kassatyö")]
ENCODED = RECORDS.encode_offers(OFFERS)
LEXICAL = LexicalModel.fit(ENCODED.lexical)
CORPUS = Corpus.of_batch(RecordKind.VACANCY, ENCODED, LEXICAL)
ALL = len(OFFERS)


def ranked(people: list[Profile], corpus: Corpus = CORPUS, k: int = ALL) -> list[Ranked]:
    return rank_offers(RECORDS.encode_profiles(people), corpus, LIKENESS, PRIOR, k)


def order(found: Ranked) -> list[str]:
    return CORPUS.ids_of(found.rows)


def test_the_best_fitting_offer_comes_first() -> None:
    assert [order(found)[0] for found in ranked(PEOPLE)] == ["v-weld", "v-cook", "v-sell"]


def test_a_score_is_the_prior_over_the_features_of_the_pair() -> None:
    people = RECORDS.encode_profiles(PEOPLE)
    weighed = LEXICAL.weigh(people.lexical)
    for i, found in enumerate(ranked(PEOPLE)):
        lexical = CORPUS.lexical_scores(weighed[i], np.arange(ALL)[None, :])[0]
        table = interact(people.take(np.array([i])), ENCODED, lexical, LIKENESS).table
        expected = PRIOR.score(table)
        assert found.scores == pytest.approx(expected[found.rows], abs=1e-6)
        assert found.scores.tolist() == sorted(expected.tolist(), reverse=True)


def test_one_person_is_ranked_alike_alone_and_among_many() -> None:
    together = ranked(PEOPLE)
    for person, among in zip(PEOPLE, together, strict=True):
        [alone] = ranked([person])
        assert order(alone) == order(among)
        assert alone.scores == pytest.approx(among.scores, abs=1e-6)


def test_ties_are_ordered_by_row() -> None:
    copies = RECORDS.encode_offers([WELDING, COOKING, WELDING, WELDING])
    corpus = Corpus.of_batch(RecordKind.VACANCY, copies, LEXICAL)
    [found] = ranked([WELDER], corpus)
    assert found.rows.tolist() == [0, 2, 3, 1]
    assert len(set(found.scores[:3].tolist())) == 1


def test_only_candidates_are_ranked() -> None:
    [found] = ranked([COOK], k=1)
    assert order(found) == ["v-cook"]


def test_nobody_and_nothing_rank_to_nothing() -> None:
    assert ranked([]) == []
    empty = Corpus.of_batch(RecordKind.VACANCY, RECORDS.encode_offers([]), LEXICAL)
    [found] = ranked([WELDER], empty)
    assert (found.rows.tolist(), found.scores.tolist()) == ([], [])


def test_a_person_without_words_fits_nothing() -> None:
    [found] = ranked([Profile(id="silent")])
    assert found.scores.tolist() == [0] * len(found.rows)


def test_a_pair_has_the_same_score_from_both_sides() -> None:
    people = Corpus.of_batch(RecordKind.PROFILE, RECORDS.encode_profiles(PEOPLE), LEXICAL)
    forth = {
        (person.id, offer): score
        for person, found in zip(PEOPLE, ranked(PEOPLE), strict=True)
        for offer, score in zip(order(found), found.scores.tolist(), strict=True)
    }
    back = {
        (person, offer.id): score
        for offer in OFFERS
        for found in [rank_profiles(RECORDS.encode_offers([offer]), people, LIKENESS, PRIOR, ALL)]
        for person, score in zip(people.ids_of(found.rows), found.scores.tolist(), strict=True)
    }
    assert back == pytest.approx(forth, abs=1e-6)


def test_profiles_are_ranked_best_first_and_ties_by_row() -> None:
    twins = RECORDS.encode_profiles([COOK, WELDER, WELDER])
    corpus = Corpus.of_batch(RecordKind.PROFILE, twins, LEXICAL)
    found = rank_profiles(RECORDS.encode_offers([WELDING]), corpus, LIKENESS, PRIOR, 3)
    assert found.rows.tolist() == [1, 2, 0]
    assert found.scores[0] == found.scores[1] > found.scores[2]


def test_an_empty_corpus_of_profiles_ranks_to_nothing() -> None:
    corpus = Corpus.of_batch(RecordKind.PROFILE, RECORDS.encode_profiles([]), LEXICAL)
    found = rank_profiles(RECORDS.encode_offers([WELDING]), corpus, LIKENESS, PRIOR, 3)
    assert (found.rows.tolist(), found.scores.tolist()) == ([], [])
