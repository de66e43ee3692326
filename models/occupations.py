"""Train the occupation head of an encoder: which ISCO-08 unit groups a vector belongs to.

Call ``python models/occupations.py --data ../shared/data --model models/kohtaanto-encoder``
after `train.py`. A softmax regression learns the group of names, descriptions and
pseudo-profiles (a few skills of an occupation, half of them with one of its names), all from
ESCO. It writes `occupations.safetensors` into the model's folder.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch.nn.functional import cross_entropy

from matcher.encode.encoder import load_encoder
from matcher.encode.groups import FILE
from matcher.encode.protocol import Encoder

LANGUAGES = ("fi", "sv", "en")
SEPARATOR = " | "


@dataclass(frozen=True)
class Recipe:
    """What decides the outcome, beside the data.

    Parameters
    ----------
    profiles
        Pseudo-profiles of each occupation.
    skills
        The most skills in one.
    epochs, batch, rate
        Of the training.
    smoothing
        Share of the target that is spread over all groups.
    decay
        Of the weights' squares.
    seed
        Of everything that is drawn.
    """

    profiles: int = 12
    skills: int = 6
    epochs: int = 8
    batch: int = 1024
    rate: float = 0.1
    smoothing: float = 0.05
    decay: float = 1e-5
    seed: int = 20261122


@dataclass(frozen=True)
class Examples:
    """Vectors, and the number of the group that each belongs to."""

    vectors: np.ndarray
    groups: np.ndarray


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def names_of(occupation: dict[str, str]) -> list[str]:
    """Return the distinct names of an occupation in all languages."""
    columns = [f"{kind}_{lang}" for lang in LANGUAGES for kind in ("label", "alt")]
    names = [name.strip() for column in columns for name in occupation[column].split(SEPARATOR)]
    return [name for name in dict.fromkeys(names) if name]


def pseudo_profiles(
    names: np.ndarray, skills: np.ndarray, recipe: Recipe, rng: np.random.Generator
) -> np.ndarray:
    """Return unit vectors of pseudo-profiles of one occupation.

    Parameters
    ----------
    names
        Vectors of its names, shape (n, d).
    skills
        Vectors of its skills by language, shape (languages, m, d); m may be 0.
    """
    made = []
    for number in range(recipe.profiles):
        vector = np.zeros(names.shape[1], np.float32)
        if skills.shape[1]:
            count = min(int(rng.integers(1, recipe.skills + 1)), skills.shape[1])
            chosen = rng.choice(skills.shape[1], size=count, replace=False)
            vector += skills[rng.integers(len(LANGUAGES)), chosen].mean(axis=0)
        if number % 2 or not skills.shape[1]:
            vector += names[rng.integers(len(names))]
        made.append(vector / np.linalg.norm(vector))
    return np.stack(made)


def draw_examples(folder: Path, encoder: Encoder, recipe: Recipe) -> Examples:
    """Return names, descriptions and pseudo-profiles of all occupations."""
    occupations, skills = read_rows(folder / "occupations.tsv"), read_rows(folder / "skills.tsv")
    row = {skill["uri"]: at for at, skill in enumerate(skills)}
    skills_of = defaultdict(list)
    for relation in read_rows(folder / "occupation_skill_relations.tsv.gz"):
        if relation["skillUri"] in row:
            skills_of[relation["occupationUri"]].append(row[relation["skillUri"]])
    by_language = np.stack(
        [encoder.encode([skill[f"label_{lang}"] for skill in skills]) for lang in LANGUAGES]
    )
    groups = np.unique([each["isco08"][:4] for each in occupations], return_inverse=True)[1]
    rng = np.random.default_rng(recipe.seed)
    vectors, kinds = [], []
    for group, occupation in zip(groups, occupations, strict=True):
        names = encoder.encode(names_of(occupation))
        described = encoder.encode([occupation["description_en"] or occupation["label_en"]])
        own = np.array(skills_of[occupation["uri"]], np.int64)
        made = pseudo_profiles(names, by_language[:, own], recipe, rng)
        vectors += [names, described, made]
        kinds += [group] * (len(names) + 1 + len(made))
    return Examples(np.concatenate(vectors), np.array(kinds))


def fit(examples: Examples, recipe: Recipe) -> dict[str, np.ndarray]:
    """Fit the softmax regression; rare groups count more, by the root of their rarity."""
    torch.manual_seed(recipe.seed)
    vectors, groups = torch.from_numpy(examples.vectors), torch.from_numpy(examples.groups)
    counts = torch.bincount(groups).float()
    weights = torch.zeros(len(counts), vectors.shape[1], requires_grad=True)
    bias = torch.zeros(len(counts), requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=recipe.rate)
    steps = recipe.epochs * -(-len(groups) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    for epoch in range(recipe.epochs):
        total = 0.0
        for some in torch.randperm(len(groups)).split(recipe.batch):
            loss = cross_entropy(
                vectors[some] @ weights.T + bias,
                groups[some],
                weight=(counts.mean() / counts).sqrt(),
                label_smoothing=recipe.smoothing,
            )
            loss = loss + recipe.decay * weights.square().sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(some)
        print(f"epoch {epoch + 1} of {recipe.epochs}: {total / len(groups):.3f}")
    return {"weights": weights.detach().numpy(), "bias": bias.detach().numpy()}


def main() -> None:
    """Read the data, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--model", type=Path, required=True, help="folder of the encoder")
    arguments = parser.parse_args()
    recipe = Recipe()
    examples = draw_examples(arguments.data / "esco", load_encoder(str(arguments.model)), recipe)
    save_file(fit(examples, recipe), arguments.model / FILE)


if __name__ == "__main__":
    main()
