"""What employers may see of a client: recorded by a coach, through the rules of the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.audit import Deed
from matcher.domain.consent import Standing
from tests.api.conftest import NOW, WELDER
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

PAGE = "/clients/p-oulu/visibility"
TODAY = NOW.date()


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def _standing(api: ApiUnderTest) -> Standing | None:
    with api.store() as store:
        return store.consents.standings(["p-oulu"]).get("p-oulu")


def test_what_is_not_known_is_told_and_can_be_recorded(api: ApiUnderTest, coach: Visitor) -> None:
    before = coach.get(PAGE).text
    assert before.count("gate-unknown") == 2
    told = {"follow_up_from": str(TODAY), "protected": "no"}
    assert coach.post(PAGE, coach.form(PAGE) | told).status_code == 303
    assert coach.get(PAGE).text.count("gate-met") == 3
    stored = _standing(api)
    assert stored is not None
    assert (stored.follow_up_from, stored.follow_up_to, stored.protected) == (TODAY, None, False)
    with api.store() as store:
        uses = {(one.happening.deed, one.happening.operation) for one in store.audit.of("p-oulu")}
    assert (Deed.CHANGE, "save_visibility") in uses


def test_who_records_a_protection_order_goes_on_with_the_client(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert coach.post(PAGE, coach.form(PAGE) | {"protected": "yes"}).status_code == 303
    page = coach.get(PAGE).text
    assert "gate-unmet" in page
    # That nobody has checked cannot be said any more, once somebody has.
    assert '<option value="">' not in page
    again = coach.form(PAGE) | {"protected": ""}
    assert coach.post(PAGE, again).status_code == 422
    other = Visitor(api)
    other.sign_in("colleague")
    assert other.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"follow_up_to": "2026-01-01"}, "ei ole viimeisen jälkeen"),
        ({"follow_up_from": "2026-12-01", "follow_up_to": "2026-11-01"}, "viimeisen jälkeen"),
        ({"follow_up_from": "eilen"}, "Kirjoita päivä"),
        ({"protected": "perhaps"}, "Valitse jokin vaihtoehdoista"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(
    api: ApiUnderTest, coach: Visitor, wrong: dict[str, str], told: str
) -> None:
    refused = coach.post(PAGE, coach.form(PAGE) | wrong)
    assert refused.status_code == 422
    assert told in refused.text
    assert _standing(api) is None


def test_of_two_who_change_it_the_second_sees_what_the_first_has_stored(
    api: ApiUnderTest, coach: Visitor
) -> None:
    form = coach.form(PAGE) | {"follow_up_from": "2026-10-01"}
    meanwhile = Standing(profile_id="p-oulu", follow_up_from=date(2026, 9, 1), at=NOW, by="other")
    with api.store() as store:
        store.consents.stand(meanwhile)
    refused = coach.post(PAGE, form)
    assert refused.status_code == 409
    assert "1.9.2026" in refused.text
    assert 'value="2026-10-01"' in refused.text
    assert _standing(api) == meanwhile


def test_birth_date_and_taking_part_are_a_part_of_the_mapping(
    api: ApiUnderTest, coach: Visitor
) -> None:
    mapping = "/clients/p-oulu/mapping"
    form = coach.form(mapping) | {"active": "no", "birth_date": "1.2.1980"}
    assert coach.post(f"{mapping}/part", form).status_code == 303
    with api.store() as store:
        expected = replace(WELDER, active=False, birth_date=date(1980, 2, 1))
        assert store.profiles.get("p-oulu") == expected
    assert "gate-unmet" in coach.get(PAGE).text
