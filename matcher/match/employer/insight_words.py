"""What an employer is told of a need, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.parts import Support
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.match.employer.disclosure import SMALLEST, ToldHelping, ToldInsight, ToldObstacle
from matcher.match.reasons.names import BANDS
from matcher.match.reasons.questions import gate_words

SUPPORTS: Final[dict[Support, Message]] = {
    Support.WORK_TRIAL: msg("work trial"),
    Support.PAY_SUBSIDY: msg("pay subsidy"),
    Support.TRAINING_AGREEMENT: msg("training agreement"),
    Support.APPRENTICESHIP: msg("apprenticeship"),
    Support.JOB_COACHING: msg("job coaching"),
}
_FEW: Final = msg("under {n}")
_BAND: Final = msg("{band}: {people}")
_GATE: Final = msg("{what}: shuts out {out}; without it, {more} more people could be offered this")
_REQUIREMENT: Final = msg("”{what}”: not found in {out}; without it, {more} more people fit well")
_READY: Final = msg("{support}, which you are ready for, could help: {people}")
_COULD: Final = msg("{support} could help: {people}")
ENTITLED: Final = msg("Who is entitled to a support is decided person by person.")


def insight_lines(insight: ToldInsight, lang: Lang) -> Iterator[str]:
    """Yield an insight line by line: people by band, obstacles, supports."""
    words = Words.of(lang)
    for band, count in insight.bands.items():
        yield words(_BAND, band=words(BANDS[band]), people=people_words(count, lang))
    for obstacle in insight.obstacles:
        yield obstacle_words(obstacle, lang)
    for one in insight.supports:
        yield support_words(one, lang)
    yield words(ENTITLED)


def people_words(count: int | None, lang: Lang) -> str:
    """Return a number of people as it is told."""
    words = Words.of(lang)
    return words(_FEW, n=SMALLEST) if count is None else words.number(count)


def obstacle_words(one: ToldObstacle, lang: Lang) -> str:
    """Return what an obstacle costs, as a sentence without its full stop."""
    sentence = _REQUIREMENT if one.gate is None else _GATE
    out, more = people_words(one.shuts_out, lang), people_words(one.brings, lang)
    return Words.of(lang)(sentence, what=asked_words(one, lang), out=out, more=more)


def asked_words(one: ToldObstacle, lang: Lang) -> str:
    """Return what is asked for: a requirement as it is worded, a gate in words."""
    return _gate(one.gate, one.required, lang) if one.gate else one.required


def support_words(one: ToldHelping, lang: Lang) -> str:
    """Return whom a support could help, as a sentence without its full stop."""
    words = Words.of(lang)
    people = people_words(one.people, lang)
    sentence = _READY if one.offered else _COULD
    return words(sentence, support=words(SUPPORTS[one.support]), people=people)


def _gate(gate: GateKind, required: str, lang: Lang) -> str:
    return gate_words(GateResult(gate, GateOutcome.UNMET, required), lang)
