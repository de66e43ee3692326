"""What the night writes of a match is the match that is shown by day."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Commute
from matcher.domain.profile import Profile
from matcher.match.matcher import Matcher
from matcher.match.ranker import PRIOR
from matcher.match.written import Writer
from matcher.store import codec
from tests.unit.match.region import (
    COOK,
    COOKING,
    NEED,
    NOW,
    SERVICE,
    TODAY,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    vacancy,
)

#: They know and want the same, and say of their permits the same in other words.
TELLS = replace(WELDER, id="tells", text="Minulla on B-ajokortti.")
TELLS_TOO = replace(WELDER, id="tells-too", text="B-ajokortti löytyy kyllä!")
DRIVING = vacancy(
    "v-drive", "Hitsaaja maakunnassa", "MIG-hitsaus", "levyjen leikkaus", licences=("B",)
)
PEOPLE = [WELDER, COOK, TELLS, TELLS_TOO, replace(COOK, id="near", commute=Commute(max_km=5))]


def written(matcher: Matcher, people: list[Profile], writer: Writer) -> list[list[Match]]:
    made = matcher.written(people, writer, k=10, on=TODAY, ranker=PRIOR, heard=0)
    return [
        [codec.load(Match, one.payload) for kind in OfferKind for one in lists[kind]]
        for lists in made
    ]


def shown(matcher: Matcher, people: list[Profile]) -> list[list[Match]]:
    made = matcher.match(people, on=TODAY, ranker=PRIOR)
    return [[match for kind in OfferKind for match in lists[kind]] for lists in made]


def filled(region: Region) -> Matcher:
    region.add(*PEOPLE, WELDING, DRIVING, COOKING, NEED, TRAINING, SERVICE)
    region.publish()
    return region.matcher()


def test_what_is_written_is_what_is_shown_also_from_pieces_written_before(region: Region) -> None:
    matcher, writer = filled(region), Writer()
    expected = shown(matcher, PEOPLE)
    assert [len(lists) > 0 for lists in expected] == [True] * len(PEOPLE)
    assert written(matcher, PEOPLE, writer) == expected
    assert written(matcher, PEOPLE[::-1], writer) == expected[::-1]


def test_what_stands_beside_a_written_match_is_what_it_says(region: Region) -> None:
    [lists] = filled(region).written([WELDER], Writer(), k=10, on=TODAY, ranker=PRIOR, heard=0)
    for one in lists[OfferKind.VACANCY]:
        match = codec.load(Match, one.payload)
        assert (one.offer_id, one.rank, one.score, one.band) == (
            match.offer_id,
            match.rank,
            match.score,
            match.band.value,
        )


def test_nobody_is_told_in_the_words_of_another_who_says_the_same(region: Region) -> None:
    matcher, writer = filled(region), Writer()
    both = written(matcher, [TELLS, TELLS_TOO], writer)
    evidence = [{gate.evidence for match in lists for gate in match.gates} for lists in both]
    assert any("Minulla on" in str(one) for one in evidence[0])
    assert not any("Minulla on" in str(one) for one in evidence[1])


def test_lists_of_who_has_wishes_heed_them(region: Region) -> None:
    matcher = filled(region)
    region.store.feedback.add(
        Feedback(
            id="f1",
            profile_id="welder",
            offer_id="v-weld",
            kind=OfferKind.VACANCY,
            action=Action.NOT_SUITABLE,
            reason=Reason.OTHER,
            at=NOW,
            by="key",
        )
    )
    assert written(matcher, [WELDER], Writer()) == shown(matcher, [WELDER])
