"""Transfers: stages and balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Task
from matcher.domain.consent import Standing
from matcher.store.store import Store
from matcher.store.transfer_moves import StoredMove
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest

MOVE = StoredMove(
    profile_id="p-oulu",
    municipality="564",
    unit="Oulu",
    coach="Anna",
    team="Nuoret",
    channel=Channel.LETTER,
    stage=1,
    on=date(2026, 11, 1),
)


def test_a_transfer_tells_its_stages_and_that_nothing_got_lost(api: ApiUnderTest) -> None:
    with Store.open(api.settings.url) as store:
        task = Task(text="Soita", responsible=Responsible.CLIENT, due=date(2026, 12, 1))
        store.cases.add("p-oulu", task, "te", NOW)
        plan = store.transfers.save("oulu-2021", [MOVE], NOW)
        store.transfers.settle(plan, [MOVE], "transfer", NOW)
    found = api.json("admin", "GET", "/v1/transfers/latest")
    assert (found["id"], found["area"]) == (plan, "oulu-2021")
    assert found["stages"] == [
        {"stage": 1, "on": "2026-11-01", "units": {"Oulu": 1}, "states": {"done": 1}}
    ]
    assert found["balance"] == {
        "is_even": True,
        "moved": 1,
        "held_back": 0,
        "kept": 1,
        "lost": {},
        "broken": [],
        "without_coach": [],
        "not_shown": 0,
        "notices": {"letter": 1},
    }


def test_a_protected_person_stands_in_no_balance_by_id_but_for_named_staff(
    api: ApiUnderTest,
) -> None:
    with Store.open(api.settings.url) as store:
        plan = store.transfers.save("oulu-2021", [MOVE], NOW)
        store.transfers.settle(plan, [replace(MOVE, search=date(2026, 1, 1))], "transfer", NOW)
        store.consents.stand(Standing(profile_id="p-oulu", protected=True, at=NOW, by="key"))
    found = api.json("admin", "GET", f"/v1/transfers/{plan}")["balance"]
    assert (found["is_even"], found["broken"], found["not_shown"]) == (False, [], 1)
    with Store.open(api.settings.url) as store:
        store.consents.stand(Standing(profile_id="p-oulu", protected=False, at=NOW, by="key"))
    found = api.json("admin", "GET", f"/v1/transfers/{plan}")["balance"]
    assert (found["broken"], found["not_shown"]) == (["p-oulu"], 0)


def test_a_plan_that_is_not_there_answers_404(reading_api: ApiUnderTest) -> None:
    assert reading_api.call("admin", "GET", "/v1/transfers/t9").status_code == 404
