"""What pages show, before there is a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from api.schemas.matches import NightlyMatch, offer_fields
from api.schemas.offers import OfferSummary
from api.schemas.upskill import AdvisedTraining, OpenedOffer
from api.web.views.asked import Asked
from api.web.views.cards import Card, Knowledge, cards, distance
from api.web.views.gains import columns, gains
from api.web.views.path import Reached, duties_in_time, missing_of, open_instruments, phases
from api.web.views.phrases import Phrase, best_phrase
from api.web.views.points import SIZE, offer_map
from matcher.domain.feedback import Action, Feedback
from matcher.domain.match import (
    Band,
    GateKind,
    GateOutcome,
    GateResult,
    Match,
    Missing,
    PersonPart,
    PhrasePair,
)
from matcher.domain.offer import OfferKind, Vacancy
from matcher.domain.parts import Commute, Importance, Place
from matcher.domain.profile import Profile
from matcher.domain.situation import Period, Registration, Situation
from matcher.domain.text import Lang, LocalText
from matcher.match.search import Blocked
from matcher.pathways.area import PhaseKind
from matcher.pathways.documents import PathwayDocument, pathway_document
from matcher.pathways.duties import DutyState
from matcher.pathways.factnames import FactName
from matcher.pathways.pathway import pathway_of, standing_in
from matcher.pathways.truth import Truth

OULU, KEMPELE, HELSINKI = "564", "244", "091"
CLIENT = Profile(id="p", municipality=OULU, commute=Commute(max_km=30), language=Lang.SV)
JOB = Vacancy(
    id="v",
    language=Lang.EN,
    title=LocalText(en="Welder"),
    organisation="Yard Ltd",
    place=Place((KEMPELE,)),
)
MATCH = Match(
    profile_id="p",
    offer_id="v",
    kind=OfferKind.VACANCY,
    rank=2,
    score=0.4,
    band=Band.GOOD,
    reasons=(
        PhrasePair("welding", "svetsning", Importance.ESSENTIAL, 0.9, 0.1),
        PhrasePair("Welder", "svetsare", Importance.OPTIONAL, 0.9, 0.1, said=PersonPart.WANTS),
    ),
    missing=(Missing("forklift", Importance.OPTIONAL),),
    gates=(
        GateResult(GateKind.LICENCE, GateOutcome.MET, "B", "B"),
        GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "022"),
        GateResult(GateKind.COMMUTE, GateOutcome.UNMET, KEMPELE, "40 km / 30 km"),
    ),
    distance_km=40.0,
)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def shown(match: Match = MATCH, offer: Vacancy = JOB, **facts: Any) -> NightlyMatch:
    fields = offer_fields(match, offer, Lang.FI)
    return NightlyMatch(
        **{"is_new": True, "rank_by_fit": 1, "moved": None, "instruments": [], **fields, **facts}
    )


def carded(*said: Feedback, offer: Vacancy = JOB) -> Card:
    known = Knowledge(
        CLIENT, {(OfferKind.VACANCY, "v"): offer}, {"v": [replace(JOB, id="w")]}, said, Lang.FI
    )
    [card] = cards([shown()], known)
    return card


def said(action: Action, offer: str = "v") -> Feedback:
    return Feedback(
        id=f"f-{action}-{offer}",
        profile_id="p",
        offer_id=offer,
        kind=OfferKind.VACANCY,
        action=action,
        at=NOW,
        by="key",
    )


def test_phrases_are_marked_with_the_language_of_who_wrote_them() -> None:
    card = carded()
    assert card.title == Phrase("Welder", "en")
    assert [(pair.person, pair.offer) for pair in card.pairs] == [
        (Phrase("svetsning", "sv"), Phrase("welding", "en")),
        (Phrase("svetsare", "sv"), Phrase("Welder", "en")),
    ]
    assert [(pair.is_wish, pair.is_plus) for pair in card.pairs] == [(False, False), (True, True)]
    assert card.lacks[0].phrase == Phrase("forklift", "en")


def test_a_text_is_shown_in_the_best_language_that_it_has() -> None:
    text = LocalText(fi="Hitsaaja", sv="Svetsare")
    assert best_phrase(text, Lang.SV) == Phrase("Svetsare", "sv")
    assert best_phrase(text, Lang.EN) == Phrase("Hitsaaja", "fi")


def test_what_stands_in_the_way_and_what_to_ask_come_before_what_is_met() -> None:
    card = carded()
    outcomes = [gate.outcome for gate in card.gates]
    assert outcomes == [GateOutcome.UNMET, GateOutcome.UNKNOWN, GateOutcome.MET]
    assert "40 km" in card.gates[0].text
    assert card.count(GateOutcome.UNKNOWN) == 1


def test_what_was_done_with_an_offer_stands_on_its_card_only() -> None:
    done = said(Action.PRESENTED), said(Action.WITHDRAWN), said(Action.SAVED, "other")
    assert [one.action for one in carded(*done).noted] == [Action.PRESENTED]


def test_a_card_names_the_copies_of_its_job() -> None:
    assert [copy.id for copy in carded().copies] == ["w"]


def test_an_offer_that_is_gone_has_no_card() -> None:
    assert cards([shown()], Knowledge(CLIENT, {}, {}, (), Lang.FI)) == ()


@pytest.mark.parametrize(
    ("km", "most", "expected"),
    [
        (40.0, 30.0, (40, 30, True)),
        (12.4, None, (12, None, False)),
        (250.0, 120.0, (100, None, True)),
    ],
)
def test_the_bar_of_a_distance_shows_how_far_the_client_travels(
    km: float, most: float | None, expected: tuple[int, int | None, bool]
) -> None:
    found = distance(km, replace(CLIENT, commute=Commute(max_km=most)), Lang.FI)
    assert found is not None
    assert (found.share, found.limit, found.is_far) == expected


def test_what_is_in_the_home_municipality_is_not_told_in_kilometres() -> None:
    found = [distance(km, CLIENT, Lang.FI) for km in (0.0, 0.4, 0.6)]
    assert [one.text for one in found if one] == ["", "", "1 km"]


def test_an_unknown_distance_has_no_bar() -> None:
    assert distance(None, CLIENT, Lang.FI) is None


def test_a_map_has_the_home_in_the_middle_and_the_north_above() -> None:
    offers = [("1", [KEMPELE]), ("2", [KEMPELE, HELSINKI]), ("3", ["999"])]
    found = offer_map(OULU, offers, Lang.FI)
    assert found is not None
    assert found.home == "Oulu"
    near, far = found.dots
    assert (near.text, near.labels) == ("Kempele", ("1", "2"))
    assert (far.text, far.labels) == ("Helsinki", ("2",))
    assert far.y > near.y > SIZE / 2
    assert all(0 <= at <= SIZE for dot in found.dots for at in (dot.x, dot.y))


def test_names_on_a_map_do_not_cover_each_other() -> None:
    codes = [OULU, KEMPELE, "425", "436", "494", "072"]
    found = offer_map(OULU, [(code, [code]) for code in codes], Lang.FI)
    assert found is not None
    lines = [dot.name for dot in found.dots if dot.name is not None]
    assert len({(name.x, name.y) for name in lines}) == len(lines) >= 3


@pytest.mark.parametrize(("home", "codes"), [(None, [OULU]), (OULU, []), ("000", [OULU])])
def test_without_home_or_places_there_is_no_map(home: str | None, codes: list[str]) -> None:
    assert offer_map(home, [("1", codes)], Lang.FI) is None


def test_a_list_is_made_anew_only_where_nobody_has_stored_it() -> None:
    assert not Asked(band=Band.GOOD, km=20, new=True).is_fresh
    assert Asked(want=0.1).is_fresh
    assert Asked(near=1).is_fresh
    assert Asked(blocked=Blocked.SHOW).is_fresh


def test_links_carry_what_is_asked_and_leave_out_what_is_usual() -> None:
    assert Asked().link() == "?"
    assert Asked(want=0.5, km=20).link(kind=OfferKind.NEED) == "?kind=need&want=0.5&km=20"
    assert Asked(km=20).link(km=None) == "?"


def test_empty_fields_of_a_form_ask_for_nothing() -> None:
    asked = Asked.model_validate({"band": "", "km": ""})
    assert (asked.band, asked.km) == (None, None)
    with pytest.raises(ValidationError):
        Asked.model_validate({"km": "far"})


def test_filters_leave_out_what_is_weak_far_or_known_and_keep_what_is_not_known() -> None:
    weak = shown(band=Band.POSSIBLE)
    near = shown(distance_km=5.0, is_new=False)
    nowhere = shown(distance_km=None)
    every = [shown(), weak, near, nowhere]
    assert Asked().shown(every) == every
    assert Asked(band=Band.GOOD).shown(every) == [every[0], near, nowhere]
    assert Asked(km=20).shown(every) == [near, nowhere]
    assert Asked(new=True).shown(every) == [every[0], weak, nowhere]


def advised(opens: int, *opened: tuple[Band | None, Band]) -> AdvisedTraining:
    offer = OfferSummary.of(JOB, Lang.FI)
    return AdvisedTraining(
        rank=1,
        training=offer,
        opens=opens,
        opened=[OpenedOffer(offer=offer, band_before=one, band_after=two) for one, two in opened],
    )


def test_an_opened_offer_rises_from_one_column_to_another() -> None:
    lines = (None, Band.GOOD), (Band.POSSIBLE, Band.STRONG), (Band.TOO_LITTLE_KNOWN, Band.GOOD)
    [gain, other] = gains([advised(5, *lines), advised(1)])
    assert [(rise.before, rise.after) for rise in gain.rises] == [
        (40.0, 200.0),
        (120.0, 280.0),
        (40.0, 200.0),
    ]
    assert (gain.share, gain.more, other.share) == (100, 2, 20)
    assert columns() == (0.0, 80.0, 160.0, 240.0)


def path(situation: Situation) -> PathwayDocument:
    standing = standing_in("", CLIENT, situation, date(2026, 11, 22))
    return pathway_document(pathway_of(standing, ()), Lang.FI)


def test_phases_before_the_one_reached_are_past() -> None:
    search = Registration(Period(date(2026, 9, 1)))
    told = phases(path(Situation(registrations=(search,))).phase, Lang.FI)
    assert [phase.kind for phase in told] == list(PhaseKind)
    assert told[0].reached is Reached.NOW
    assert {phase.reached for phase in told[1:]} <= {Reached.AHEAD, Reached.PERHAPS}


def test_of_whom_nothing_is_known_every_phase_may_have_begun() -> None:
    told = phases(path(Situation()).phase, Lang.FI)
    assert {phase.reached for phase in told} == {Reached.PERHAPS}


def test_missing_facts_are_asked_once_and_overdue_duties_come_first() -> None:
    document = path(Situation(registrations=(Registration(Period(date(2024, 1, 1))),)))
    assert [fact.fact for fact in missing_of(document)] == [
        FactName.BENEFIT_DAYS,
        FactName.EARNINGS_RELATED_ENDED,
        FactName.BUSINESS_PREREQUISITES,
        FactName.BUSINESS_STARTED,
    ]
    states = [duty.state for duty in duties_in_time(document.duties)]
    assert states == [DutyState.OVERDUE] * 3 + [DutyState.UNKNOWN] * 3


def test_open_instruments_come_first_and_closed_ones_last() -> None:
    [one] = path(Situation()).instruments
    told = [one.model_copy(update={"truth": truth}) for truth in Truth]
    found = [each.truth for each in open_instruments(told)]
    assert found == [Truth.YES, Truth.UNKNOWN, Truth.NO]
