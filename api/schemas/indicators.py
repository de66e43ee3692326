"""The figures of a month."""

from __future__ import annotations

from pydantic import BaseModel, Field

from matcher.casework.indicators import GroupRow, Indicator


class GroupFigures(BaseModel):
    """One group's figures; null is unknown, or hidden to protect a small group."""

    dimension: str = Field(description="`all`, municipality, age, language or duration")
    group: str
    figures: dict[Indicator, float | None]
    hidden: list[Indicator] = Field(description="Which figures are hidden")

    @classmethod
    def of(cls, row: GroupRow) -> GroupFigures:
        """Return a row of the table as it is shown."""
        return cls(
            dimension=row.dimension,
            group=row.group,
            figures={name: figure.value for name, figure in row.figures.items()},
            hidden=[name for name, figure in row.figures.items() if figure.hidden],
        )


class MonthAnswer(BaseModel):
    """Employment, cost, readiness, well-being and service level of a month."""

    month: str
    groups: list[GroupFigures]
