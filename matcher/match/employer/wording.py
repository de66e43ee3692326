"""Whether a need asks for what an employer may not ask for: cues in three languages.

The cues are data (``tables/wording.tsv``): a pattern, and what in the same sentence makes it
allowed, as where law sets an age or the words are about clients. Nothing is decided: what is
found is shown with the law and a better wording, and whoever posts the need may keep it.

References
----------
Yhdenvertaisuuslaki (1325/2014), 8 § (prohibition of discrimination), 12 § (justified
differences in working life) and 17 § (discriminatory job advertisements). Laki naisten ja
miesten välisestä tasa-arvosta (609/1986), 14 § (discriminatory job advertisements).
Työsopimuslaki (55/2001), 2 luku 2 § (equal treatment).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from matcher.domain.offer import CompanyNeed, Offer
from matcher.domain.text import Lang
from matcher.domain.wording import Finding, Ground

#: A cue and what allows it stand in one sentence.
_SENTENCE: Final = re.compile(r"[^.!?;\n•]+(?:\.(?=\d)[^.!?;\n•]+)*")
#: Whoever says that something does not matter asks for nothing.
_NOT_ASKED: Final[dict[Lang, re.Pattern[str]]] = {
    Lang.FI: re.compile(
        r"riippuma|ei tarvitse|ei edellyt|emme edellyt|ei vaadi|emme vaadi|ei ole merkitystä|"
        r"kaiken ?ikäi|eri-?ikäi|sukupuolelt|tai mies|tai nainen|ei ole este",
        re.IGNORECASE,
    ),
    Lang.SV: re.compile(
        r"oavsett|oberoende av|behöver inte|krävs inte|kräver inte|ingen roll|i alla åldrar|"
        r"eller man\b|eller kvinna\b|inget hinder",
        re.IGNORECASE,
    ),
    Lang.EN: re.compile(
        r"regardless|irrespective|not required|need not|do(?:es)? not (?:have|need) to|"
        r"does not matter|of all ages|any age|or female|or male|no obstacle",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class _Cue:
    """A pattern that may discriminate, and what in its sentence allows it."""

    ground: Ground
    pattern: re.Pattern[str]
    allowed: re.Pattern[str] | None


def check_text(text: str) -> list[Finding]:
    """Return what may discriminate in a text, in its order; each words once.

    Cues of all three languages are looked for: a text may change language midway.
    """
    told: dict[Finding, None] = {}
    ends: dict[Ground, int] = {}
    for start, finding in sorted(_findings(text), key=lambda pair: (pair[0], -len(pair[1].quote))):
        # Two cues may meet in the same words.
        if start >= ends.get(finding.ground, 0):
            told[finding] = None
            ends[finding.ground] = start + len(finding.quote)
    return list(told)


def check_offer(offer: Offer) -> list[Finding]:
    """Return what may discriminate in the title, text, requirements and tasks of an offer."""
    tasks = offer.tasks if isinstance(offer, CompanyNeed) else ()
    texts = (
        *offer.title.values(),
        *offer.text.values(),
        *(requirement.text for requirement in offer.requirements),
        *tasks,
    )
    return list(dict.fromkeys(finding for text in texts for finding in check_text(text)))


def _findings(text: str) -> Iterator[tuple[int, Finding]]:
    for sentence in _SENTENCE.finditer(text):
        for lang in Lang:
            if not _NOT_ASKED[lang].search(sentence.group()):
                yield from _in_sentence(sentence, lang)


def _in_sentence(sentence: re.Match[str], lang: Lang) -> Iterator[tuple[int, Finding]]:
    for cue in _cues()[lang]:
        if cue.allowed and cue.allowed.search(sentence.group()):
            continue
        for words in cue.pattern.finditer(sentence.group()):
            law, advice = _advice()[cue.ground, lang]
            quote = words.group().strip()
            yield sentence.start() + words.start(), Finding(cue.ground, lang, quote, law, advice)


@cache
def _cues() -> dict[Lang, list[_Cue]]:
    cues: dict[Lang, list[_Cue]] = {lang: [] for lang in Lang}
    for row in _rows("wording"):
        allowed = re.compile(row["allowed"], re.IGNORECASE) if row["allowed"] else None
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        cues[Lang(row["lang"])].append(_Cue(Ground(row["ground"]), pattern, allowed))
    return cues


@cache
def _advice() -> dict[tuple[Ground, Lang], tuple[str, str]]:
    return {
        (Ground(row["ground"]), Lang(row["lang"])): (row["law"], row["advice"])
        for row in _rows("wording_advice")
    }


def _rows(table: str) -> list[dict[str, str]]:
    text = (
        resources.files("matcher.match.employer").joinpath(f"tables/{table}.tsv").read_text("utf-8")
    )
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
