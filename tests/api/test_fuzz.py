"""Whatever is sent, the service answers as it describes itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from matcher.config import Settings
from tests.api.conftest import ENCODER, NOW


class Relay:
    """Passes requests on to an application that exists only while the tests run."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


load_all_checks()
#: A schema cannot say that codes may be given by name, some fields only together, and that
#: numbers and truth values are read as generously as in an imported table.
UNSAID: Any = CHECKS.get_by_names(["positive_data_acceptance", "negative_data_rejection"])
RELAY = Relay()
schema = schemathesis.openapi.from_dict(create_app(Settings(home=Path("unused"))).openapi())
schema.app = RELAY


@pytest.fixture(scope="module")
def fuzzed(region_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An application that may be filled with anything."""
    home = tmp_path_factory.mktemp("fuzzed") / "home"
    shutil.copytree(region_home, home)
    RELAY.app = create_app(Settings(home=home), clock=lambda: NOW, load=lambda _: ENCODER)
    yield
    RELAY.app = None


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=3,
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Case[Any], fuzzed: None) -> None:
    case.call_and_validate(
        headers={"Authorization": "Bearer secret of admin"}, excluded_checks=UNSAID
    )
