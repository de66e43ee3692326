"""A bag of character n-grams as a sentence-transformers module.

A text is the damped sum of its words' vectors, a word the sum of the rows of its character
n-grams and of itself. Frequent n-grams own a row, the others share hashed ones, so that no
word is unknown. Rows are signed bytes with one scale each: a few dozen megabytes hold a
model that inflection and typing errors hardly disturb.

The training script copies this file into the model folder, where sentence-transformers
loads it with ``trust_remote_code=True``.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from scipy.sparse import csr_matrix
from sentence_transformers.sentence_transformer.modules import InputModule
from torch.nn.functional import embedding_bag

WORD = re.compile(r"\w+[+#]*")
SIZES = (3, 4, 5)
KEPT_WORDS = 65_536
WORDS_AT_ONCE = 1024


def words_of(text: str) -> list[str]:
    """Split a text into folded words; a text of mere symbols is split at white space."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return WORD.findall(folded) or folded.split()


def ngrams_of(word: str) -> list[str]:
    """List a word's character n-grams with its borders marked, and the marked word itself."""
    marked = f"<{word}>"
    grams = [marked]
    for size in SIZES:
        if size < len(marked):
            grams += [marked[start : start + size] for start in range(len(marked) - size + 1)]
    return grams


class Rows:
    """Which rows of the table a word sums.

    Parameters
    ----------
    own
        The n-grams that own a row, in row order.
    shared
        How many rows after them the other n-grams share.
    """

    def __init__(self, own: Sequence[str], shared: int) -> None:
        self.own = list(own)
        self.shared = shared
        self._row = {gram: row for row, gram in enumerate(self.own)}

    def __len__(self) -> int:
        return len(self.own) + self.shared

    def of(self, word: str) -> list[int]:
        """Return the rows of one word."""
        known, first = self._row, len(self.own)
        return [
            known[gram] if gram in known else first + zlib.crc32(gram.encode()) % self.shared
            for gram in ngrams_of(word)
        ]


class NgramBag(InputModule):
    """Sums quantised rows of character n-grams into one vector a text.

    Parameters
    ----------
    rows
        Which rows a word sums.
    codes
        Table of int8, shape (len(rows), dimension).
    scales
        Factor of each row, float32, shape (len(rows),).
    """

    def __init__(self, rows: Rows, codes: torch.Tensor, scales: torch.Tensor) -> None:
        super().__init__()
        self.rows = rows
        self.register_buffer("codes", codes)
        self.register_buffer("scales", scales)
        self.tokenizer = None
        self._vectors: dict[str, np.ndarray] = {}

    @property
    def max_seq_length(self) -> float:
        """Texts are never cut."""
        return math.inf

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self.codes.shape[1])

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Count each text's words and look up the vectors of the distinct ones.

        The vectors travel with the features, so that `forward` reads no shared state and
        threads may encode side by side.
        """
        texts = [prompt + text for text in inputs] if prompt else inputs
        places: dict[str, int] = {}
        bags: list[int] = []
        weights: list[float] = []
        offsets: list[int] = []
        for text in texts:
            offsets.append(len(bags))
            for word, count in Counter(words_of(text)).items():
                bags.append(places.setdefault(word, len(places)))
                weights.append(1.0 + math.log(count))
        return {
            "input_ids": torch.from_numpy(np.array(bags, np.int64)),
            "word_weights": torch.from_numpy(np.array(weights, np.float32)),
            "offsets": torch.from_numpy(np.array(offsets, np.int64)),
            "word_vectors": self._look_up(list(places)),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Sum the words of each text."""
        features["sentence_embedding"] = embedding_bag(
            features["input_ids"],
            features["word_vectors"],
            features["offsets"],
            mode="sum",
            per_sample_weights=features["word_weights"],
        )
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the table and the n-grams that own a row."""
        folder = Path(output_path)
        save_file(
            {"codes": self.codes.contiguous(), "scales": self.scales},
            folder / "model.safetensors",
        )
        (folder / "ngrams.txt").write_text("\n".join(self.rows.own) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, model_name_or_path: str, **hub: str | bool | None) -> NgramBag:
        """Read what `save` wrote, from a folder or a hub."""
        known = ("subfolder", "token", "cache_folder", "revision", "local_files_only")
        where = {name: hub[name] for name in known if name in hub}
        table = load_file(cls.load_file_path(model_name_or_path, "model.safetensors", **where))
        ngrams = Path(cls.load_file_path(model_name_or_path, "ngrams.txt", **where))
        own = ngrams.read_text(encoding="utf-8").splitlines()
        rows = Rows(own, shared=len(table["scales"]) - len(own))
        return cls(rows, table["codes"], table["scales"])

    def _look_up(self, words: Sequence[str]) -> torch.Tensor:
        """Return the vectors of distinct words; those of recent words are kept."""
        found = {word: self._vectors.get(word) for word in words}
        missing = [word for word, vector in found.items() if vector is None]
        if missing:
            fresh = dict(zip(missing, self._sum_rows(missing), strict=True))
            found |= fresh
            if len(self._vectors) + len(fresh) > KEPT_WORDS:
                self._vectors = {}
            self._vectors |= fresh
        if not words:
            return torch.zeros((1, self.get_embedding_dimension()))
        return torch.from_numpy(np.stack([found[word] for word in words]).astype(np.float32))

    def _sum_rows(self, words: Sequence[str]) -> np.ndarray:
        """Sum the rows of words, some at a time: unpacked rows take four times their room.

        The sums are float16, still finer than the rows, so that many words can be kept.
        """
        codes, scales = self.codes.numpy(), self.scales.numpy()
        sums = []
        for start in range(0, len(words), WORDS_AT_ONCE):
            rows = [self.rows.of(word) for word in words[start : start + WORDS_AT_ONCE]]
            flat = np.array([row for each in rows for row in each])
            ends = np.cumsum([0] + [len(each) for each in rows])
            used, places = np.unique(flat, return_inverse=True)
            summing = csr_matrix((scales[flat], places, ends), shape=(len(rows), len(used)))
            sums.append((summing @ codes[used].astype(np.float32)).astype(np.float16))
        return np.concatenate(sums)
