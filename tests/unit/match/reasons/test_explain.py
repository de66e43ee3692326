from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import Missing, OfferPart, PersonPart, PhrasePair
from matcher.domain.parts import Importance
from matcher.encode.protocol import Vectors
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.features import ASKED, SAID, Feature, interact
from matcher.match.ranker import PRIOR
from matcher.match.reasons.clauses import Clauses
from matcher.match.reasons.explain import Pairing, missing, reasons
from matcher.match.reasons.naming import (
    ANSWERED_FROM,
    MAX_MISSING,
    MAX_REASONS,
    MOST_NAMED,
    SAME_AGAIN,
    TELLING_FROM,
)
from tests.fakes import FakeEncoder
from tests.unit.match.samples import SCALE, Said, axis, batch, leaning, words

TITLE, ESSENTIAL, OPTIONAL = PhraseRole.TITLE, PhraseRole.ESSENTIAL, PhraseRole.OPTIONAL
TASK, SENTENCE, COMPETENCE = PhraseRole.TASK, PhraseRole.SENTENCE, PhraseRole.COMPETENCE
PERSON = (words(COMPETENCE, "hitsaan"), words(COMPETENCE, "ajan trukkia"))
CLAUSES = Clauses(FakeEncoder(32))
#: How open an offer is to newcomers that has none of the signs.
CLOSED = 0.0


def explained(
    offer: Sequence[Phrase],
    best: Sequence[float],
    answer: Sequence[int],
    profile: Sequence[Phrase] = PERSON,
    likes: Sequence[Sequence[float]] | None = None,
) -> tuple[PhrasePair, ...]:
    """Explain phrases that are strangers to each other; `likes` are a profile's cosines to them."""
    asked = np.eye(len(offer), dtype=np.float32)
    held = np.array(likes, np.float32) if likes else np.zeros((len(profile), len(offer)))
    pairing = Pairing(
        offer,
        profile,
        asked.reshape(len(offer), len(offer)),
        held.astype(np.float32),
        np.array(best, np.float32),
        np.array(answer, np.int64),
        SCALE,
        PRIOR,
        CLOSED,
    )
    return reasons(pairing, CLAUSES)


def test_a_reason_names_the_words_of_both_sides_as_they_stand_in_the_records() -> None:
    offer = [Phrase("trukkikortti forklift licence", "trukkikortti", ESSENTIAL)]
    pair = explained(offer, [0.5], [1], likes=[[0.0], [0.5]])[0]
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
    share = PRIOR.weight(Feature.COVERAGE) / total
    added = {p.requirement: p.contribution for p in explained(offer, [1, 0.5, 0.5], [0, 1, 0])}
    assert added == {
        "hitsaus": pytest.approx(share * ASKED[ESSENTIAL]),
        "trukki": pytest.approx(share * ASKED[OPTIONAL] * 0.5),
        "kokoonpano": pytest.approx(share * ASKED[TASK] * 0.5),
    }


def test_of_several_titles_only_the_one_that_counts_is_told() -> None:
    offer = [words(TITLE, "Asentaja"), words(TITLE, "Hitsaaja"), words(TITLE, "Levyseppä")]
    [told] = explained(offer, [0.5, 0.9, 0.9], [0, 0, 0])
    assert (told.requirement, told.part) == ("Hitsaaja", OfferPart.TITLE)
    assert told.contribution == pytest.approx(0.9 * PRIOR.weight(Feature.TITLE))


def test_sentences_that_only_talk_are_no_reason() -> None:
    assert explained([words(SENTENCE, "Olemme mukava talo")], [1.0], [0]) == ()


def test_reasons_are_ordered_by_what_they_add_and_cut() -> None:
    offer = [words(ESSENTIAL, f"asia {i}") for i in range(MAX_REASONS + 2)]
    profile = [words(COMPETENCE, f"taito {i}") for i in range(len(offer))]
    best = [0.6 + 0.05 * i for i in range(len(offer))]
    likes = np.eye(len(offer)).tolist()
    told = explained(offer, best, range(len(offer)), profile, likes)
    assert [p.requirement for p in told] == [f"asia {i}" for i in range(7, 1, -1)]


def test_a_phrase_of_the_person_is_named_for_few_requirements() -> None:
    offer = [words(ESSENTIAL, f"asia {i}") for i in range(MOST_NAMED + 2)]
    told = explained(offer, [0.9] * len(offer), [0] * len(offer), PERSON[:1])
    assert [p.requirement for p in told] == ["asia 0", "asia 1"]


