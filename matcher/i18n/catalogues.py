"""The catalogues of translations: one file per room of the code and language.

What a client reads stands in a domain of its own, ``client``, which more languages have.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from matcher.i18n.tongue import Tongue

LOCALES: Final = Path(__file__).parent / "locales"
CLIENT: Final = "client"
#: The languages that everything is translated to; the source is English.
ALL: Final = (Tongue.FI, Tongue.SV)
#: The languages that only the domain `CLIENT` is translated to.
CLIENT_ONLY: Final = (Tongue.PLAIN_FI, Tongue.RU)


@cache
def translations(tongue: Tongue) -> NullTranslations:
    """Return all translations to a language; those to English are the words themselves."""
    if tongue is Tongue.EN:
        return NullTranslations()
    combined = Catalog(locale=tongue.locale)
    for path in sorted((LOCALES / tongue.folder).glob("*.po")):
        for message in read_catalogue(path, tongue):
            if message.id:
                combined.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, combined)
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_catalogue(path: Path, tongue: Tongue) -> Catalog:
    """Return the catalogue of a file; a file that cannot be parsed raises babel's `PoFileError`."""
    with path.open("rb") as file:
        return read_po(file, locale=tongue.locale, charset="utf-8", abort_invalid=True)
