"""What a person reads of changes and shares, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.casework.changes import ChangeKind
from matcher.domain.sharing import Part, SharePurpose
from matcher.i18n.message import ClientMessage, client_msg

CHANGES: Final[Mapping[ChangeKind, ClientMessage]] = {
    ChangeKind.MOVED: client_msg("I have moved or will move"),
    ChangeKind.COMPETENCE: client_msg("I have learnt something new"),
    ChangeKind.AVAILABILITY: client_msg("The time when I can work has changed"),
    ChangeKind.RESTRICTION: client_msg(
        "There is something that I cannot do any more, or can again"
    ),
    ChangeKind.FOUND_WORK: client_msg("I have found work"),
    ChangeKind.STARTED_STUDIES: client_msg("I have begun to study"),
    ChangeKind.BENEFIT: client_msg("My benefit has changed"),
    ChangeKind.LANGUAGE: client_msg("My language skills have changed"),
    ChangeKind.OTHER: client_msg("Something else has changed"),
}
PARTS: Final[Mapping[Part, ClientMessage]] = {
    Part.PROFILE: client_msg("what you can do and wish"),
    Part.PLAN: client_msg("your plan"),
    Part.LIST: client_msg("your list of jobs and trainings"),
}
PURPOSES: Final[Mapping[SharePurpose, ClientMessage]] = {
    SharePurpose.STUDIES: client_msg("for your studies"),
    SharePurpose.HEALTH: client_msg("for your health care"),
    SharePurpose.REHABILITATION: client_msg("for your rehabilitation"),
    SharePurpose.SOCIAL_SERVICE: client_msg("for a social service"),
    SharePurpose.WORKSHOP: client_msg("for your time at a workshop"),
    SharePurpose.EMPLOYMENT_SERVICE: client_msg("for your employment service"),
}
