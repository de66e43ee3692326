"""Style, icon and script of the pages."""

from __future__ import annotations

from fastapi import APIRouter, Path
from starlette.responses import FileResponse

from api.web.static import TYPES, static_path
from matcher.errors import NotFoundError

router = APIRouter(include_in_schema=False)
#: The address changes with the content.
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get("/static/{name}")
def static_file(name: str = Path(max_length=100)) -> FileResponse:
    """Return a file."""
    path = static_path(name)
    if path is None:
        raise NotFoundError("file", name)
    return FileResponse(path, media_type=TYPES[path.suffix], headers=_FOREVER)
