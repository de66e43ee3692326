from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import Missing, PhrasePair
from matcher.domain.parts import Importance
from matcher.encode.batch import EncodedBatch
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.explain import ANSWERED_FROM, MAX_MISSING, MAX_REASONS, missing, reasons
from matcher.match.features import ASKED, Feature, interact
from matcher.match.ranker import PRIOR
from tests.unit.match.samples import SCALE, Said, axis, batch, leaning, words

TITLE, ESSENTIAL, OPTIONAL = PhraseRole.TITLE, PhraseRole.ESSENTIAL, PhraseRole.OPTIONAL
TASK, SENTENCE, COMPETENCE = PhraseRole.TASK, PhraseRole.SENTENCE, PhraseRole.COMPETENCE
PERSON = (words(COMPETENCE, "hitsaan"), words(COMPETENCE, "ajan trukkia"))


def explained(offer: list[Phrase], best: list[float], answer: list[int]) -> tuple[PhrasePair, ...]:
    return reasons(offer, PERSON, np.array(best, np.float32), answer)


def test_a_reason_names_the_words_of_both_sides_as_they_stand_in_the_records() -> None:
    offer = [Phrase("trukkikortti forklift licence", "trukkikortti", ESSENTIAL)]
    pair = explained(offer, [0.5], [1])[0]
    assert (pair.requirement, pair.competence) == ("trukkikortti", "ajan trukkia")
    assert (pair.importance, pair.similarity) == (Importance.ESSENTIAL, 0.5)


def test_what_is_hardly_alike_is_no_reason_but_missing() -> None:
    offer = [words(ESSENTIAL, "just"), words(ESSENTIAL, "not quite")]
    best = [ANSWERED_FROM + 1e-6, ANSWERED_FROM - 1e-6]
    assert [pair.requirement for pair in explained(offer, best, [0, 0])] == ["just"]
    assert missing(offer, np.array(best, np.float32)) == (
        Missing("not quite", Importance.ESSENTIAL),
    )


def test_a_requirement_adds_its_share_of_the_coverage() -> None:
    offer = [words(ESSENTIAL, "hitsaus"), words(OPTIONAL, "trukki"), words(TASK, "kokoonpano")]
    total = ASKED[ESSENTIAL] + ASKED[OPTIONAL] + ASKED[TASK]
    share = PRIOR[Feature.COVERAGE] / total
    added = {p.requirement: p.contribution for p in explained(offer, [1, 0.5, 0.5], [0, 1, 0])}
    assert added == {
        "hitsaus": pytest.approx(share * ASKED[ESSENTIAL]),
        "trukki": pytest.approx(share * ASKED[OPTIONAL] * 0.5),
        "kokoonpano": pytest.approx(share * ASKED[TASK] * 0.5),
    }


def test_the_strongest_title_adds_the_whole_title_feature_and_the_others_nothing() -> None:
    offer = [words(TITLE, "Asentaja"), words(TITLE, "Hitsaaja"), words(TITLE, "Levyseppä")]
    told = explained(offer, [0.5, 0.9, 0.9], [0, 0, 0])
    assert [pair.requirement for pair in told] == ["Hitsaaja", "Levyseppä", "Asentaja"]
    added = [pair.contribution for pair in told]
    assert added == pytest.approx([0.9 * PRIOR[Feature.TITLE], 0, 0])


def test_sentences_that_only_talk_are_no_reason() -> None:
    assert explained([words(SENTENCE, "Olemme mukava talo")], [1.0], [0]) == ()


def test_the_same_pair_is_told_once() -> None:
    offer = [words(TITLE, "hitsaus"), words(ESSENTIAL, "hitsaus")]
    assert [p.requirement for p in explained(offer, [0.8, 0.8], [0, 0])] == ["hitsaus"]


def test_reasons_are_ordered_by_what_they_add_and_cut() -> None:
    offer = [words(ESSENTIAL, f"asia {i}") for i in range(MAX_REASONS + 2)]
    best = [0.4 + 0.05 * i for i in range(len(offer))]
    told = explained(offer, best, [0] * len(offer))
    assert [p.requirement for p in told] == [f"asia {i}" for i in range(7, 1, -1)]


def test_a_plus_is_told_as_a_plus() -> None:
    offer = [words(OPTIONAL, "trukki"), words(TASK, "kuormaus")]
    told = {p.requirement: p.importance for p in explained(offer, [1, 1], [1, 1])}
    assert told == {"trukki": Importance.OPTIONAL, "kuormaus": Importance.ESSENTIAL}


def test_missing_are_requirements_essential_first_in_the_order_of_the_offer() -> None:
    offer = [
        words(TITLE, "Hitsaaja"),
        words(OPTIONAL, "plussa"),
        words(ESSENTIAL, "ensin"),
        words(TASK, "tehtävä"),
        words(ESSENTIAL, "sitten"),
        words(SENTENCE, "Tervetuloa meille"),
    ]
    assert missing(offer, np.zeros(len(offer), np.float32)) == (
        Missing("ensin", Importance.ESSENTIAL),
        Missing("sitten", Importance.ESSENTIAL),
        Missing("plussa", Importance.OPTIONAL),
    )


def test_pluses_are_cut_before_essential_requirements() -> None:
    offer = [words(OPTIONAL, "plussa")] * 3 + [words(ESSENTIAL, "vaade")] * MAX_MISSING
    told = missing(offer, np.zeros(len(offer), np.float32))
    assert told == (Missing("vaade", Importance.ESSENTIAL),) * MAX_MISSING


def test_an_offer_without_phrases_has_nothing_to_tell() -> None:
    assert explained([], [], []) == ()
    assert missing([], np.zeros(0, np.float32)) == ()


roles = st.sampled_from([TITLE, SENTENCE, *ASKED])
cosines = st.floats(0, 1, width=16)


@given(st.lists(st.tuples(roles, cosines), max_size=6))
def test_reasons_never_add_up_to_more_than_title_and_coverage_of_the_score(
    said: list[tuple[PhraseRole, float]],
) -> None:
    offer = batch([Said(role, leaning(0, 1, cosine)) for role, cosine in said])
    person = batch([Said(COMPETENCE, axis(0)), Said(COMPETENCE, axis(2))])
    found = interact(person, offer, np.zeros(1, np.float32), SCALE)
    phrases = [words(role, f"asia {i}") for i, (role, _) in enumerate(said)]
    told = reasons(phrases, PERSON, found.best, found.answer.tolist())
    worth = sum(
        PRIOR[feature] * float(found.table[0, feature])
        for feature in (Feature.TITLE, Feature.COVERAGE)
    )
    assert sum(pair.contribution for pair in told) <= worth + 1e-6


def answered(offer: EncodedBatch) -> list[float]:
    person = batch([Said(COMPETENCE, axis(0))])
    best: list[float] = interact(person, offer, np.zeros(1, np.float32), SCALE).best.tolist()
    return best


@given(st.lists(cosines, min_size=1, max_size=MAX_REASONS))
def test_every_requirement_is_a_reason_or_missing_and_never_both(found: list[float]) -> None:
    offer = batch([Said(ESSENTIAL, leaning(0, 1, cosine)) for cosine in found])
    phrases = [words(ESSENTIAL, f"asia {i}") for i in range(len(found))]
    best = answered(offer)
    told = [pair.requirement for pair in explained(phrases, best, [0] * len(best))]
    gaps = [gap.requirement for gap in missing(phrases, np.array(best, np.float32))]
    assert sorted(told + gaps) == sorted(phrase.shown for phrase in phrases)
