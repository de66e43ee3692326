from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import OfferKind, Vacancy
from matcher.domain.parts import Commute, Competence, Importance, Place, Requirement
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.batch import EncodedBatch, Rows
from matcher.index.corpus import Corpus
from matcher.match.bands import LISTED_FROM
from matcher.match.book import Entry
from matcher.match.gates.kept import gates_revision
from matcher.match.listing import ListMaker, Tell
from matcher.match.matcher import Matcher
from matcher.match.retrieve import FEW, candidates
from matcher.match.search import COMPETENCE_ALONE, Block, Blocked, Search
from matcher.match.weights import Weights
from tests.unit.match.region import (
    COOK,
    COOKING,
    HELSINKI,
    KEMPELE,
    NEED,
    NOW,
    OULU,
    SERVICE,
    TODAY,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    profile,
    vacancy,
)

VACANCY = OfferKind.VACANCY


def jobs(
    matcher: Matcher,
    person: Profile,
    k: int = 10,
    blocked: Blocked = Blocked.HIDE,
    weights: Weights = COMPETENCE_ALONE,
) -> list[Match]:
    lists = matcher.match(
        [person], kinds=[VACANCY], k=k, on=TODAY, blocked=blocked, weights=weights
    )
    return lists[0][VACANCY]


def ids(matches: list[Match]) -> list[str]:
    return [match.offer_id for match in matches]


def people(matches: list[Match]) -> list[str]:
    return [match.profile_id for match in matches]


def rounded(matches: list[Match]) -> list[Match]:
    """The same order, bands and reasons, and scores that agree to four decimals, is the same."""
    return [replace(match, score=round(match.score, 4)) for match in matches]


@pytest.fixture
def small(region: Region) -> Region:
    region.add(WELDER, COOK, WELDING, COOKING, NEED, TRAINING, SERVICE)
    region.publish()
    return region


def test_every_profile_gets_a_list_of_each_kind_in_the_order_asked_for(small: Region) -> None:
    lists = small.matcher().match([WELDER, COOK], on=TODAY)
    assert [list(one) for one in lists] == [list(OfferKind)] * 2
    assert [{kind: ids(found) for kind, found in one.items()} for one in lists] == [
        {
            VACANCY: ["v-weld"],
            OfferKind.NEED: ["n-weld"],
            OfferKind.TRAINING: ["t-weld"],
            OfferKind.SERVICE: [],
        },
        {
            VACANCY: ["v-cook"],
            OfferKind.NEED: [],
            OfferKind.TRAINING: [],
            OfferKind.SERVICE: ["s-cook"],
        },
    ]


def test_a_match_is_explained_in_the_words_of_both_sides(small: Region) -> None:
    match = jobs(small.matcher(), WELDER)[0]
    assert (match.profile_id, match.offer_id, match.kind) == ("welder", "v-weld", VACANCY)
    assert (match.rank, match.band, match.distance_km) == (1, Band.STRONG, 0)
    assert {(pair.requirement, pair.competence) for pair in match.reasons} >= {
        ("MIG-hitsaus", "MIG-hitsaus"),
        ("hitsauspiirustusten lukeminen", "hitsauspiirustusten lukeminen"),
    }
    assert [(gap.requirement, gap.importance) for gap in match.missing] == [
        ("tulityökortti", Importance.ESSENTIAL)
    ]
    assert match.gates == (GateResult(GateKind.COMMUTE, GateOutcome.MET, OULU, "0 km"),)


def test_what_hardly_fits_is_left_out(small: Region) -> None:
    found = jobs(small.matcher(), WELDER)
    assert ids(found) == ["v-weld"]
    assert found[0].score >= LISTED_FROM[VACANCY]


def test_a_person_nobody_stored_is_matched_alike(small: Region) -> None:
    stranger = replace(WELDER, id="stranger")
    [known], [new] = (jobs(small.matcher(), someone) for someone in (WELDER, stranger))
    assert replace(new, profile_id="welder") == known


def test_a_person_of_whom_nothing_is_known_gets_empty_lists(small: Region) -> None:
    lists = small.matcher().match([Profile(id="new")], on=TODAY)
    assert lists == [{kind: [] for kind in OfferKind}]


def test_of_whom_little_is_known_the_band_says_so(small: Region) -> None:
    shy = profile("shy", "MIG-hitsaus")
    assert [match.band for match in jobs(small.matcher(), shy)] == [Band.TOO_LITTLE_KNOWN]


