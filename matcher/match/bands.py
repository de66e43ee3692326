"""A score in words.

On half of a benchmark of graded pairs, six of seven that score as *strong* were good or
strong, three of five of those that score as *good*, and two of five of those below, down to
the floor under which hardly any was. The thresholds hold for the shipped encoder and the
prior; how they were found is told in docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.text import PhraseRole

STRONG_FROM: Final = 0.36
GOOD_FROM: Final = 0.22
#: Offers below are not worth a coach's time and are left out of lists. Trainings and services
#: speak of other things than a profile does, so that the same score says more there.
LISTED_FROM: Final[dict[OfferKind, float]] = {
    OfferKind.VACANCY: 0.12,
    OfferKind.NEED: 0.12,
    OfferKind.TRAINING: 0.08,
    OfferKind.SERVICE: 0.06,
}
#: So many phrases that say what a person can do or wants are the least one can go by.
ENOUGH_PHRASES: Final = 3
_TELLING: Final = (
    PhraseRole.COMPETENCE,
    PhraseRole.DONE,
    PhraseRole.WANTED,
    PhraseRole.SENTENCE,
)


def band_of(score: float, *, known: bool) -> Band:
    """Return the band of a score; too little known if the profile hardly says anything."""
    if not known:
        return Band.TOO_LITTLE_KNOWN
    if score >= STRONG_FROM:
        return Band.STRONG
    return Band.GOOD if score >= GOOD_FROM else Band.POSSIBLE


def enough_known(profile: EncodedBatch) -> bool:
    """Tell whether one encoded profile says enough to be judged."""
    return bool(all_known(profile)[0])


def all_known(profiles: EncodedBatch) -> NDArray[np.bool_]:
    """Tell of each encoded profile whether it says enough to be judged."""
    telling = np.isin(profiles.roles, _TELLING)
    said = np.concatenate([[0], np.cumsum(telling)])[profiles.offsets]
    enough: NDArray[np.bool_] = np.diff(said) >= ENOUGH_PHRASES
    return enough
