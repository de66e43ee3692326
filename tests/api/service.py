"""How tests call the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from api.cookies import CSRF, SESSION, csrf_token
from matcher.config import Settings
from matcher.index.publication import current
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class ApiUnderTest:
    """The running application, with a key of every role."""

    app: FastAPI
    client: TestClient
    settings: Settings

    def call(
        self, who: str, method: str, path: str, body: object = None, purpose: str | None = None
    ) -> Response:
        """Send a request as one of the callers of `tests.api.conftest.KEYS`."""
        headers = {"Authorization": f"Bearer secret of {who}"}
        if purpose is not None:
            headers["Kohtaanto-Purpose"] = purpose
        return self._send(method, path, body, headers)

    def call_in_session(self, secret: str, method: str, path: str, body: object = None) -> Response:
        """Send a request as a page does, with the cookie and the token of a session."""
        headers = {"Cookie": f"{SESSION}={secret}", CSRF: csrf_token(secret)}
        return self._send(method, path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Response:
        if path.startswith("/v1"):
            return self.client.request(method, path, json=body, headers=headers)
        # A page: what changes something is a form, and answered with the way to go on.
        return self.client.request(method, path, data=body, headers=headers, follow_redirects=False)

    def json(self, who: str, method: str, path: str, body: object = None) -> Any:
        """Send a request that must succeed, and return what it answers."""
        response = self.call(who, method, path, body)
        assert response.status_code < 300, response.text
        return response.json()

    @property
    def snapshot(self) -> str:
        """Name of the snapshot that is published."""
        name = current(self.settings.snapshots)
        assert name is not None
        return name

    def store(self) -> Store:
        """Open the store beside the application."""
        return Store.open(self.settings.url)
