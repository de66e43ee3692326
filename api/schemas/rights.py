"""What people may ask of their data: a copy, a correction, an erasure and its proof."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.records import ProfileDocument
from matcher.domain.rights import Erasure, Ground
from matcher.rights.erase import Erased

Reason = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"\S")]


class KeptFor(BaseModel):
    """How long one kind of data stays."""

    kind: str
    name: str
    days: int | None = Field(description="Null: as long as the profile")
    counted: str = Field(description="From when on, in words")
    source: str = Field(description="The law, or who has set the period")


class Use(BaseModel):
    """One use of the person's data."""

    at: datetime
    by: str = Field(description="Id of the key, or issuer and subject")
    role: str
    what: str
    how: str = Field(description="Operation of the service")
    why: str
    outcome: str
    offer_or_list: str


class PersonalCopy(BaseModel):
    """Everything that is held of a person (GDPR articles 15 and 20)."""

    layout: str = Field(description="Version of this layout")
    person: str
    made_at: datetime
    source: str = Field(description="Where the profile came from")
    profile: ProfileDocument = Field(description="Can be imported as it is, here or elsewhere")
    held: dict[str, list[dict[str, Any]]] = Field(description="Rows by table")
    quarantined: list[dict[str, Any]] = Field(description="Rows that could not be imported")
    search_indexes: list[str] = Field(description="Indexes that hold the person's words as vectors")
    seen: list[Use] = Field(description="Who has used the data, oldest first")
    shown_to_needs: list[str] = Field(description="Needs of companies that are shown the person")
    retention: list[KeptFor]


class CorrectionRequest(BaseModel):
    """What is wrong in a profile, and how it should be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    changes: dict[str, Any] = Field(
        description="New values by field of the profile; null for what is not known",
        min_length=1,
        max_length=30,
    )
    reason: Reason = Field(description="Why, and who says so")


class CorrectionAnswer(BaseModel):
    """A correction: what was changed, and the profile as it was."""

    fields: list[str]
    reason: str
    at: datetime
    by: str
    before: ProfileDocument


class ErasureRequest(BaseModel):
    """Why a person is to be erased."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ground: Ground = Field(description="By GDPR article 17(1)")


class ErasureProof(BaseModel):
    """The proof that somebody was erased; it does not tell who."""

    id: str
    at: datetime
    ground: Ground
    counts: dict[str, int] = Field(description="How many rows went, by table")
    archived_at: datetime | None = Field(description="Null until the night clears the archives")

    @classmethod
    def of(cls, proof: Erasure) -> ErasureProof:
        """Return a proof as it is shown."""
        return cls(
            id=proof.id,
            at=proof.at,
            ground=proof.ground,
            counts=dict(proof.counts),
            archived_at=proof.archived_at,
        )


class ErasureAnswer(BaseModel):
    """What an erasure came to."""

    proof: ErasureProof
    receipt: str = Field(description="For the person alone, shown only now: opens the proof")
    source: str = Field(description="Erase there too: its next import may bring the profile back")
    tell_needs: list[str] = Field(
        description="Needs whose companies were shown the person; they are to be told (article 19)"
    )

    @classmethod
    def of(cls, done: Erased) -> ErasureAnswer:
        """Return an erasure as it is told to whoever did it."""
        return cls(
            proof=ErasureProof.of(done.proof),
            receipt=done.receipt,
            source=done.source,
            tell_needs=list(done.shown_to),
        )
