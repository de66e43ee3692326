"""The encoder in use: any sentence-transformers model behind the `Encoder` protocol.

Importing this module is cheap; torch and sentence-transformers, which cost seconds and
hundreds of megabytes, are imported when a model is loaded that needs them: the shipped one
does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matcher.encode.checks import check_texts, unit_rows
from matcher.encode.groups import GroupHead, load_head
from matcher.encode.ngram_encoder import NgramEncoder, holds_ngram_bag, load_ngram_bag
from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.errors import InputError, NotReadyError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 1024
_DECIDING_SUFFIXES = frozenset({".safetensors", ".bin", ".json", ".txt", ".model", ".py"})
_REVISION_LENGTH = 12
_TASKS = {TextRole.QUERY: "query", TextRole.PASSAGE: "document"}


class SentenceEncoder:
    """A sentence-transformers model as an `Encoder`.

    Parameters
    ----------
    model
        The loaded model.
    revision
        Fingerprint of whatever decides its vectors.
    occupations
        Head that the model brings, if any.
    """

    def __init__(
        self, model: SentenceTransformer, revision: str, occupations: GroupHead | None = None
    ) -> None:
        self._model = model.eval()
        self._revision = revision
        self._dimension = int(model.get_embedding_dimension() or 0)
        self._occupations = occupations
        # The library's loop over sorted batches takes longer than a small model itself.
        self._plain = (
            model.device.type == "cpu"
            and model.truncate_dim is None
            and not any(model.prompts.values())
        )

    @property
    def revision(self) -> str:
        """Fingerprint of the model."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def occupations(self) -> GroupHead | None:
        """Head that tells occupations apart, if the model brings one."""
        return self._occupations

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        """Encode a batch, with the model's prompt for the role where it defines one.

        Parameters
        ----------
        texts
            Any number of non-empty texts.
        role
            Profiles are queries, offers and concepts are passages.

        Returns
        -------
        ndarray of float32, shape (len(texts), dimension)
            Unit length.

        Raises
        ------
        InputError
            If a text is empty, or if the model finds nothing in it.
        """
        check_texts(texts)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if self._plain and len(texts) == 1:
            return unit_rows(self._encode_one(texts[0], role))
        encode = self._model.encode_query if role is TextRole.QUERY else self._model.encode_document
        vectors = encode(list(texts), batch_size=BATCH, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))

    def _encode_one(self, text: str, role: TextRole) -> Vectors:
        from torch import inference_mode

        task = _TASKS[role]
        with inference_mode():
            features = self._model.preprocess([text], task=task)
            vectors = self._model(features, task=task)["sentence_embedding"]
            single: Vectors = vectors.float().numpy()
            return single


def load_encoder(name_or_path: str) -> Encoder:
    """Load a model from a folder, or by its name from the local cache or a model hub.

    A model may bring Python code of its own, as the shipped one does. Such code is run only
    from a folder: whoever installed the service put it there, while what a name on a hub
    stands for can change without notice.

    Parameters
    ----------
    name_or_path
        Folder or name of a sentence-transformers model.

    Returns
    -------
    Encoder

    Raises
    ------
    NotReadyError
        If there is no such folder, or the name cannot be fetched.
    InputError
        If the folder holds no model, or a damaged one.
    """
    folder = Path(name_or_path)
    if folder.is_dir():
        return _load_folder(folder)
    if folder.is_absolute() or name_or_path.startswith("."):
        raise NotReadyError(
            f"There is no model folder {name_or_path}.",
            remedy="Train one with models/train.py, or point MATCHER_ENCODER at a model.",
        )
    return _load_named(name_or_path)


def folder_revision(folder: Path) -> str:
    """Fingerprint the files of a model folder that decide its vectors.

    Parameters
    ----------
    folder
        A sentence-transformers folder.

    Returns
    -------
    str
        The first twelve hexadecimal digits of a sha256 over names and contents.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _DECIDING_SUFFIXES:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_REVISION_LENGTH]


def _load_folder(folder: Path) -> Encoder:
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise InputError(
            f"The folder {folder} holds no sentence-transformers model: "
            "it has neither modules.json nor config.json.",
            remedy="Point MATCHER_ENCODER at a model folder.",
        )
    from safetensors import SafetensorError

    read = _read_ngram_bag if holds_ngram_bag(folder) else _read_model
    try:
        return read(folder)
    except (OSError, ValueError, KeyError, TypeError, ImportError, SafetensorError) as error:
        raise InputError(
            f"The model in {folder} cannot be loaded: {error}.",
            remedy="Restore or retrain it, or point MATCHER_ENCODER at another model.",
        ) from error


def _read_ngram_bag(folder: Path) -> NgramEncoder:
    return load_ngram_bag(folder, folder_revision(folder), load_head(folder))


def _read_model(folder: Path) -> SentenceEncoder:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(folder), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    return SentenceEncoder(model, folder_revision(folder), load_head(folder))


def _load_named(name: str) -> SentenceEncoder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise NotReadyError(
            f"{name!r} is neither a folder here nor a model that can be fetched: {reason}.",
            remedy="Point MATCHER_ENCODER at a model folder, or check the name and the network.",
        ) from error
    return SentenceEncoder(model, _weights_revision(name, model))


def _weights_revision(name: str, model: SentenceTransformer) -> str:
    """Fingerprint a model that was fetched by name: the name may stand for other weights later."""
    digest = hashlib.sha256(f"{name}\0{model!r}\0{json.dumps(model.prompts)}".encode())
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()[:_REVISION_LENGTH]
