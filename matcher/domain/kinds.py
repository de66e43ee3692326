"""The five kinds of record that are encoded and indexed."""

from __future__ import annotations

from enum import StrEnum

from matcher.domain.offer import OfferKind


class RecordKind(StrEnum):
    """A profile or one of the four kinds of offer."""

    PROFILE = "profile"
    VACANCY = "vacancy"
    NEED = "need"
    TRAINING = "training"
    SERVICE = "service"

    @property
    def plural(self) -> str:
        """Name of tables and snapshot folders, as in ``vacancies``."""
        return "vacancies" if self is RecordKind.VACANCY else f"{self.value}s"

    @classmethod
    def of_offer(cls, kind: OfferKind) -> RecordKind:
        """Return the record kind of an offer kind."""
        return cls(kind.value)
