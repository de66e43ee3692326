"""The screen beside the re-ranker on profiles encoded anew, on the built-in region."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind, Training
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.ingest.records import OFFER_RECORDS, ProfileRecord, offer_from, profile_from
from matcher.match.interaction import pairs_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import PRIOR
from matcher.match.sides import Explainer, Person
from matcher.match.upskill.coverage import Coverage
from matcher.match.upskill.exact import Futures, scores
from matcher.match.upskill.gifts import gift_of
from matcher.match.upskill.joined import Given
from matcher.match.upskill.reach import MARGIN
from matcher.match.upskill.screen import Taught, screen
from matcher.region.families import region_rows
from tests.fakes import FakeEncoder

PEOPLE = ("p01", "p05", "p07", "p13")


def screened_and_judged(id: str, floor: float = -1.0) -> tuple[Vectors, Vectors]:
    """Scores of the needs after each training, by the screen and by the re-ranker."""
    records = RecordEncoder(FakeEncoder(64))
    rows = region_rows("needs").values()
    needs = [
        offer_from(OFFER_RECORDS[OfferKind.NEED].model_validate(row), id=row["id"]) for row in rows
    ]
    batch = records.encode_offers(needs)
    corpus = Corpus.of_batch(RecordKind.NEED, batch, LexicalModel.fit(batch.lexical))
    trainings = [
        cast(Training, offer_from(OFFER_RECORDS[OfferKind.TRAINING].model_validate(row), id=id))
        for id, row in region_rows("trainings").items()
    ]
    gifts = [gift_of(training) for training in trainings]
    texts = records.profile_texts(
        [gift.as_profile(one) for gift, one in zip(gifts, trainings, strict=True)]
    )
    given = Given.of(
        records.encode_texts(texts, TextRole.QUERY), texts, records.encoder.occupations
    )
    likeness = Likeness.measure(records.encoder)
    profile = profile_from(ProfileRecord.model_validate(region_rows("profiles")[id]), id=id)
    [words], encoded = records.profile_texts([profile]), records.encode_profiles([profile])
    coverage = Coverage.of(given.batch, corpus, corpus.living(), likeness)
    taught = Taught.of(encoded, given, coverage)
    futures = Futures(Person.of(profile, words, encoded), gifts, records)
    people = futures.after([(number,) for number in range(len(gifts))])
    pairs = pairs_of(*np.divmod(np.arange(len(people) * corpus.size), corpus.size))
    encoded_anew = EncodedBatch.concatenate([person.encoded for person in people])
    judged = scores(encoded_anew, coverage, pairs, likeness, PRIOR)
    by = Explainer.of(records.encoder).ranked_by(PRIOR)
    return screen(
        encoded, taught, coverage, corpus.living(), by, floor=floor
    ).after, judged.reshape(len(people), -1)


@pytest.mark.parametrize("id", PEOPLE)
def test_the_screen_errs_by_less_than_the_margin_that_is_allowed_for(id: str) -> None:
    screened, judged = screened_and_judged(id)
    assert screened.shape == judged.shape == (46, 46)
    assert float(np.abs(screened - judged).max()) < MARGIN


@pytest.mark.parametrize("id", PEOPLE)
def test_scores_from_the_floor_on_are_the_same_and_others_stay_below(id: str) -> None:
    floor = 0.2
    every, _ = screened_and_judged(id)
    some, _ = screened_and_judged(id, floor)
    np.testing.assert_array_equal(
        np.where(every >= floor, every, 0), np.where(some >= floor, some, 0)
    )
    assert (every >= floor).any()
    assert (some < every).any()
