"""Whatever is sent, the service answers as it describes itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case, Config
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import BaseSchema
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import ROLES
from api.app import create_app
from matcher.config import Settings
from tests.api.conftest import ENCODER, NOW
from tests.api.test_access import PAGES


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
#: Their bodies are those of the operations that create, which are covered value by value.
LIKE_OTHERS = frozenset({"replace_profile", "replace_need", "replace_offer", "change_case_entry"})
#: No test is timed: on a busy machine an answer may take more than the usual ten seconds.
PATIENCE = 300
RELAY = Relay()


@cache
def _document() -> dict[str, Any]:
    return create_app(Settings(home=Path("unused"))).openapi()


def _described(config: Config) -> BaseSchema:
    schema = schemathesis.openapi.from_dict(deepcopy(_document()), config=config)
    schema.app = RELAY
    return schema


COVERED = _described(Config())
DRAWN = _described(Config.from_dict({"phases": {"coverage": {"enabled": False}}}))


@pytest.fixture(scope="module")
def fuzzed(region_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An application that may be filled with anything."""
    home = tmp_path_factory.mktemp("fuzzed") / "home"
    shutil.copytree(region_home, home)
    settings = Settings(home=home, requests_per_minute=1_000_000, entries_per_minute=1_000_000)
    RELAY.app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    yield
    RELAY.app = None


def _fuzzing(operation: str, examples: int, mark: pytest.MarkDecorator) -> Callable[..., None]:
    schema = DRAWN if operation in LIKE_OTHERS else COVERED

    @mark
    @schema.include(operation_id=operation).parametrize()
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def test(case: Case[Any], fuzzed: None) -> None:
        case.call_and_validate(
            headers={"Authorization": "Bearer secret of admin"},
            excluded_checks=UNSAID,
            timeout=PATIENCE,
        )

    made: Callable[..., None] = test
    return made


#: Pages are for browsers, and not described.
_PAGES = {page.name for page in PAGES}
OPERATIONS = [*(name for name in ROLES if name not in _PAGES), "is_live", "is_ready", "enter"]
# A function an operation: schemathesis gives all tests of one function the same id, and of
# those a parallel run would take only one.
globals().update(
    {
        f"test_{operation}_answers_as_it_is_described": _fuzzing(operation, 3, pytest.mark.slow)
        for operation in OPERATIONS
    }
)
#: Ten thousand drawn requests in all, and about twice as many with those of the coverage phase.
globals().update(
    {
        f"test_{operation}_answers_as_described_again_and_again": _fuzzing(
            operation, 1 + 10_000 // len(OPERATIONS), pytest.mark.soak
        )
        for operation in OPERATIONS
    }
)