def told_of_two(cosine: float) -> list[str]:
    """What is told of two requirements that are so much alike, and answered by one phrase."""
    pairing = Pairing(
        [words(ESSENTIAL, "haavanhoito"), words(TASK, "haavahoidot")],
        PERSON[:1],
        np.array([axis(0), leaning(0, 1, cosine)]),
        np.array([axis(0)]),
        np.array([0.9, 0.9], np.float32),
        np.zeros(2, np.int64),
        SCALE,
        PRIOR,
        CLOSED,
    )
    return [pair.requirement for pair in reasons(pairing, CLAUSES)]


def test_what_is_asked_again_in_other_words_is_told_once() -> None:
    assert told_of_two(SAME_AGAIN + 0.01) == ["haavanhoito"]
    assert told_of_two(SAME_AGAIN - 0.01) == ["haavanhoito", "haavahoidot"]


def test_of_phrases_that_answer_as_well_the_one_with_the_same_words_is_named() -> None:
    profile = [words(COMPETENCE, "MIG/MAG-hitsaus"), words(COMPETENCE, "TIG-hitsaus teräkselle")]
    offer = [words(ESSENTIAL, "TIG-hitsaus")]
    assert explained(offer, [1.0], [0], profile, [[0.87], [0.69]])[0].competence == (
        "TIG-hitsaus teräkselle"
    )
    assert explained(offer, [1.0], [0], profile, [[0.87], [0.4]])[0].competence == (
        "MIG/MAG-hitsaus"
    )


def test_talk_does_not_stand_in_for_a_competence() -> None:
    profile = [words(COMPETENCE, "lääkitys"), words(SENTENCE, "Lääkehoidon luvat vanhentuneet")]
    offer = [words(ESSENTIAL, "lääkehoidon luvat")]
    assert explained(offer, [0.9], [0], profile, [[0.8], [0.8]])[0].competence == "lääkitys"


def test_weak_pairs_are_told_only_where_there_is_no_better_one() -> None:
    offer = [words(ESSENTIAL, "vahva"), words(ESSENTIAL, "heikko"), words(ESSENTIAL, "heikompi")]
    weak = TELLING_FROM - 0.01
    told = explained(offer, [0.8, weak, weak], [0, 1, 1])
    assert [pair.requirement for pair in told] == ["vahva"]
    told = explained(offer, [0.1, weak, weak - 0.01], [0, 1, 1])
    assert [pair.requirement for pair in told] == ["heikko"]


def test_what_the_person_said_adds_its_share_once_however_often_it_is_named() -> None:
    offer = [words(ESSENTIAL, "hitsaus"), words(ESSENTIAL, "särmäys")]
    told = explained(offer, [0.8, 0.8], [0, 0], likes=[[0.6, 0.6], [0.0, 0.0]])
    asked = 0.8 * PRIOR.weight(Feature.COVERAGE) / 2
    assert [pair.contribution for pair in told] == pytest.approx(
        [asked + PRIOR.weight(Feature.TAKEN_UP) / 2, asked]
    )


def test_a_pair_named_by_both_sides_adds_what_each_gives_the_score() -> None:
    # A welder who also drives, and an offer that asks for welding and baking and is open by two
    # signs of three; welding likes welding with .45 of the .6 that count as fully alike.
    person = batch([Said(COMPETENCE, axis(0)), Said(COMPETENCE, axis(2))])
    offer = batch(
        [Said(ESSENTIAL, leaning(0, 1, 0.45)), Said(ESSENTIAL, axis(3))], openness=[2 / 3]
    )
    asked = [words(ESSENTIAL, "hitsaus"), words(ESSENTIAL, "leivonta")]
    found = interact(person, offer, np.zeros(1, np.float32), SCALE)
    pairing = Pairing(
        asked, PERSON, offer.phrases, person.phrases, found.best, found.answer, SCALE, PRIOR, 2 / 3
    )
    [told] = reasons(pairing, CLAUSES)
    # Half of what is asked is answered with .75: .06 / 2 * .75; half of what is said is taken up
    # as well: .20 / 2 * .75, and by openness .18 * 2 / 3 / 2 * .75.
    assert (told.requirement, told.competence) == ("hitsaus", "hitsaan")
    assert told.contribution == pytest.approx(0.0225 + 0.075 + 0.045)
    rest = (Feature.DENSE, Feature.OCCUPATION)
    others = sum(PRIOR.weight(feature) * float(found.table[0, feature]) for feature in rest)
    assert float(PRIOR.score(found.table)[0]) == pytest.approx(told.contribution + others)


def test_reasons_stand_in_the_order_of_what_they_add() -> None:
    offer = [words(ESSENTIAL, "hitsaus"), words(ESSENTIAL, "särmäys"), words(TASK, "ajo")]
    told = explained(offer, [0.9, 0.9, 0.6], [0, 0, 1], likes=[[0.6, 0.6, 0.0], [0, 0, 0.36]])
    assert [pair.requirement for pair in told] == ["hitsaus", "ajo", "särmäys"]


