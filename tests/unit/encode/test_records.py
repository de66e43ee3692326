from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import Vacancy
from matcher.domain.parts import Competence, Level, Occupation, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.groups import KEPT, GroupHead, Groups
from matcher.encode.lexical import count_rows
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.records import (
    FAR_FROM_TITLE,
    GROUP_WEIGHTS,
    POOL_WEIGHTS,
    RecordEncoder,
    mix,
    nearness_to_title,
    no_labels,
    pool,
    tell_groups,
)
from matcher.encode.text import Phrase, PhraseRole, RecordText
from matcher.encode.words import text_digest
from tests.fakes import FakeEncoder

COMPETENCE, WANTED, TITLE = PhraseRole.COMPETENCE, PhraseRole.WANTED, PhraseRole.TITLE


def profile(id: str, *competences: str) -> Profile:
    return Profile(id=id, competences=tuple(Competence(name) for name in competences))


class Noting(FakeEncoder):
    """Remembers in which role it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.roles: list[TextRole] = []

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        self.roles.append(role)
        return super().encode(texts, role)


PEOPLE = [profile("a", "hitsaus", "sorvaus"), profile("b"), profile("c", "sorvaus")]


def test_the_columns_of_a_batch_stand_beside_the_records() -> None:
    batch = RecordEncoder(FakeEncoder()).encode_profiles(PEOPLE)
    one = FakeEncoder().encode(["hitsaus", "sorvaus", "sorvaus"])
    assert batch.ids == ("a", "b", "c")
    assert batch.offsets.tolist() == [0, 2, 2, 3]
    assert batch.roles.tolist() == [COMPETENCE] * 3
    assert batch.phrases == pytest.approx(one)
    assert (batch.lexical != count_rows(["hitsaus \nsorvaus", "", "sorvaus"])).nnz == 0


def test_the_same_words_are_encoded_once() -> None:
    encoder = FakeEncoder()
    RecordEncoder(encoder).encode_profiles(PEOPLE)
    assert encoder.asked == ["hitsaus", "sorvaus"]


def test_a_record_is_encoded_alike_alone_and_among_others() -> None:
    records = RecordEncoder(FakeEncoder())
    together = records.encode_profiles(PEOPLE)
    for row, person in enumerate(PEOPLE):
        alone, among = records.encode_profiles([person]), together.take(np.array([row]))
        assert (alone.ids, alone.hashes) == (among.ids, among.hashes)
        assert alone.pooled == pytest.approx(among.pooled, abs=1e-6)
        assert alone.phrases.tolist() == among.phrases.tolist()


def test_profiles_are_queries_and_offers_passages() -> None:
    encoder = Noting()
    records = RecordEncoder(encoder)
    records.encode_profiles(PEOPLE)
    records.encode_offers([Vacancy(id="v", title=LocalText(fi="Hitsaaja"))])
    assert encoder.roles == [TextRole.QUERY, TextRole.PASSAGE]


def test_no_records_make_an_empty_batch() -> None:
    batch = RecordEncoder(FakeEncoder(8)).encode_offers([])
    assert len(batch) == 0
    assert batch.pooled.shape == (0, 8)
    assert batch.offsets.tolist() == [0]


def test_records_without_words_have_no_direction() -> None:
    batch = RecordEncoder(FakeEncoder(8)).encode_profiles([profile("silent")])
    assert batch.pooled.tolist() == [[0.0] * 8]
    assert batch.phrases.shape == (0, 8)


def test_phrases_far_from_the_title_hardly_count_in_the_whole() -> None:
    vectors = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0, 1], [0, 1, 0]], np.float32)
    roles = np.array([TITLE, PhraseRole.TASK, PhraseRole.TASK, COMPETENCE], np.uint8)
    nearness = nearness_to_title(vectors, np.array([0, 3, 4]), roles)
    assert nearness == pytest.approx([1, 0.36, FAR_FROM_TITLE, 1])


def test_occupations_are_told_from_the_whole_and_from_names_and_competences() -> None:
    head = GroupHead(np.float32(8) * np.eye(3, dtype=np.float32), np.zeros(3, np.float32))
    pooled_, phrases = axes(0), axes(1, 1, 2)
    roles = np.array([COMPETENCE, WANTED, PhraseRole.SENTENCE], np.uint8)
    mixed = mix(np.array([0, 3]), roles, np.ones(3, np.float32), GROUP_WEIGHTS)
    told = tell_groups(head, pooled_, phrases, mixed)
    norm = float(np.hypot(1.5, 1))
    assert told.ids[0, :2].tolist() == [1, 0]
    assert told.shares[0, :3] == pytest.approx([1.5 / norm, 1 / norm, 0], abs=2e-3)


def test_without_a_head_no_occupation_is_known() -> None:
    groups = RecordEncoder(FakeEncoder(8)).encode_profiles(PEOPLE).groups
    assert groups.shares.tolist() == [[0.0] * KEPT] * 3


def test_occupations_of_many_records_are_those_of_each_alone() -> None:
    rng = np.random.default_rng(0)
    head = GroupHead(
        rng.standard_normal((40, 8)).astype(np.float32), rng.standard_normal(40).astype(np.float32)
    )
    records = RecordEncoder(FakeEncoder(8, occupations=head))
    together = records.encode_profiles([*PEOPLE, profile("d", "siivous")]).groups
    alone = [records.encode_profiles([person]).groups for person in PEOPLE]
    assert together.take(np.arange(3)).shares == pytest.approx(
        Groups.concatenate(alone).shares, abs=1e-6
    )


def test_the_labels_of_all_concepts_of_a_batch_are_looked_up_together() -> None:
    lookups: list[set[str]] = []

    def labels(uris: Collection[str]) -> dict[str, LocalText]:
        lookups.append(set(uris))
        return {"c1": LocalText(fi="hitsata")}

    records = RecordEncoder(FakeEncoder(), labels)
    people = [
        Profile(id="a", competences=(Competence("MIG", concept="c1"),)),
        Profile(id="b", occupations_done=(Occupation("seppä", "c2"),)),
    ]
    texts = records.profile_texts(people)
    assert lookups == [{"c1", "c2"}]
    assert [text.full for text in texts] == ["MIG hitsata", "seppä"]
    [offer] = records.offer_texts([Vacancy(id="v", requirements=(Requirement("M", concept="c1"),))])
    assert offer.full == "M hitsata"


def test_without_a_taxonomy_nothing_is_looked_up() -> None:
    assert no_labels(["http://data.europa.eu/esco/skill/welding"]) == {}


def axes(*numbers: int) -> Vectors:
    return np.eye(3, dtype=np.float32)[list(numbers)]


def pooled(
    phrases: Vectors, roles: list[PhraseRole], weights: list[float], offsets: list[int]
) -> list[list[float]]:
    vectors: list[list[float]] = pool(
        phrases,
        np.array(offsets, np.int64),
        np.array(roles, np.uint8),
        np.array(weights, np.float32),
    ).tolist()
    return vectors


def test_each_role_counts_by_its_share_however_many_phrases_it_has() -> None:
    many = pooled(axes(0, 0, 0, 1), [COMPETENCE] * 3 + [WANTED], [1, 1, 1, 1], [0, 4])
    few = pooled(axes(0, 1), [COMPETENCE, WANTED], [1, 1], [0, 2])
    ratio = POOL_WEIGHTS[WANTED] / POOL_WEIGHTS[COMPETENCE]
    norm = (1 + ratio**2) ** 0.5
    assert many[0] == pytest.approx([1 / norm, ratio / norm, 0])
    assert few[0] == pytest.approx(many[0])


def test_within_a_role_phrases_count_by_their_weight() -> None:
    [vector] = pooled(axes(0, 1), [COMPETENCE] * 2, [0.9, 0.3], [0, 2])
    assert vector == pytest.approx([0.9 / 0.9**0.5, 0.3 / 0.9**0.5, 0])


def test_each_record_pools_its_own_phrases() -> None:
    vectors = pooled(axes(0, 1, 2), [COMPETENCE, TITLE, TITLE], [1, 1, 1], [0, 1, 1, 3])
    half = 0.5**0.5
    assert vectors == [
        pytest.approx([1, 0, 0]),
        pytest.approx([0, 0, 0]),
        pytest.approx([0, half, half]),
    ]


def test_every_role_has_a_share() -> None:
    assert set(POOL_WEIGHTS) == set(PhraseRole)
    assert min(POOL_WEIGHTS.values()) > 0


names = st.lists(st.text("abcdeåäö", min_size=1, max_size=8), max_size=4)


@given(st.lists(names, min_size=1, max_size=4))
def test_pooled_vectors_have_unit_length_where_there_are_words(people: list[list[str]]) -> None:
    profiles = [profile(f"p{i}", *competences) for i, competences in enumerate(people)]
    batch = RecordEncoder(FakeEncoder(16)).encode_profiles(profiles)
    lengths = np.linalg.norm(batch.pooled, axis=1)
    assert lengths == pytest.approx([1.0 if competences else 0.0 for competences in people])


def text(*phrases: Phrase, id: str = "p", full: str = "") -> RecordText:
    return RecordText(id, phrases, full)


WELD = Phrase("hitsaus", "hitsaus", COMPETENCE, 0.9)


def test_a_fingerprint_tells_words_roles_and_weights_apart() -> None:
    others = [
        text(),
        text(Phrase("Hitsaus", "hitsaus", COMPETENCE, 0.9)),
        text(Phrase("hitsaus", "hitsaus", WANTED, 0.9)),
        text(Phrase("hitsaus", "hitsaus", COMPETENCE, 0.8)),
        text(WELD, WELD),
    ]
    digests = {text_digest(each) for each in [text(WELD), *others]}
    assert len(digests) == 1 + len(others)


def test_records_with_the_same_words_have_the_same_fingerprint() -> None:
    assert text_digest(text(WELD, id="a")) == text_digest(text(WELD, id="b"))
    assert len(text_digest(text(WELD))) == 32


def test_a_better_level_changes_the_fingerprint() -> None:
    records = RecordEncoder(FakeEncoder())
    basic, strong = (
        Profile(id="p", competences=(Competence("hitsaus", level),))
        for level in (Level.BASIC, Level.STRONG)
    )
    batch = records.encode_profiles([basic, strong])
    assert batch.hashes[0] != batch.hashes[1]
    assert batch.hashes == tuple(map(text_digest, records.profile_texts([basic, strong])))
