"""Files that pages need: their style, their icon, and htmx where it has been set up."""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha384
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"
#: What the browser is told of each kind of file.
TYPES: Final = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}
HTMX: Final = "htmx.min.js"
#: Of htmx 2 as django-htmx 1.29.0 carries it.
HTMX_INTEGRITY: Final = "sha384-H5SrcfygHmAuTDZphMHqBJLc3FhssKjG7w/CeCpFReSfwBWDTKpkzPP8c+cLsK+V"


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and what the browser holds it against."""

    address: str
    integrity: str


def installed(name: str) -> Path:
    """Return where ``make setup`` leaves a file that is not of this project."""
    return Path(sys.prefix) / "share" / "kohtaanto" / name


def integrity(content: bytes) -> str:
    """Return what browsers hold a script against.

    References
    ----------
    W3C, Subresource Integrity.
    """
    return f"sha384-{b64encode(sha384(content).digest()).decode()}"


def static_path(name: str) -> Path | None:
    """Return the file of a name; None if there is none."""
    if name == HTMX:
        return installed(name) if script() else None
    found = {path.name: path for path in FOLDER.iterdir()}
    return found.get(name)


@cache
def asset(name: str) -> str:
    """Return the address of a file of ours; it changes with what is in the file."""
    content = (FOLDER / name).read_bytes()
    return f"/static/{name}?v={sha384(content).hexdigest()[:12]}"


@cache
def script() -> Script | None:
    """Return htmx; None where it is missing or is not the one that we know."""
    path = installed(HTMX)
    if not path.is_file() or integrity(path.read_bytes()) != HTMX_INTEGRITY:
        return None
    return Script(f"/static/{HTMX}?v={HTMX_INTEGRITY[7:15]}", HTMX_INTEGRITY)