def test_an_occupation_that_the_person_wants_is_told_as_a_wish() -> None:
    wish = words(PhraseRole.WANTED, "leipuri")
    offer = [words(TITLE, "Myyjä"), words(TITLE, "Leipuri yövuoroon")]
    profile = [PERSON[0], wish]
    [told] = explained(offer, [0.0, 0.0], [0, 0], profile, [[0.0, 0.0], [0.1, 0.6]])
    assert (told.requirement, told.competence) == ("Leipuri yövuoroon", "leipuri")
    assert (told.said, told.part) == (PersonPart.WANTS, OfferPart.TITLE)
    assert told.contribution == pytest.approx(
        PRIOR.weight(Feature.TAKEN_UP) * SAID[PhraseRole.WANTED] / (1 + SAID[PhraseRole.WANTED])
    )
    assert explained(offer, [0.0, 0.0], [0, 0], profile, [[0.0, 0.0], [0.1, 0.29]]) == ()


def test_what_is_asked_for_is_told_from_what_is_done_there() -> None:
    offer = [words(TITLE, "Kokki"), words(ESSENTIAL, "hygienia"), words(TASK, "tiskaus")]
    told = {p.requirement: p.part for p in explained(offer, [1, 1, 1], [0, 1, 1])}
    assert told == {
        "Kokki": OfferPart.TITLE,
        "hygienia": OfferPart.REQUIREMENT,
        "tiskaus": OfferPart.TASK,
    }


def test_of_a_long_sentence_the_clause_that_carries_is_quoted() -> None:
    sentence = (
        "Työskennellyt kuusi vuotta sisätautiosastolla ja kaksi vuotta kotisairaalassa, "
        "vastannut haavanhoidosta, vetänyt myös opiskelijoiden ryhmää"
    )
    offer = [words(ESSENTIAL, "haavanhoito")]
    profile = [words(SENTENCE, sentence)]
    near = FakeEncoder(32).encode(["vastannut haavanhoidosta"])
    pairing = Pairing(
        offer,
        profile,
        near,
        near,
        np.ones(1, np.float32),
        np.zeros(1, np.int64),
        SCALE,
        PRIOR,
        CLOSED,
    )
    assert reasons(pairing, CLAUSES)[0].competence == "… vastannut haavanhoidosta …"


def test_a_plus_is_told_as_a_plus() -> None:
    offer = [words(OPTIONAL, "trukki"), words(TASK, "kuormaus")]
    told = {p.requirement: p.importance for p in explained(offer, [1, 1], [1, 0])}
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
OPEN = 2 / 3


def held(said: list[tuple[PhraseRole, float]]) -> tuple[Pairing, Vectors]:
    """A person of two phrases and an offer, as the score sees them; and the features."""
    offer = batch([Said(role, leaning(0, 1, cosine)) for role, cosine in said], openness=[OPEN])
    person = batch([Said(COMPETENCE, axis(0)), Said(COMPETENCE, axis(2))])
    found = interact(person, offer, np.zeros(1, np.float32), SCALE)
    phrases = [words(role, f"asia {i}") for i, (role, _) in enumerate(said)]
    pairing = Pairing(
        phrases, PERSON, offer.phrases, person.phrases, found.best, found.answer, SCALE, PRIOR, OPEN
    )
    return pairing, found.table


@given(st.lists(st.tuples(roles, cosines), max_size=6))
def test_reasons_never_add_up_to_more_than_their_features_of_the_score(
    said: list[tuple[PhraseRole, float]],
) -> None:
    pairing, table = held(said)
    told = reasons(pairing, CLAUSES)
    features = (Feature.TITLE, Feature.COVERAGE, Feature.TAKEN_UP, Feature.WITHIN_REACH)
    worth = sum(PRIOR.weight(feature) * float(table[0, feature]) for feature in features)
    assert sum(pair.contribution for pair in told) <= worth + 1e-6


@given(st.lists(st.tuples(roles, cosines), min_size=1, max_size=6))
def test_no_requirement_is_both_a_reason_and_missing_and_whatever_is_answered_has_a_reason(
    said: list[tuple[PhraseRole, float]],
) -> None:
    pairing, _ = held(said)
    told = {pair.requirement for pair in reasons(pairing, CLAUSES)}
    gaps = {gap.requirement for gap in missing(pairing.offer, pairing.best)}
    assert told & gaps == set()
    answered = [
        row
        for row, phrase in enumerate(pairing.offer)
        if phrase.role is not SENTENCE and pairing.best[row] >= ANSWERED_FROM
    ]
    assert bool(told) is bool(answered)
