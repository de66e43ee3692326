from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import CompanyNeed, OfferKind, Service, Training, Vacancy
from matcher.domain.profile import Profile
from matcher.errors import InputError, StoreError
from matcher.store import codec

numbers = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(float, numbers)
# Text as it comes out of decoded files: anything but lone surrogates.
st.register_type_strategy(str, st.text(st.characters(codec="utf-8"), max_size=20))


@pytest.mark.parametrize("cls", [Profile, Vacancy, CompanyNeed, Training, Service, Match])
def test_what_was_dumped_loads_as_it_was(cls: type[object]) -> None:
    @given(st.from_type(cls))
    def holds(thing: object) -> None:
        assert codec.load(cls, codec.dump(thing)) == thing

    holds()


def test_a_dump_is_compact_json_in_the_order_of_the_fields() -> None:
    gate = GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "074")
    assert codec.dump(gate) == (
        '{"gate":"card","outcome":"unknown","required":"074","evidence":null,"stated":null}'
    )


def test_unknown_and_none_stay_apart() -> None:
    asked = Profile(id="p1", licences=(), cards=None)
    loaded = codec.load(Profile, codec.dump(asked))
    assert (loaded.licences, loaded.cards) == ((), None)


def test_fields_of_a_later_version_are_ignored_and_missing_ones_get_their_default() -> None:
    assert codec.load(Profile, '{"id": "p1", "favourite_colour": "red"}') == Profile(id="p1")


def test_a_damaged_payload_names_the_field() -> None:
    with pytest.raises(StoreError, match=r"A stored Vacancy cannot be read: id: .*Import"):
        codec.load(Vacancy, '{"id": 7}')


def test_a_text_that_is_no_unicode_is_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        codec.dump(Profile(id="p1", text="Verenpainetauti \ud800"))
    assert str(caught.value) == (
        "A text of Profile 'p1' is no valid Unicode. Save the source as UTF-8."
    )


def test_the_digest_is_the_sha256_of_the_text() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert codec.digest("") == empty


def test_matches_keep_their_enums() -> None:
    match = Match("p1", "o1", OfferKind.NEED, 1, 0.5, Band.GOOD, (), (), ())
    assert codec.load(Match, codec.dump(match)).band is Band.GOOD
