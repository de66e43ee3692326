"""The service's description of itself."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.errors import MEDIA_TYPE

TITLE: Final = "Kohtaanto"
DESCRIPTION: Final = """\
Matches jobseekers' competence mappings with job advertisements, company needs, trainings
and services, and says why. It decides nothing about a person: it ranks and explains, and a
human acts.

Every request but the health checks carries a key: `Authorization: Bearer <secret>`.
`matcher key create` makes one. A **coach** works with the profiles of the own
municipalities, an **employer** with the own needs and with counts of people, a **partner**
sees what was shared with it, an **indexer** writes offers, an **admin** does everything; a
**person** comes in by a link and a code. What a caller may not see is answered like what does
not exist.

Errors are problem documents (RFC 9457). Answers hold no contact data.
"""
TAGS: Final[list[dict[str, Any]]] = [
    {"name": "profiles", "description": "Competence mappings (osaamiskartoitus)."},
    {"name": "rights", "description": "Copies of personal data, corrections and erasures."},
    {"name": "cases", "description": "The work with each client: coach, meetings, tasks, changes."},
    {"name": "feedback", "description": "What became of offers, and the wishes of clients."},
    {"name": "consents", "description": "Who may be shown to which company."},
    {"name": "needs", "description": "Company needs (yrityskartoitus), hidden jobs included."},
    {"name": "offers", "description": "Vacancies, needs, trainings and services."},
    {"name": "pathways", "description": "Areas, and what their rules say of a client."},
    {"name": "matches", "description": "Explained lists, from either side."},
    {"name": "sharing", "description": "What partners see of people and needs."},
    {"name": "access", "description": "Who comes in, and who sees protected persons."},
    {"name": "own", "description": "What a person sees and says."},
    {"name": "snapshots", "description": "Index snapshots."},
    {"name": "health", "description": "For whoever starts and watches the process."},
]


def operation_id(route: APIRoute) -> str:
    """Name an operation after its function; `api.access.ROLES` uses the same names."""
    return route.name


def describe_problems(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with errors under their own media type.

    FastAPI can declare one media type a route only, that of its success.
    """
    document = FastAPI.openapi(app)
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if int(status) >= 400 and content:
                    _, schema = content.popitem()
                    content[MEDIA_TYPE] = schema
    return document
