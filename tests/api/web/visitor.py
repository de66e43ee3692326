"""Somebody with a browser, without the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

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
        found = re.search(r'name="csrf" value="([0-9a-f]{64}\.[0-9a-f]{16})"', self.get(path).text)
        assert found
        return {"csrf": found[1]}

    def form(self, path: str) -> dict[str, str | list[str]]:
        """Return what a browser sends of the last form of a page if nothing in it is changed."""
        reader = _Fields()
        reader.feed(self.get(path).text)
        return dict(reader.fields)


class _Fields(HTMLParser):
    """Collects the fields of the last form that has not only hidden ones."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str | list[str]] = {}
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag:
            case "form":
                self.fields = {}
            case "input" if given.get("type") == "checkbox":
                if "checked" in given:
                    self.fields.setdefault(name, [])
                    self.fields[name] = [*self.fields[name], given["value"]]
            case "input" if given.get("type") != "radio" or "checked" in given:
                self.fields[name] = given.get("value", "")
            case "select":
                self._select = name
            case "option" if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = given["value"]
            case "textarea":
                self._area = name
                self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] = f"{self.fields[self._area]}{data}".removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
