"""The module inside the shipped model, as the training script imports it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from math import log
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from matcher.config import Settings

SHIPPED = Path(Settings().encoder)
SOURCES = ("ngram_bag", "ngrams")
GRAMS = ["<kokki>", "kok", "<ko"]
# Whole numbers from 0 to 15 fit into four bits as they are.
TABLE = [[15.0, 0.0, 1.0, 0.0], [0.0, 15.0, 1.0, 0.0], [15.0, 4.0, 0.0, 0.0]]
SHARED = [[15.0, 1.0, 1.0, 0.0], [0.0, 2.0, 15.0, 1.0]]


@pytest.fixture(scope="module")
def module() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SHIPPED.parent))
    yield importlib.import_module("ngram_bag")
    sys.path.remove(str(SHIPPED.parent))
    for name in SOURCES:
        del sys.modules[name]


def hashed(text: str) -> int:
    """The hash of the module, by integers without end."""
    total = sum(ord(char) * pow(0x9E3779B97F4A7C15, at, 1 << 64) for at, char in enumerate(text))
    half = ((total % (1 << 64)) ^ (total % (1 << 64)) >> 32) * 0xD6E8FEB86659FD93 % (1 << 64)
    return half ^ half >> 32


def grams_of(module: ModuleType, *words: str) -> list[set[int]]:
    found = module.Words.of(words)
    ends = np.cumsum(found.gram_counts)
    each = [set(part.tolist()) for part in np.split(found.grams, ends)[:-1]]
    return [each[at] for at in found.bags]


def own() -> np.ndarray:
    return np.sort(np.array([hashed(gram) for gram in GRAMS], np.uint64))


def row_of(gram: str) -> int:
    """Where a row stands: the own ones are in the order of their hashes."""
    return sorted(map(hashed, GRAMS)).index(hashed(gram))


def bag(module: ModuleType) -> Any:
    """Four dimensions; rows 0 to 2 are those of GRAMS, rows 3 and 4 are shared."""
    import torch

    table = torch.zeros(5, 4)
    for gram, row in zip(GRAMS, TABLE, strict=True):
        table[row_of(gram)] = torch.tensor(row)
    table[3:] = torch.tensor(SHARED)
    return module.NgramBag(module.Rows(own(), shared=2), module.pack(table))


def encoded(model: Any, *texts: str) -> np.ndarray:
    vectors: np.ndarray = model(model.preprocess(texts))["sentence_embedding"].numpy()
    return vectors


@pytest.mark.parametrize("name", SOURCES)
def test_the_shipped_folder_holds_the_modules_it_was_trained_with(name: str) -> None:
    shipped, source = (folder / f"{name}.py" for folder in (SHIPPED, SHIPPED.parent))
    assert shipped.read_bytes() == source.read_bytes()


def test_a_word_has_its_ngrams_with_borders_and_itself(module: ModuleType) -> None:
    expected = ["<työ>", "<ty", "työ", "yö>", "<työ", "työ>"]
    assert grams_of(module, "työ") == [{hashed(gram) for gram in expected}]


def test_the_whole_word_comes_first(module: ModuleType) -> None:
    assert module.Words.of(["kokki"]).grams[0] == hashed("<kokki>")


def test_words_are_folded_and_keep_what_makes_a_language_name(module: ModuleType) -> None:
    text = "C++- ja C#-OSAAJA, 2 v."
    words = ["c++", "ja", "c#", "osaaja", "2", "v"]
    apart = {gram for grams in grams_of(module, *words) for gram in grams}
    together = module.Words.of([text])
    assert together.bag_counts.tolist() == [6]
    assert set(together.grams.tolist()) == apart


def test_symbols_alone_are_split_at_white_space(module: ModuleType) -> None:
    assert module.Words.of(["??? 👍", "?", " ", "a ?"]).bag_counts.tolist() == [2, 1, 0, 1]


def test_a_null_character_separates_words_but_no_texts(module: ModuleType) -> None:
    found = module.Words.of(["ko\0kok", "ko kok"])
    assert found.bag_counts.tolist() == [2, 2]
    assert found.bags[:2].tolist() == found.bags[2:].tolist()


def test_every_own_ngram_is_found_and_the_others_share_rows(module: ModuleType) -> None:
    rng = np.random.default_rng(0)
    # Hashes that share their upper bits lie in one bucket and must be told apart.
    close = (np.uint64(7) << np.uint64(50)) + np.arange(0, 90, 2, dtype=np.uint64)
    own = np.unique(np.concatenate([rng.integers(2**63, size=5_000, dtype=np.uint64), close]))
    rows = module.Rows(own, shared=8)
    assert rows.of(own).tolist() == list(range(len(own)))
    strange = close + np.uint64(1)
    assert rows.of(strange).tolist() == (len(own) + strange % np.uint64(8)).tolist()
    assert rows.of(np.array([2**64 - 1], np.uint64)).tolist() == [len(own) + 7]
    assert len(rows) == len(own) + 8


def test_a_word_is_the_sum_of_its_rows(module: ModuleType) -> None:
    shared = [SHARED[hashed(gram) % 2] for gram in ("<ko>", "ko>")]
    expected = np.sum([TABLE[2], *shared], axis=0)
    assert encoded(bag(module), "ko")[0] == pytest.approx(expected)


def test_a_repeated_word_counts_for_one_plus_the_logarithm(module: ModuleType) -> None:
    once, thrice = encoded(bag(module), "kokki", "kokki kokki kokki")
    assert thrice == pytest.approx(once * (1 + log(3)), rel=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(module: ModuleType) -> None:
    model = bag(module)
    texts = ["kokki", "ko kokki", "", "muurari!", "kokki ko"]
    together = encoded(model, *texts)
    alone = np.concatenate([encoded(model, text) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)
    assert together[2].tolist() == [0.0] * 4


def test_a_prompt_is_read_as_part_of_the_text(module: ModuleType) -> None:
    model = bag(module)
    asked = model(model.preprocess(["ko"], prompt="kokki "))["sentence_embedding"]
    assert asked.tolist() == encoded(model, "kokki ko").tolist()


def test_saving_and_loading_changes_nothing(module: ModuleType, tmp_path: Path) -> None:
    model = bag(module)
    model.save(str(tmp_path))
    again = module.NgramBag.load(str(tmp_path))
    texts = ["kokki", "muurari"]
    assert encoded(again, *texts).tolist() == encoded(model, *texts).tolist()
    assert again.rows.own.tolist() == own().tolist()
