"""Everything that is held of a person, in a form that a machine reads: GDPR articles 15 and 20."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from matcher.config import Settings
from matcher.domain.audit import Happening
from matcher.domain.calendar import finnish_day
from matcher.domain.consent import HOLDING
from matcher.domain.kinds import RecordKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.index.columns import read_array
from matcher.index.publication import list_snapshots
from matcher.ingest.records import document_of
from matcher.rights.retention import Period, periods
from matcher.rights.traces import rows_of
from matcher.store.store import Store

#: Version of the layout of the document.
LAYOUT: Final = "kohtaanto-copy-1"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that is held of one person.

    Parameters
    ----------
    profile
        As stored now.
    made_at
        Moment of the copy.
    rows
        What the tables hold, by table.
    quarantined
        Rows about the person that could not be imported.
    indexes
        Names of the search indexes that hold vectors of the person's words.
    seen
        Who has used the person's data, oldest first.
    shown_to
        Needs whose companies the person is shown to with consent.
    periods
        How long each kind of data stays.
    """

    profile: Profile
    made_at: datetime
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    quarantined: Sequence[Mapping[str, Any]]
    indexes: tuple[str, ...]
    seen: tuple[Happening, ...]
    shown_to: tuple[str, ...]
    periods: tuple[Period, ...]

    def document(self) -> dict[str, Any]:
        """Return the copy as plain data.

        ``profile`` can be imported as it is, here or elsewhere.
        """
        return {
            "layout": LAYOUT,
            "person": self.profile.id,
            "made_at": self.made_at.isoformat(),
            "source": self.profile.source,
            "profile": document_of(self.profile),
            "held": self.rows,
            "quarantined": self.quarantined,
            "search_indexes": list(self.indexes),
            "seen": [_seen(one) for one in self.seen],
            "shown_to_needs": list(self.shown_to),
            "retention": [_told(period, self.profile.language) for period in self.periods],
        }


def personal_data(store: Store, settings: Settings, profile_id: str, now: datetime) -> PersonalData:
    """Gather everything that is held of a person.

    Raises
    ------
    NotFoundError
        If there is no such profile.

    References
    ----------
    Regulation (EU) 2016/679 (GDPR), articles 15 and 20.
    """
    rows = store.held_of(profile_id)
    profile = store.profiles.get(profile_id)
    today = finnish_day(now)
    consents = store.consents.of_profile(profile_id)
    return PersonalData(
        profile=profile,
        made_at=now,
        rows=rows,
        quarantined=[
            {"file": row.file, "row": row.row, "reason": row.reason, "raw": json.loads(row.raw)}
            for row in rows_of(profile, store.quarantine.all("profiles"))
        ],
        indexes=_indexes_with(settings, profile_id),
        seen=tuple(entry.happening for entry in store.audit.of(profile_id)),
        shown_to=tuple(sorted({one.need_id for one in consents if one.state(today) in HOLDING})),
        periods=tuple(periods(settings).values()),
    )


def _indexes_with(settings: Settings, profile_id: str) -> tuple[str, ...]:
    folder = RecordKind.PROFILE.plural
    return tuple(
        info.name
        for info in list_snapshots(settings.snapshots)
        if info.manifest
        and (read_array(settings.snapshots / info.name / folder / "ids.npy") == profile_id).any()
    )


def _seen(one: Happening) -> dict[str, str]:
    return {
        "at": one.at.isoformat(),
        "by": one.who,
        "role": one.role,
        "what": one.deed.value,
        "how": one.operation,
        "why": one.purpose.value,
        "outcome": one.ending.value,
        "offer_or_list": one.about,
    }


def _told(period: Period, lang: Lang) -> dict[str, Any]:
    return {
        "kind": period.kind.value,
        "name": period.name.best(lang),
        "days": period.days,
        "counted": period.counted.best(lang),
        "source": period.source,
    }
