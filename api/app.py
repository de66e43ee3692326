"""The application: opened with settings, closed with the process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Final

from anyio import to_thread
from fastapi import Depends, FastAPI, Security

from api import openapi
from api.access import authorise
from api.auditing import Auditing, begin
from api.auth import Authentication, bearer
from api.errors import install
from api.headers import SecurityHeaders
from api.identity.doors import Doors, open_doors
from api.identity.providers import load_providers
from api.identity.remote import Outgoing, outgoing
from api.limits import BodyLimit
from api.log import RequestLog
from api.rates import Attempts, RateLimit
from api.routes import (
    candidates,
    cases,
    consents,
    decisions,
    docs,
    explanations,
    feedback,
    health,
    indicators,
    logins,
    matches,
    needs,
    offers,
    own,
    pathways,
    profiles,
    rights,
    sessions,
    sharing,
    snapshots,
    staff,
    transfers,
    upskill,
)
from api.scribe import Scribe
from api.state import Clock, Index, IndexDoor, Services, State
from api.warming import warming
from api.web.pages import ROUTERS
from api.web.problems import ProblemPages
from api.web.rendering import prepare
from matcher import __version__
from matcher.config import Settings, load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.encode.encoder import load_encoder
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.errors import NotReadyError, SnapshotError
from matcher.match.service import service_over
from matcher.pathways.load import rules_digest
from matcher.store.store import Store
from matcher.taxonomy.suggest import Suggester

#: Requests that one process works on at once, the others wait in turn: threads that share one
#: interpreter lock only draw each other out. The lock is free while a database or a product of
#: matrices is waited for, so one more than the cores of a small machine.
THREADS: Final = 3
_RESOURCES: Final = (
    profiles,
    rights,
    cases,
    feedback,
    consents,
    needs,
    offers,
    matches,
    explanations,
    decisions,
    candidates,
    pathways,
    indicators,
    transfers,
    upskill,
    snapshots,
    sharing,
    staff,
    sessions,
    own,
)


def from_environment() -> FastAPI:
    """Return the application with the settings of the environment: what a server starts."""
    return create_app(load_settings())


def create_app(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    load: Callable[[str], Encoder] = load_encoder,
    http: Outgoing = outgoing,
) -> FastAPI:
    """Return the application; it opens store, encoder and index when it starts.

    Parameters
    ----------
    settings
        Of the installation.
    clock
        Returns the time in UTC.
    load
        Loads the encoder of a name or folder.
    http
        Opens what asks identity providers.
    """
    app = FastAPI(
        title=openapi.TITLE,
        description=openapi.DESCRIPTION,
        version=__version__,
        openapi_tags=openapi.TAGS,
        lifespan=_lifespan(settings, clock, load, http),
        dependencies=[Depends(authorise), Depends(begin)],
        generate_unique_id_function=openapi.operation_id,
        separate_input_output_schemas=False,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    _include(app)
    install(app)
    _guard(app, settings)
    app.openapi = lambda: openapi.describe_problems(app)  # type: ignore[method-assign]
    return app


def _lifespan(
    settings: Settings, clock: Clock, load: Callable[[str], Encoder], http: Outgoing
) -> Callable[[FastAPI], AbstractAsyncContextManager[State]]:
    """Return what opens everything when the application starts, and closes it at its end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[State]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        providers = None if settings.oidc is None else load_providers(settings.oidc)
        with (
            Store.open(settings.url) as store,
            Scribe(store.note) as scribe,
            http() as client,
        ):
            # A program with other rules has them asked anew.
            store.duties.doubt_rules(rules_digest())
            doors = open_doors(providers, client, clock)
            encoder = load(settings.encoder)
            services = _services(settings, store, scribe, encoder, clock=clock, doors=doors)
            # Neither for the first page, nor for the first word that somebody types.
            with warming(prepare, partial(services.suggester.warm, store.concepts)):
                yield State(services=services)

    return lifespan


def _include(app: FastAPI) -> None:
    """Add every route, the busiest first: a request is compared with one after the other."""
    for resource in _RESOURCES:
        app.include_router(resource.router, dependencies=[Security(bearer)])
    for router in (health.router, docs.router, sessions.entrance, logins.router, *ROUTERS):
        app.include_router(router)


def _guard(app: FastAPI, settings: Settings) -> None:
    """Add what every request goes through."""
    # The last one added is the first to see a request.
    app.add_middleware(BodyLimit)
    app.add_middleware(Auditing)
    app.add_middleware(
        RateLimit,
        per_minute=settings.requests_per_minute,
        entries_per_minute=settings.entries_per_minute,
    )
    app.add_middleware(Authentication)
    app.add_middleware(RequestLog)
    app.add_middleware(ProblemPages)
    app.add_middleware(SecurityHeaders)


def _services(
    settings: Settings,
    store: Store,
    scribe: Scribe,
    encoder: Encoder,
    *,
    clock: Clock,
    doors: Doors,
) -> Services:
    records = RecordEncoder(encoder, store.concepts.labels)

    def open_index(snapshot: str | None) -> Index:
        service = service_over(store, records, settings, clock, snapshot)
        service.matcher.warm(finnish_day(clock()))
        return Index(
            service.live, service.matcher, service.upskiller, service.recorder, service.placing
        )

    door = IndexDoor(settings.snapshots, open_index)
    # The first search opens files and warms the model: let no caller wait for it. What is
    # missing or damaged is told by /health/ready.
    with suppress(NotReadyError, SnapshotError):
        door.current()
    attempts, suggester = Attempts(settings.entries_per_minute), Suggester(encoder)
    return Services(settings, store, scribe, records, door, clock, doors, attempts, suggester)
