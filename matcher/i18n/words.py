"""Say things in a language: sentences, numbers, dates, distances, sums of money and lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final, Literal

from babel.dates import format_date, format_skeleton, format_time, get_timezone
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from matcher.domain.text import Lang
from matcher.i18n.catalogues import translations
from matcher.i18n.message import ClientCountedMessage, ClientMessage, CountedMessage, Message
from matcher.i18n.tongue import Tongue

#: So many numbers and distances are remembered as they are written.
_REMEMBERED: Final = 4096
#: What goes into the places of a sentence; numbers and dates are written as the language does.
Value = str | int | float | date


class ClientWords:
    """What a client reads, in any language of the service.

    Parameters
    ----------
    tongue
        The language to speak.
    """

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self._translations = translations(tongue)

    def __call__(self, message: ClientMessage, **values: Value) -> str:
        """Return a sentence with values in its places."""
        return self._say(message, values)

    def counted(self, message: ClientCountedMessage, n: int, **values: Value) -> str:
        """Return a sentence in the form that a number asks for."""
        return self._count(message, n, values)

    def day(self, day: date) -> str:
        """Return a day, as in 2.11.2026."""
        return format_date(day, self.tongue.date_format, locale=self.tongue.locale)

    def month(self, day: date) -> str:
        """Return the month of a day, as in November 2026."""
        return format_skeleton("yMMMM", day, locale=self.tongue.locale)

    def time(self, moment: datetime) -> str:
        """Return the time of a moment in Finland, as in 2.30 or 02:30."""
        return format_time(
            moment, "short", tzinfo=get_timezone("Europe/Helsinki"), locale=self.tongue.locale
        )

    def number(self, number: float) -> str:
        """Return a number with at most three decimals, as in 12 345,6."""
        return _number(number or 0, self.tongue)  # -0.0 is 0

    def km(self, km: float) -> str:
        """Return a distance in full kilometres."""
        return _kilometres(round(km), self.tongue)

    def percent(self, share: float) -> str:
        """Return a share of 1 in full per cent."""
        return format_percent(share, locale=self.tongue.locale)

    def euros(self, euros: int) -> str:
        """Return a sum of money in full euros."""
        return format_currency(
            euros, "EUR", self.tongue.money_format, locale=self.tongue.locale, currency_digits=False
        )

    def listed(self, things: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
        """Return things as a list with *and*, or with *or*, before the last."""
        return format_list(list(things), style, locale=self.tongue.locale)

    def _say(self, message: Message, values: dict[str, Value]) -> str:
        if message.context:
            text = self._translations.pgettext(message.context, message.text)
        else:
            text = self._translations.gettext(message.text)
        return text.format_map(self._written(values))

    def _count(self, message: CountedMessage, n: int, values: dict[str, Value]) -> str:
        text = self._translations.ngettext(message.one, message.many, n)
        return text.format_map(self._written({**values, "n": n}))

    def _written(self, values: dict[str, Value]) -> dict[str, str]:
        return {name: self._write(value) for name, value in values.items()}

    def _write(self, value: Value) -> str:
        match value:
            case str():
                return str(value)
            case date():
                return self.day(value)
            case _:
                return self.number(value)


class Words(ClientWords):
    """Everything that the service says, in Finnish, Swedish or English."""

    @classmethod
    def of(cls, lang: Lang) -> Words:
        """Return the words of a language."""
        return _words(Tongue(lang))

    def __call__(self, message: Message, **values: Value) -> str:
        """Return a sentence with values in its places."""
        return self._say(message, values)

    def counted(self, message: CountedMessage, n: int, **values: Value) -> str:
        """Return a sentence in the form that a number asks for."""
        return self._count(message, n, values)


# A page of lists writes the same counts and distances again and again, and babel takes a while.
@lru_cache(_REMEMBERED, typed=True)
def _number(number: float, tongue: Tongue) -> str:
    return format_decimal(number, locale=tongue.locale)


@lru_cache(_REMEMBERED)
def _kilometres(km: int, tongue: Tongue) -> str:
    return format_unit(km, "length-kilometer", "short", locale=tongue.locale)


@cache
def client_words(tongue: Tongue) -> ClientWords:
    """Return what a client reads, in any language of the service."""
    return ClientWords(tongue)


@cache
def _words(tongue: Tongue) -> Words:
    return Words(tongue)
