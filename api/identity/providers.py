"""Identity providers as their file describes them, and what their claims let somebody do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.access import Grant, Role
from matcher.errors import ForbiddenError, InputError

Algorithm = Literal["RS256", "ES256"]
#: Subjects and names as they may stand in the store and in logs.
_TEXT: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")


def over_tls(url: str) -> str:
    """Return an address if nobody on the way can change what it answers.

    Raises
    ------
    ValueError
        If it does not begin with https, but for this very machine.
    """
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not here and (parts.scheme != "https" or not parts.hostname):
        raise ValueError("an address begins with https://")
    return url


Url = Annotated[str, AfterValidator(over_tls)]


class Provider(BaseModel):
    """One identity provider, and what it may let its users do.

    Parameters
    ----------
    name
        Before the subject in the ids of its users.
    issuer
        As in its tokens; its OpenID configuration is read below it.
    audience
        Of access tokens for this service.
    algorithms
        In which it signs; no other is accepted.
    skew_seconds
        By how much its clock may be wrong.
    fresh_minutes, stale_minutes
        When its keys are read again, and how long they are used if that fails.
    role_claim, roles
        Which claim names roles, and what its values mean; of several the first in the file.
    municipality_claim, municipalities
        Which claim names municipalities, if one does, and those that it may name; without a
        claim all users work for all of them.
    organisation_claim, organisations
        The same of the organisation; without a claim the only one.
    name_claim
        Which claim is a coach's name in the register of coaches; it must be one that users
        cannot change themselves.
    client_id, client_secret_file
        Of the pages' login; without an id there is none, without a secret the client is a
        public one.
    left_url
        Where the provider sends browsers that have logged out there, as it is registered at
        the provider; without it they stay there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9]{1,40}$")]
    issuer: Url
    audience: Annotated[str, Field(min_length=1)]
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("RS256", "ES256")
    skew_seconds: Annotated[int, Field(ge=0, le=300)] = 60
    fresh_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 10
    stale_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    role_claim: Annotated[str, Field(min_length=1)] = "roles"
    roles: Annotated[dict[str, Role], Field(min_length=1)]
    municipality_claim: str = ""
    municipalities: tuple[str, ...] = ()
    organisation_claim: str = ""
    organisations: tuple[str, ...] = ()
    name_claim: Annotated[str, Field(min_length=1)] = "sub"
    client_id: str = ""
    client_secret_file: Path | None = None
    left_url: Url | None = None

    def caller(self, claims: Mapping[str, Any]) -> str:
        """Return the id of a user: the provider's name and the subject.

        Raises
        ------
        ForbiddenError
            If the subject is no text of up to 200 characters.
        """
        return f"{self.name}:{_text(claims, 'sub')}"

    def token(self, claims: Mapping[str, Any]) -> str | None:
        """Return the id by which a token is revoked; None if it has none."""
        jti = claims.get("jti")
        return f"token:{self.name}:{jti}" if isinstance(jti, str) else None

    def grant(self, claims: Mapping[str, Any]) -> Grant:
        """Return what claims let their subject do.

        Raises
        ------
        ForbiddenError
            If they name no role, or the role lacks a place or organisation that the provider
            may grant.
        """
        named = _values(claims, self.role_claim)
        role = next((role for value, role in self.roles.items() if value in named), None)
        if role is None:
            raise ForbiddenError(
                "The identity provider gives you no role in this service.",
                remedy=f"Ask its administrator for one; it stands in the claim {self.role_claim}.",
            )
        try:
            return Grant(
                role=role,
                municipalities=self._granted(claims, self.municipality_claim, self.municipalities),
                name=_text(claims, self.name_claim) if role in {Role.COACH, Role.LEAD} else "",
                organisation=self._organisation(claims),
            )
        except InputError as error:
            raise ForbiddenError(
                f"The identity provider gives you the role {role} and not what it needs: "
                f"{error.message}",
                remedy="Ask its administrator.",
            ) from error

    def _granted(
        self, claims: Mapping[str, Any], claim: str, allowed: tuple[str, ...]
    ) -> tuple[str, ...]:
        if not claim:
            return allowed
        named = _values(claims, claim)
        return tuple(each for each in allowed if each in named)

    def _organisation(self, claims: Mapping[str, Any]) -> str:
        granted = self._granted(claims, self.organisation_claim, self.organisations)
        return granted[0] if len(granted) == 1 else ""


class Providers(BaseModel):
    """The identity providers of an installation.

    Parameters
    ----------
    url
        Address of this service, as browsers see it; needed for the pages' login.
    provider
        One or more.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Url = "https://localhost"
    provider: tuple[Provider, ...]


def load_providers(path: Path) -> Providers:
    """Read the file of identity providers.

    Raises
    ------
    InputError
        If it cannot be read or used, with the field at fault.
    """
    try:
        providers = Providers.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(
            f"The identity providers cannot be read: {error.strerror}.",
            remedy="Correct or unset MATCHER_OIDC.",
            where=str(path),
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"{first['msg']}.",
            remedy="docs/access.md describes the file.",
            where=str(path),
            field=".".join(map(str, first["loc"])),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"This is no TOML: {error}.", remedy="Correct it.", where=str(path)
        ) from error
    _check(providers, path)
    return providers


def _check(providers: Providers, path: Path) -> None:
    for field in ("name", "issuer"):
        values = [getattr(each, field) for each in providers.provider]
        if len(set(values)) < len(values):
            raise InputError(
                f"Two identity providers have the same {field}.",
                remedy="Give each its own.",
                where=str(path),
                field=f"provider.{field}",
            )
    for each in providers.provider:
        if Role.PERSON in each.roles.values():
            raise InputError(
                f"{each.name!r} would let people in without their link.",
                remedy="Map no value to the role person.",
                where=str(path),
                field="provider.roles",
            )
        if each.client_id == each.audience:
            raise InputError(
                f"{each.name!r} has one name for its pages' login and for access tokens.",
                remedy="Give the service an audience of its own: a token of the one kind may not "
                "pass for the other.",
                where=str(path),
                field="provider.audience",
            )


def _values(claims: Mapping[str, Any], claim: str) -> list[str]:
    value = claims.get(claim)
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]


def _text(claims: Mapping[str, Any], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not _TEXT.fullmatch(value):
        raise ForbiddenError(
            f"The identity provider says nothing usable in the claim {claim}.",
            remedy="Ask its administrator.",
        )
    return value
