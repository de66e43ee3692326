"""Monthly indicators."""

from __future__ import annotations

import pytest

from tests.api.service import ApiUnderTest


def test_clients_are_counted_and_small_groups_hidden(api: ApiUnderTest) -> None:
    coach = {"entry": {"topic": "assignment", "coach": "Anna", "start": "2026-10-01"}}
    for id in ("p-oulu", *(f"p-oulu-{n}" for n in range(2, 7)), "p-kempele"):
        api.json("admin", "POST", f"/v1/profiles/{id}/case", coach)
    answer = api.json("admin", "GET", "/v1/indicators/2026-10")
    assert answer["month"] == "2026-10"
    everybody, kempele, oulu = answer["groups"][:3]
    assert everybody["figures"]["clients"] == 7
    # One in Kempele: hidden, and Oulu with it, since one could subtract.
    assert (kempele["group"], kempele["figures"]["clients"]) == ("Kempele", None)
    assert (oulu["group"], oulu["figures"]["clients"]) == ("Oulu", None)
    assert "clients" in kempele["hidden"]


@pytest.mark.parametrize("month", ["2026-13", "2026", "1899-01", "october"])
def test_what_is_no_month_is_refused(month: str, reading_api: ApiUnderTest) -> None:
    assert reading_api.call("admin", "GET", f"/v1/indicators/{month}").status_code == 422
