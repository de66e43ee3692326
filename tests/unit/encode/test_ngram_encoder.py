"""The shipped model, read with torch and without."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matcher.config import Settings
from matcher.encode.encoder import load_encoder
from matcher.encode.ngram_encoder import NgramEncoder, holds_ngram_bag
from matcher.errors import InputError

SHIPPED = Path(Settings().encoder)
TEXTS = [
    "Hitsaaja",
    "hitsaaja hitsaaja ja levyseppä, C++",
    "Vi söker en svetsare till Uleåborg.",
    "??? 👍",
    "sairaanhoitaja, " * 40,
]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped folder."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_vectors_are_those_of_sentence_transformers() -> None:
    # Here, as it loads torch, which no other test of a worker may need.
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(str(SHIPPED))
    assert isinstance(encoder, NgramEncoder)
    model = SentenceTransformer(
        str(SHIPPED), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    assert encoder.dimension == model.get_embedding_dimension()
    np.testing.assert_allclose(encoder.encode(TEXTS), model.encode(TEXTS), atol=1e-6)


def test_more_texts_than_are_summed_at_once_come_back_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoder = load_encoder(str(SHIPPED))
    together = encoder.encode(TEXTS)
    monkeypatch.setattr("matcher.encode.ngram_encoder._TEXTS_AT_ONCE", 2)
    np.testing.assert_allclose(encoder.encode(TEXTS), together, atol=1e-6)


def test_torch_is_not_imported() -> None:
    code = (
        "import sys; from matcher.config import Settings;"
        "from matcher.encode.encoder import load_encoder;"
        "load_encoder(Settings().encoder).encode(['hitsaaja']);"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("config_sentence_transformers.json", {"prompts": {"query": "kysely: ", "document": ""}}),
        ("modules.json", [{"type": "ngram_bag.NgramBag"}]),
        ("modules.json", [{"type": "other.Model"}, {"type": "x.Normalize"}]),
        ("modules.json", "no list"),
    ],
)
def test_other_models_are_left_to_sentence_transformers(
    copied: Path, name: str, change: object
) -> None:
    assert holds_ngram_bag(copied)
    (copied / name).write_text(json.dumps(change), "utf-8")
    assert not holds_ngram_bag(copied)


def test_a_model_without_the_reader_of_texts_is_left_to_sentence_transformers(
    copied: Path,
) -> None:
    (copied / "ngrams.py").unlink()
    assert not holds_ngram_bag(copied)


def test_a_damaged_table_is_told(copied: Path) -> None:
    (copied / "model.safetensors").write_bytes(b"half a fi")
    with pytest.raises(InputError, match="cannot be loaded"):
        load_encoder(str(copied))
