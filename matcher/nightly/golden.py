"""The golden set: the people of the built-in region, with judgements of our own.

It is the same on every installation, so that what it measures is the encoder and the ranking,
not the day's records. ``golden.tsv`` has one judged pair a line: profile, advertisement and
grade; 3 the person's own trade or what they want to do and can, 2 a job next to it that they
could begin in, 1 some of the competences count. Places, times and cards are left aside: those
are for the gates of a match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import orjson

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OFFER_TYPES, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.ingest.ids import OWN
from matcher.ingest.own import thing_from
from matcher.ingest.rows import ImportKind
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR, Ranker
from matcher.match.rerank import rank_offers
from matcher.metrics.ranking import average, ndcg_at_k
from matcher.nightly.gates import Gate, GateFigure
from matcher.region.files import golden_file, region_files

#: By so much it may be worse than with the snapshot that is served.
WORSE_BY: Final = 0.01
_K: Final = 10


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """People and advertisements with graded pairs: profile to advertisement to grade."""

    profiles: tuple[Profile, ...]
    ads: tuple[Offer, ...]
    grades: Mapping[str, Mapping[str, int]]


def golden_set() -> GoldenSet:
    """Read the golden set that comes with the package; whom nobody judged is left out."""
    grades: dict[str, dict[str, int]] = {}
    for line in golden_file().read_text("utf-8").splitlines():
        profile, ad, grade = line.split("\t")
        grades.setdefault(profile, {})[ad] = int(grade)
    profiles = [one for one in _things(ImportKind.PROFILES) if isinstance(one, Profile)]
    vacancy = OFFER_TYPES[OfferKind.VACANCY]
    ads = [one for one in _things(ImportKind.ADS) if isinstance(one, vacancy)]
    return GoldenSet(tuple(one for one in profiles if one.id in grades), tuple(ads), grades)


def golden_ndcg(encoder: Encoder, golden: GoldenSet, ranker: Ranker = PRIOR) -> float:
    """Return the mean nDCG@10 of the golden people's rankings, 0 to 1.

    Every advertisement is ranked, with the encoder as it is and no cache.
    """
    records = RecordEncoder(encoder)
    ads = records.encode_offers(golden.ads)
    corpus = Corpus.of_batch(RecordKind.VACANCY, ads, LexicalModel.fit(ads.lexical))
    people = records.encode_profiles(golden.profiles)
    ranked = rank_offers(people, corpus, Likeness.measure(encoder), ranker, corpus.size)
    run = {
        id: dict(zip(corpus.ids_of(found.rows), found.scores.tolist(), strict=True))
        for id, found in zip(people.ids, ranked, strict=True)
    }
    return average(ndcg_at_k(golden.grades, run, _K))


def golden_gate(value: float, incumbent: float | None) -> GateFigure:
    """Compare the golden set's nDCG with what it was for the snapshot that is served.

    Parameters
    ----------
    value
        Of the encoder and the ranking as they are.
    incumbent
        As it was measured when that was published; None if it is not known.
    """
    at_least = 0.0 if incumbent is None else incumbent - WORSE_BY
    told = "nothing to compare with" if incumbent is None else f"{incumbent:.3f} before"
    passed = value >= at_least
    return GateFigure(Gate.GOLDEN, RecordKind.VACANCY, value, at_least, told, passed)


def _things(kind: ImportKind) -> list[object]:
    lines = region_files()[kind.value].read_bytes().splitlines()
    return [thing_from(kind, orjson.loads(line), OWN) for line in lines]
