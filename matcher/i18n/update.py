"""Bring the catalogues up to the code: ``make words``.

Sentences that are new in the code are added with no translation yet, and those that are gone
are removed; what is translated stays. ``tests/unit/i18n`` fails for what is not translated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from matcher.i18n.catalogues import ALL, CLIENT, CLIENT_ONLY, LOCALES, read_catalogue
from matcher.i18n.tongue import Tongue

#: Functions of `matcher.i18n.message` by domain, with the arguments that hold words;
#: None stands for the domain that bears the name of the room.
KEYWORDS: Final[dict[str | None, dict[str, tuple[int | tuple[int, str], ...] | None]]] = {
    None: {"msg": None, "msg_in": ((1, "c"), 2), "msgs": (1, 2)},
    CLIENT: {"client_msg": None, "client_msgs": (1, 2)},
}
#: Room of the pages, with templates beside code.
WEB: Final = "web"
_METHODS: Final = [("**.py", "python"), (f"{WEB}/templates/**.html", "jinja2")]
#: A template that cannot be read is told, not passed over.
_OPTIONS: Final = {f"{WEB}/templates/**.html": {"silent": "false", "trimmed": "true"}}
_ROOT: Final = Path(__file__).resolve().parents[2]
_HEADER: Final = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def templates(root: Path = _ROOT) -> dict[str, Catalog]:
    """Return all sentences that the code declares, by domain.

    Parameters
    ----------
    root
        The folder that holds the packages ``matcher`` and ``api``.
    """
    found: defaultdict[str, Catalog] = defaultdict(Catalog)
    for package in ("matcher", "api"):
        for fixed, keywords in KEYWORDS.items():
            for file, _, text, _, context in extract_from_dir(
                root / package, _METHODS, options_map=_OPTIONS, keywords=keywords
            ):
                found[fixed or _room(package, file)].add(text, context=context)
    return dict(found)


def _room(package: str, file: str) -> str:
    """Return the room of a file below a package; the pages are a room of their own."""
    first = Path(file).parts[0].removesuffix(".py")
    return first if package == "matcher" or first == WEB else package


def catalogue_files(domains: Iterable[str]) -> Iterator[tuple[str, Tongue, Path]]:
    """Yield the files that domains have to have: domain, language and path."""
    for domain in sorted(domains):
        for tongue in (*ALL, *CLIENT_ONLY) if domain == CLIENT else ALL:
            yield domain, tongue, LOCALES / tongue.folder / f"{domain}.po"


def update() -> None:
    """Write every catalogue anew, with the sentences that the code has now."""
    found = templates()
    for domain, tongue, path in catalogue_files(found):
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read_catalogue(path, tongue) if path.exists() else Catalog(tongue.locale)
        catalogue.update(found[domain], no_fuzzy_matching=True)
        with path.open("wb") as file:
            header = _HEADER.format(language=tongue.folder, plural=catalogue.plural_forms)
            file.write(header.encode())
            # No places in the code, dates or authors: they would differ with every change.
            write_po(
                file,
                catalogue,
                width=0,
                no_location=True,
                omit_header=True,
                sort_output=True,
                ignore_obsolete=True,
            )


if __name__ == "__main__":
    update()
