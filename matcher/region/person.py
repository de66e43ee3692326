"""The facts of an invented person, drawn so that they agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matcher.domain.parts import Evidence, Level
from matcher.domain.text import Lang
from matcher.region.chance import Dice, Weighted
from matcher.region.families import Family, Row, common_families, families
from matcher.region.phrases import Barrier, common_barriers

_CHANGES_FIELD = 0.12
_HAS_BARRIER = 0.25

_TONGUES: Final = Weighted.of(
    {"fi": 77, "sv": 2.5, "ru": 4, "ar": 3, "uk": 3, "en": 1, "so": 1.5, "fa": 1.5, "vi": 1}
    | {"et": 1, "th": 0.8, "ku": 0.8, "hi": 0.8, "zh": 0.6, "es": 0.6, "fr": 0.4, "ti": 0.5}
)
_LEARNT_FINNISH: Final = Weighted.of({"A1": 20, "A2": 32, "B1": 28, "B2": 14, "C1": 6})
_ENGLISH: Final = Weighted.of({"": 12, "A1": 8, "A2": 22, "B1": 26, "B2": 20, "C1": 12})
_WORKING_ENGLISH: Final = Weighted.of({"B1": 20, "B2": 45, "C1": 35})
_SWEDISH: Final = Weighted.of({"": 60, "A1": 12, "A2": 16, "B1": 9, "B2": 3})

_STAGE: Final = Weighted.of({"novice": 18, "seasoned": 50, "veteran": 32})
_LEVELS: Final = {
    "novice": Weighted.of({Level.BASIC: 45, Level.GOOD: 35, Level.STRONG: 5, None: 15}),
    "seasoned": Weighted.of({Level.BASIC: 13, Level.GOOD: 48, Level.STRONG: 28, None: 11}),
    "veteran": Weighted.of({Level.BASIC: 4, Level.GOOD: 30, Level.STRONG: 56, None: 10}),
}
_LEARNT_YOUNG: Final = Weighted.of(
    {Evidence.EDUCATION: 45, Evidence.HOBBY: 20, Evidence.MAPPING: 25, None: 10}
)
_LEARNT_AT_WORK: Final = Weighted.of(
    {Evidence.WORK: 72, Evidence.EDUCATION: 9, Evidence.CERTIFICATE: 3, Evidence.MAPPING: 6}
    | {None: 10}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is true of a person, before anything is written.

    Parameters
    ----------
    family, target
        Fields of the work done and of the work wanted; mostly the same.
    lang, style
        Language of the text, and who wrote it: ``own`` or ``coach``.
    stage, years
        ``novice``, ``seasoned`` or ``veteran``, and years at work.
    languages
        As in ``fi:B2``, mother tongue first.
    competences, done, wanted, education
        As in the own format.
    barrier
        What limits the person; None if nothing does.
    licences, own_car, max_km, municipality
        How far the person can get, and from where.
    """

    family: Family
    target: Family
    lang: Lang
    style: str
    stage: str
    years: int
    languages: list[str]
    competences: list[Row]
    done: list[str]
    wanted: list[str]
    education: str
    barrier: Barrier | None
    licences: list[str]
    own_car: bool
    max_km: int
    municipality: str


def draw_person(dice: Dice, area: Weighted[str]) -> Person:
    """Return a person whose facts agree with each other.

    Parameters
    ----------
    dice
        Where the chance comes from.
    area
        Municipalities, by how many people live there.
    """
    family = dice.draw(common_families())
    target = families()[dice.pick(family.near)] if dice.chance(_CHANGES_FIELD) else family
    tongue = dice.draw(_TONGUES)
    languages = _languages(tongue, family, dice)
    lang, style = _voice(tongue, languages, dice)
    stage = dice.draw(_STAGE)
    speech = family.speech[lang]
    done = dice.sample(speech.occupations, 1 if stage == "novice" else dice.whole(1, 2))
    licences = _licences(family, done, dice)
    own_car = bool(licences) and dice.chance(0.75)
    return Person(
        family=family,
        target=target,
        lang=lang,
        style=style,
        stage=stage,
        years=_years(stage, dice),
        languages=[f"{code}:{level}" for code, level in languages.items()],
        competences=_competences(family, target, done, lang=lang, stage=stage, dice=dice),
        done=[] if stage == "novice" and dice.chance(0.5) else done,
        wanted=_wanted(done, family, target, lang, dice),
        education=dice.pick(speech.educations),
        barrier=_barrier(target, dice),
        licences=licences,
        own_car=own_car,
        max_km=dice.pick((20, 30, 40, 50, 60, 80)) if own_car else dice.pick((5, 10, 15, 25)),
        municipality=dice.draw(area),
    )