def test_nobody_asked_for_gets_no_lists(small: Region) -> None:
    assert small.matcher().match([], on=TODAY) == []


def test_a_list_is_the_same_for_one_person_and_among_many(small: Region) -> None:
    matcher = small.matcher()
    alone = [matcher.match([person], on=TODAY)[0] for person in (WELDER, COOK)]
    assert matcher.match([WELDER, COOK], on=TODAY) == alone


def test_the_same_question_has_the_same_answer(small: Region) -> None:
    first, second = (small.matcher().match([WELDER, COOK], on=TODAY) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("expires", "listed"),
    [(None, True), (date(2026, 11, 23), True), (TODAY, True), (date(2026, 11, 21), False)],
)
def test_an_offer_is_listed_up_to_its_last_day(
    region: Region, expires: date | None, listed: bool
) -> None:
    region.add(replace(WELDING, expires=expires))
    region.publish()
    assert ids(jobs(region.matcher(), WELDER)) == (["v-weld"] if listed else [])


def test_copies_of_an_advertisement_are_listed_once(region: Region) -> None:
    region.add(WELDING, replace(WELDING, id="v-copy", organisation="Välittäjä Oy"))
    region.publish()
    assert ids(jobs(region.matcher(), WELDER)) == ["v-copy"]


def test_a_copy_that_a_gate_blocks_does_not_stand_in_for_one_within_reach(region: Region) -> None:
    far = replace(WELDING, id="v-a", place=Place(municipalities=(HELSINKI,)))
    region.add(far, replace(WELDING, id="v-b"))
    region.publish()
    matcher = region.matcher()
    assert ids(jobs(matcher, WELDER)) == ["v-b"]
    assert ids(jobs(matcher, WELDER, blocked=Blocked.SHOW)) == ["v-a", "v-b"]


def test_an_open_copy_is_listed_for_an_expired_one(region: Region) -> None:
    expired = replace(WELDING, id="v-a", expires=date(2026, 11, 1))
    region.add(expired, replace(WELDING, id="v-b"))
    region.publish()
    assert ids(jobs(region.matcher(), WELDER)) == ["v-b"]


def near(count: int, **asked: Any) -> list[Vacancy]:
    """Welding jobs that differ in one word, so that none is another's copy."""
    words = ("aamuisin", "hallissa", "telakalla", "verstaalla", "ulkona", "tiimissä", "yksin")
    return [vacancy(f"v{i}", f"Hitsaaja {words[i]}", "MIG-hitsaus", **asked) for i in range(count)]


def test_a_list_is_at_most_k_long_and_ranks_count_from_1(region: Region) -> None:
    region.add(*near(4))
    region.publish()
    matcher = region.matcher()
    everything = jobs(matcher, WELDER)
    assert [match.rank for match in everything] == [1, 2, 3, 4]
    assert jobs(matcher, WELDER, k=2) == everything[:2]
    scores = [match.score for match in everything]
    assert scores == sorted(scores, reverse=True)


def test_what_a_gate_blocks_is_hidden_or_shown_with_what_blocks_it(region: Region) -> None:
    far = vacancy("v-far", "Hitsaaja", "MIG-hitsaus", place=Place(municipalities=(HELSINKI,)))
    region.add(WELDING, far)
    region.publish()
    matcher = region.matcher()
    assert ids(jobs(matcher, WELDER)) == ["v-weld"]
    shown = {match.offer_id: match.blocked for match in jobs(matcher, WELDER, blocked=Blocked.SHOW)}
    unmet = GateResult(GateKind.COMMUTE, GateOutcome.UNMET, HELSINKI, "674 km / 30 km")
    assert shown == {"v-weld": (), "v-far": (unmet,)}


def test_an_unknown_gate_neither_hides_an_offer_nor_moves_its_score(region: Region) -> None:
    region.add(WELDING, COOKING)
    region.publish()
    matcher = region.matcher()
    silent = replace(WELDER, municipality=None, commute=Commute())
    [known], [unknown] = (jobs(matcher, someone) for someone in (WELDER, silent))
    assert [gate.outcome for gate in unknown.gates] == [GateOutcome.UNKNOWN]
    assert unknown.score == known.score


def test_when_gates_block_the_best_one_looks_deeper_once(region: Region) -> None:
    blocked = near(3, licences=("CE",))
    region.add(*blocked, vacancy("v-free", "Hitsausavustaja", "MIG-hitsaus", "siivous"))
    region.publish()
    person = replace(WELDER, licences=("B",))
    # One candidate a search is a blocked one; four times as deep there is the free one.
    assert ids(jobs(region.matcher(retrieve=1), person)) == ["v-free"]


