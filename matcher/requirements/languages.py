"""Languages that a sentence asks for, with the level that its words mean.

The words for levels follow the common European scale. Tyydyttävä is B1 and hyvä at least B2
as in the State's language examination; sujuva, flytande and fluent are B2, whose description
speaks of fluency, so that no advertisement shuts out more than it says; erinomainen is C1,
though the State's examination asks for C2, since an advertisement does not mean its grade.

References
----------
Valtioneuvoston asetus suomen ja ruotsin kielen taidon osoittamisesta valtionhallinnossa
(481/2003), 13 §.
Council of Europe (2020). Common European Framework of Reference for Languages: companion
volume, overall scales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from matcher.domain.parts import Cefr
from matcher.requirements.cues import Hit, Scanner, cells
from matcher.requirements.lists import runs

_LEVELS: Final = Scanner((Cefr(level), cell) for level, cell in cells("levels", "level"))
#: Words by which a sentence speaks of knowing a language.
_KNOWING: Final = re.compile(
    r"kiel|taito|osaa|osata|puhu|sujuv|hallit|kommunik|viesti|suullis|kirjalli|palvel|työskent|"
    r"fluen|speak|spoke|skill|proficien|language|communicat|written|verbal|oral|knowledge|command|native|"
    r"tala|behärsk|kunskap|språk|flyt|muntlig|skrift|uttryck"
)
# An adjective of a country is no language: "Finnish customers", "finska bolag".
_EN_AFTER: Final = re.compile(
    r"\s*(?:$|[,.;:)/!*&+–-]|and\b|or\b|language|skills?|proficien|level|is\b|are\b|speakers?\b|fluen|both|\(|required|written|spoken|at\b|knowledge|as\b|would|will|with\b|to\b|on\b|in\b)"
)
_EN_BEFORE: Final = re.compile(
    r"(?:\bin|speaks?|speaking|fluent|native|good|excellent|strong|basic|professional|written|spoken|of|both|and|or|/|,|:|to|understand)\s*\(?$"
)
_SV_BEFORE: Final = re.compile(
    r"(?:\bi|på|talar?|tala|behärskar?|flytande|goda?|kan|kunna|både|och|eller|/|,|:|utmärkta?|förstår?)\s*\(?$"
)
_SV_AFTER: Final = re.compile(
    r"\s*(?:$|[,.;:)/!*–-]|och\b|eller\b|språk|är\b|krävs|samt\b|som\b|på\b|i\b)"
)
# "suomen ja englannin kielen taito", but not "Suomen suurin"
_FI_GENITIVE: Final = re.compile(r"(?:n|nin|hden)$")
_FI_AFTER: Final = re.compile(
    r"\s*-?\s*(?:(?:ja/tai|ja|tai|sekä|että|,|/|&|\+)\s*(?:\S+\s+)??\S+\s*-?\s*){0,3}"
    r"(?:(?:hyv|sujuv|erinoma|tyydyt|vahv|riittäv|kohtal|äidin|suulli|kirjalli|puh)\S*\s*(?:ja|sekä|tai|,)?\s*(?:-\s)?){0,5}"
    r"(?:kiel|taito|taid|osaami|hallin|ymmärt|viest|suulli|kirjal)"
)
_FAR: Final = 60
#: So much on either side tells a language; more would only cost time.
_SEEN: Final = 120


class Wanted(NamedTuple):
    """A language that a sentence speaks of: alternatives, level, and place in the sentence."""

    codes: tuple[str, ...]
    level: Cefr | None
    start: int
    end: int


def wanted(low: str, original: str, hits: list[Hit[str]]) -> Iterator[Wanted]:
    """Yield the languages that a sentence speaks of as languages.

    Parameters
    ----------
    low, original
        The sentence in lower case and as written.
    hits
        Names of languages in it, by code.
    """
    if not _KNOWING.search(low):
        return
    real = [hit for hit in hits if _is_language(low, original, hit)]
    levels = list(_LEVELS.find(low)) if real else []
    groups = list(_grouped(low, real))
    found = [_level(low, levels, group, real) for group in groups]
    for i in reversed(range(len(groups) - 1)):
        # "ruotsin ja englannin kielen hyvät taidot": one level for both.
        if found[i] is None and _AND.fullmatch(low[groups[i][-1].end : groups[i + 1][0].start]):
            found[i] = found[i + 1]
    for group, level in zip(groups, found, strict=True):
        codes = tuple(dict.fromkeys(hit.key for hit in group))
        yield Wanted(codes, level, group[0].start, group[-1].end)


def _is_language(low: str, original: str, hit: Hit[str]) -> bool:
    word, before = low[hit.start : hit.end], low[max(0, hit.start - _SEEN) : hit.start]
    after = low[hit.end : hit.end + _SEEN]
    if word.endswith("ska") or word in ("dari", "farsi"):
        return bool(_SV_BEFORE.search(before) or _SV_AFTER.match(after))
    if word.endswith(("ish", "ian", "man", "nch", "ese", "bic", "rin", "hai", "tch")):
        return bool(_EN_BEFORE.search(before) or _EN_AFTER.match(after))
    if _FI_GENITIVE.search(word) and "kiel" not in word:
        return bool(_FI_AFTER.match(after)) or after.startswith("-")
    if "kieli" in word and not word.endswith("kieli"):  # suomenkielinen: of a team, a service
        return "kielita" in word
    if word.endswith("ksi") or "kiel" in word:
        return True
    return original[hit.start].islower() or not before.strip() or bool(_KNOWING.search(before))


def _grouped(low: str, hits: list[Hit[str]]) -> Iterator[list[Hit[str]]]:
    """Yield languages together that are alternatives."""
    for run in runs(low, hits):
        if run.alternatives:
            yield list(run.members)
        else:
            yield from ([hit] for hit in run.members)


def _level(
    low: str, levels: list[Hit[Cefr]], group: list[Hit[str]], all_: list[Hit[str]]
) -> Cefr | None:
    """Return the level stated before the language, else the one after it."""
    start, end = group[0].start, group[-1].end
    named = [hit.start for hit in all_]
    before = [
        hit
        for hit in levels
        if hit.end <= start
        and start - hit.end <= _FAR
        and not _CUT.search(low[hit.end : start])
        and not (min(named) < hit.start and _SAID.search(low[: hit.start]))
        and low[hit.start : hit.end] not in _ADVERBS
    ]
    if before:
        # "hyvä suullinen ja tyydyttävä kirjallinen": both are asked for.
        last = before[-1]
        near = [hit for hit in before if not any(hit.end <= at < last.start for at in named)]
        return max((hit.key for hit in near), key=lambda key: key.rank)
    following = min((at for at in named if at > end), default=len(low))
    after = [
        hit
        for hit in levels
        if end <= hit.start < following and not _CUT.search(low[end : hit.start])
    ]
    return max((hit.key for hit in after), key=lambda key: key.rank, default=None)


_AND: Final = re.compile(r"-?(?:,|\s(?:ja|sekä|och|and|&))\s+")
#: Said of a verb, which stands before them: "osaa suomea hyvin".
_ADVERBS: Final = frozenset({"hyvin", "well", "bra"})
#: "… on erinomainen": said of the language before.
_SAID: Final = re.compile(r"(?:\b(?:on|ovat|är|is|are)|:)\s*$")
#: A level does not reach over the end of a clause that has its own verb.
_CUT: Final = re.compile(
    r"(?:tai\w*|kieltä|osaami\w*|kunskaper|skills)(?:,|\s(?:ja|sekä|och|and)\s)|"
    r"[.;!?(]|\b(?:mutta|but|men|eduksi|vaadi\w*|edellyt\w*|yhteistyö\w*|asiakas\w*|vuorovaik\w*|tiimi\w*|motiv\w*)\b|katsotaan|arvost"
)
