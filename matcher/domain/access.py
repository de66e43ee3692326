"""Who may call the service, in what role, for what purpose and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matcher.domain.audit import Purpose
from matcher.domain.codes import municipalities as municipality_table
from matcher.errors import InputError

#: Source of the records that callers write; files cannot claim it, so that no full import
#: of a file closes them.
API_SOURCE: Final = "api"


class Role(StrEnum):
    """What a caller may do; a caller without a role may do nothing.

    Parameters
    ----------
    COACH
        Works with clients of the own municipalities (omavalmentaja, egen coach).
    LEAD
        Answers for the work of the coaches of the own municipalities (esihenkilö).
    EMPLOYER
        Has needs of its own, and sees counts of people and those who agreed to be shown.
    PARTNER
        A school, health service or association: sees what was shared with it, nothing else.
    INDEXER
        Writes offers and starts nights.
    INDICATORS
        Reads the monthly figures.
    DATA_PROTECTION
        Looks after the rights of the people (tietosuojavastaava, dataskyddsombud): reads,
        and changes nothing but what withdraws.
    ADMIN
        Does everything, and makes keys.
    PERSON
        The jobseeker, about whom all this is.
    """

    COACH = "coach"
    LEAD = "lead"
    EMPLOYER = "employer"
    PARTNER = "partner"
    INDEXER = "indexer"
    INDICATORS = "indicators"
    DATA_PROTECTION = "data_protection"
    ADMIN = "admin"
    PERSON = "person"


#: What a role looks for whatever it does; the others look for what each operation is for.
STANDING_PURPOSE: Final[Mapping[Role, Purpose]] = {
    Role.PARTNER: Purpose.SHARED_SERVICE,
    Role.DATA_PROTECTION: Purpose.SUPERVISION,
    Role.PERSON: Purpose.OWN_DATA,
}
#: What a role may look for in the place of what an operation is for, if it says so.
NAMED_PURPOSES: Final[Mapping[Role, tuple[Purpose, ...]]] = {
    Role.COACH: (Purpose.SUBSTITUTION,),
    Role.LEAD: (Purpose.SUPERVISION,),
    Role.ADMIN: (Purpose.SUPERVISION,),
}
#: Roles whose scope is no list of municipalities.
_UNPLACED: Final = frozenset({Role.PARTNER, Role.INDEXER, Role.ADMIN, Role.PERSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What somebody may do, and for whom.

    Parameters
    ----------
    role
        What.
    municipalities
        Where; needed by every role that sees people or figures of a place.
    name
        Of a member of staff in the register of coaches. A coach with a name sees the own
        clients and those who have no coach; one without sees all of the municipalities.
    organisation
        Who employs them: a company, a partner, or the municipality of a coach.
    profile_id
        Who a person is; None for every other role.

    Raises
    ------
    InputError
        If the role lacks what it needs, or a municipality does not exist.
    """

    role: Role
    municipalities: tuple[str, ...] = ()
    name: str = ""
    organisation: str = ""
    profile_id: str | None = None

    def __post_init__(self) -> None:
        if not self.municipalities and self.role not in _UNPLACED:
            raise InputError(
                f"A key for the role {self.role} needs municipalities.",
                remedy="Name at least one three-digit code, as in 564.",
                field="municipality",
            )
        for code in self.municipalities:
            if code not in municipality_table():
                raise InputError(
                    f"{code!r} is no municipality code.",
                    remedy="Use three-digit codes, as in 564.",
                    field="municipality",
                )
        if self.role is Role.PARTNER and not self.organisation.strip():
            raise InputError(
                "A key for the role partner needs an organisation.",
                remedy="Name the school, service or association that data is shared with.",
                field="organisation",
            )
        if (self.role is Role.PERSON) is (self.profile_id is None):
            raise InputError(
                "The role person belongs to one profile, and no other role does.",
                remedy="Let a coach make a link with POST /v1/profiles/{id}/links.",
                field="role",
            )

    @property
    def scope(self) -> tuple[str, ...] | None:
        """Municipalities whose people may be read or counted; None means all."""
        return None if self.role is Role.ADMIN else self.municipalities


def same_organisation(one: str, other: str) -> bool:
    """Tell whether two names mean one organisation; an unknown name is like no other."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
