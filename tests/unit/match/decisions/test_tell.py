"""A person is told in plain words how a list came about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.domain.decision import Basis, Decision, Inputs, Placed, Terms
from matcher.domain.feedback import Action, Limit, Reason, Wish
from matcher.domain.match import (
    Band,
    GateKind,
    GateOutcome,
    GateResult,
    Match,
    Missing,
    PhrasePair,
)
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.domain.profile import Profile
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.decisions.document import DecisionDocument
from matcher.match.decisions.past import Past
from matcher.match.decisions.tell import Told, tell_person
from tests.unit.match.region import TODAY, WELDER, WELDING

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # the 23rd in Finland
MATCH = Match(
    profile_id="welder",
    offer_id="v-weld",
    kind=OfferKind.VACANCY,
    rank=1,
    score=0.71239,
    band=Band.STRONG,
    reasons=(
        PhrasePair("hitsaus", "MIG-hitsaus", Importance.ESSENTIAL, 0.9, 0.4),
        PhrasePair("MIG", "MIG-hitsaus", Importance.ESSENTIAL, 0.9, 0.3),
    ),
    missing=(Missing("tulityökortti", Importance.ESSENTIAL),),
    gates=(
        GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "022", "said in confidence"),
        GateResult(GateKind.COMMUTE, GateOutcome.MET, "564"),
    ),
)
DECISION = Decision(
    id="l-1",
    profile_id="welder",
    run_id="",
    made_at=NOW,
    basis=Basis("s1", "e1", "r1", "g1", "c1", "", 400),
    terms=Terms((OfferKind.VACANCY, OfferKind.TRAINING), 10, "hide", 0.0, 0.0, TODAY),
    inputs=Inputs(7, 0, 0, "hash"),
    placed=(Placed(MATCH, None, "hash-of-offer"),),
)
PAST = Past(WELDER, {(OfferKind.VACANCY, "v-weld"): WELDING}, (), ())


def told(
    decision: Decision = DECISION, past: Past = PAST, tongue: Tongue = Tongue.EN
) -> dict[str, tuple[str, ...]]:
    return {part.title: part.lines for part in tell_person(decision, past, client_words(tongue))}


def test_the_parts_say_what_who_decides_which_data_how_and_how_to_have_it_corrected() -> None:
    assert list(told()) == [
        "What this is about",
        "What the program does, and who decides",
        "Which of your data were used",
        "How the order came about",
        "Open jobs",
        "If something is wrong",
    ]
    [made] = told()["What this is about"]
    assert made == "This list of jobs, trainings and services was made for you on 23 Nov 2026."


def test_only_data_that_were_there_are_named() -> None:
    used = told()["Which of your data were used"]
    assert used[0] == (
        "The program used these of your data: what you can do, the occupations that you want, "
        "your home municipality and how far you can travel."
    )
    thin = told(past=replace(PAST, profile=Profile(id="welder")))
    assert thin["Which of your data were used"][0].startswith("Your profile said almost nothing")


def test_each_offer_says_what_spoke_for_it_what_is_missing_and_what_is_not_known() -> None:
    assert told()["Open jobs"] == (
        "1. Hitsaaja: fits very well.",
        "This spoke for it: ”MIG-hitsaus”.",
        "The offer asks for this, and your profile does not say it: ”tulityökortti”.",
        "This is not known yet: permit card.",
    )


def test_an_offer_that_is_gone_is_called_by_its_number() -> None:
    lines = told(past=replace(PAST, offers={}))["Open jobs"]
    assert lines[0] == "1. v-weld: fits very well."


def test_what_moved_or_kept_out_offers_is_said() -> None:
    plain = told()["How the order came about"]
    assert len(plain) == 1
    tilted = replace(DECISION, terms=replace(DECISION.terms, near=0.5))
    assert "short distances count more" in told(tilted)["How the order came about"][1]
    heard = replace(DECISION, placed=(Placed(replace(MATCH, lift=0.01), None, ""),))
    assert "answer when people are shown" in told(heard)["How the order came about"][1]
    moved = replace(DECISION, placed=(Placed(MATCH, 2, ""),))
    assert "were moved a little" in told(moved)["How the order came about"][1]
    wish = Wish(
        "f1",
        Limit.OFFER,
        "v9",
        "v9",
        OfferKind.VACANCY,
        Action.NOT_SUITABLE,
        Reason.PAY,
        TODAY,
    )
    heeded = told(past=replace(PAST, wishes=(wish,)))["How the order came about"]
    assert "you have said no to" in heeded[1]


def test_an_empty_list_says_so() -> None:
    assert told(replace(DECISION, placed=()))["How the order came about"] == (
        "No open offer fitted well enough.",
    )


@pytest.mark.parametrize("tongue", Tongue)
def test_every_language_of_clients_tells_it_all(tongue: Tongue) -> None:
    parts: list[Told] = tell_person(DECISION, PAST, client_words(tongue))
    assert [len(part.lines) for part in parts] == [1, 3, 3, 1, 4, 5]
    english = tell_person(DECISION, PAST, client_words(Tongue.EN))
    same = {part.title for part in parts} & {part.title for part in english}
    assert (tongue is Tongue.EN) == (len(same) == len(english))


def test_the_record_for_who_checks_it_leaves_out_what_the_profile_says() -> None:
    document = DecisionDocument.of(DECISION, PAST)
    assert "said in confidence" not in document.model_dump_json()
    [placed] = document.placed
    assert (placed.rank, placed.rank_by_fit, placed.score) == (1, 1, 0.7124)
    assert (placed.offer_hash, placed.band) == ("hash-of-offer", Band.STRONG)
    assert [(gate.gate, gate.outcome) for gate in placed.gates] == [
        (GateKind.CARD, GateOutcome.UNKNOWN),
        (GateKind.COMMUTE, GateOutcome.MET),
    ]
    assert (document.basis.encoder, document.inputs.profile_hash) == ("e1", "hash")
    assert document.run_id is None
