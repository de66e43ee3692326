"""Explanations on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from matcher.domain.explanation import Explanation, Placed
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.text import Lang
from matcher.i18n.message import msg
from matcher.i18n.words import Words
from matcher.match.reasons.names import BANDS, FEATURES, KINDS
from matcher.match.reasons.sentences import Told, asking, standing, tell

_HEADINGS: Final = (
    ("carries", msg("What carries it")),
    ("missing", msg("What is missing")),
    ("gates", msg("Conditions")),
    ("raises", msg("What would raise the assessment")),
    ("asks", msg("What to ask next")),
)


def show_kind(console: Console, kind: OfferKind, lang: Lang) -> None:
    """Print what kind of offers come next."""
    console.rule(Text(Words.of(lang)(KINDS[kind]), style="bold"), align="left")


def show_explanation(console: Console, explanation: Explanation, offer: Offer, lang: Lang) -> None:
    """Print an offer and why it fits, in sentences."""
    words, match = Words.of(lang), explanation.match
    head = Text(f"{match.rank} ", style="dim").append_text(_head(offer, lang))
    console.print(head.append(f" · {words(BANDS[match.band])}"))
    _show_told(console, tell(explanation, lang), words)
    console.print()


def show_placed(console: Console, placed: Placed, offer: Offer, lang: Lang) -> None:
    """Print where an offer stands, how it fits in each respect, and why."""
    words = Words.of(lang)
    console.print(_head(offer, lang))
    console.print(Text(standing(placed, offer.expires, lang)))
    for name, value in placed.parts.items():
        console.print(Text(f"  {words(FEATURES[name])}: {words.percent(value)}", style="dim"))
    # No band: that of an offer below the floor of lists would say too much.
    _show_told(console, tell(placed.explanation, lang), words)


def explanation_json(explanation: Explanation, lang: Lang) -> dict[str, Any]:
    """Return what an explanation says beyond its match as plain data, and all in sentences."""
    told = tell(explanation, lang)
    return {
        "lifts": [
            {
                "requirements": [gap.requirement for gap in lift.requirements],
                "score": round(lift.score, 4),
                "band": lift.band.value,
            }
            for lift in explanation.lifts
        ],
        "ask_next": [
            {"question": asking(each, lang), "effect": each.effect.value}
            for each in explanation.questions
        ],
        "sentences": {name: list(getattr(told, name)) for name, _ in _HEADINGS},
    }


def placed_json(placed: Placed, offer: Offer, lang: Lang) -> dict[str, Any]:
    """Return where an offer stands as plain data."""
    return {
        "standing": placed.standing.value,
        "standing_text": standing(placed, offer.expires, lang),
        "same_as": placed.same_as,
        "parts": {name: round(value, 4) for name, value in placed.parts.items()},
        **explanation_json(placed.explanation, lang),
    }


def _head(offer: Offer, lang: Lang) -> Text:
    title = Text(offer.title.best(lang), style="bold")
    return title.append(f", {offer.organisation}", "not bold") if offer.organisation else title


def _show_told(console: Console, told: Told, words: Words) -> None:
    for name, heading in _HEADINGS:
        lines: Iterable[str] = getattr(told, name)
        for i, line in enumerate(lines):
            if i == 0:
                console.print(Text(f"  {words(heading)}", style="cyan"))
            console.print(Text(f"    {line}"))
