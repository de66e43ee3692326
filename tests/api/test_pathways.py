"""Situations, pathways and instruments, as coaches and employers get them."""

from __future__ import annotations

from typing import Any

import pytest

from api.examples import SITUATIONS
from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu-3"
TOLD: Any = SITUATIONS["jobseeker"]["value"]
NEED = {
    "title": "Hitsaaja",
    "place": {"municipalities": ["564"]},
    "support": ["pay_subsidy", "training_agreement"],
}


def instruments(api: ApiUnderTest, body: dict[str, Any], kind: str, id: str) -> dict[str, Any]:
    """The instruments of one offer on a fresh list, by name."""
    request = {"kinds": [kind], "lang": "en", **body}
    answer = api.json("admin", "POST", "/v1/matches", request)
    [match] = [one for one in answer["lists"][kind] if one["offer"]["id"] == id]
    return {each["instrument"]: each for each in match["instruments"]}


def test_a_situation_is_kept_and_what_is_not_told_is_null(api: ApiUnderTest) -> None:
    assert api.json("coach", "GET", f"{PERSON}/situation")["registrations"] is None
    kept = api.json("coach", "PUT", f"{PERSON}/situation", TOLD)
    assert kept == api.json("coach", "GET", f"{PERSON}/situation")
    assert {name: value for name, value in kept.items() if value is not None} == {
        **TOLD,
        "version": 1,
        "registrations": [
            {
                "period": {"start": "2026-05-04", "end": None},
                "interruptions": [{"start": "2026-07-01", "end": "2026-07-14"}],
            }
        ],
    }


def test_contacts_in_evidence_are_left_out(api: ApiUnderTest) -> None:
    fact = {"basis": "service_need", "holds": True, "evidence": "soita 040 123 4567"}
    kept = api.json("coach", "PUT", f"{PERSON}/situation", {"version": 0, "basis": [fact]})
    assert kept["basis"][0]["evidence"] == "soita […]"


@pytest.mark.parametrize(
    "body",
    [
        {"benefit": "dole"},
        {"wage": 1},
        {"services": [{"start": "2026-02-02", "end": "2026-02-01"}]},
        {"benefit_days": {"days": -1, "counted": "2026-02-01"}},
        {"version": None},
    ],
)
def test_a_wrong_situation_is_refused(body: dict[str, Any], api: ApiUnderTest) -> None:
    told = {"version": 0, **body}
    assert api.call("coach", "PUT", f"{PERSON}/situation", told).status_code == 422


def test_who_has_seen_an_older_situation_changes_nothing(api: ApiUnderTest) -> None:
    def put(version: int, days: int) -> int:
        told = {"version": version, "benefit_days": {"days": days, "counted": "2026-11-02"}}
        return api.call("coach", "PUT", f"{PERSON}/situation", told).status_code

    assert (put(0, 1), put(0, 2), put(2, 3), put(1, 4)) == (200, 409, 409, 200)
    kept = api.json("coach", "GET", f"{PERSON}/situation")
    assert (kept["version"], kept["benefit_days"]["days"]) == (2, 4)


