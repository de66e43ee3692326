"""A person put together with a training beside the same profile encoded anew."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.parts import Competence, Evidence, Occupation
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import GroupHead, Groups
from matcher.encode.lexical import MAX_CHARACTERS
from matcher.encode.protocol import TextRole
from matcher.encode.records import GROUP_WEIGHTS, RecordEncoder, mix, tell_groups
from matcher.match.sides import Person
from matcher.match.upskill import joined
from matcher.match.upskill.gifts import Gift, taught
from matcher.match.upskill.joined import Given, all_read, join
from tests.fakes import FakeEncoder
from tests.unit.tables import group_table

RECORDS = RecordEncoder(FakeEncoder(16))
RNG = np.random.default_rng(3)
HEAD = GroupHead(
    RNG.normal(size=(40, 16)).astype(np.float32), RNG.normal(size=40).astype(np.float32)
)


def gift(*outcomes: str) -> Gift:
    learnt = tuple(Competence(text, evidence=Evidence.EDUCATION) for text in outcomes)
    return Gift("t", learnt, frozenset(), frozenset())


def joined_and_anew(
    profile: Profile, gifts: list[Gift], numbers: list[int], head: GroupHead | None
) -> tuple[EncodedBatch, EncodedBatch]:
    texts = RECORDS.profile_texts([Profile(id="t", competences=one.competences) for one in gifts])
    given = Given.of(RECORDS.encode_texts(texts, TextRole.QUERY), texts, head)
    [words], encoded = RECORDS.profile_texts([profile]), RECORDS.encode_profiles([profile])
    futures = [taught(profile, [gifts[number]]) for number in numbers]
    return join(Person.of(profile, words, encoded), given, numbers), RECORDS.encode_profiles(
        futures
    )


KNOWS = (Competence("Hitsaus"), Competence("levyjen leikkaus"), Competence("siivous"))
GIFTS = [
    gift("hitsaus", "särmäys"),  # one that is known already, in other letters
    gift("kokki", "ruoanlaitto", "siivous"),  # one that is the person's occupation, word for word
    gift("Hitsaus"),  # nothing new
    gift("hygieniaosaaminen", "elintarvikkeiden käsittely"),
]
PEOPLE = {
    "who_knows_some_of_it": Profile(
        id="p",
        competences=KNOWS,
        occupations_done=(Occupation("kokki"),),
        education="metallialan perustutkinto",
        text="Olen ahkera. Haluan töihin keittiöön.",
    ),
    "without_competences": Profile(id="p", occupations_wanted=(Occupation("kokki"),)),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_joined_is_what_is_encoded_anew(name: str) -> None:
    together, anew = joined_and_anew(PEOPLE[name], GIFTS, [3, 0, 1, 2], HEAD)
    np.testing.assert_allclose(together.pooled, anew.pooled, atol=1e-6)
    assert together.offsets.tolist() == anew.offsets.tolist()
    difference = together.lexical - anew.lexical
    assert float(abs(difference).max()) < 1e-5
    for i in range(len(anew)):
        mine, its = (
            sorted(
                zip(
                    batch.roles[batch.offsets[i] : batch.offsets[i + 1]].tolist(),
                    batch.weights[batch.offsets[i] : batch.offsets[i + 1]].tolist(),
                    batch.phrases[batch.offsets[i] : batch.offsets[i + 1]].tolist(),
                    strict=True,
                )
            )
            for batch in (together, anew)
        )
        assert mine == its


def test_who_has_more_words_than_are_read_is_not_joined() -> None:
    texts = RECORDS.profile_texts([Profile(id="t", competences=one.competences) for one in GIFTS])
    given = Given.of(RECORDS.encode_texts(texts, TextRole.QUERY), texts, None)
    longest = max(len(text.full) for text in texts)
    for spare, read in ((0, True), (-1, False)):
        education = "x" * (MAX_CHARACTERS - len(" \n") - longest - spare)
        profile = Profile(id="p", education=education)
        [words], encoded = RECORDS.profile_texts([profile]), RECORDS.encode_profiles([profile])
        assert all_read(Person.of(profile, words, encoded), given) is read


@pytest.mark.parametrize("name", PEOPLE)
def test_occupations_are_told_as_the_encoder_tells_them(name: str) -> None:
    together, anew = joined_and_anew(PEOPLE[name], GIFTS, [0, 1, 2, 3], HEAD)
    mixed = mix(anew.offsets, anew.roles, anew.weights, GROUP_WEIGHTS)
    told = tell_groups(HEAD, anew.pooled, anew.phrases, mixed)
    np.testing.assert_allclose(group_table(together.groups), group_table(told), atol=1e-5)


def test_the_likeliest_groups_are_kept_in_their_order() -> None:
    shares = RNG.integers(0, 9, size=(20, 50)).astype(np.float32)  # many are as good
    kept, all_ordered = joined._likeliest(shares), Groups.likeliest(shares)
    assert kept.ids.tolist() == all_ordered.ids.tolist()
    np.testing.assert_allclose(kept.shares, all_ordered.shares, atol=1e-6)
