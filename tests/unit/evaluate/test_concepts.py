"""How labels are ranked with the other labels of their concepts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.encode.protocol import Vectors
from matcher.evaluate.concepts import CONCEPT_SHARE, REPEATED, ConceptScorer, concepts_of_labels
from matcher.evaluate.readers import read_linking
from tests.fakes import FakeEncoder
from tests.unit.evaluate.test_readers import LINKING, write

LABELS = ["hitsaaja", "levyseppä", "kokki"]
CONCEPTS = {"hitsaaja": ["o/1"], "levyseppä": ["o/1"], "kokki": ["o/2"]}


def unit(vector: Vectors) -> Vectors:
    scaled: Vectors = vector / np.linalg.norm(vector)
    return scaled


def test_a_label_is_helped_by_its_concept_and_the_second_one_steps_back() -> None:
    encoder = FakeEncoder()
    scores = ConceptScorer(encoder, CONCEPTS).fit(LABELS)(["hitsaaja"])[0]
    welder, smith, cook = encoder.encode(LABELS)
    own = np.array([1, smith @ welder, cook @ welder])
    mean = unit(welder + smith) @ welder
    whole = np.array([mean, mean, cook @ welder])
    expected = own + CONCEPT_SHARE * (whole - own) - [0, REPEATED, 0]
    np.testing.assert_allclose(scores, expected, rtol=1e-5)


def test_a_label_of_two_concepts_takes_the_nearer_one() -> None:
    encoder = FakeEncoder()
    both = CONCEPTS | {"hitsaaja": ["o/2", "o/1"], "levyseppä": ["o/2"]}
    scores = ConceptScorer(encoder, both).fit(LABELS)(["hitsaaja"])[0]
    assert scores[0] == pytest.approx(1)


def test_a_label_steps_back_only_if_it_does_in_all_its_concepts() -> None:
    encoder = FakeEncoder()
    query = "hitsaaja, ei levyseppä"
    both = {"hitsaaja": ["o/1"], "levyseppä": ["o/1", "o/2"], "kokki": ["o/2"]}
    scores = ConceptScorer(encoder, both).fit(LABELS)([query])[0]
    labels = encoder.encode(LABELS)
    welder, smith, cook = labels @ encoder.encode([query])[0]
    assert welder > smith > cook
    first, second = unit(labels[0] + labels[1]), unit(labels[1] + labels[2])
    whole = max(np.stack([first, second]) @ encoder.encode([query])[0])
    assert scores[1] == pytest.approx(smith + CONCEPT_SHARE * (whole - smith), abs=1e-6)


def test_a_label_of_no_concept_is_its_own() -> None:
    encoder = FakeEncoder()
    scores = ConceptScorer(encoder, {}).fit(LABELS)(["keittäjä"])
    np.testing.assert_allclose(scores, encoder.encode(["keittäjä"]) @ encoder.encode(LABELS).T)


def test_concepts_are_read_from_the_directory_where_it_tells(tmp_path: Path) -> None:
    write(tmp_path, LINKING | {"corpus_elements.tsv": "c1\tkokki\nc2\tkokki\nc3\tkokki\n"})
    assert concepts_of_labels(read_linking(tmp_path)) == {"kokki": ["c1", "c2", "c3"]}
    write(tmp_path, {"concept_mapping.tsv": "c1\to/1\nc2\to/1\nc3\to/2\n"})
    assert concepts_of_labels(read_linking(tmp_path)) == {"kokki": ["o/1", "o/2"]}
