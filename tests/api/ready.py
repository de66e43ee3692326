"""The application as `create_app` makes it, sharing among tests what takes long to make."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path

import httpx2
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from api.app import create_app
from api.identity.remote import Outgoing
from api.state import Clock
from matcher.config import Settings
from matcher.encode.protocol import Encoder


def ready_app(
    settings: Settings, encoder: Encoder, clock: Clock, http: Outgoing | None = None
) -> FastAPI:
    """Return an application of its own that has its routes in common with the others.

    FastAPI works out how to answer a route when a request is first compared with it. That
    takes half a second for all of them, and says nothing of settings, store or index.
    """
    app = create_app(settings, clock=clock, load=lambda _: encoder, http=http or _unasked)
    own = app.router.routes
    own[:] = [
        one if isinstance(one, Route) else shared
        for one, shared in zip(own, _routes(), strict=True)
    ]
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    return tuple(create_app(Settings(home=Path("unused"))).router.routes)


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _unasked() -> httpx2.Client:
    """Like `outgoing`, without reading all certificates again."""
    return httpx2.Client(verify=_certificates())
