"""Sentences as they are declared in code: in English, to be found and translated.

Each is declared by one of the functions here with its words written out, so that they can be
collected from the source; tables hold what these functions return. Values go into named
places: ``msg("Ask the client: {question}")``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a word, to be said in a language of the service.

    Parameters
    ----------
    text
        In English, with places for values: ``{place}``.
    context
        Which of several meanings a short word has; empty where its words tell.
    """

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class CountedMessage:
    """A sentence whose form follows a number, which stands in it as ``{n}``.

    Parameters
    ----------
    one, many
        In English, for 1 and for any other number.
    """

    one: str
    many: str


class ClientMessage(Message):
    """A sentence that a client reads: it is also in plain Finnish and in Russian."""

    __slots__ = ()


class ClientCountedMessage(CountedMessage):
    """A sentence with a number that a client reads."""

    __slots__ = ()


def msg(text: str) -> Message:
    """Declare a sentence."""
    return Message(text)


def msg_in(context: str, text: str) -> Message:
    """Declare a word that other languages say differently in different contexts."""
    return Message(text, context)


def msgs(one: str, many: str) -> CountedMessage:
    """Declare a sentence with a number ``{n}`` in it."""
    return CountedMessage(one, many)


def client_msg(text: str) -> ClientMessage:
    """Declare a sentence that a client reads."""
    return ClientMessage(text)


def client_msgs(one: str, many: str) -> ClientCountedMessage:
    """Declare a sentence with a number ``{n}`` in it that a client reads."""
    return ClientCountedMessage(one, many)
