"""The training command, on data small enough to read."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from matcher.config import Settings
from matcher.encode.encoder import folder_revision, load_encoder

MODELS = Path(Settings().encoder).parent
NAMES = ("augment", "sources", "counted", "table", "corpus", "train", "ngram_bag", "ngrams")


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """The modules of the training, as the command sees them."""
    monkeypatch.syspath_prepend(str(MODELS))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield {name: importlib.import_module(name) for name in NAMES}
    for name in NAMES:
        del sys.modules[name]


def concept(number: int, kind: str, **labels: str) -> dict[str, str]:
    texts = {f"label_{lang}": labels[lang] for lang in ("fi", "sv", "en")}
    other = {"alt_en": f"other {labels['en']} | {labels['en']} too", "alt_fi": "", "alt_sv": ""}
    description = f"They do what {labels['en']}s do all day long. And they do it with great care."
    return {"uri": f"{kind}{number}", **texts, **other, "description_en": description}


def write_tsv(path: Path, rows: list[dict[str, str]]) -> None:
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_gzip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode()))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("esco", "yso", "oph_parallel", "finna", "trainings_fi"):
        (folder / name).mkdir(parents=True)
    occupations = [
        concept(1, "o", fi="hitsaaja", sv="svetsare", en="welder"),
        concept(2, "o", fi="kokki", sv="kock", en="cook"),
    ]
    skills = [
        concept(1, "s", fi="hitsata putkia", sv="svetsa rör", en="weld pipe"),
        concept(2, "s", fi="lukea piirustuksia", sv="läsa ritningar", en="read drawing"),
        concept(3, "s", fi="paistaa kalaa", sv="steka fisk", en="fry fish"),
        concept(4, "s", fi="suunnitella ruokalista", sv="planera en meny", en="plan menu"),
    ]
    pairs = (("o1", "s1"), ("o1", "s2"), ("o2", "s3"), ("o2", "s4"), ("o9", "s1"))
    relations = [{"occupationUri": one, "skillUri": other} for one, other in pairs]
    write_tsv(folder / "esco" / "occupations.tsv", occupations)
    write_tsv(folder / "esco" / "skills.tsv", skills)
    lines = ["occupationUri\tskillUri", *("\t".join(row.values()) for row in relations)]
    write_gzip(folder / "esco" / "occupation_skill_relations.tsv.gz", "\n".join(lines))
    subjects = [
        {"uri": "yso/p1", "label_fi": "ruoka", "label_sv": "mat", "label_en": "food"},
        {"uri": "yso/p2", "label_fi": "metallit", "label_sv": "metaller", "label_en": "metals"},
    ]
    write_tsv(folder / "yso" / "yso_labels.tsv", subjects)
    (folder / "oph_parallel" / "pairs_fi-sv.tsv").write_text("Opiskelija\tDen studerande\n")
    (folder / "oph_parallel" / "pairs_fi-en.tsv").write_text("Opiskelija\tStudents\n")
    for lang in ("fi", "sv", "en"):
        records = "".join(f"p1,p2\tRuoka ja metallit, osa {part}\n" for part in range(9))
        write_gzip(folder / "finna" / f"finna_{lang}.tsv.gz", records)
    text = "Koulutus antaa valmiudet hitsaajan työhön. Opinnot kestävät noin kaksi vuotta."
    write_gzip(folder / "trainings_fi" / "offers.jsonl.gz", json.dumps({"text": text}) + "\n")
    return folder


def test_the_command_writes_a_model_that_the_service_can_load(
    training: dict[str, ModuleType], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revisions = []
    for out in (tmp_path / "one", tmp_path / "two"):
        monkeypatch.setattr(
            sys, "argv", ["train.py", "--data", str(data), "--out", str(out), "--steps", "40"]
        )
        training["train"].main()
        revisions.append(folder_revision(out))
    assert revisions[0] == revisions[1]
    encoder = load_encoder(str(tmp_path / "one"))
    welder, cook = encoder.encode(["svetsare", "kock"]) @ encoder.encode(["hitsaaja"])[0]
    assert welder > cook + 0.2


def test_missing_data_is_told_before_anything_is_read(
    training: dict[str, ModuleType],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (data / "yso").rename(tmp_path / "elsewhere")
    monkeypatch.setattr(sys, "argv", ["train.py", "--data", str(data), "--out", str(tmp_path)])
    with pytest.raises(SystemExit):
        training["train"].main()
    assert f"{data} has no yso: --data names their folder" in capsys.readouterr().err


def test_every_name_of_a_concept_is_paired_with_its_own_names_only(
    training: dict[str, ModuleType], data: Path
) -> None:
    rng = np.random.default_rng(0)
    corpus = training["corpus"].read_corpus(data, rng)
    text_of = {id: text for text, id in corpus.texts.ids.items()}
    labels = corpus.sources["occupations"]
    labels.disturb, labels.directions = 0.0, [("en", "fi")]
    pairs = set()
    for _ in range(200):
        left, right = labels.draw(9, rng)
        pairs |= {(text_of[a], text_of[b]) for (a,), (b,) in zip(left, right, strict=True)}
    assert pairs == {
        *(("welder", "hitsaaja"), ("other welder", "hitsaaja"), ("welder too", "hitsaaja")),
        *(("cook", "kokki"), ("other cook", "kokki"), ("cook too", "kokki")),
    }


def test_a_step_goes_down_the_slope_of_the_loss(
    training: dict[str, ModuleType], data: Path
) -> None:
    rng = np.random.default_rng(0)
    corpus = training["corpus"].read_corpus(data, rng)
    counted = training["counted"].Counted.of(list(corpus.texts.ids))
    rows = training["ngrams"].Rows(np.empty(0, np.uint64), shared=512)
    batcher = training["table"].Batcher(counted, rows, dropout=0.0)
    table = training["table"].Table(len(rows), 8, rng)
    left, right = corpus.sources["skills"].draw(4, rng)
    batch = batcher.batch(left + right, rng)
    losses = []
    for _ in range(30):
        loss, gradient = training["train"].contrast(table.forward(batch), right, 0.1)
        losses.append(loss)
        table.step(batch, gradient, rate=0.01)
    assert losses[-1] < losses[0] / 2


def test_frequent_ngrams_own_a_row_and_words_of_one_text_do_not(
    training: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training["counted"], "TEXTS_AT_ONCE", 2)
    counted = training["counted"].Counted.of(["hitsaaja", "kokki", "hitsaaja tehtaalla"])
    own = set(counted.best_ngrams(1000).tolist())
    words = training["ngrams"].Words.of(["hitsaaja"])
    assert own == set(words.grams.tolist())


def test_words_counted_in_parts_are_those_counted_at_once(
    training: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["kokki ja kokki", "hitsaaja", "ja kokki", "", "kirvesmies ja hitsaaja"]
    words = training["ngrams"].Words.of(texts)
    monkeypatch.setattr(training["counted"], "TEXTS_AT_ONCE", 2)
    counted = training["counted"].Counted.of(texts)
    assert counted.bags.tolist() == words.bags.tolist()
    assert counted.weights.tolist() == words.weights.tolist()
    assert counted.bag_counts.tolist() == [2, 1, 2, 0, 3]
    ends = np.cumsum(words.gram_counts)
    for word, grams in enumerate(np.split(words.grams, ends)[:-1]):
        start = counted.gram_starts[word]
        counted_grams = counted.grams[start : start + counted.gram_counts[word]]
        assert counted_grams.tolist() == grams.tolist()
