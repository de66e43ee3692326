"""Correcting what is known of a person, with the version before and the reason kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.contacts import scrub
from matcher.ingest.records import ProfileRecord, document_of, profile_from

#: What can be corrected: everything that a profile says.
FIELDS: Final = tuple(name for name in ProfileRecord.model_fields if name != "id")


def corrected(profile: Profile, changes: Mapping[str, Any]) -> Profile:
    """Return a profile with some fields as they should be; contacts in texts are left out.

    Parameters
    ----------
    profile
        As it is stored.
    changes
        New values by field, as in a document of the own format; None for what is unknown.

    Raises
    ------
    InputError
        If a field is none of a profile's, a value cannot be used, or nothing would change.
    """
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise InputError(
            f"{unknown[0]!r} cannot be corrected.",
            remedy=f"Give one of: {', '.join(FIELDS)}.",
            field=unknown[0],
        )
    document = {**document_of(profile), **changes}
    known = {name: value for name, value in document.items() if value is not None}
    try:
        record = ProfileRecord.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or next(iter(changes))
        raise InputError(
            f"{first['msg']}.", remedy="Nothing was changed; correct the value.", field=field
        ) from error
    result = scrub(profile_from(record, id=profile.id, source=profile.source))
    if result == profile:
        raise InputError(
            "The profile says that already.",
            remedy="Nothing was changed.",
            field=next(iter(changes), None),
        )
    return result
