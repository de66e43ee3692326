"""Somebody with a browser, without the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping

from httpx2 import Response

from tests.api.service import ApiUnderTest

_BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "fi"}


class Visitor:
    """Opens pages and sends forms; keeps cookies, and follows no redirect.

    Parameters
    ----------
    api
        The running application.
    """

    def __init__(self, api: ApiUnderTest) -> None:
        self._client = api.client

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Response:
        """Open a page."""
        return self._client.get(
            path, headers={**_BROWSER, **(headers or {})}, follow_redirects=False
        )

    def post(
        self,
        path: str,
        form: Mapping[str, str | list[str]],
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a form."""
        sent = {**_BROWSER, **(headers or {})}
        return self._client.post(path, data=dict(form), headers=sent, follow_redirects=False)

    def sign_in(self, who: str) -> None:
        """Come in with the key of one of `tests.api.conftest.KEYS`."""
        assert self.post("/login", {"key": f"secret of {who}"}).status_code == 303

    def token(self, path: str) -> dict[str, str]:
        """Return what the forms of a page carry to be believed."""
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.get(path).text)
        assert found
        return {"csrf": found[1]}
