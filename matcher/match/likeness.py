"""From cosines to likeness: how much more alike two phrases are than strangers.

Encoders differ in how alike they find unrelated phrases (some never go below .7). Each is
therefore measured once on a fixed list of unrelated everyday phrases, and a likeness
counts from there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.encode.protocol import Encoder, TextRole, Vectors

#: Of the distance between strangers (0) and the same words (1), what counts as fully alike.
SAME = 0.6
NOISE_QUANTILE = 0.9
#: Deliberately unrelated; part of the scale, so a change here changes every score.
STRANGERS = (
    "leipuri", "sähköasentaja", "lastenhoito", "kirjanpito", "metsäkoneen kuljettaminen",
    "verkkosivujen ohjelmointi", "lattioiden pesu", "haavanhoito", "trukin ajaminen",
    "musiikin opettaminen", "kalanperkaus", "asiakaspalvelu puhelimessa", "hitsaus",
    "markkinatutkimus", "hampaiden puhdistus", "rakennuspiirustusten lukeminen",
    "ekonom", "bagare", "trädgårdsskötsel", "svetsning", "städning av kontor",
    "undervisning i matematik", "bilreparation", "patientvård", "lagerarbete",
    "nurse", "welding", "software testing", "cooking for large groups", "truck driving",
    "bookkeeping", "childcare", "data analysis", "fishing", "hairdressing", "roofing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """Scale of one encoder.

    Parameters
    ----------
    noise
        Cosine that nine of ten pairs of unrelated phrases stay below.
    """

    noise: float

    @classmethod
    def measure(cls, encoder: Encoder) -> Likeness:
        """Measure an encoder on `STRANGERS`."""
        half = len(STRANGERS) // 2
        queries = encoder.encode(STRANGERS[:half], TextRole.QUERY)
        passages = encoder.encode(STRANGERS[half:], TextRole.PASSAGE)
        return cls(float(np.quantile(queries @ passages.T, NOISE_QUANTILE)))

    def of_phrases(self, cosines: Vectors) -> Vectors:
        """Return 0 for strangers up to 1 for phrases as good as the same words."""
        return self._scale(cosines, SAME)

    def of_records(self, cosines: Vectors) -> Vectors:
        """Return 0 for unrelated records up to 1 for the same words throughout."""
        return self._scale(cosines, 1.0)

    def _scale(self, cosines: Vectors, full: float) -> Vectors:
        scaled = (cosines - self.noise) / (full * (1 - self.noise))
        clipped: Vectors = np.clip(scaled, 0, 1).astype(np.float32)
        return clipped
