"""Encode profiles and offers: words, then vectors, then one pooled vector a record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.groups import GroupHead, Groups
from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.encode.text import PhraseRole, RecordText, concepts_of, offer_text, profile_text
from matcher.encode.words import RecordWords

LabelLookup = Callable[[Collection[str]], dict[str, LocalText]]

#: Share of each role in the pooled vector, before it is scaled to unit length.
POOL_WEIGHTS: dict[PhraseRole, float] = {
    PhraseRole.COMPETENCE: 1.0,
    PhraseRole.DONE: 0.6,
    PhraseRole.WANTED: 0.8,
    PhraseRole.EDUCATION: 0.3,
    PhraseRole.SENTENCE: 0.6,
    PhraseRole.TITLE: 1.0,
    PhraseRole.ESSENTIAL: 0.8,
    PhraseRole.OPTIONAL: 0.4,
    PhraseRole.TASK: 0.8,
}

#: Share of each role in what a record's occupations are told from, beside its pooled vector.
GROUP_WEIGHTS: dict[PhraseRole, float] = {
    PhraseRole.COMPETENCE: 1.0,
    PhraseRole.DONE: 1.0,
    PhraseRole.WANTED: 0.5,
    PhraseRole.TITLE: 1.0,
}
#: What a phrase counts that has nothing to do with its record's titles.
FAR_FROM_TITLE = 0.0004
_RECORDS_AT_ONCE = 1024


def no_labels(uris: Collection[str]) -> dict[str, LocalText]:
    """Look nothing up: the label lookup when no taxonomy is loaded."""
    return {}


@dataclass(frozen=True, slots=True)
class RecordEncoder:
    """Encodes records with one encoder and one source of concept labels.

    Parameters
    ----------
    encoder
        Of phrases; may be cached.
    labels
        Returns the preferred labels of concept URIs; unknown ones are absent.
    """

    encoder: Encoder
    labels: LabelLookup = no_labels

    def encode_profiles(self, profiles: Sequence[Profile]) -> EncodedBatch:
        """Encode profiles as queries; row i is ``profiles[i]``."""
        return self.encode_texts(self.profile_texts(profiles), TextRole.QUERY)

    def encode_offers(self, offers: Sequence[Offer]) -> EncodedBatch:
        """Encode offers of any kind as passages; row i is ``offers[i]``."""
        return self.encode_texts(self.offer_texts(offers), TextRole.PASSAGE)

    def profile_texts(self, profiles: Sequence[Profile]) -> list[RecordText]:
        """Return the words of profiles, with concept labels."""
        return profile_texts(profiles, self.labels)

    def offer_texts(self, offers: Sequence[Offer]) -> list[RecordText]:
        """Return the words of offers, with concept labels."""
        return offer_texts(offers, self.labels)

    def encode_texts(self, texts: Sequence[RecordText], role: TextRole) -> EncodedBatch:
        """Encode the words of records; row i is ``texts[i]``, which has a phrase or more."""
        return self.encode_words(RecordWords.of(texts), role)

    def encode_words(self, words: RecordWords, role: TextRole) -> EncodedBatch:
        """Encode the words of records; row i is record i, which has a phrase or more."""
        if not len(words):
            return EncodedBatch.empty(self.encoder.dimension)
        offsets, roles, weights = words.offsets, words.roles, words.weights
        texts, inverse = np.unique(words.phrases, return_inverse=True)
        vectors = self.encoder.encode(texts.tolist(), role)[inverse]
        telling = weights * nearness_to_title(vectors, offsets, roles)
        pooled = pool(vectors, offsets, roles, telling)
        return EncodedBatch(
            ids=words.ids,
            hashes=words.hashes,
            pooled=pooled,
            phrases=vectors,
            offsets=offsets,
            roles=roles,
            weights=weights,
            lexical=words.lexical,
            groups=tell_groups(
                self.encoder.occupations,
                pooled,
                vectors,
                mix(offsets, roles, weights, GROUP_WEIGHTS),
            ),
            openness=words.openness,
        )


def profile_texts(profiles: Sequence[Profile], lookup: LabelLookup) -> list[RecordText]:
    """Return the words of profiles, with the labels that a lookup has of their concepts."""
    labels = _labels_of(profiles, lookup)
    return [profile_text(profile, labels) for profile in profiles]


def offer_texts(offers: Sequence[Offer], lookup: LabelLookup) -> list[RecordText]:
    """Return the words of offers, with the labels that a lookup has of their concepts."""
    labels = _labels_of(offers, lookup)
    return [offer_text(offer, labels) for offer in offers]


def _labels_of(records: Sequence[Profile | Offer], lookup: LabelLookup) -> dict[str, LocalText]:
    """Return the labels of the concepts that records carry; most carry none."""
    uris: set[str] = set().union(*(concepts_of(record) for record in records))
    return lookup(uris) if uris else {}


def pool(
    phrases: Vectors, offsets: Rows, roles: NDArray[np.uint8], weights: NDArray[np.float32]
) -> Vectors:
    """Return one unit vector a record: the weighted sum of the mean vectors of its roles.

    Parameters
    ----------
    phrases, offsets, roles, weights
        Columns of an `EncodedBatch`; every record has at least one phrase.

    Returns
    -------
    ndarray of float32, shape (n, d)
    """
    mixed = mix(offsets, roles, weights, POOL_WEIGHTS)
    pooled: Vectors = np.asarray(mixed @ phrases, np.float32)
    norms = np.linalg.norm(pooled, axis=1, keepdims=True)
    unit: Vectors = pooled / np.maximum(norms, np.float32(1e-12))
    return unit


def nearness_to_title(vectors: Vectors, offsets: Rows, roles: NDArray[np.uint8]) -> Vectors:
    """Return how much each phrase says of the job that its record's titles name.

    Half of an advertisement speaks of the employer, the application and the benefits; such
    sentences are as far from its title as from any other, and hardly count.

    Parameters
    ----------
    vectors, offsets, roles
        Phrases, their records and what they stand for, as in an `EncodedBatch`.

    Returns
    -------
    ndarray of float32, shape (p,)
        Squared cosine with the mean of the titles, `FAR_FROM_TITLE` at least; 1 for records
        without a title.
    """
    record = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    is_title = roles == PhraseRole.TITLE
    titles = np.zeros((len(offsets) - 1, vectors.shape[1]), np.float32)
    np.add.at(titles, record[is_title], vectors[is_title])
    lengths = np.linalg.norm(titles, axis=1)
    cosines = np.einsum("pd,pd->p", vectors, titles[record]) / np.maximum(lengths[record], 1e-12)
    near = np.clip(cosines, 0, 1) ** 2
    nearness: Vectors = np.where(lengths[record] > 0, np.maximum(near, FAR_FROM_TITLE), 1).astype(
        np.float32
    )
    return nearness


def mix(
    offsets: Rows,
    roles: NDArray[np.uint8],
    weights: NDArray[np.float32],
    shares: Mapping[PhraseRole, float],
) -> csr_matrix:
    """Return how much of each phrase goes into each record.

    Parameters
    ----------
    offsets, roles, weights
        Columns of an `EncodedBatch`.
    shares
        Share of each role, spread over its phrases by their weight; 0 if left out.

    Returns
    -------
    csr_matrix of float64, shape (n, p)
    """
    n = len(offsets) - 1
    record = np.repeat(np.arange(n), np.diff(offsets))
    total = np.zeros((n, len(PhraseRole)), np.float64)
    np.add.at(total, (record, roles), weights)
    share = np.array([shares.get(role, 0.0) for role in PhraseRole])
    factor = weights * share[roles] / total[record, roles]
    return csr_matrix((factor, np.arange(len(roles)), offsets), shape=(n, len(roles)))


def tell_groups(
    head: GroupHead | None, pooled: Vectors, phrases: Vectors, mixed: csr_matrix
) -> Groups:
    """Tell the likeliest occupations of records, from the whole of each and from its phrases.

    Parameters
    ----------
    head
        Of the encoder; without one nothing is known.
    pooled, phrases
        Columns of an `EncodedBatch`.
    mixed
        How much each phrase counts, as from `mix`; the pooled vector counts as one phrase.
    """
    if head is None:
        return Groups.unknown(len(pooled))
    parts = [Groups.unknown(0)]
    for start in range(0, len(pooled), _RECORDS_AT_ONCE):
        some = mixed[start : start + _RECORDS_AT_ONCE]
        some.eliminate_zeros()
        used = np.unique(some.indices)
        of_phrases = some[:, used] @ head.shares(phrases[used])
        of_whole = head.shares(pooled[start : start + _RECORDS_AT_ONCE])
        parts.append(Groups.likeliest((of_whole + of_phrases).astype(np.float32)))
    return Groups.concatenate(parts)
