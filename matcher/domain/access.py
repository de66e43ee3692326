"""Who may call the service, and in what role."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

#: Source of the records that callers write; files cannot claim it, so that no full import
#: of a file closes them.
API_SOURCE: Final = "api"


class Role(StrEnum):
    """What a caller may do; a caller without a role may do nothing.

    A coach (omavalmentaja) works with the profiles of the own municipalities, an employer
    with the own needs and with counts of people, an indexer writes records and starts
    nights, an admin also makes keys.
    """

    COACH = "coach"
    EMPLOYER = "employer"
    INDEXER = "indexer"
    ADMIN = "admin"
