"""The module inside the shipped model, as the training script imports it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from math import log
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest

from matcher.config import Settings

SHIPPED = Path(Settings().encoder)
SOURCE = SHIPPED.parent / "ngram_bag.py"
OWN = ["<kokki>", "kok", "<ko"]


@pytest.fixture(scope="module")
def module() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("ngram_bag", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["ngram_bag"] = loaded
    spec.loader.exec_module(loaded)
    yield loaded
    del sys.modules["ngram_bag"]


def bag(module: ModuleType) -> Any:
    """Two dimensions; rows 0 to 2 are OWN, rows 3 and 4 are shared."""
    import torch

    codes = torch.tensor([[127, 0], [0, 127], [64, 64], [1, 1], [2, 2]], dtype=torch.int8)
    scales = torch.tensor([1.0, 1.0, 0.5, 1.0, 1.0])
    return module.NgramBag(module.Rows(OWN, shared=2), codes, scales)


def test_the_shipped_folder_holds_the_module_it_was_trained_with() -> None:
    assert (SHIPPED / "ngram_bag.py").read_bytes() == SOURCE.read_bytes()


def test_words_are_folded_and_keep_what_makes_a_language_name(module: ModuleType) -> None:
    assert module.words_of("C++- ja C#-OSAAJA, 2 v.") == ["c++", "ja", "c#", "osaaja", "2", "v"]


def test_symbols_alone_are_split_at_white_space(module: ModuleType) -> None:
    assert module.words_of("??? 👍") == ["???", "👍"]


def test_a_word_has_its_ngrams_with_borders_and_itself(module: ModuleType) -> None:
    assert module.ngrams_of("työ") == [
        "<työ>",
        *("<ty", "työ", "yö>"),
        *("<työ", "työ>"),
    ]


def test_unknown_ngrams_share_hashed_rows(module: ModuleType) -> None:
    rows = module.Rows(OWN, shared=2)
    assert rows.of("ko") == [3 + crc32(b"<ko>") % 2, 2, 3 + crc32(b"ko>") % 2]
    assert len(rows) == 5


def test_a_word_is_the_sum_of_its_scaled_rows(module: ModuleType) -> None:
    model = bag(module)
    shared = [3 + crc32(gram) % 2 - 2 for gram in (b"<ko>", b"ko>")]
    expected = 32 + sum(shared)
    vectors = model(model.preprocess(["ko"]))["sentence_embedding"]
    assert vectors.tolist() == [[expected, expected]]


def test_a_repeated_word_counts_for_one_plus_the_logarithm(module: ModuleType) -> None:
    model = bag(module)
    once, thrice = model(model.preprocess(["kokki", "kokki kokki kokki"]))["sentence_embedding"]
    assert thrice.tolist() == pytest.approx((once * (1 + log(3))).tolist())


def test_a_prompt_is_read_as_part_of_the_text(module: ModuleType) -> None:
    model = bag(module)
    asked = model(model.preprocess(["ko"], prompt="kokki "))["sentence_embedding"]
    assert asked.tolist() == model(model.preprocess(["kokki ko"]))["sentence_embedding"].tolist()


def test_forgotten_words_are_computed_anew(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_WORDS", 2)
    model = bag(module)
    first = model(model.preprocess(["kokki"]))["sentence_embedding"].tolist()
    model.preprocess(["ko kok"])
    assert list(model._vectors) == ["ko", "kok"]
    assert model(model.preprocess(["kokki ko"]))["input_ids"].tolist() == [0, 1]
    assert model(model.preprocess(["kokki"]))["sentence_embedding"].tolist() == first


def test_saving_and_loading_changes_nothing(module: ModuleType, tmp_path: Path) -> None:
    model = bag(module)
    model.save(str(tmp_path))
    again = module.NgramBag.load(str(tmp_path))
    texts = ["kokki", "muurari"]
    before = model(model.preprocess(texts))["sentence_embedding"]
    assert again(again.preprocess(texts))["sentence_embedding"].tolist() == before.tolist()
    assert again.rows.own == OWN
