"""Access tokens: what is let in, and that everything else is not."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher.config import Settings
from matcher.domain.casework.placements import Assignment
from matcher.store.store import Store
from tests.api.conftest import ENCODER, NOW, copied
from tests.api.ready import ready_app
from tests.api.service import ApiUnderTest
from tests.issuer import Issuer, Key, new_key

PROVIDERS = """
url = "https://testserver"

[[provider]]
name = "oulu"
issuer = "https://login.example"
audience = "kohtaanto"
client_id = "kohtaanto-pages"
left_url = "https://testserver/gone"
name_claim = "name"
municipalities = ["564", "244"]
municipality_claim = "places"
organisations = ["Oulun kaupunki"]

[provider.roles]
coach = "coach"
boss = "lead"
company = "employer"
"""
AINO: dict[str, Any] = {"roles": ["coach"], "name": "Aino", "places": ["564"]}
PATH = "/v1/profiles/p-oulu"


@dataclass
class Time:
    """A clock that is put forward."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Signed:
    """The application behind an identity provider."""

    api: ApiUnderTest
    issuer: Issuer
    time: Time

    def status(self, token: str, path: str = PATH) -> int:
        """What a request with a token is answered."""
        headers = {"Authorization": f"Bearer {token}"}
        return self.api.client.get(path, headers=headers).status_code


@pytest.fixture
def signed(region_home: Path, tmp_path: Path) -> Iterator[Signed]:
    """The application with one identity provider, before it has asked for anything."""
    home, time = copied(region_home, tmp_path / "home"), Time()
    file = tmp_path / "providers.toml"
    file.write_text(PROVIDERS, "utf-8")
    issuer = Issuer(clock=time, users={"code": {"sub": "aino", **AINO}})
    settings = Settings(home=home, oidc=file)
    app = ready_app(settings, ENCODER, time, lambda: TestClient(issuer.app, base_url=issuer.issuer))
    with TestClient(app, base_url="https://testserver") as client:
        yield Signed(ApiUnderTest(app, client, settings), issuer, time)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_token_of_the_provider_lets_in(algorithm: str, signed: Signed) -> None:
    signed.issuer.keys = [new_key(algorithm)]
    assert signed.status(signed.issuer.token(**AINO)) == 200
    assert signed.status(signed.issuer.token(**AINO), "/v1/profiles/p-kempele") == 404
    assert signed.issuer.asked == ["configuration", "jwks"]


def test_claims_tell_role_place_name_and_organisation(signed: Signed) -> None:
    def told(**claims: Any) -> Any:
        headers = {"Authorization": f"Bearer {signed.issuer.token(**claims)}"}
        return signed.api.client.get("/v1/session", headers=headers).json()

    assert told(**AINO) == {
        "role": "coach",
        "purposes": ["substitution"],
        "municipalities": ["564"],
        "name": "Aino",
        "organisation": "Oulun kaupunki",
        "csrf": None,
    }
    # Of several roles the first in the provider's file; of places those that it may name.
    several = {"roles": ["company", "boss"], "places": ["244", "091"], "name": "Leena"}
    assert (told(**several)["role"], told(**several)["municipalities"]) == ("lead", ["244"])


def test_a_coach_sees_the_own_clients_by_the_name_in_the_token(signed: Signed) -> None:
    with signed.api.store() as store:
        eero = Assignment(coach="Eero", start=NOW.date())
        store.cases.add("p-oulu", eero, "lead", NOW)
    assert signed.status(signed.issuer.token(**AINO)) == 404
    assert signed.status(signed.issuer.token(**{**AINO, "name": "Eero"})) == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": ["gardener"]},
        {"roles": None},
        {"roles": {"coach": True}},
        {"places": ["091"]},
        {"places": None},
        {"name": None},
        {"name": "Ai\nno"},
        {"sub": "x" * 201},
    ],
)
def test_who_gets_no_usable_role_is_refused(claims: dict[str, Any], signed: Signed) -> None:
    assert signed.status(signed.issuer.token(**{**AINO, **claims})) == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.example/"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": ["https://login.example"]},
        {"aud": "another"},
        {"aud": "kohtaanto-pages"},
        {"aud": None},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": None},
        {"sub": None},
        {"sub": 1},
    ],
)
def test_a_token_that_was_not_made_for_this_service_is_refused(
    claims: dict[str, Any], signed: Signed
) -> None:
    assert signed.status(signed.issuer.token(**{**AINO, **claims})) == 401


