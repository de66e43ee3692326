"""What a suggestion costs as one types: ``python -m benchmarks.suggestions [--texts N]``.

Loads ESCO from `MATCHER_DATA` and asks for texts of two words, the first of one label and the
last of another one, so that few labels have both and the others are looked for by meaning. Each
text is asked once: what is remembered costs nothing. Told is processor time of this process,
and how many times that of looking at the words alone it takes.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Annotated

import numpy as np
import typer

from matcher.config import load_settings
from matcher.encode.encoder import load_encoder
from matcher.errors import NotReadyError
from matcher.ingest.esco import import_esco
from matcher.store.concepts import ConceptKind
from matcher.store.store import Store
from matcher.taxonomy.meaning import Labelled, Meanings
from matcher.taxonomy.suggest import Suggester


def main(
    texts: Annotated[int, typer.Option(help="How many texts are typed.")] = 500,
) -> None:
    """Print the median and the 95th percentile of a suggestion, and of its part by meaning."""
    settings = load_settings()
    if not (settings.data / "esco").is_dir():
        raise NotReadyError(
            f"There is no ESCO in {settings.data / 'esco'}.",
            remedy="Point MATCHER_DATA at a folder that has ESCO's tables in esco/.",
        )
    with (
        TemporaryDirectory(prefix="kohtaanto-suggestions-") as folder,
        Store.open(f"sqlite:///{Path(folder, 'store')}") as store,
    ):
        import_esco(store, [settings.data / "esco"])
        encoder = load_encoder(settings.encoder)
        suggester = Suggester(encoder)
        begun = process_time()
        suggester.warm(store.concepts)
        typer.echo(f"once at the start: {process_time() - begun:.1f} s")
        labels = list(store.concepts.all_labels())
        meanings = Meanings(encoder, labels, ConceptKind.SKILL)
        _measure(store, suggester, meanings, typed_texts(labels, texts))


def typed_texts(labels: list[Labelled], count: int) -> list[str]:
    """Return texts of two words out of preferred labels of skills, each text once."""
    named = [
        label.casefold()
        for _, kind, _, label, preferred in labels
        if kind is ConceptKind.SKILL and preferred
    ]
    step = max(1, len(named) // count)
    pairs = zip(named[::step], named[step // 2 :: step], strict=False)
    return list(dict.fromkeys(f"{one.split()[0]} {other.split()[-1]}" for one, other in pairs))


def _measure(store: Store, suggester: Suggester, meanings: Meanings, typed: list[str]) -> None:
    whole, by_meaning = [], []
    for text in typed:
        begun = process_time()
        suggester.suggest(store.concepts, text, ConceptKind.SKILL)
        between = process_time()
        meanings.near(text)
        whole.append((between - begun) * 1000)
        by_meaning.append((process_time() - between) * 1000)
    for name, times in (("a suggestion", whole), ("of it by meaning", by_meaning)):
        median, late = np.percentile(times, [50, 95])
        typer.echo(f"{name}: median {median:.1f} ms, p95 {late:.1f} ms ({len(times)} texts)")
    ratio = np.sum(whole) / (np.sum(whole) - np.sum(by_meaning))
    typer.echo(f"with meaning ÷ by words alone: {ratio:.2f}")


if __name__ == "__main__":
    typer.run(main)
