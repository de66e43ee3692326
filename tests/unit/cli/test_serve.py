from __future__ import annotations

import importlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matcher.cli.serve import APPLICATION, app, check_free
from matcher.errors import InputError


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What uvicorn would be started with."""
    with_what: dict[str, Any] = {}
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))

    def run(name: str, **given: Any) -> None:
        with_what.update(given, app=name, notes=os.environ.get("MATCHER_VERIFIED"))

    monkeypatch.setattr("uvicorn.run", run)
    return with_what


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_application_is_served_where_asked_without_an_access_log_of_paths(
    served: dict[str, Any],
) -> None:
    port = free_port()
    answer = CliRunner().invoke(app, ["--port", str(port), "--workers", "2"])
    assert answer.exit_code == 0
    assert served["app"] == "api.app:from_environment"
    assert (served["host"], served["port"], served["workers"]) == ("127.0.0.1", port, 2)
    assert (served["factory"], served["access_log"]) == (True, False)
    assert f"http://127.0.0.1:{port}/docs" in answer.stderr


def test_workers_share_a_folder_for_what_one_of_them_has_verified_and_it_goes_with_them(
    served: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CliRunner().invoke(app, ["--port", str(free_port())])
    assert not Path(served["notes"]).exists()
    assert "MATCHER_VERIFIED" not in os.environ
    monkeypatch.setenv("MATCHER_VERIFIED", str(tmp_path / "own"))
    CliRunner().invoke(app, ["--port", str(free_port())])
    assert served["notes"] == str(tmp_path / "own")


def test_one_is_told_that_nothing_is_indexed_yet(served: dict[str, Any]) -> None:
    answer = CliRunner().invoke(app, ["--port", str(free_port())])
    assert answer.stderr.startswith("Nothing is indexed yet")


def test_a_taken_port_is_refused_before_anything_is_started(served: dict[str, Any]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        answer = CliRunner().invoke(app, ["--port", str(port)])
    assert isinstance(answer.exception, InputError)
    assert str(answer.exception) == (
        f"Port {port} on 127.0.0.1 is taken by another process. "
        "Choose another with --port or --host."
    )
    assert served == {}


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InputError, match=r"on 192\.0\.2\.1 cannot be used"):
        check_free("192.0.2.1", 8000)


def test_the_application_is_where_the_server_looks_for_it() -> None:
    module, _, name = APPLICATION.partition(":")
    assert callable(getattr(importlib.import_module(module), name))
