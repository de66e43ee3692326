"""Advertisements of the same job: posted again, or on several portals.

One job is one employer, one role and one place. Portals name employers differently, change
marks and headings and cut the end off, so the words are compared by the character n-grams
of the whole text; the pooled vector will not do, as it leans on the title. Advertisements of
one chain in several towns are several jobs, however alike.

The two bounds were chosen on 220 pairs that the developers labelled, out of those that look
alike among 1,272 real advertisements; how is told in docs/decisions/0014-same-job.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.codes import municipalities
from matcher.domain.offer import Offer
from matcher.domain.parts import Place
from matcher.encode.batch import EncodedBatch
from matcher.encode.compiled import compiled, fixed
from matcher.encode.protocol import Vectors

#: Share of n-grams (cosine) from which two advertisements with the same title, of employers
#: whose names go together, are one job.
SAME_JOB: Final = 0.93
#: And from which the title or the employer may be another one: an agency's, or "seller at the
#: market" for "seller of berries".
SAME_WORDS: Final = 0.99

#: So many comparisons are remembered.
_PAIRS: Final = 300_000
#: Legal forms, which one portal writes and the other does not.
_FORMS: Final = frozenset({"oy", "oyj", "ab", "abp", "ky", "ry", "tmi", "ltd", "inc"})
_WORD: Final = re.compile(r"\w+")
_POSTCODE: Final = re.compile(r"(?<![\d+])\d{5}(?!\d)")


#: Columns of the n-grams of a text, ascending, and how each is counted.
Grams = tuple[NDArray[np.signedinteger[Any]], Vectors]


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What is compared of an advertisement."""

    place: Place
    postcodes: frozenset[str]
    title: frozenset[str]
    employer: tuple[str, ...]
    digest: str
    grams: Grams
    length: float


def same_job(one: Advertisement, other: Advertisement) -> bool:
    """Tell whether two advertisements are of one job: one employer, one role and one place."""
    titled, employed = one.title == other.title, _go_together(one.employer, other.employer)
    same = one.digest == other.digest
    # A city has a hundred day-care centres, and the same words for all of them.
    may_be = (same or titled or employed) and _overlap(one.postcodes, other.postcodes)
    if not may_be or not _may_be_one_place(one.place, other.place):
        return False
    return same or _alike(one, other) >= (SAME_JOB if titled and employed else SAME_WORDS)


class SameJob:
    """Tells whether advertisements are of the same job, and remembers it.

    Lists of many people hold the same advertisements side by side.
    """

    def __init__(self) -> None:
        self._known: dict[int, _Compared] = {}
        self._pairs = 0

    def among(self, one: Advertisement, others: Mapping[int, Advertisement]) -> bool:
        """Tell whether some advertisements hold one of the same job.

        Parameters
        ----------
        one
            Compared with each.
        others
            By their identity.
        """
        known = self._known.get(id(one))
        if known is None:
            known = self._known[id(one)] = _Compared(one)
        if not others.keys() <= known.others.keys():
            for number in [number for number in others if number not in known.others]:
                self._compare(known, others[number])
        # Most advertisements have no second one anywhere.
        return bool(known.same) and not known.same.isdisjoint(others)

    def _compare(self, known: _Compared, other: Advertisement) -> None:
        self._pairs += 1
        if self._pairs > _PAIRS:
            # Who compares at the moment has the comparisons of theirs at hand.
            self._known, self._pairs = {}, 0
        known.others[id(other)] = other
        if same_job(known.one, other):
            known.same.add(id(other))


class _Compared:
    """What an advertisement was compared with.

    All are known by their identity, and kept so that it stays theirs.
    """

    def __init__(self, one: Advertisement) -> None:
        self.one = one
        self.others: dict[int, Advertisement] = {}
        self.same: set[int] = set()


