from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from matcher.domain.barriers import Barrier, BarrierArea, Severity
from matcher.domain.casework.assessments import PartnerMapping, SelfAssessment, ServiceNeeds
from matcher.domain.casework.changes import ChangeKind, ReportedChange
from matcher.domain.casework.contacts import ContactRequest, Idea, Notice, ServiceWishes
from matcher.domain.casework.item import CaseItem, Channel, Responsible
from matcher.domain.casework.items import CASE_ITEMS
from matcher.domain.casework.meetings import Meeting, MeetingKind, Task
from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.domain.casework.plans import Plan, PlanStep
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Competence, Evidence
from matcher.ingest.casework.records import case_item, case_record
from matcher.ingest.contacts import scrub

DAY = date(2026, 3, 1)
ITEMS: tuple[CaseItem, ...] = (
    Assignment(coach="Anna", team="Nuoret", start=DAY, reason="Alkukartoitus"),
    Meeting(
        begins=datetime(2026, 3, 1, 9, tzinfo=UTC),
        kind=MeetingKind.NETWORK,
        channel=Channel.VISIT,
        participants=("sosiaalitoimi", "TE-palvelut"),
    ),
    Task(text="Hae opintoihin", responsible=Responsible.COACH, due=DAY, meeting="m1"),
    ContactRequest(channel=Channel.PHONE, text="Haluan puhua venäjäksi.", due=DAY),
    ReportedChange(
        kind=ChangeKind.MOVED, text="Muutin Iihin.", since=DAY, channel=Channel.LETTER, due=DAY
    ),
    PartnerMapping(
        organisation="Ammattiopisto",
        author="Opinto-ohjaaja",
        written=DAY,
        competences=(Competence("leivonta", evidence=Evidence.EDUCATION),),
    ),
    ServiceWishes(codes=("ru", "fi"), interpreter=True, online=False),
    ServiceNeeds(
        assessed=DAY,
        network=("työterveyshoitaja",),
        barriers=(Barrier(BarrierArea.MOBILITY, Severity.SEVERE, "ei ajokorttia", "B-kortti"),),
    ),
    Plan(
        goal="Linja-autonkuljettajaksi",
        steps=(PlanStep(text="B-kortti", responsible=Responsible.CLIENT, due=DAY),),
        agreed=DAY,
        next_review=date(2026, 6, 1),
    ),
    SelfAssessment(on=DAY, work_ability=6, wellbeing=52),
    Enrolment(kind=OfferKind.SERVICE, title="Työpaja", start=DAY, monthly_cost_eur=450.0),
    Transfer(plan="t1", stage=2, unit="Tampere", on=DAY),
    Notice(entry="e1", channel=Channel.LETTER, sent=DAY),
    Idea(text="Lisää ryhmiä.", about="ryhmät"),
)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_an_entry_becomes_a_record_and_the_same_entry_again(item: CaseItem) -> None:
    assert case_item(case_record(item)) == item


def test_every_kind_of_entry_is_tried_above() -> None:
    assert {type(item) for item in ITEMS} == set(CASE_ITEMS)


def test_ids_that_look_like_phone_numbers_stay() -> None:
    notice = Notice(entry="0401234567abcdef", channel=Channel.LETTER)
    move = Transfer(plan="0401234567abcdef", stage=1, unit="Oulu", on=DAY)
    assert (scrub(notice), scrub(move)) == (notice, move)