def test_a_pathway_answers_by_the_rules_of_the_home(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", f"{PERSON}/situation", TOLD)
    answer = api.json("coach", "GET", f"{PERSON}/pathway?lang=en")
    assert (answer["area"], answer["on"]) == ("finland-2026", "2026-11-02")
    assert answer["target"]["truth"] == "yes"
    assert answer["unit"]["units"] == ["Oulu"]
    assert [(each["duty"], each["state"], each["due"]) for each in answer["duties"]] == [
        ("first_interview", "overdue", "2026-05-19"),
        ("discussion", "overdue", "2026-08-18"),
        ("mapping", "overdue", "2026-08-18"),
        ("placement", "upcoming", "2028-05-01"),
        ("health_mapping", "upcoming", "2030-04-01"),
        ("supported_work", "upcoming", "2030-04-01"),
    ]
    assert answer["phase"]["phase"] == "mapping"
    assert answer["phase"]["name"] == "mapping of competence and potential"


def test_a_meeting_that_was_held_is_a_duty_done(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", f"{PERSON}/situation", TOLD)
    meeting = {
        "topic": "meeting",
        "begins": "2026-05-08T09:00:00+03:00",
        "kind": "first_interview",
        "channel": "visit",
        "state": "held",
    }
    api.json("coach", "POST", f"{PERSON}/case", {"entry": meeting})
    [first, *_] = api.json("coach", "GET", f"{PERSON}/pathway")["duties"]
    assert (first["state"], first["held"]) == ("held", "2026-05-08")


def test_an_area_can_be_named_and_a_day(api: ApiUnderTest) -> None:
    answer = api.json("coach", "GET", f"{PERSON}/pathway?area=oulu-2021&on=2022-06-01&lang=en")
    assert answer["target"]["truth"] == "unknown"
    assert {each["fact"] for each in answer["target"]["missing"]} == {
        "age",
        "earnings_related_right",
        "immigrant",
        "in_services",
        "unemployed",
    }
    status = api.call("coach", "GET", f"{PERSON}/pathway?area=oulu-2021").status_code
    assert status == 422


def test_areas_are_listed_and_shown_in_words(api: ApiUnderTest) -> None:
    names = [area["name"] for area in api.json("coach", "GET", "/v1/areas")]
    assert names == ["finland-2026", "oulu-2021", "pirkanmaa-2021", "pori-2021", "turku-2017"]
    shown = api.json("coach", "GET", "/v1/areas/pori-2021?lang=sv")
    assert shown["area"]["municipalities"] == ["271", "609", "886"]
    assert shown["page"].startswith("# Kommunförsöket i Björneborgsregionen\n")
    assert api.call("coach", "GET", "/v1/areas/nowhere").status_code == 404


def test_a_match_tells_which_instruments_are_open_and_what_is_missing(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", f"{PERSON}/situation", TOLD)
    found = instruments(api, {"profile_id": "p-oulu-3"}, "vacancy", "v-welder")
    subsidy = found["pay_subsidy"]
    assert subsidy["truth"] == "unknown"
    assert [each["question"] for each in subsidy["missing"]] == [
        "Is the employer ready for this form of support?"
    ]
    assert subsidy["decides"] == "employment_authority"
    assert subsidy["evidence"][0] == "the employer's application before the employment begins"
    assert "training_agreement" not in found
    assert found["supported_employment"]["truth"] == "unknown"


def test_the_readiness_of_the_company_decides(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", f"{PERSON}/situation", TOLD)
    need = api.json("indexer", "POST", "/v1/needs", {**NEED, "tasks": ["MIG/MAG-hitsaus"]})
    found = instruments(api, {"profile_id": "p-oulu-3"}, "need", need["id"])
    assert found["pay_subsidy"]["truth"] == "yes"
    assert found["pay_subsidy"]["because"][0] == "lack of competence"
    assert found["training_agreement"]["truth"] == "unknown"
    assert found["work_trial"]["missing"][0]["fact"] == "employer_ready"


def test_of_an_inline_profile_nothing_else_is_known(api: ApiUnderTest) -> None:
    profile = {"competences": ["MIG/MAG-hitsaus"], "municipality": "564"}
    found = instruments(api, {"profile": profile}, "vacancy", "v-welder")
    assert {each["truth"] for each in found.values()} == {"unknown"}
    homeless = {"competences": ["MIG/MAG-hitsaus"]}
    assert instruments(api, {"profile": homeless}, "vacancy", "v-welder") == {}


def test_an_employer_learns_what_the_own_need_allows(api: ApiUnderTest) -> None:
    made = api.json("employer", "POST", "/v1/needs", NEED)
    found = api.json("employer", "GET", f"/v1/needs/{made['id']}/instruments?lang=en")
    assert [each["instrument"] for each in found] == [
        "pay_subsidy",
        "training_agreement",
        "supported_employment",
        "job_coaching",
        "workplace_adjustment",
    ]
    assert {each["truth"] for each in found} == {"unknown"}
    nowhere = api.json("employer", "POST", "/v1/needs", {"title": "Hitsaaja"})
    assert api.json("employer", "GET", f"/v1/needs/{nowhere['id']}/instruments") == []
