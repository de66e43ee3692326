"""Match lists on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from textwrap import shorten
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.cli.support import support_words
from matcher.domain.codes import municipalities
from matcher.domain.match import Band, GateOutcome, GateResult, Match, PersonPart
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Importance
from matcher.domain.text import Lang
from matcher.i18n.message import msg
from matcher.i18n.words import Words
from matcher.match.reasons.names import BANDS, KINDS
from matcher.match.reasons.questions import gate_words, questions
from matcher.match.replies.words import reply_sentences
from matcher.pathways.standing import Standing

_STYLES: Final[dict[Band, str]] = {
    Band.STRONG: "bold green",
    Band.GOOD: "green",
    Band.POSSIBLE: "yellow",
    Band.TOO_LITTLE_KNOWN: "dim",
}
_WHY: Final = msg("Why")
_WISH: Final = msg("wish: {what}")
_PLUS: Final = msg("{what} (a plus)")
_MISSING_AND_ASK: Final = msg("Missing · Ask")
SHOWN_REASONS: Final = 3
#: Longest quotation from an offer, in characters.
QUOTED: Final = 160


def show_list(
    console: Console,
    kind: OfferKind,
    matches: Sequence[tuple[Match, Offer]],
    standing: Standing | None,
    lang: Lang,
) -> None:
    """Print one list, matches beside their offers, with reasons and the support for a start."""
    words = Words.of(lang)
    table = Table(title=words(KINDS[kind]), title_justify="left", title_style="bold", expand=True)
    table.add_column("", width=2, justify="right")
    table.add_column(words(msg("Offer")), ratio=4)
    table.add_column(words(_WHY), ratio=6)
    table.add_column(words(_MISSING_AND_ASK), ratio=5)
    for match, offer in matches:
        table.add_row(
            str(match.rank),
            _offer(match, offer, lang),
            _reasons(match, words),
            _open_ends_and_support(match, offer, standing, lang),
            end_section=True,
        )
    if matches:
        console.print(table)
    else:
        nothing = words(msg("No fitting offers."))
        console.print(Text(f"{words(KINDS[kind])}: {nothing}\n", style="dim"))


def show_people(console: Console, matches: Sequence[Match], offer: Offer, lang: Lang) -> None:
    """Print the profiles that fit one offer as a table with reasons."""
    words = Words.of(lang)
    table = Table(
        title=offer.title.best(lang), title_justify="left", title_style="bold", expand=True
    )
    table.add_column("", width=2, justify="right")
    table.add_column(words(msg("Client")), ratio=3)
    table.add_column(words(_WHY), ratio=6)
    table.add_column(words(_MISSING_AND_ASK), ratio=5)
    for match in matches:
        who = Text(match.profile_id, style="bold").append("\n").append_text(_band(match, words))
        table.add_row(
            str(match.rank), who, _reasons(match, words), _open_ends(match, lang), end_section=True
        )
    console.print(table if matches else Text(words(msg("No fitting clients.")), style="dim"))


def match_json(match: Match, offer: Offer, lang: Lang) -> dict[str, Any]:
    """Return a match as plain data; the score is for comparing lists, the band for people."""
    return {
        "rank": match.rank,
        "kind": match.kind.value,
        "id": match.offer_id,
        "profile": match.profile_id,
        "title": offer.title.best(lang),
        "organisation": offer.organisation,
        "band": match.band.value,
        "score": round(match.score, 4),
        "distance_km": None if match.distance_km is None else round(match.distance_km),
        "reasons": [
            {
                "requirement": pair.requirement,
                "competence": pair.competence,
                "importance": pair.importance.value,
                "part": pair.part.value,
                "said": pair.said.value,
                "similarity": round(pair.similarity, 4),
            }
            for pair in match.reasons
        ],
        "missing": [
            {"requirement": gap.requirement, "importance": gap.importance.value}
            for gap in match.missing
        ],
        "gates": [
            {
                "gate": gate.gate.value,
                "outcome": gate.outcome.value,
                "required": gate.required,
                "evidence": gate.evidence,
                "stated": gate.stated,
            }
            for gate in match.gates
        ],
        "questions": questions(match, lang),
        "replies": None if match.replies is None else asdict(match.replies),
        "lift": round(match.lift, 4),
    }


def _open_ends_and_support(
    match: Match, offer: Offer, standing: Standing | None, lang: Lang
) -> Text:
    support = [Text(line, style="dim") for line in support_words(standing, offer, lang)]
    return Text("\n").join(part for part in (_open_ends(match, lang), *support) if part)


def _band(match: Match, words: Words) -> Text:
    return Text(words(BANDS[match.band]), style=_STYLES[match.band])


def _offer(match: Match, offer: Offer, lang: Lang) -> Text:
    words = Words.of(lang)
    text = Text(offer.title.best(lang), style="bold")
    place = [
        municipalities()[code].name.best(lang)
        for code in offer.place.municipalities
        if code in municipalities()
    ]
    if offer.place.remote:
        place.append(words(msg("remote")))
    if getattr(offer, "hidden", False):
        place.append(words(msg("hidden job")))
    if match.distance_km is not None:
        place.append(words.km(match.distance_km))
    for line in (offer.organisation, ", ".join(place)):
        if line:
            text.append(f"\n{line}", style="not bold")
    return text.append("\n").append_text(_band(match, words))


def _reasons(match: Match, words: Words) -> Text:
    text = Text()
    for i, pair in enumerate(match.reasons[:SHOWN_REASONS]):
        wish = pair.said is PersonPart.WANTS
        said = words(_WISH, what=pair.competence) if wish else pair.competence
        text.append("\n" if i else "")
        text.append(said, style="cyan").append(" → ", style="dim").append(pair.requirement)
    return text


def _open_ends(match: Match, lang: Lang) -> Text:
    words = Words.of(lang)
    lines = [
        words(msg("Blocked by: {gate}"), gate=gate_words(gate, lang)) + _quoted(gate)
        for gate in match.gates
        if gate.outcome is GateOutcome.UNMET
    ]
    for gap in match.missing[:SHOWN_REASONS]:
        plus = gap.importance is Importance.OPTIONAL
        lines.append(f"– {words(_PLUS, what=gap.requirement) if plus else gap.requirement}")
    lines += [f"? {question}" for question in questions(match, lang)]
    if match.replies is not None:
        lines += reply_sentences(match.replies, match.lift, lang)
    return Text("\n".join(lines))


def _quoted(gate: GateResult) -> str:
    """Return the offer's own words for what it asks for, if they were read from its text."""
    return f"\n  ”{shorten(gate.stated, QUOTED, placeholder=' …')}”" if gate.stated else ""
