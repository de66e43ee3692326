"""Why an offer is in the list: which of the person's words answer which of the offer's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matcher.domain.match import Missing, PhrasePair
from matcher.domain.parts import Importance
from matcher.encode.protocol import Vectors
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.features import ASKED, Feature
from matcher.match.ranker import PRIOR

#: From this likeness on a phrase counts as answered.
ANSWERED_FROM: Final = 0.35
MAX_REASONS: Final = 6
MAX_MISSING: Final = 6


def reasons(
    offer: Sequence[Phrase], profile: Sequence[Phrase], best: Vectors, answer: Sequence[int]
) -> tuple[PhrasePair, ...]:
    """Return the phrase pairs that carry a match, strongest first.

    Parameters
    ----------
    offer, profile
        The phrases of both sides.
    best, answer
        For each phrase of the offer: how well, and by which phrase of the profile, it is
        answered (`matcher.match.features.Interaction`).
    """
    total = sum(ASKED[p.role] * p.weight for p in offer if p.role in ASKED)
    strongest = _strongest_title(offer, best)
    pairs: dict[tuple[str, str], PhrasePair] = {}
    for i, (phrase, alike, row) in enumerate(zip(offer, best.tolist(), answer, strict=True)):
        if alike < ANSWERED_FROM:
            continue
        if phrase.role in ASKED:
            share = PRIOR[Feature.COVERAGE] * ASKED[phrase.role] * phrase.weight / total
        elif phrase.role is PhraseRole.TITLE:
            share = PRIOR[Feature.TITLE] if i == strongest else 0.0
        else:
            continue
        pair = PhrasePair(
            phrase.shown, profile[row].shown, _importance(phrase), alike, share * alike
        )
        pairs.setdefault((pair.requirement, pair.competence), pair)
    ordered = sorted(pairs.values(), key=lambda pair: (-pair.contribution, -pair.similarity))
    return tuple(ordered[:MAX_REASONS])


def missing(offer: Sequence[Phrase], best: Vectors) -> tuple[Missing, ...]:
    """Return what the offer asks for and nothing answers, essential first."""
    asked = (PhraseRole.ESSENTIAL, PhraseRole.OPTIONAL)
    open_ = [
        Missing(phrase.shown, _importance(phrase))
        for phrase, alike in zip(offer, best, strict=True)
        if phrase.role in asked and alike < ANSWERED_FROM
    ]
    return tuple(sorted(open_, key=lambda gap: gap.importance is Importance.OPTIONAL)[:MAX_MISSING])


def _importance(phrase: Phrase) -> Importance:
    optional = phrase.role is PhraseRole.OPTIONAL
    return Importance.OPTIONAL if optional else Importance.ESSENTIAL


def _strongest_title(offer: Sequence[Phrase], best: Vectors) -> int | None:
    """Return which title counts: of several alike the first, since the score counts one."""
    titles = [i for i, phrase in enumerate(offer) if phrase.role is PhraseRole.TITLE]
    return max(titles, key=lambda i: float(best[i]), default=None)
