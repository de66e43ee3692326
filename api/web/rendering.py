"""Templates: escaped, strict about what is missing, and in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from api.web.static import asset, script
from matcher.domain.codes import municipalities
from matcher.domain.text import Lang
from matcher.i18n.message import ClientCountedMessage, ClientMessage, CountedMessage, Message
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import ClientWords, Value, Words, client_words

TEMPLATES: Final = Path(__file__).parent / "templates"
_STAFF: Final = frozenset(Tongue(lang.value) for lang in Lang)


class _Compiled(BytecodeCache):
    """What templates were compiled to, for the environments of all languages."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what is known of a template; it is not used if the template has changed."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template that has been compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


@cache
def prepare() -> None:
    """Compile all templates, so that nobody who opens a page for the first time waits for it."""
    for tongue in Tongue:
        templates = environment(tongue)
        for name in templates.list_templates():
            templates.get_template(name)


def render(template: str, tongue: Tongue, context: Mapping[str, object]) -> str:
    """Return a template filled in.

    Parameters
    ----------
    template
        Path below `TEMPLATES`.
    tongue
        Language of the reader.
    context
        Values by the names that the template has for them; one that is missing is an error.
    """
    return environment(tongue).get_template(template).render(context)


def words_in(tongue: Tongue) -> ClientWords:
    """Return the words of a language: all of them, or those of a client's language."""
    return Words.of(Lang(tongue.value)) if tongue in _STAFF else client_words(tongue)


def lang_of(tongue: Tongue) -> Lang:
    """Return in which of the three languages records are shown to a reader."""
    match tongue:
        case Tongue.PLAIN_FI:
            return Lang.FI
        case Tongue.RU:
            return Lang.EN
        case _:
            return Lang(tongue.value)


@cache
def environment(tongue: Tongue) -> Environment:
    """Return the templates of a language.

    Each language has its own, so that macros know the words without being handed them.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    environment.globals.update(_globals(tongue))
    return environment


def _globals(tongue: Tongue) -> dict[str, object]:
    words = words_in(tongue)
    spoken: dict[str, object] = {
        "say": words,
        "day": words.day,
        "month_of": words.month,
        "time": words.time,
        "number": words.number,
        "km": words.km,
        "percent": words.percent,
        "euros": words.euros,
        "listed": words.listed,
        "town": _town(lang_of(tongue)),
        "tongue": tongue,
        "asset": asset,
        "script": script,
    }
    return spoken | _sentences(words)


def _sentences(words: ClientWords) -> dict[str, object]:
    """Return the functions that templates declare their sentences with, as code does."""

    def for_client(text: str, **values: Value) -> str:
        return words(ClientMessage(text), **values)

    def count_for_client(one: str, many: str, n: int, **values: Value) -> str:
        return words.counted(ClientCountedMessage(one, many), n, **values)

    found: dict[str, object] = {"client_msg": for_client, "client_msgs": count_for_client}
    return found | (_staff_sentences(words) if isinstance(words, Words) else {})


def _staff_sentences(words: Words) -> dict[str, object]:
    def sentence(text: str, **values: Value) -> str:
        return words(Message(text), **values)

    def in_context(context: str, text: str) -> str:
        return words(Message(text, context))

    def counted(one: str, many: str, n: int, **values: Value) -> str:
        return words.counted(CountedMessage(one, many), n, **values)

    return {"msg": sentence, "msg_in": in_context, "msgs": counted}


def _town(lang: Lang) -> Callable[[str | None], str]:
    def town(code: str | None) -> str:
        """Return the name of a municipality; a dash if it is unknown."""
        known = municipalities().get(code or "")
        return "–" if known is None else known.name.best(lang)

    return town
