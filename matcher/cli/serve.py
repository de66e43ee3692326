"""``matcher serve``: the API on uvicorn."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import typer

from matcher.config import PREFIX, load_settings
from matcher.errors import InputError
from matcher.index.publication import current

#: By name, since this room may not import the one above; every worker process makes its own
#: application and reads the settings from the environment that it inherits.
APPLICATION: Final = "api.app:from_environment"
DEFAULT_PORT: Final = 8000
_NOTES: Final = f"{PREFIX}VERIFIED"

#: Uvicorn's own access log writes paths and query strings, which may be about a person; the
#: application writes one without them.
LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": "INFO", "propagate": False}
        for name in ("uvicorn", "api")
    },
}

app = typer.Typer(add_completion=False, help="Serve the API.")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = DEFAULT_PORT,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
) -> None:
    """Serve the API until it is interrupted."""
    settings = load_settings()
    check_free(host, port)
    if current(settings.snapshots) is None:
        typer.echo(
            "Nothing is indexed yet: searches are answered with 503 until `matcher nightly` "
            "has run.",
            err=True,
        )
    typer.echo(f"API: http://{host}:{port}/docs (interrupt with Ctrl-C)", err=True)
    # Imported late: what is said above needs no web server.
    import uvicorn

    with _noting():
        uvicorn.run(
            APPLICATION,
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=LOGGING,
            access_log=False,
            server_header=False,
        )


@contextmanager
def _noting() -> Iterator[None]:
    """Give the workers a folder to note in what one of them has verified, if they have none."""
    if _NOTES in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="kohtaanto-") as folder:
        # Inherited, as all settings are.
        os.environ[_NOTES] = folder
        try:
            yield
        finally:
            del os.environ[_NOTES]


def check_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything slow is loaded.

    Raises
    ------
    InputError
        If the port is taken or may not be used, or the host is not this machine's.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another process" if taken else f"cannot be used: {error.strerror}"
        raise InputError(
            f"Port {port} on {host} {reason}.", remedy="Choose another with --port or --host."
        ) from error
