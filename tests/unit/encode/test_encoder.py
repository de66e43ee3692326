"""The encoder on the shipped model, and on a small one made here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matcher.config import Settings
from matcher.encode.encoder import folder_revision, load_encoder
from matcher.encode.protocol import Encoder, TextRole
from matcher.errors import InputError, NotReadyError

SHIPPED = Path(Settings().encoder)
WORDS = ["[UNK]", "kokki", "hitsaaja", "query:", "passage:"]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_encoder(str(SHIPPED))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Folder of a static model with five words, in three dimensions, with prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    rows = np.array([[0, 0, 0], [3, 0, 0], [0, 4, 0], [0, 0, 8], [0, 0, 0]], np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows)],
        prompts={"query": "query: ", "passage": "passage: "},
        device="cpu",
    )
    folder = tmp_path / "tiny"
    model.save(str(folder), create_model_card=False)
    return folder


def test_vectors_are_float32_and_of_unit_length(shipped: Encoder) -> None:
    vectors = shipped.encode(["sairaanhoitaja", "Vi söker en svetsare till Uleåborg.", "C++"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, shipped.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_an_empty_batch_gives_no_rows(shipped: Encoder) -> None:
    assert shipped.encode([]).shape == (0, shipped.dimension)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(shipped: Encoder) -> None:
    texts = ["lähihoitaja vuorotyöhön", "ohjelmistokehittäjä", "truckförare på lager"] * 100
    alone = np.concatenate([shipped.encode([text]) for text in texts[:3]])
    np.testing.assert_allclose(shipped.encode(texts)[:3], alone, atol=1e-5)


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("sairaanhoitaja", "sjuksköterska", "snickare"),
        ("hitsaajan töitä", "svetsare", "kock"),
        ("welder", "hitsaaja", "kokki"),
        ("ohjelmistokehitäjä", "ohjelmistokehittäjä", "kirjanpitäjä"),
        ("trukinkuljettajaksi", "truckförare", "lärare"),
        ("laskujen käsittely ja kirjanpito", "bookkeeping", "welding"),
    ],
)
def test_what_means_the_same_is_nearer(
    shipped: Encoder, query: str, right: str, wrong: str
) -> None:
    near, far = shipped.encode([right, wrong]) @ shipped.encode([query], TextRole.QUERY)[0]
    assert near > far + 0.2


def test_case_and_composition_of_letters_change_nothing(shipped: Encoder) -> None:
    plain, shouted, decomposed = shipped.encode(["lähihoitaja", "LÄHIHOITAJA", "la\u0308hihoitaja"])
    np.testing.assert_array_equal(plain, shouted)
    np.testing.assert_array_equal(plain, decomposed)


def test_symbols_alone_have_a_vector_too(shipped: Encoder) -> None:
    vectors = shipped.encode(["???", "日本語", "🙂 👍"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("empty", ["", " \n\t"])
def test_an_empty_text_is_refused_with_its_place(shipped: Encoder, empty: str) -> None:
    with pytest.raises(InputError, match="Text 2 of the batch is empty"):
        shipped.encode(["kokki", empty])


def test_the_shipped_folder_is_small() -> None:
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file())
    assert size <= 40_000_000


def test_any_sentence_transformers_folder_can_be_loaded(tiny: Path) -> None:
    encoder = load_encoder(str(tiny))
    assert encoder.dimension == 3
    np.testing.assert_allclose(encoder.encode(["kokki", "hitsaaja"]), np.eye(3)[:2], atol=1e-6)


def test_queries_get_the_models_prompt_for_queries(tiny: Path) -> None:
    # the mean of "query:" (0, 0, 8) and "hitsaaja" (0, 4, 0), scaled to length 1
    vector = load_encoder(str(tiny)).encode(["hitsaaja"], TextRole.QUERY)
    np.testing.assert_allclose(vector, [[0, 1 / 5**0.5, 2 / 5**0.5]], atol=1e-6)


def test_a_text_in_which_the_model_finds_nothing_is_refused(tiny: Path) -> None:
    with pytest.raises(InputError, match="Text 2 of the batch holds nothing"):
        load_encoder(str(tiny)).encode(["kokki", "muurari"])


def test_the_revision_is_the_same_wherever_the_folder_lies(tiny: Path, tmp_path: Path) -> None:
    before = load_encoder(str(tiny)).revision
    moved = tiny.rename(tmp_path / "elsewhere")
    assert folder_revision(moved) == before
    assert len(before) == 12


def test_the_revision_changes_with_the_configuration(tiny: Path) -> None:
    before = folder_revision(tiny)
    config = tiny / "config_sentence_transformers.json"
    config.write_text(config.read_text().replace("query: ", "question: "))
    assert folder_revision(tiny) != before


def test_the_revision_does_not_change_with_the_model_card(tiny: Path) -> None:
    before = folder_revision(tiny)
    (tiny / "README.md").write_text("More words.")
    assert folder_revision(tiny) == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"no model folder .*nowhere"):
        load_encoder(str(tmp_path / "nowhere"))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neither modules\.json nor config\.json"):
        load_encoder(str(tmp_path))


def test_a_torn_weight_file_is_named(tiny: Path) -> None:
    weights = next(tiny.rglob("model.safetensors"))
    weights.write_bytes(weights.read_bytes()[:20])
    with pytest.raises(InputError, match=r"tiny cannot be loaded"):
        load_encoder(str(tiny))


def test_a_configuration_that_is_not_json_is_named(tiny: Path) -> None:
    (tiny / "modules.json").write_text(json.dumps([])[:-1])
    with pytest.raises(InputError, match=r"tiny cannot be loaded"):
        load_encoder(str(tiny))


def test_a_model_fetched_by_name_is_known_by_its_weights(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sentence_transformers

    fetched = sentence_transformers.SentenceTransformer(str(tiny), device="cpu")
    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", lambda name: fetched)
    before = load_encoder("hub/name").revision
    assert load_encoder("hub/name").revision == before
    assert load_encoder("hub/other").revision != before
    next(iter(fetched.parameters())).data[1, 0] += 1
    assert load_encoder("hub/name").revision != before


def test_a_name_that_cannot_be_fetched_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise OSError("The hub is offline.\nSee the manual of the hub.")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", refuse)
    with pytest.raises(NotReadyError) as caught:
        load_encoder("hub/name")
    assert caught.value.message == (
        "'hub/name' is neither a folder here nor a model that can be fetched: The hub is offline."
    )


def test_importing_the_module_does_not_import_torch() -> None:
    code = "import sys, matcher.encode.encoder; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
