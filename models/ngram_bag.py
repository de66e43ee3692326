"""A bag of character n-grams as a sentence-transformers module.

A text is the damped sum of its words' vectors, a word the sum of the rows of its character
n-grams and of itself. Frequent n-grams own a row, the others share hashed ones, so that no
word is unknown. Rows are packed four bits a value with a scale and an offset each: a few dozen
megabytes hold a model that inflection and typing errors hardly disturb.

The training script copies this file into the model folder, where sentence-transformers
loads it with ``trust_remote_code=True``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers.sentence_transformer.modules import InputModule
from torch.nn.functional import embedding_bag

try:  # in a model folder, which sentence-transformers loads as a package
    from .ngrams import Places, Rows, Words
except ImportError:  # beside the training script
    from ngrams import Places, Rows, Words


class NgramBag(InputModule):
    """Sums packed rows of character n-grams into one vector a text.

    Parameters
    ----------
    rows
        Which row an n-gram has.
    packed
        The table as `pack` makes it, uint8, shape (len(rows), dimension / 2 + 4).
    """

    def __init__(self, rows: Rows, packed: torch.Tensor) -> None:
        super().__init__()
        self.rows = rows
        self.register_buffer("packed", packed)
        self.tokenizer = None

    @property
    def max_seq_length(self) -> float:
        """Texts are never cut."""
        return math.inf

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return 2 * (int(self.packed.shape[1]) - 4)

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Count each text's words, and find the rows of the distinct ones."""
        words = Words.of([prompt + text for text in inputs] if prompt else inputs)
        return {
            "rows": torch.from_numpy(self.rows.of(words.grams)),
            "row_offsets": _offsets(words.gram_counts),
            "input_ids": torch.from_numpy(words.bags),
            "word_weights": torch.from_numpy(words.weights),
            "offsets": _offsets(words.bag_counts),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Sum the rows of each word, and the words of each text."""
        words = torch.ops.quantized.embedding_bag_4bit_rowwise_offsets(
            self.packed, features["rows"], features["row_offsets"]
        )
        features["sentence_embedding"] = embedding_bag(
            features["input_ids"],
            words,
            features["offsets"],
            mode="sum",
            per_sample_weights=features["word_weights"],
        )
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the table and the hashes of the n-grams that own a row."""
        own = torch.from_numpy(self.rows.own.view(np.int64))
        tensors = {"packed": self.packed.contiguous(), "own": own}
        save_file(tensors, Path(output_path) / "model.safetensors")

    @classmethod
    def load(cls, model_name_or_path: str, **hub: str | bool | None) -> NgramBag:
        """Read what `save` wrote, from a folder or a hub."""
        known = ("subfolder", "token", "cache_folder", "revision", "local_files_only")
        where = {name: hub[name] for name in known if name in hub}
        table = load_file(cls.load_file_path(model_name_or_path, "model.safetensors", **where))
        own = table["own"].numpy().view(np.uint64)
        return cls(Rows(own, shared=len(table["packed"]) - len(own)), table["packed"])


def pack(table: torch.Tensor) -> torch.Tensor:
    """Round rows to four bits a value, each row between its least and its greatest value."""
    packed: torch.Tensor = torch.ops.quantized.embedding_bag_4bit_prepack(table)
    return packed


def _offsets(counts: Places) -> torch.Tensor:
    return torch.from_numpy(np.cumsum(counts) - counts)