def _languages(tongue: str, family: Family, dice: Dice) -> dict[str, str]:
    levels = {tongue: "native"}
    if tongue != "fi":
        levels["fi"] = (
            dice.draw(_LEARNT_FINNISH) if tongue != "sv" else dice.pick(("B1", "B2", "C1"))
        )
    english = dice.draw(_ENGLISH if "" in family.vacancy_english else _WORKING_ENGLISH)
    if english and tongue != "en":
        levels["en"] = english
    swedish = dice.draw(_SWEDISH) if tongue == "fi" else ""
    return levels | ({"sv": swedish} if swedish else {})


def _voice(tongue: str, levels: dict[str, str], dice: Dice) -> tuple[Lang, str]:
    """Return the language of the text, and whether the person or the coach wrote it."""
    if tongue == "sv" and dice.chance(0.8):
        return Lang.SV, "own"
    finnish = levels["fi"]
    if finnish in {"A1", "A2"} and levels.get("en") in {"B2", "C1", "native"}:
        return Lang.EN, "own"
    writes = finnish not in {"A1", "A2"} and dice.chance(0.6)
    return Lang.FI, "own" if writes else "coach"


def _licences(family: Family, done: list[str], dice: Dice) -> list[str]:
    common = [c for c, share in family.licences.items() if dice.chance(share * 0.9)]
    needed = [family.needs_licence[title] for title in done if title in family.needs_licence]
    return list(dict.fromkeys((*common, *needed)))


def _years(stage: str, dice: Dice) -> int:
    low, high = {"novice": (0, 0), "seasoned": (2, 9), "veteran": (10, 33)}[stage]
    return dice.whole(low, high)


def _competences(
    family: Family, target: Family, done: list[str], *, lang: Lang, stage: str, dice: Dice
) -> list[Row]:
    names = family.speech[lang].skills_of(done, dice.whole(3, 8), dice)
    learnt = _LEARNT_YOUNG if stage == "novice" else _LEARNT_AT_WORK
    rows = [_competence(name, _LEVELS[stage], learnt, dice) for name in names]
    if target is not family:
        extra = [c for c in target.speech[lang].competences if c not in names]
        rows += [
            _competence(name, _LEVELS["novice"], _LEARNT_YOUNG, dice)
            for name in dice.sample(extra, 2)
        ]
    return rows


def _competence(
    name: str, levels: Weighted[Level | None], learnt: Weighted[Evidence | None], dice: Dice
) -> Row:
    level, evidence = dice.draw(levels), dice.draw(learnt)
    row: Row = {"name": name}
    if level:
        row["level"] = level.value
    if evidence:
        row["evidence"] = evidence.value
    return row


def _wanted(done: list[str], family: Family, target: Family, lang: Lang, dice: Dice) -> list[str]:
    wanted = dice.sample(target.speech[lang].occupations, 2)
    if target is family and dice.chance(0.6):
        wanted = list(dict.fromkeys((done[0], *wanted)))[:2]
    return wanted


def _barrier(target: Family, dice: Dice) -> Barrier | None:
    barrier = dice.draw(common_barriers()) if dice.chance(_HAS_BARRIER) else None
    return None if barrier and target.key in barrier.not_for else barrier
