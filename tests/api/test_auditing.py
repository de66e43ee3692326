"""Nothing about a person is shown or changed without an entry in the audit log."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from api.access import ROLES
from api.deeds import CHANGING, DEEDS, IMPERSONAL
from matcher.domain.audit import AuditEntry, Deed, Ending, Happening, Purpose
from matcher.domain.profile import Profile
from matcher.store.store import Store
from tests.api.conftest import PROFILES
from tests.api.service import ApiUnderTest
from tests.api.test_access import ROUTES, Walker
from tests.api.walk import NEED, SAVED, TABLE

PROFILE = {"competences": ["hitsaus"], "municipality": "564"}


def entries(api: ApiUnderTest) -> list[AuditEntry]:
    with api.store() as store:
        return list(store.audit.entries())


def told(api: ApiUnderTest, person: str) -> list[Happening]:
    with api.store() as store:
        return [entry.happening for entry in store.audit.of(person)]


def brief(happenings: list[Happening]) -> list[tuple[str, str, str]]:
    return [(one.deed.value, one.operation, one.ending.value) for one in happenings]


def key_of(api: ApiUnderTest, label: str) -> str:
    with api.store() as store:
        return next(key.id for key in store.keys.list() if key.label == label)


def break_log(store: Store) -> None:
    """Make the database refuse every new entry, as a full disk would."""
    with store._database.write() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON audit_log"
                " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )


def test_every_operation_has_its_deed_or_touches_nothing_about_people() -> None:
    assert set(DEEDS) | IMPERSONAL == set(ROLES)
    assert set(DEEDS) & IMPERSONAL == set()


def test_who_read_a_profile_what_for_when_and_from_where_is_written_down(
    api: ApiUnderTest,
) -> None:
    api.json("coach", "GET", "/v1/profiles/p-oulu")
    [one] = told(api, "p-oulu")
    assert (one.who, one.role, one.origin) == (key_of(api, "coach"), "coach", "testclient")
    assert (one.deed, one.purpose, one.ending) == (Deed.READ, Purpose.GUIDANCE, Ending.DONE)
    assert (one.operation, one.about) == ("read_profile", "")


def test_a_refused_look_at_a_person_is_written_down_with_them(api: ApiUnderTest) -> None:
    assert api.call("other coach", "GET", "/v1/profiles/p-oulu").status_code == 404
    assert api.call("employer", "GET", "/v1/profiles/p-oulu").status_code == 403
    assert brief(told(api, "p-oulu")) == [("read", "read_profile", "refused")] * 2


def test_everybody_on_a_page_is_told_of_it(api: ApiUnderTest) -> None:
    page = api.json("other coach", "GET", "/v1/profiles")
    assert [item["id"] for item in page["items"]] == ["p-kempele"]
    assert brief(told(api, "p-kempele")) == [("find", "list_profiles", "done")]
    assert told(api, "p-oulu") == []


def test_everybody_found_for_a_need_is_told_of_it(api: ApiUnderTest) -> None:
    found = api.json("coach", "POST", "/v1/candidates", {"need_id": "n-survey", "k": 2})
    shown = {one["profile"]["id"] for one in found["candidates"]}
    for person in (one.id for one in PROFILES):
        expected = [("find", "find_candidates", "done")] if person in shown else []
        assert brief(told(api, person)) == expected
        assert all(one.about == found["list_id"] for one in told(api, person))


def test_a_change_is_begun_in_the_log_before_it_is_done(api: ApiUnderTest) -> None:
    api.json("coach", "PUT", "/v1/profiles/p-oulu", PROFILE)
    begun, done = told(api, "p-oulu")
    assert (begun.ending, done.ending) == (Ending.BEGUN, Ending.DONE)
    assert begun.event == done.event


def test_a_new_profile_is_named_by_the_entry_that_ends_its_making(api: ApiUnderTest) -> None:
    made = api.json("coach", "POST", "/v1/profiles", PROFILE)
    assert brief(told(api, made["id"])) == [("change", "create_profile", "done")]


@pytest.mark.parametrize(
    ("method", "endings"),
    [("GET", [Ending.FAILED]), ("PUT", [Ending.BEGUN, Ending.FAILED])],
)
def test_what_ends_in_an_error_that_nobody_foresaw_has_its_entry(
    method: str, endings: list[Ending], api: ApiUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("matti.meikalainen@example.fi")

    for name in ("get", "replace"):
        monkeypatch.setattr(f"matcher.store.repository.Repository.{name}", fail)
    assert api.call("coach", method, "/v1/profiles/p-oulu", PROFILE).status_code == 500
    found = told(api, "p-oulu")
    assert [one.ending for one in found] == endings
    assert len({one.event for one in found}) == 1


def test_an_error_that_cannot_be_written_down_either_is_still_told(
    api: ApiUnderTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Odd.")

    monkeypatch.setattr("matcher.store.repository.Repository.get", fail)
    with api.store() as store:
        break_log(store)
    assert api.call("coach", "GET", "/v1/profiles/p-oulu").status_code == 500
    logged = [record.getMessage() for record in caplog.records]
    assert any(line.startswith("An ending is not in the audit log:") for line in logged)
    assert any(line.startswith("RuntimeError at ") for line in logged)


def test_an_erasure_leaves_entries_about_nobody_and_a_chain_that_verifies(
    api: ApiUnderTest,
) -> None:
    assert api.call("coach", "DELETE", "/v1/profiles/p-oulu").status_code == 204
    assert told(api, "p-oulu") == []
    begun, done = (entry.happening for entry in entries(api)[-2:])
    assert (begun.ending, begun.deed, done.subject) == (Ending.BEGUN, Deed.ERASE, None)
    with api.store() as store:
        assert store.audit.verify().findings == ()


def test_who_mistyped_something_was_not_kept_out(api: ApiUnderTest) -> None:
    assert api.call("coach", "POST", "/v1/profiles/p-oulu/case", {"kind": "x"}).status_code == 422
    assert entries(api)[-1].happening.ending is Ending.FAILED
    assert api.call("coach", "GET", "/v1/profiles/p-elsewhere").status_code == 404
    assert entries(api)[-1].happening.ending is Ending.REFUSED


def test_words_that_were_kept_are_an_override(api: ApiUnderTest) -> None:
    young = {**NEED, "tasks": ["Haemme nuorta ja dynaamista myyjää."]}
    assert api.call("employer", "POST", "/v1/needs", young).status_code == 422
    reason = "?keep_wording=Nuorisotakuun%20tuki"
    api.json("employer", "POST", f"/v1/needs{reason}", young)
    assert [one.happening.deed.value for one in entries(api)][-1] == "override"


def test_an_id_that_a_caller_made_up_is_not_written_down(api: ApiUnderTest) -> None:
    marker = "Matti%20Meikalainen%20010190-123A"
    for method, path in (("GET", f"/v1/profiles/{marker}"), ("DELETE", f"/v1/needs/{marker}")):
        assert api.call("admin", method, path).status_code == 404
    assert "Meikalainen" not in repr(entries(api))


def test_nothing_of_a_person_is_shown_when_the_log_cannot_be_written(api: ApiUnderTest) -> None:
    with api.store() as store:
        break_log(store)
    response = api.call("coach", "GET", "/v1/profiles/p-oulu")
    assert response.status_code == 503
    assert "hitsannut" not in response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert api.call("coach", "GET", "/v1/areas").status_code == 200


def test_nothing_is_changed_when_the_log_cannot_be_written(api: ApiUnderTest) -> None:
    with api.store() as store:
        before: Profile = store.profiles.get("p-oulu")
        break_log(store)
        assert api.call("coach", "PUT", "/v1/profiles/p-oulu", PROFILE).status_code == 503
        assert api.call("coach", "DELETE", "/v1/profiles/p-oulu").status_code == 503
        assert api.call("coach", "POST", "/v1/profiles", PROFILE).status_code == 503
        assert store.profiles.get("p-oulu") == before
        assert store.profiles.count() == len(PROFILES) - 1


def test_every_operation_on_people_leaves_its_entry(api: ApiUnderTest) -> None:
    after, walker = 0, Walker(api)
    for route in (route for route in ROUTES if route.name in DEEDS):
        method, path, body, answers = next(
            (method, path, body, answers)
            for method, path, body, answers in TABLE
            if method in (route.methods or ()) and route.path_regex.match(path.partition("?")[0])
        )
        who = next(who for who, status in answers.items() if status not in {403, 404})
        walker.arrange()
        walker.call(who, method, path.format(who="coach"), body)
        with api.store() as store:
            written = list(store.audit.entries(after))
        after = written[-1].number
        begins = [Ending.BEGUN] if DEEDS[route.name][0] in CHANGING else []
        endings = [entry.happening.ending for entry in written]
        assert (route.name, endings[: len(begins)]) == (route.name, begins)
        assert written[-1].happening.operation == route.name
        assert endings[-1] is not Ending.BEGUN


def test_feedback_names_its_person(api: ApiUnderTest) -> None:
    api.json("coach", "POST", "/v1/profiles/p-oulu/feedback", SAVED)
    assert brief(told(api, "p-oulu")) == [
        ("change", "add_feedback", "begun"),
        ("change", "add_feedback", "done"),
    ]
