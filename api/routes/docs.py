"""The documentation page, with scripts from an installed package: no outside requests."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse

from api import openapi

#: Swagger UI as the package fastapi-offline carries it.
_ASSETS: Final = Path(str(resources.files("fastapi_offline"))) / "static"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def show_docs() -> HTMLResponse:
    """Show every route with examples."""
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=openapi.TITLE,
        swagger_js_url="/docs/swagger-ui-bundle.js",
        swagger_css_url="/docs/swagger-ui.css",
        swagger_favicon_url="/docs/favicon.png",
    )


@router.get("/docs/swagger-ui-bundle.js")
async def docs_script() -> FileResponse:
    """Return the script of the page."""
    return FileResponse(_ASSETS / "swagger-ui-bundle.js", media_type="text/javascript")


@router.get("/docs/swagger-ui.css")
async def docs_style() -> FileResponse:
    """Return the style of the page."""
    return FileResponse(_ASSETS / "swagger-ui.css", media_type="text/css")


@router.get("/docs/favicon.png")
async def docs_icon() -> FileResponse:
    """Return the icon of the page."""
    return FileResponse(_ASSETS / "favicon.png", media_type="image/png")
