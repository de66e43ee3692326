"""Whether Finnish labels find their own concept when inflected, mistyped or spoken.

The forms are made from the labels of the taxonomy by rules of grammar, of which the training
of the encoder knows nothing; labels whose inflection the rules do not know are not drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matcher.domain.text import Lang
from matcher.errors import NotReadyError
from matcher.evaluate.esco import Label, Taxonomy
from matcher.evaluate.finnish.nouns import Case, inflect
from matcher.evaluate.finnish.speech import mistyped, spoken_noun, spoken_verb
from matcher.evaluate.finnish.verbs import VerbForm, conjugate
from matcher.evaluate.ranking import best_first
from matcher.evaluate.report import Report
from matcher.evaluate.scorers import Scorer
from matcher.store.concepts import ConceptKind

SEED: Final = 20261122
#: Labels of each kind that are drawn, where there are so many.
DRAWN: Final = 400
TYPO: Final = "typo"
SPOKEN: Final = "spoken"
INFLECTED: Final = "inflected"

_CASES: Final = (Case.GENITIVE, Case.PARTITIVE, Case.TRANSLATIVE, Case.ILLATIVE, Case.PLURAL)
_BLOCK: Final = 256
_ODD = re.compile(r"[,(/&]")


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A disturbed label.

    Parameters
    ----------
    uri, label
        The concept, and its label as it was.
    kind
        A `Case`, a `VerbForm`, `TYPO` or `SPOKEN`.
    text
        What is asked.
    """

    uri: str
    label: str
    kind: str
    text: str


def evaluate_robustness(taxonomy: Taxonomy, scorer: Scorer) -> Report:
    """Ask for disturbed labels among all Finnish labels of occupations and skills.

    Parameters
    ----------
    taxonomy
        Whose labels are drawn and searched.
    scorer
        What ranks.

    Returns
    -------
    Report
        success@1 of all inflected forms, of mistyped and spoken ones, then of each kind.

    Raises
    ------
    NotReadyError
        If no label of the taxonomy can be drawn.
    """
    asked = disturbed_labels(taxonomy, np.random.default_rng(SEED))
    if not asked:
        raise NotReadyError(
            "There is no Finnish label that the suite could disturb.",
            remedy="Load ESCO with `matcher import esco PATH`.",
        )
    found = _found(asked, _searched(taxonomy), scorer)
    kinds: dict[str, list[bool]] = {INFLECTED: [], TYPO: [], SPOKEN: []}
    for one, right in zip(asked, found, strict=True):
        if one.kind not in (TYPO, SPOKEN):
            kinds[INFLECTED].append(right)
        kinds.setdefault(one.kind, []).append(right)
    figures = {
        f"success@1 {kind}": float(np.mean(rights)) for kind, rights in kinds.items() if rights
    }
    return Report("robustness", len(asked), figures, scorer.name, taxonomy.version)


def disturbed_labels(taxonomy: Taxonomy, rng: np.random.Generator) -> list[Disturbed]:
    """Draw labels and disturb each in every way that fits it.

    Parameters
    ----------
    taxonomy
        Whose preferred Finnish labels are drawn; those of several concepts never are.
    rng
        Draws labels, slips and turns of speech.
    """
    searched = _searched(taxonomy)
    owners: dict[str, set[str]] = {}
    for label in searched:
        owners.setdefault(label.text.casefold(), set()).add(label.uri)
    disturbed: list[Disturbed] = []
    for kind in (ConceptKind.OCCUPATION, ConceptKind.SKILL):
        fit = [
            label
            for label in searched
            if label.kind is kind
            and label.preferred
            and len(owners[label.text.casefold()]) == 1
            and _inflections(label)
        ]
        for at in sorted(rng.permutation(len(fit))[:DRAWN].tolist()):
            disturbed += _disturb(fit[at], rng)
    # *Biologia* is the partitive of *biologi*, but first of all a label of its own.
    return [one for one in disturbed if one.uri in owners.get(one.text.casefold(), {one.uri})]


def _searched(taxonomy: Taxonomy) -> list[Label]:
    kinds = (ConceptKind.OCCUPATION, ConceptKind.SKILL)
    return [label for kind in kinds for label in taxonomy.of(kind, Lang.FI)]


def _disturb(label: Label, rng: np.random.Generator) -> Iterator[Disturbed]:
    for kind, text in _inflections(label):
        yield Disturbed(label.uri, label.text, kind, text)
    speak = spoken_verb if _is_done(label) else spoken_noun
    for kind, other in ((TYPO, mistyped(label.text, rng)), (SPOKEN, speak(label.text, rng))):
        if other is not None:
            yield Disturbed(label.uri, label.text, kind, other)


def _inflections(label: Label) -> list[tuple[str, str]]:
    """Return the kinds and forms of a label; none if the rules do not know its inflection."""
    if _ODD.search(label.text):
        return []
    if _is_done(label):
        infinitive, _, rest = label.text.partition(" ")
        verb = conjugate(infinitive)
        return [] if verb is None else [(form, f"{verb.form(form)} {rest}") for form in VerbForm]
    forms = [(case, inflect(label.text, case)) for case in _CASES]
    return [(case, form) for case, form in forms if form is not None]


def _is_done(label: Label) -> bool:
    """Tell whether a label is a skill that begins with a verb."""
    first, *rest = label.text.split()
    return label.kind is ConceptKind.SKILL and bool(rest) and conjugate(first) is not None


def _found(asked: Sequence[Disturbed], labels: Sequence[Label], scorer: Scorer) -> list[bool]:
    """Tell of each text whether the best label is one of its concept."""
    owners: dict[str, set[str]] = {}
    for label in labels:
        owners.setdefault(label.text, set()).add(label.uri)
    texts = list(owners)
    score = scorer.fit(texts)
    found: list[bool] = []
    for start in range(0, len(asked), _BLOCK):
        block = asked[start : start + _BLOCK]
        for one, row in zip(block, score([each.text for each in block]), strict=True):
            best = texts[int(best_first(row, 1)[0])]
            found.append(one.uri in owners[best])
    return found
