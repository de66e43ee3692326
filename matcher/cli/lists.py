"""Match lists on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.domain.codes import municipalities
from matcher.domain.match import Band, GateOutcome, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Importance
from matcher.domain.text import Lang, LocalText
from matcher.match.questions import gate_words, questions

KIND_WORDS: Final[dict[OfferKind, LocalText]] = {
    OfferKind.VACANCY: LocalText("Avoimet työpaikat", "Lediga arbetsplatser", "Jobs"),
    OfferKind.NEED: LocalText("Yritysten tarpeet", "Företagens behov", "Company needs"),
    OfferKind.TRAINING: LocalText("Koulutukset", "Utbildningar", "Trainings"),
    OfferKind.SERVICE: LocalText("Palvelut", "Tjänster", "Services"),
}
_BANDS: Final[dict[Band, tuple[LocalText, str]]] = {
    Band.STRONG: (LocalText("vahva", "stark", "strong"), "bold green"),
    Band.GOOD: (LocalText("hyvä", "god", "good"), "green"),
    Band.POSSIBLE: (LocalText("mahdollinen", "möjlig", "possible"), "yellow"),
    Band.TOO_LITTLE_KNOWN: (
        LocalText("liian vähän tietoa", "för lite känt", "too little known"),
        "dim",
    ),
}
_WORDS: Final[dict[str, LocalText]] = {
    "offer": LocalText("Tarjous", "Erbjudande", "Offer"),
    "profile": LocalText("Asiakas", "Klient", "Client"),
    "nobody": LocalText("Ei sopivia asiakkaita.", "Inga lämpliga klienter.", "No fitting clients."),
    "why": LocalText("Miksi", "Varför", "Why"),
    "missing": LocalText("Puuttuu", "Saknas", "Missing"),
    "ask": LocalText("Kysy", "Fråga", "Ask"),
    "blocked": LocalText("Este", "Hinder", "Blocked by"),
    "plus": LocalText("eduksi", "merit", "a plus"),
    "nothing": LocalText(
        "Ei sopivia tarjouksia.", "Inga lämpliga erbjudanden.", "No fitting offers."
    ),
    "hidden": LocalText("piilotyöpaikka", "dold arbetsplats", "hidden job"),
    "remote": LocalText("etätyö", "distans", "remote"),
}
SHOWN_REASONS: Final = 3


def show_list(
    console: Console,
    kind: OfferKind,
    matches: Sequence[tuple[Match, Offer]],
    lang: Lang,
) -> None:
    """Print one list, matches beside their offers, as a table with reasons."""
    table = Table(
        title=KIND_WORDS[kind].best(lang), title_justify="left", title_style="bold", expand=True
    )
    table.add_column("", width=2, justify="right")
    table.add_column(_word("offer", lang), ratio=4)
    table.add_column(_word("why", lang), ratio=6)
    table.add_column(f"{_word('missing', lang)} · {_word('ask', lang)}", ratio=5)
    for match, offer in matches:
        table.add_row(
            str(match.rank),
            _offer(match, offer, lang),
            _reasons(match),
            _open_ends(match, lang),
            end_section=True,
        )
    if matches:
        console.print(table)
    else:
        console.print(
            Text(f"{KIND_WORDS[kind].best(lang)}: {_word('nothing', lang)}\n", style="dim")
        )


def show_people(console: Console, matches: Sequence[Match], offer: Offer, lang: Lang) -> None:
    """Print the profiles that fit one offer as a table with reasons."""
    table = Table(
        title=offer.title.best(lang), title_justify="left", title_style="bold", expand=True
    )
    table.add_column("", width=2, justify="right")
    table.add_column(_word("profile", lang), ratio=3)
    table.add_column(_word("why", lang), ratio=6)
    table.add_column(f"{_word('missing', lang)} · {_word('ask', lang)}", ratio=5)
    for match in matches:
        words, style = _BANDS[match.band]
        who = Text(match.profile_id, style="bold").append(f"\n{words.best(lang)}", style=style)
        table.add_row(
            str(match.rank), who, _reasons(match), _open_ends(match, lang), end_section=True
        )
    console.print(table if matches else Text(_word("nobody", lang), style="dim"))


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
            }
            for gate in match.gates
        ],
        "questions": questions(match, lang),
    }


def _word(key: str, lang: Lang) -> str:
    return _WORDS[key].best(lang)


def _offer(match: Match, offer: Offer, lang: Lang) -> Text:
    words, style = _BANDS[match.band]
    text = Text(offer.title.best(lang), style="bold")
    place = [
        municipalities()[code].name.best(lang)
        for code in offer.place.municipalities
        if code in municipalities()
    ]
    if offer.place.remote:
        place.append(_word("remote", lang))
    if getattr(offer, "hidden", False):
        place.append(_word("hidden", lang))
    if match.distance_km is not None:
        place.append(f"{match.distance_km:.0f} km")
    for line in (offer.organisation, ", ".join(place)):
        if line:
            text.append(f"\n{line}", style="not bold")
    return text.append(f"\n{words.best(lang)}", style=style)


def _reasons(match: Match) -> Text:
    text = Text()
    for i, pair in enumerate(match.reasons[:SHOWN_REASONS]):
        text.append("\n" if i else "")
        text.append(pair.competence, style="cyan").append(" → ", style="dim").append(
            pair.requirement
        )
    return text


def _open_ends(match: Match, lang: Lang) -> Text:
    lines = [
        f"{_word('blocked', lang)}: {gate_words(gate, lang)}"
        for gate in match.gates
        if gate.outcome is GateOutcome.UNMET
    ]
    for gap in match.missing[:SHOWN_REASONS]:
        plus = f" ({_word('plus', lang)})" if gap.importance is Importance.OPTIONAL else ""
        lines.append(f"– {gap.requirement}{plus}")
    lines += [f"? {question}" for question in questions(match, lang)]
    return Text("\n".join(lines))
