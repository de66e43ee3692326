"""The shipped kind of model, read without torch: bags of packed n-gram rows, summed by scipy.

A service that only encodes short texts would load torch and sentence-transformers, which cost
seconds and hundreds of megabytes, to add a few rows of a table. The model folder brings its
own reader of texts, `ngrams.py`; the sums are made here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.checks import check_texts, unit_rows
from matcher.encode.groups import GroupHead
from matcher.encode.protocol import TextRole, Vectors

#: A bag of n-grams, then unit length: what the folder's `modules.json` must say.
_MODULES: Final = ("ngram_bag.NgramBag", ".Normalize")
_READER: Final = "ngrams.py"
#: After the values of a row stand its scale and its offset, two bytes each.
_SCALE_BYTES: Final = 4
_TEXTS_AT_ONCE: Final = 4096


class NgramEncoder:
    """A bag of character n-grams as an `Encoder`; profiles and offers are read alike.

    Parameters
    ----------
    reader
        The folder's module `ngrams`.
    packed
        uint8, shape (rows, dimension / 2 + 4): as `models/ngram_bag.py` packs them.
    own
        uint64: hashes of the n-grams that own a row.
    revision
        Fingerprint of whatever decides the vectors.
    occupations
        Head that the model brings, if any.
    """

    def __init__(
        self,
        reader: ModuleType,
        packed: NDArray[np.uint8],
        own: NDArray[np.uint64],
        revision: str,
        occupations: GroupHead | None,
    ) -> None:
        self._words: Any = reader.Words
        self._rows: Any = reader.Rows(own, shared=len(packed) - len(own))
        self._values = packed[:, :-_SCALE_BYTES]
        scales = np.ascontiguousarray(packed[:, -_SCALE_BYTES:]).view(np.float16)
        self._scales = scales.astype(np.float32)
        self._revision = revision
        self._occupations = occupations

    @property
    def revision(self) -> str:
        """Fingerprint of the model."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return 2 * int(self._values.shape[1])

    @property
    def occupations(self) -> GroupHead | None:
        """Head that tells occupations apart, if the model brings one."""
        return self._occupations

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        """Encode a batch; see `Encoder`.

        Raises
        ------
        InputError
            If a text is empty, or if the model finds nothing in it.
        """
        check_texts(texts)
        sums = [np.empty((0, self.dimension), np.float32)]
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            sums.append(self._sums(texts[start : start + _TEXTS_AT_ONCE]))
        return unit_rows(np.concatenate(sums))

    def _sums(self, texts: Sequence[str]) -> Vectors:
        words = self._words.of(texts)
        rows, at = np.unique(self._rows.of(words.grams), return_inverse=True)
        once = np.ones(len(at), np.float32)
        each: Vectors = _bags(once, at, words.gram_counts, len(rows)) @ self._unpacked(rows)
        bags = _bags(words.weights, words.bags, words.bag_counts, len(each))
        return np.asarray(bags @ each, np.float32)

    def _unpacked(self, rows: NDArray[np.int64]) -> Vectors:
        """Return rows of the table: float32, shape (len(rows), dimension)."""
        packed, scales = self._values[rows], self._scales[rows]
        table = np.empty((len(rows), self.dimension), np.float32)
        table[:, 0::2], table[:, 1::2] = packed & 15, packed >> 4
        table *= scales[:, :1]
        table += scales[:, 1:]
        return table


def holds_ngram_bag(folder: Path) -> bool:
    """Tell whether a model folder holds a bag of n-grams that can be read without torch."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        config = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
        types = [module["type"] for module in modules]
        prompted = any(config.get("prompts", {}).values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    alike = len(types) == len(_MODULES) and all(map(str.endswith, types, _MODULES))
    return alike and not prompted and (folder / _READER).is_file()


def load_ngram_bag(folder: Path, revision: str, occupations: GroupHead | None) -> NgramEncoder:
    """Read a model folder that `holds_ngram_bag`.

    Raises
    ------
    OSError, ValueError, KeyError, SafetensorError
        If a file is damaged.
    """
    from safetensors.numpy import load_file

    table = load_file(folder / "model.safetensors")
    own = table["own"].view(np.uint64)
    return NgramEncoder(_reader(folder, revision), table["packed"], own, revision, occupations)


def _reader(folder: Path, revision: str) -> ModuleType:
    """Run the folder's module, under a name that no other revision has."""
    name = f"_kohtaanto_ngrams_{revision}"
    if name not in sys.modules:
        spec = spec_from_file_location(name, folder / _READER)
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder / _READER} is no Python module")
        # Registered first, since its dataclasses look themselves up.
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def _bags(
    weights: NDArray[np.float32],
    members: NDArray[np.int64],
    counts: NDArray[np.int64],
    size: int,
) -> csr_matrix:
    """Return which members each bag has, and how much of each: shape (len(counts), size)."""
    offsets = np.concatenate([[0], np.cumsum(counts)])
    return csr_matrix((weights, members, offsets), shape=(len(counts), size))