def test_by_day_the_same_is_found_within_reach_as_where_reach_is_not_known(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = ("Siivooja", "Kuljettaja", "Puutarhuri", "Ohjelmoija", "Sairaanhoitaja")
    region.add(*near(5), COOKING, *(vacancy(f"v-{title}", title) for title in others))
    region.publish()
    monkeypatch.setattr("matcher.match.listing.FEW", 0)
    found: list[list[list[int]]] = []

    def watched(queries: EncodedBatch, corpus: Corpus, k: int) -> list[Rows]:
        rows = candidates(queries, corpus, k)
        found.append([one.tolist() for one in rows])
        return rows

    monkeypatch.setattr("matcher.match.listing.candidates", watched)
    for revision in (gates_revision(), "another"):
        monkeypatch.setattr("matcher.match.gates.kept.gates_revision", lambda told=revision: told)
        region.matcher(retrieve=2).match([WELDER], kinds=[VACANCY], on=TODAY)
    within, anywhere = found[: len(found) // 2], found[len(found) // 2 :]
    assert within == anywhere
    assert 0 < len(within[0][0]) < 11


@pytest.mark.parametrize("few", [0, FEW])
def test_no_candidate_is_out_of_reach(
    region: Region, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher.match.listing.FEW", few)
    far = near(5, place=Place(municipalities=(HELSINKI,)))
    region.add(*far, vacancy("v-near", "Hitsausavustaja", "MIG-hitsaus", "siivous"))
    region.publish()
    assert ids(jobs(region.matcher(retrieve=1), WELDER)) == ["v-near"]
    shown = jobs(region.matcher(retrieve=1), WELDER, blocked=Blocked.SHOW)
    assert "v-near" not in ids(shown)


def test_a_changed_offer_is_not_shown_until_it_is_encoded_anew(region: Region) -> None:
    region.add(WELDING)
    region.publish()
    live = region.live()
    matcher = Matcher(live, region.store, region.records, 50)
    region.add(replace(WELDING, title=LocalText(fi="Levyseppähitsaaja")))
    assert ids(jobs(matcher, WELDER)) == []
    live.refresh()
    assert ids(jobs(matcher, WELDER)) == ["v-weld"]


def test_a_fact_that_no_word_tells_changes_at_once(region: Region) -> None:
    region.add(WELDING)
    region.publish()
    matcher = region.matcher()
    assert jobs(matcher, WELDER)[0].gates[0].required == OULU
    region.add(replace(WELDING, place=Place(municipalities=(KEMPELE,))))
    assert jobs(matcher, WELDER)[0].gates[0].required == KEMPELE


def test_an_offer_posted_by_day_is_listed_after_a_refresh_and_a_removed_one_is_gone(
    region: Region,
) -> None:
    region.add(WELDING)
    region.publish()
    live = region.live()
    matcher = Matcher(live, region.store, region.records, 50)
    region.add(vacancy("v-new", "Hitsaaja telakalle", "levyjen leikkaus", "MIG-hitsaus"))
    region.store.offers(VACANCY).delete("v-weld", NOW)
    live.refresh()
    assert ids(jobs(matcher, WELDER)) == ["v-new"]


def test_an_erased_offer_is_gone_even_before_a_refresh(region: Region) -> None:
    region.add(WELDING)
    region.publish()
    matcher = region.matcher()
    region.store.offers(VACANCY).delete("v-weld", NOW)
    assert jobs(matcher, WELDER) == []


def test_candidates_are_the_profiles_that_fit_best_first(small: Region) -> None:
    found = small.matcher().candidates(WELDING, on=TODAY)
    assert people(found) == ["welder"]
    assert rounded(found) == rounded(jobs(small.matcher(), WELDER))


def test_candidates_of_an_offer_nobody_stored(small: Region) -> None:
    found = small.matcher().candidates(replace(COOKING, id="draft"), on=TODAY)
    assert [(match.profile_id, match.offer_id) for match in found] == [("cook", "draft")]


def test_an_expired_offer_has_no_candidates(small: Region) -> None:
    expired = replace(WELDING, expires=date(2026, 11, 21))
    assert small.matcher().candidates(expired, on=TODAY) == []


def test_inactive_and_erased_people_are_no_candidates(region: Region) -> None:
    resting = replace(WELDER, id="resting", active=False)
    region.add(WELDER, resting, replace(WELDER, id="gone"))
    region.publish()
    matcher = region.matcher()
    region.store.profiles.delete("gone", NOW)
    assert people(matcher.candidates(WELDING, on=TODAY)) == ["welder"]


def test_who_becomes_inactive_is_no_candidate_at_once(small: Region) -> None:
    matcher = small.matcher()
    small.add(replace(WELDER, active=False))
    assert matcher.candidates(WELDING, on=TODAY) == []


def test_people_of_a_small_municipality_are_found_behind_many_of_a_large_one(
    region: Region,
) -> None:
    many = [replace(WELDER, id=f"w{number:02}") for number in range(40)]
    neighbours = [replace(WELDER, id=f"x{number}", municipality=KEMPELE) for number in range(2)]
    region.add(*many, *neighbours)
    region.publish()
    matcher = Matcher(region.live(), region.store, region.records, 2)
    found = matcher.candidates(WELDING, on=TODAY, municipalities=[KEMPELE])
    assert people(found) == ["x0", "x1"]


def test_candidates_live_in_the_municipalities_asked_for(region: Region) -> None:
    neighbour = replace(WELDER, id="neighbour", municipality=KEMPELE)
    nowhere = replace(WELDER, id="nowhere", municipality=None)
    region.add(WELDER, neighbour, nowhere)
    region.publish()
    matcher = region.matcher()

    def homes(*codes: str) -> list[str]:
        found = matcher.candidates(WELDING, on=TODAY, municipalities=codes)
        return sorted(people(found))

    assert homes(OULU) == ["welder"]
    assert homes(KEMPELE) == ["neighbour"]
    assert homes(OULU, KEMPELE) == ["neighbour", "welder"]
    assert homes() == []
    everybody = people(matcher.candidates(WELDING, on=TODAY))
    assert sorted(everybody) == ["neighbour", "nowhere", "welder"]


def test_when_the_best_live_elsewhere_one_looks_deeper_for_candidates(region: Region) -> None:
    neighbour = profile("neighbour", "MIG-hitsaus", "kalastus", municipality=KEMPELE)
    region.add(WELDER, replace(WELDER, id="w2"), replace(WELDER, id="w3"), neighbour)
    region.publish()
    # One candidate a search is one of the three from Oulu.
    matcher = region.matcher(retrieve=1)
    found = matcher.candidates(WELDING, on=TODAY, municipalities=[KEMPELE])
    assert people(found) == ["neighbour"]


def test_candidates_that_a_gate_blocks_are_hidden_or_shown(region: Region) -> None:
    region.add(WELDER, replace(WELDER, id="licensed", licences=("B",)))
    region.add(replace(WELDER, id="none", licences=()))
    region.publish()
    matcher = region.matcher()
    driving = replace(WELDING, licences=("B",))
    hidden = matcher.candidates(driving, on=TODAY)
    assert sorted(people(hidden)) == ["licensed", "welder"]
    shown = matcher.candidates(driving, on=TODAY, blocked=Blocked.SHOW)
    assert sorted(people(shown)) == ["licensed", "none", "welder"]
    assert [match.rank for match in shown] == [1, 2, 3]


def test_candidates_are_at_most_k(region: Region) -> None:
    region.add(*(replace(WELDER, id=f"w{i}") for i in range(3)))
    region.publish()
    matcher = region.matcher()
    everybody = matcher.candidates(WELDING, on=TODAY)
    assert people(everybody) == ["w0", "w1", "w2"]
    assert matcher.candidates(WELDING, k=2, on=TODAY) == everybody[:2]


def test_a_changed_profile_is_no_candidate_until_it_is_encoded_anew(region: Region) -> None:
    region.add(WELDER)
    region.publish()
    live = region.live()
    matcher = Matcher(live, region.store, region.records, 50)
    region.add(replace(WELDER, competences=(*WELDER.competences, Competence("TIG-hitsaus"))))
    assert matcher.candidates(WELDING, on=TODAY) == []
    live.refresh()
    assert people(matcher.candidates(WELDING, on=TODAY)) == ["welder"]


def test_facts_beside_the_words_never_change_a_score(small: Region) -> None:
    """No constraint, place, age, language skill or restriction is a feature."""
    other = Profile(
        id="welder",
        competences=WELDER.competences,
        occupations_wanted=WELDER.occupations_wanted,
        birth_date=date(1960, 1, 1),
        cards=(),
        languages=(),
        licences=(),
    )
    matcher = small.matcher()
    [match], [same] = (jobs(matcher, someone) for someone in (WELDER, other))
    assert (same.score, same.reasons) == (match.score, match.reasons)


def test_pluses_that_are_missing_are_told_after_what_is_essential(region: Region) -> None:
    asked = (
        Requirement("koirien trimmaus", Importance.OPTIONAL),
        Requirement("MIG-hitsaus"),
        Requirement("tulityökortti"),
    )
    region.add(replace(WELDING, requirements=asked))
    region.publish()
    [match] = jobs(region.matcher(), WELDER)
    assert [gap.requirement for gap in match.missing] == ["tulityökortti", "koirien trimmaus"]


def test_weights_tilt_the_order_and_not_the_score(region: Region) -> None:
    near = vacancy("v-near", "Hitsaaja", "MIG-hitsaus", "särmäys", place=WELDING.place)
    away = replace(near, id="v-away", requirements=(*near.requirements, *WELDING.requirements))
    person = replace(WELDER, commute=replace(WELDER.commute, max_km=None, relocation=True))
    region.add(person, replace(away, place=Place(municipalities=(HELSINKI,))), near)
    region.publish()
    plain = jobs(region.matcher(), person)
    tilted = jobs(region.matcher(), person, weights=Weights(near=1))
    assert (ids(plain)[0], ids(tilted)[0]) == ("v-away", "v-near")
    # The two are copies in different places; the score still tells how well each fits.
    assert tilted[0].score < plain[0].score


def test_gates_that_changed_after_the_last_refresh_hold_at_once(small: Region) -> None:
    matcher = small.matcher()
    assert ids(jobs(matcher, WELDER)) == ["v-weld"]
    small.add(replace(WELDING, place=Place(municipalities=(HELSINKI,))))
    assert jobs(matcher, WELDER) == []
    [shown] = jobs(matcher, WELDER, blocked=Blocked.SHOW)
    assert [one.gate for one in shown.blocked] == [GateKind.COMMUTE]


def test_only_offers_that_come_into_a_list_are_read(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = [replace(WELDING, id=f"far-{n}", place=Place(municipalities=(HELSINKI,))) for n in "abc"]
    region.add(WELDER, WELDING, *far)
    region.publish()
    matcher, read = region.matcher(), list[str]()
    get = matcher.book.get

    def watched(kind: OfferKind, ids: Collection[str]) -> dict[str, Entry]:
        read.extend(ids)
        return get(kind, ids)

    monkeypatch.setattr(matcher.book, "get", watched)
    assert ids(jobs(matcher, WELDER)) == ["v-weld"]
    assert read == ["v-weld"]


def test_lists_are_the_same_where_the_snapshot_tells_nothing_of_gates(
    small: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = small.matcher().match([WELDER, COOK], on=TODAY, blocked=Blocked.SHOW)
    monkeypatch.setattr("matcher.match.gates.kept.gates_revision", lambda: "another")
    anew = small.matcher().match([WELDER, COOK], on=TODAY, blocked=Blocked.SHOW)
    assert anew == kept


def test_an_answer_is_made_from_one_state_whatever_is_published_meanwhile(
    small: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = small.live()
    matcher = Matcher(live, small.store, small.records, 50)
    make = ListMaker.lists

    def overtaken(
        maker: ListMaker, block: Block, search: Search, tell: Tell[Match]
    ) -> list[list[Match]]:
        found = make(maker, block, search, tell)
        small.add(replace(NEED, id=f"n-after-{search.kind}"))
        small.publish()
        live.refresh()
        return found

    before = live.snapshot
    with monkeypatch.context() as patched:
        patched.setattr(ListMaker, "lists", overtaken)
        [lists] = matcher.match([WELDER], on=TODAY)
    assert live.snapshot != before
    assert ids(lists[OfferKind.NEED]) == ["n-weld"]
    [lists] = matcher.match([WELDER], on=TODAY)
    assert "n-after-need" in ids(lists[OfferKind.NEED])


def test_warming_up_works_on_an_index_of_nothing_and_shows_nothing(region: Region) -> None:
    region.publish()
    matcher, before = region.matcher(), region.store.revision()
    matcher.warm(TODAY)
    assert region.store.revision() == before
    assert matcher.match([WELDER], on=TODAY) == [{kind: [] for kind in OfferKind}]
