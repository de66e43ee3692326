"""The one shape of all errors."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class FieldProblem(BaseModel):
    """One field that cannot be used."""

    location: str = Field(description="body, path, query or header")
    field: str = Field(description="Dotted path of the field; empty for the whole body")
    message: str


class Problem(BaseModel):
    """A problem document (RFC 9457, media type application/problem+json)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:kohtaanto:problem:not-found",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no profile 'p-1'.",
                    "instance": "/v1/profiles/p-1",
                }
            ]
        }
    )

    type: str = Field(description="Names the kind of problem; stable")
    title: str = Field(description="The kind of problem in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="What is wrong here, and what to do next")
    instance: str = Field(description="Path of the request")
    errors: list[FieldProblem] | None = Field(
        None, description="Field by field, if fields are wrong"
    )
