"""A score in words.

The thresholds are those scores at which, on half of a benchmark of graded pairs, about
four of five and about half of the pairs were good or strong; below the floor hardly any
was. They hold for the shipped encoder and the prior; how they were found is told in
docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.match import Band
from matcher.encode.batch import EncodedBatch
from matcher.encode.text import PhraseRole

STRONG_FROM: Final = 0.30
GOOD_FROM: Final = 0.22
#: Offers below are not worth a coach's time and are left out of lists.
LISTED_FROM: Final = 0.12
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
    return sum(int((profile.roles == role).sum()) for role in _TELLING) >= ENOUGH_PHRASES
