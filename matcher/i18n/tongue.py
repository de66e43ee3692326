"""The languages that the service speaks, and how each writes numbers and dates."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Final

from babel import Locale


class Tongue(StrEnum):
    """A language that sentences are written in, by its BCP 47 tag.

    The first three are those of `matcher.domain.text.Lang`, which everything is written in;
    the others are for what a client reads. English is the language of the source.
    """

    FI = "fi"
    SV = "sv"
    EN = "en"
    RU = "ru"
    PLAIN_FI = "fi-simple"  # selkosuomi

    @cached_property
    def locale(self) -> Locale:
        """How numbers, dates and lists are written."""
        return Locale.parse(_LOCALES[self])

    @property
    def date_format(self) -> str:
        """Format or pattern of a date, as Unicode's locale data names them."""
        return _DATES[self]

    @property
    def money_format(self) -> str:
        """Pattern of a sum of full euros."""
        return "¤#,##0" if self is Tongue.EN else "#,##0\u00a0¤"

    @property
    def html(self) -> str:
        """What browsers and screen readers are told of it, as BCP 47 names languages."""
        return Tongue.FI.value if self is Tongue.PLAIN_FI else self.value

    @property
    def folder(self) -> str:
        """Name of the folder of its catalogues."""
        return self.value.replace("-", "_")


_LOCALES: Final[dict[Tongue, str]] = {
    Tongue.FI: "fi_FI",
    Tongue.SV: "sv_FI",
    Tongue.EN: "en_GB",
    Tongue.RU: "ru_RU",
    Tongue.PLAIN_FI: "fi_FI",
}
#: In Finland dates are written 2.11.2026 in Swedish too.
_DATES: Final[dict[Tongue, str]] = {
    Tongue.FI: "d.M.y",
    Tongue.SV: "d.M.y",
    Tongue.EN: "medium",
    Tongue.RU: "d.M.y",
    Tongue.PLAIN_FI: "d.M.y",
}