@pytest.mark.parametrize(("seconds", "status"), [(359, 200), (360, 401), (-61, 401), (-60, 200)])
def test_a_token_holds_from_its_making_to_its_end_give_or_take_a_minute(
    seconds: int, status: int, signed: Signed
) -> None:
    token = signed.issuer.token(**AINO)
    signed.time.now = NOW + timedelta(seconds=seconds)
    assert signed.status(token) == status


def test_a_token_that_is_not_valid_yet_is_refused(signed: Signed) -> None:
    later = int(NOW.timestamp()) + 61
    assert signed.status(signed.issuer.token(**AINO, nbf=later)) == 401
    assert signed.status(signed.issuer.token(**AINO, nbf=later - 1)) == 200


def test_no_other_way_to_sign_is_accepted(signed: Signed) -> None:
    claims = dict(iss=signed.issuer.issuer, aud="kohtaanto", sub="aino", **AINO)
    claims |= {"iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60}
    key = signed.issuer.keys[0]
    # The public key, which everybody knows, taken for a shared secret: by hand, since no
    # library makes such a thing.
    named = _part({"alg": "HS256", "kid": key.kid}) + "." + _part(claims)
    mac = hmac.digest(key.as_pem(private=False), named.encode(), "sha256")
    shared = f"{named}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    unsigned = f"{_part({'alg': 'none'})}.{_part(claims)}."
    other = signed.issuer.token(_like(key), **AINO)
    body = signed.issuer.token(**AINO)
    tampered = body[:-4] + ("AAAA" if not body.endswith("AAAA") else "BBBB")
    for token in (shared, unsigned, other, tampered, "a.b.c", "..", "W10.W10.", "bnVsbA.e30.x"):
        assert signed.status(token) == 401


def _part(told: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


def _like(key: Key) -> Key:
    """Another key that goes by the same name."""
    return type(key).import_key({**new_key().as_dict(private=True), "kid": str(key.kid)})


def test_a_key_that_is_new_is_read_at_once_and_one_nobody_knows_is_not_asked_for_again(
    signed: Signed,
) -> None:
    assert signed.status(signed.issuer.token(**AINO)) == 200
    old = signed.issuer.keys[0]
    signed.issuer.keys = [new_key()]
    signed.time.now += timedelta(seconds=30)
    assert signed.status(signed.issuer.token(**AINO)) == 200
    assert signed.status(signed.issuer.token(old, **AINO)) == 401
    asked = len(signed.issuer.asked)
    for _ in range(3):
        assert signed.status(signed.issuer.token(new_key(), **AINO)) == 401
    assert len(signed.issuer.asked) == asked


def test_a_provider_that_is_down_is_done_without_for_an_hour(signed: Signed) -> None:
    assert signed.status(signed.issuer.token(**AINO)) == 200
    signed.issuer.is_down = True
    signed.time.now = NOW + timedelta(minutes=60)
    assert signed.status(signed.issuer.token(**AINO)) == 200
    signed.time.now = NOW + timedelta(minutes=60, seconds=31)
    assert signed.status(signed.issuer.token(**AINO)) == 503
    assert signed.api.call("coach", "GET", PATH).status_code == 200
    signed.issuer.is_down = False
    signed.time.now += timedelta(seconds=30)
    assert signed.status(signed.issuer.token(**AINO)) == 200


def test_before_any_key_is_known_a_provider_that_is_down_lets_nobody_in(signed: Signed) -> None:
    signed.issuer.is_down = True
    assert signed.status(signed.issuer.token(**AINO)) == 503
    assert signed.status(signed.issuer.token(**{**AINO, "iss": "https://evil.example"})) == 401


def test_a_token_and_its_subject_are_revoked_at_once(signed: Signed) -> None:
    first, second = (signed.issuer.token(**AINO, jti=f"t{n}") for n in (1, 2))
    with Store.open(signed.api.settings.url) as store:
        store.revocations.add("token:oulu:t1", NOW)
        assert (signed.status(first), signed.status(second)) == (401, 200)
        store.revocations.add("oulu:aino", NOW)
        assert (signed.status(first), signed.status(second)) == (401, 401)
        store.revocations.lift("oulu:aino")
        assert (signed.status(first), signed.status(second)) == (401, 200)


def test_without_providers_no_token_lets_in(reading_api: ApiUnderTest) -> None:
    headers = {"Authorization": f"Bearer {Issuer(clock=lambda: NOW).token(**AINO)}"}
    assert reading_api.client.get(PATH, headers=headers).status_code == 401
    assert reading_api.client.get("/v1/login?provider=oulu").status_code == 404
