"""Do weights fitted on judgements of our own beat the prior? `python -m benchmarks.fitted DIR`.

Nothing of the benchmark in DIR is fitted to: it is only ranked. Judged pairs come from two
other places.

- A generated region: a vacancy fits a person who wants, or else has done, an occupation of
  its family, and does not fit one of another family that is not near it.
- ESCO's occupation–skill relations (European Commission): of an occupation some skills make a
  person, others with its name an advertisement; that fits, one of another unit group does not.

Of each person the fitting offers stand beside the best that do not fit. Two models are fitted
to all of it: the linear one that `matcher train-ranker` fits, and trees with monotone
constraints of scikit-learn. Beside the benchmark the golden set of the built-in region, which
was judged by hand, tells how they do.

References
----------
Friedman (2001), "Greedy function approximation: a gradient boosting machine".
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import orjson
import typer
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.region import generated
from matcher.config import load_settings
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Competence, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.encode.encoder import load_encoder
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.evaluate.matching import matching_figures
from matcher.evaluate.matching_set import MatchingSet, read_matching
from matcher.ingest.ids import OWN
from matcher.ingest.own import thing_from
from matcher.ingest.rows import ImportKind
from matcher.match.features import Feature, interact
from matcher.match.learning.fit import Judged, fit
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.nightly.golden import golden_set
from matcher.region.families import families
from matcher.region.generate import Sizes

Floats = NDArray[np.float32]
Score = Callable[[Floats], Floats]

SIZES: Final = Sizes(profiles=200, offers=1_000)
OCCUPATIONS: Final = 300
SKILLS: Final = 6
#: So many offers that do not fit stand beside those that do: the best by the prior.
WRONG: Final = 30
SEED: Final = 2026


@dataclass(frozen=True, slots=True)
class Pairs:
    """People and offers, with what fits: bool, shape (people, offers); and what is unclear."""

    profiles: Sequence[Profile]
    offers: Sequence[Vacancy]
    fits: NDArray[np.bool_]
    unclear: NDArray[np.bool_]


def of_region() -> Pairs:
    """Return the pairs of a generated region."""
    fields = {
        title.casefold(): family
        for family in families().values()
        for speech in family.speech.values()
        for title in speech.occupations
    }
    with generated(SIZES) as region:
        people = [one for one in _things(region.files, "profiles") if isinstance(one, Profile)]
        ads = [one for one in _things(region.files, "ads") if isinstance(one, Vacancy)]
    of_ads = [fields.get(ad.occupations[0].title.casefold()) for ad in ads]
    fits = np.zeros((len(people), len(ads)), np.bool_)
    unclear = np.zeros_like(fits)
    for row, person in enumerate(people):
        titles = person.occupations_wanted or person.occupations_done
        own = [field for one in titles if (field := fields.get(one.title.casefold()))]
        keys, near = {one.key for one in own}, {key for one in own for key in one.near}
        fits[row] = [one is not None and one.key in keys for one in of_ads]
        unclear[row] = [not own or one is None or one.key in near - keys for one in of_ads]
    return Pairs(people, ads, fits, unclear)


def of_esco(folder: Path, rng: np.random.Generator) -> Pairs:
    """Return the pairs of occupation–skill relations."""
    skills = {row["uri"]: row for row in _rows(folder / "skills.tsv")}
    skills_of: dict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / "occupation_skill_relations.tsv.gz"):
        if row["skillUri"] in skills:
            skills_of[row["occupationUri"]].append(row["skillUri"])
    told = [row for row in _rows(folder / "occupations.tsv") if len(skills_of[row["uri"]]) > 20]
    drawn = [told[i] for i in rng.choice(len(told), OCCUPATIONS, replace=False)]
    people, ads, languages = [], [], list(Lang)
    for number, row in enumerate(drawn):
        lang = languages[number % len(languages)]
        chosen = rng.permutation(skills_of[row["uri"]])[: 2 * SKILLS]
        names = [skills[uri][f"label_{lang}"] for uri in chosen]
        can = tuple(Competence(name) for name in names[:SKILLS])
        people.append(Profile(id=f"e{number}", language=lang, competences=can))
        asked = tuple(Requirement(name) for name in names[SKILLS:])
        title = LocalText(**{lang.value: row[f"label_{lang}"]})
        ads.append(Vacancy(id=f"o{number}", title=title, requirements=asked))
    groups = np.array([row["isco08"][:4] for row in drawn])
    fits = np.eye(len(drawn), dtype=np.bool_)
    return Pairs(people, ads, fits, (groups[:, None] == groups) & ~fits)


def judged(pairs: Pairs, tables: Floats) -> list[Judged]:
    """Return what fits of each person beside the best that does not."""
    people = []
    for row, profile in enumerate(pairs.profiles):
        scores = PRIOR.score(tables[row])
        wrong = np.flatnonzero(~pairs.fits[row] & ~pairs.unclear[row])
        wrong = wrong[np.argsort(-scores[wrong], kind="stable")][:WRONG]
        right = np.flatnonzero(pairs.fits[row])
        kept = np.concatenate([right, wrong])
        fits = np.arange(len(kept)) < len(right)
        # Each person counts alike, and what fits as much as what does not.
        weights = np.where(fits, 1 / max(1, len(right)), 1 / max(1, len(wrong)))
        table = tables[row][kept]
        if len(right) and len(wrong):
            people.append(Judged(profile.id, (), table, fits, weights, table[:0]))
    return people


def trees(people: Sequence[Judged]) -> Score:
    """Fit trees in which more of a feature never lowers the score."""
    model = HistGradientBoostingClassifier(
        monotonic_cst=[1] * len(Feature), max_iter=150, learning_rate=0.05, random_state=SEED
    )
    model.fit(
        np.concatenate([one.table for one in people]),
        np.concatenate([one.fits for one in people]),
        sample_weight=np.concatenate([one.weights for one in people]),
    )
    return lambda table: model.decision_function(table).astype(np.float32)


def main(
    directory: Annotated[Path, typer.Argument(help="As `matcher evaluate matching`.")],
) -> None:
    """Print the fitted weights, and what prior and fitted models reach."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    records, likeness = RecordEncoder(encoder), Likeness.measure(encoder)

    def tables(profiles: Sequence[Profile], offers: Sequence[Vacancy]) -> Floats:
        people, ads = records.encode_profiles(profiles), records.encode_offers(offers)
        model = LexicalModel.fit(ads.lexical)
        lexical = (model.weigh(people.lexical) @ model.weigh(ads.lexical).T).toarray()
        rows = [people.take_dense(np.array([i])) for i in range(len(people))]
        return np.stack(
            [
                interact(row, ads, overlap, likeness).table
                for row, overlap in zip(rows, lexical, strict=True)
            ]
        )

    sources = {
        "region": of_region(),
        "ESCO": of_esco(settings.data / "esco", np.random.default_rng(SEED)),
    }
    told = {name: judged(one, tables(one.profiles, one.offers)) for name, one in sources.items()}
    told["both"] = [one for people in told.values() for one in people]
    models: dict[str, Score] = {"prior": PRIOR.score}
    for name, people in told.items():
        weights = fit(people, PRIOR.weights.astype(np.float64)).astype(np.float32)
        shown = ", ".join(f"{f.name.lower()} {weights[f]:.2f}" for f in Feature)
        typer.echo(f"fitted on {name}, {sum(len(p.fits) for p in people):,} pairs: {shown}")
        models[f"linear, {name}"] = lambda table, weights=weights: table @ weights
        models[f"trees, {name}"] = trees(people)
    golden, graded = golden_set(), read_matching(directory)
    by_hand = replace(
        graded,
        name="golden set",
        profiles=golden.profiles,
        ads=golden.ads,
        qrels={id: dict(grades) for id, grades in golden.grades.items()},
    )
    for task in (by_hand, graded):
        _show(task, models, tables(task.profiles, task.ads))


def _show(task: MatchingSet, models: Mapping[str, Score], tables: Floats) -> None:
    ids = [offer.id for offer in task.ads]
    for model, score in models.items():
        run = {
            profile.id: dict(zip(ids, score(each).tolist(), strict=True))
            for profile, each in zip(task.profiles, tables, strict=True)
        }
        found = matching_figures(task.qrels, run)
        shown = "  ".join(f"{key} {value:.3f}" for key, value in found.items())
        typer.echo(f"{task.name}, {model}: {shown}")


def _things(files: Mapping[str, Path], kind: str) -> list[object]:
    lines = files[kind].read_bytes().splitlines()
    return [thing_from(ImportKind(kind), orjson.loads(line), OWN) for line in lines]


def _rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    typer.run(main)