class Seen:
    """The advertisements of a list so far, or those that a client refused.

    Parameters
    ----------
    same_job
        Compares them; None if no other list holds the same ones.
    """

    def __init__(self, same_job: SameJob | None = None) -> None:
        self._known: dict[int, Advertisement] = {}
        self._same_job = same_job or SameJob()

    def before(self, offer: Offer, encoded: EncodedBatch) -> bool:
        """Tell whether the list holds this job already, and remember the advertisement.

        Parameters
        ----------
        offer, encoded
            As in `holds`.
        """
        return self.met(_of(offer, encoded))

    def met(self, one: Advertisement) -> bool:
        """Tell whether the list holds this job already, and remember the advertisement."""
        known = self._holds(one)
        self._known[id(one)] = one
        return known

    def holds(self, offer: Offer, encoded: EncodedBatch) -> bool:
        """Tell whether an advertisement of this job is known already.

        Parameters
        ----------
        offer
            Compared by title, organisation, place and the postcodes in its text.
        encoded
            A batch of one with its n-grams, by which the words are compared.
        """
        return self._holds(_of(offer, encoded))

    def add(self, offer: Offer, encoded: EncodedBatch) -> None:
        """Remember an advertisement."""
        one = _of(offer, encoded)
        self._known[id(one)] = one

    def _holds(self, one: Advertisement) -> bool:
        return bool(self._known) and self._same_job.among(one, self._known)


def advertisement(offer: Offer, digest: str, grams: Grams) -> Advertisement:
    """Return what is compared of an offer.

    Parameters
    ----------
    offer
        Compared by title, organisation, place and the postcodes in its text.
    digest
        Fingerprint of its words.
    grams
        Its n-grams.
    """
    return Advertisement(
        offer.place,
        frozenset(_POSTCODE.findall(offer.text.best(offer.language))),
        frozenset(_words(offer.title.best(offer.language))),
        _name(offer.organisation),
        digest,
        grams,
        float(np.sqrt((grams[1] ** 2).sum())),
    )


def _of(offer: Offer, encoded: EncodedBatch) -> Advertisement:
    grams = fixed(encoded.lexical.indices), fixed(encoded.lexical.data)
    return advertisement(offer, encoded.hashes[0], grams)


def _alike(one: Advertisement, other: Advertisement) -> float:
    """Return the cosine of the counted n-grams, 0 for an advertisement without words."""
    lengths = one.length * other.length
    return _product(one.grams, other.grams) / lengths if lengths else 0.0


@compiled
def _product(one: Grams, other: Grams) -> float:
    columns, counts = one
    other_columns, other_counts = other
    total = 0.0
    i = j = 0
    while i < columns.shape[0] and j < other_columns.shape[0]:
        if columns[i] == other_columns[j]:
            total += counts[i] * other_counts[j]
            i += 1
            j += 1
        elif columns[i] < other_columns[j]:
            i += 1
        else:
            j += 1
    return total


def _may_be_one_place(one: Place, other: Place) -> bool:
    """Tell whether two places can be one; what only one of them tells parts nothing."""
    if not _overlap(one.municipalities, other.municipalities):
        return False
    return _overlap(_regions(one), _regions(other)) and _overlap(one.countries, other.countries)


def _overlap(some: Collection[str], others: Collection[str]) -> bool:
    return not some or not others or not frozenset(some).isdisjoint(others)


def _regions(place: Place) -> frozenset[str]:
    known = municipalities()
    within = (known[code].region for code in place.municipalities if code in known)
    return frozenset(place.regions).union(within)


def _go_together(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names may be one employer's: one begins with or holds the other.

    That of an advertisement without an employer may be anybody's.
    """
    if not one or not other:
        return True
    if one[0].startswith(other[0]) or other[0].startswith(one[0]):
        return True
    return frozenset(one) <= frozenset(other) or frozenset(other) <= frozenset(one)


@lru_cache(maxsize=4096)
def _name(organisation: str) -> tuple[str, ...]:
    return tuple(word for word in _words(organisation) if word not in _FORMS)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
