from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.sharing import Part, Revocation, Share, SharePurpose, check_share
from matcher.errors import InputError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHARE = Share(
    id="sh-1",
    profile_id="p1",
    organisation="Koulutuskuntayhtymä",
    parts=(Part.PROFILE,),
    purpose=SharePurpose.STUDIES,
    agreed=date(2026, 3, 1),
    until=date(2026, 5, 31),
    at=NOON,
    by="key-1",
)


def test_a_share_holds_to_its_last_day_unless_it_is_revoked() -> None:
    assert SHARE.holds(date(2026, 5, 31))
    assert not SHARE.holds(date(2026, 6, 1))
    assert not replace(SHARE, revoked=Revocation(NOON, "link-1")).holds(date(2026, 3, 1))


def test_nothing_is_shared_before_the_person_agreed() -> None:
    with pytest.raises(InputError, match="2026-03-02, which is to come"):
        check_share(date(2026, 3, 2), date(2026, 5, 31), NOON)


def test_nothing_is_shared_until_a_day_that_is_past() -> None:
    with pytest.raises(InputError, match="The last day 2026-02-28 is past"):
        check_share(date(2026, 3, 1), date(2026, 2, 28), NOON)
    check_share(date(2026, 3, 1), date(2026, 3, 1), NOON)
