"""An identity provider that takes a question and never answers holds up nobody else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx2
import pytest
from starlette.testclient import TestClient

from api.identity.told import PAUSE, Told
from matcher.config import Settings
from matcher.errors import NotReadyError
from tests.api.conftest import ENCODER, NOW, copied
from tests.api.ready import ready_app
from tests.api.service import ApiUnderTest
from tests.api.test_tokens import AINO, PATH, PROVIDERS, Time
from tests.issuer import Issuer


@dataclass
class Hung:
    """The application behind a provider that hangs.

    Parameters
    ----------
    api, issuer
        The application, and what signs as the provider would.
    heard
        What the provider was asked.
    waiting
        Who waits for it.
    """

    api: ApiUnderTest
    issuer: Issuer
    heard: list[bytes] = field(default_factory=list)
    waiting: list[socket.socket] = field(default_factory=list)

    def let_go(self) -> None:
        """Send away who waits."""
        for caller in self.waiting:
            caller.close()

    def status(self, path: str, headers: dict[str, str] | None = None) -> int:
        """What a request is answered."""
        return self.api.client.get(path, headers=headers, follow_redirects=False).status_code

    def by_token(self) -> int:
        """What a request with a token of the provider is answered."""
        return self.status(PATH, {"Authorization": f"Bearer {self.issuer.token(**AINO)}"})


@pytest.fixture
def hung(region_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hung]:
    """A provider on this machine that lets everybody into its waiting room."""
    # So long that a busy machine does not matter: the test itself ends it.
    monkeypatch.setattr("api.identity.told.PATIENCE", 60.0)

    def listen(hung: Hung) -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            hung.waiting.append(caller)
            hung.heard.append(caller.recv(10_000))

    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        file = tmp_path / "providers.toml"
        file.write_text(PROVIDERS.replace("https://login.example", address), "utf-8")
        settings = Settings(home=copied(region_home, tmp_path / "home"), oidc=file)
        app = ready_app(settings, ENCODER, lambda: NOW, lambda: httpx2.Client(timeout=60))
        with TestClient(app, base_url="https://testserver") as client:
            hung = Hung(ApiUnderTest(app, client, settings), Issuer(address, clock=lambda: NOW))
            Thread(target=listen, args=(hung,), daemon=True).start()
            yield hung
            server.shutdown(socket.SHUT_RDWR)
            hung.let_go()


def test_keys_and_sessions_are_served_while_a_provider_hangs(hung: Hung) -> None:
    link = hung.api.json("coach", "POST", f"{PATH}/links", {"days": 1})
    entry = {name: link[name] for name in ("link", "code")}
    with ThreadPoolExecutor(12) as pool:
        tokens = [pool.submit(hung.by_token) for _ in range(6)]
        logins = [pool.submit(hung.status, "/v1/login?provider=oulu") for _ in range(6)]
        while not hung.heard:
            wait(tokens, timeout=0.01)
        assert hung.api.call("coach", "GET", PATH).status_code == 200
        assert hung.api.client.post("/v1/enter", json=entry).status_code == 200
        assert hung.api.client.get("/v1/session").json()["role"] == "person"
        assert [future for future in (*tokens, *logins) if future.done()] == []
        hung.let_go()
        assert {future.result() for future in (*tokens, *logins)} == {503}
    assert [line.split()[1] for line in hung.heard] == [b"/.well-known/openid-configuration"]


def test_all_who_ask_at_once_ask_once_and_what_comes_late_is_kept() -> None:
    asked, go_on, clock = [], Event(), Time()

    def ask() -> str:
        asked.append(clock())
        go_on.wait(10)
        return f"answer {len(asked)}"

    told = Told(ask, clock, fresh=PAUSE, stale=10 * PAUSE)
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(told.latest, lambda _: True) for _ in range(4)]
        for answer in answers:
            with pytest.raises(NotReadyError):
                answer.result()
    assert asked == [NOW]
    go_on.set()
    clock.now += PAUSE
    assert told.latest(lambda _: True) in {"answer 1", "answer 2"}
    clock.now += PAUSE
    assert told.latest(lambda _: True) == f"answer {len(asked)}"
