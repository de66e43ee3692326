"""Which sentences of an advertisement ask for something, offer a task, or just talk.

A sentence is judged by cue words in Finnish, Swedish and English. A short line is a heading,
and lends its sense to the lines below it, if it ends in a colon or a question mark, is in
capitals and has a cue, or is nothing but a usual heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum


class SentenceSense(StrEnum):
    """What a sentence does."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    TASK = "task"
    OTHER = "other"


MIN_WORDS = 2
MAX_WORDS = 40
HEADING_WORDS = 8

# Of lower-case text: to look for either case takes two to three times as long.
_OPTIONAL = re.compile(
    r"\b(eduksi|etuna|plussaa?|arvostamme|arvostetaan|lisäksi toivomme|meriit\w+|toivomme myös|"
    r"meriterande|merit|fördel|önskvärt|plus|nice to have|advantage\w*|preferred|bonus)\b"
)
_ESSENTIAL = re.compile(
    r"\b(edellyt\w+|vaadi\w+|vaatimu\w+|odotamme|odotukse\w+|toivomme|sinulla on|"
    r"sinulta|omaat|osaat|hallitset|kelpoisuu\w+|pätevyy\w+|kokemu\w+|tutkinto\w*|taito\w*|"
    r"kräv\w*|förutsätt\w+|vi förväntar|du har|du kan|behörighet\w*|erfarenhet\w*|"
    r"require\w*|you have|you are|must have|we expect|experience|skills|"
    r"qualifications?|proficien\w+|knowledge of)\b"
)
_NOT_ASKED = re.compile(
    r"\b(et tarvitse|ei tarvitse|ei tarvita|ei vaadi\w*|emme vaadi|emme edellytä|ei edellytetä|"
    r"ei ole välttämätö\w*|ei välttämätön\w*|ilman (?:aiempaa )?kokemusta|ei ole \w* ?tärkein|"
    r"toivomme hakijoiksi|eri sukupuol\w+|"
    r"behövs inte|behöver inte|krävs inte|inget krav|inga krav|"
    r"not required|not necessary|no (?:previous |prior )?experience|don.t need)\b"
)
_TASK = re.compile(
    r"\b(tehtävä\w*|työtehtäv\w+|toimenku\w+|vastaat|pääset|huolehdit|työskentelet|"
    r"arbetsuppgift\w*|du ansvarar|du arbetar|"
    r"responsib\w+|your role|you will|duties|what you.ll do|tasks)\b"
)
_HEADING = re.compile(
    r"(?:työn |tehtävän |toimen |paikan )?(?:kuvaus|perustiedot|vaatimukset|edellytykset)|"
    r"(?:työ)?tehtävät|toimenkuva|(?:kelpoisuus|pätevyys)(?:vaatimukset|ehdot)?|odotukset|"
    r"odotamme(?: sinulta)?|edellytämme|eduksi(?: katsotaan)?|hakijalta (?:odotetaan|edellytetään)|"
    r"krav|arbetsuppgifter|behörighet(?:skrav)?|kvalifikationer|meriterande|om tjänsten|"
    r"vi förväntar oss|"
    r"(?:job )?(?:requirements|qualifications|responsibilities|description)|tasks|duties|"
    r"your (?:role|tasks|profile|skills)|nice to have|about the (?:job|role)|what you.ll do"
)
# The third alternative parts sentences that lost the line break between them.
_BREAK = re.compile(
    r"\s*[\r\n]+\s*|(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9\"“(])|(?<=[a-zåäö][.!?:])(?=[A-ZÅÄÖ][a-zåäö])|"
    r"\s+[•●▪·*–]\s+"
)
_BULLET = re.compile(r"^[\s•●▪·*#\-–—>]+")
_SPACE = re.compile(r"\s+")


def sort_sentences(text: str) -> list[tuple[str, SentenceSense]]:
    """Split a text and tell what each sentence does.

    Parameters
    ----------
    text
        Free text with or without line breaks and bullets.

    Returns
    -------
    list of (sentence, sense)
        In the order of the text; headings and fragments of one word are left out, longer
        sentences are cut at `MAX_WORDS` words.
    """
    found: list[tuple[str, SentenceSense]] = []
    section = SentenceSense.OTHER
    for sentence, words in _split(text):
        if _is_heading(sentence, words):
            section = _sense(sentence.lower())
            continue
        if len(words) < MIN_WORDS:
            continue
        low = sentence.lower()
        own = _sense(low)
        inherits = own is SentenceSense.OTHER and not _NOT_ASKED.search(low)
        sense = section if inherits else own
        found.append((" ".join(words[:MAX_WORDS]), sense))
    return found


def plain_sentences(text: str) -> list[str]:
    """Return the sentences of `sort_sentences` without asking what each does."""
    return [
        " ".join(words[:MAX_WORDS])
        for sentence, words in _split(text)
        if len(words) >= MIN_WORDS and not _is_heading(sentence, words)
    ]


def _split(text: str) -> Iterator[tuple[str, list[str]]]:
    for raw in _BREAK.split(text):
        sentence = _SPACE.sub(" ", _BULLET.sub("", raw)).strip()
        yield sentence, sentence.split()


def _is_heading(sentence: str, words: list[str]) -> bool:
    if not words or len(words) > HEADING_WORDS:
        return False
    low = sentence.lower()
    if sentence.endswith((":", "?")) or _HEADING.fullmatch(low):
        return True
    return sentence.isupper() and _sense(low) is not SentenceSense.OTHER


def _sense(low: str) -> SentenceSense:
    if _NOT_ASKED.search(low):
        return SentenceSense.OTHER
    if _OPTIONAL.search(low):
        return SentenceSense.OPTIONAL
    if _ESSENTIAL.search(low):
        return SentenceSense.ESSENTIAL
    if _TASK.search(low):
        return SentenceSense.TASK
    return SentenceSense.OTHER
