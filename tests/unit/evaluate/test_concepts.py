"""How labels are ranked with the other labels of their concepts."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matcher.evaluate.concepts import CONCEPT_SHARE, ConceptScorer, concepts_of_labels
from matcher.evaluate.readers import read_linking
from tests.fakes import FakeEncoder
from tests.unit.evaluate.test_readers import LINKING, write

LABELS = ["hitsaaja", "levyseppä", "kokki"]
CONCEPTS = {"hitsaaja": ["o/1"], "levyseppä": ["o/1"], "kokki": ["o/2"]}


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def test_a_label_is_helped_by_the_mean_of_its_concept() -> None:
    encoder = FakeEncoder()
    scores = ConceptScorer(encoder, CONCEPTS).fit(LABELS)(["hitsaaja"])[0]
    welder, smith, cook = encoder.encode(LABELS)
    own = np.array([1, smith @ welder, cook @ welder])
    mean = unit(welder + smith) @ welder
    whole = np.array([mean, mean, cook @ welder])
    np.testing.assert_allclose(scores, own + CONCEPT_SHARE * (whole - own), rtol=1e-5)


def test_a_label_of_two_concepts_takes_the_nearer_one() -> None:
    encoder = FakeEncoder()
    both = CONCEPTS | {"hitsaaja": ["o/2", "o/1"], "levyseppä": ["o/2"]}
    scores = ConceptScorer(encoder, both).fit(LABELS)(["hitsaaja"])[0]
    assert scores[0] == np.float32(1)


def test_a_label_of_no_concept_is_its_own() -> None:
    encoder = FakeEncoder()
    scores = ConceptScorer(encoder, {}).fit(LABELS)(["keittäjä"])
    np.testing.assert_allclose(scores, encoder.encode(["keittäjä"]) @ encoder.encode(LABELS).T)


def test_concepts_are_read_from_the_directory_where_it_tells(tmp_path: Path) -> None:
    write(tmp_path, LINKING | {"corpus_elements.tsv": "c1\tkokki\nc2\tkokki\nc3\tkokki\n"})
    assert concepts_of_labels(read_linking(tmp_path)) == {"kokki": ["c1", "c2", "c3"]}
    write(tmp_path, {"concept_mapping.tsv": "c1\to/1\nc2\to/1\nc3\to/2\n"})
    assert concepts_of_labels(read_linking(tmp_path)) == {"kokki": ["o/1", "o/2"]}
