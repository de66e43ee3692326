"""The cards of a match list: an offer each, with all that speaks for it and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.schemas.matches import Gate, NightlyMatch, OfferMatch, SupportedMatch
from api.schemas.offers import place_names
from api.web.views.phrases import Phrase, best_phrase
from matcher.domain.feedback import Action, Feedback
from matcher.domain.match import Band, GateOutcome, GateResult, PersonPart
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Importance
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.match.gates.sentences import gate_sentence
from matcher.match.reasons.names import BANDS
from matcher.pathways.documents import InstrumentRuling
from matcher.pathways.truth import Truth

#: The bar of a distance is full from here on, in kilometres.
FULL_KM: Final = 100.0
#: What is not known comes first: it has to be asked.
_ORDER: Final = (GateOutcome.UNMET, GateOutcome.UNKNOWN, GateOutcome.MET)
#: What stays noted of an offer on its card.
_NOTED: Final = frozenset(
    {Action.PRESENTED, Action.SAVED, Action.APPLIED, Action.INTERVIEW, Action.HIRED}
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What the person says, and what of the offer it answers."""

    person: Phrase
    offer: Phrase
    is_wish: bool
    is_plus: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """What the offer asks for and the profile does not tell."""

    phrase: Phrase
    is_plus: bool


@dataclass(frozen=True, slots=True)
class GateLine:
    """How a hard constraint came out, as a sentence."""

    outcome: GateOutcome
    text: str


@dataclass(frozen=True, slots=True)
class Distance:
    """How far an offer is.

    Parameters
    ----------
    text
        As in ``12 km``; empty within the home municipality.
    share
        Of the bar, in full per cent.
    limit
        Where on the bar the client's longest way stands, in per cent; None if unknown or
        beyond the bar.
    most
        How far the client travels, in words; empty if unknown.
    is_far
        Whether it is beyond that.
    """

    text: str
    share: int
    limit: int | None
    most: str
    is_far: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Another advertisement of the same job."""

    id: str
    title: Phrase
    organisation: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One offer of a list as a page shows it."""

    kind: OfferKind
    id: str
    rank: int
    title: Phrase
    organisation: str
    places: tuple[str, ...]
    is_remote: bool
    band: Band
    band_text: str
    is_new: bool
    moved: str | None
    replies: tuple[str, ...]
    pairs: tuple[Pair, ...]
    lacks: tuple[Lack, ...]
    gates: tuple[GateLine, ...]
    questions: tuple[str, ...]
    distance: Distance | None
    expires: date | None
    url: str
    credit: str | None
    copies: tuple[Copy, ...]
    instruments: tuple[InstrumentRuling, ...]
    noted: tuple[Feedback, ...]

    @property
    def anchor(self) -> str:
        """Name of the card within its page."""
        return f"{self.kind.value}-{self.rank}"

    def count(self, outcome: GateOutcome) -> int:
        """Return how many hard constraints came out so."""
        return sum(gate.outcome == outcome for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What cards tell beside the matches.

    Parameters
    ----------
    profile
        Whose list it is.
    offers
        By kind and id.
    copies
        Other advertisements of listed jobs, by id.
    said
        All that was said of offers for this client.
    lang
        Of the page.
    """

    profile: Profile
    offers: Mapping[tuple[OfferKind, str], Offer]
    copies: Mapping[str, Sequence[Offer]]
    said: Sequence[Feedback]
    lang: Lang


def cards(matches: Sequence[SupportedMatch], known: Knowledge) -> tuple[Card, ...]:
    """Return matches as cards; an offer that is gone in this very moment is left out."""
    return tuple(
        card(match, known.offers[match.offer.kind, match.offer.id], known)
        for match in matches
        if (match.offer.kind, match.offer.id) in known.offers
    )


def card(match: OfferMatch, offer: Offer, known: Knowledge) -> Card:
    """Return one match as a card."""
    lang, spoken = known.lang, known.profile.language.value
    written = offer.language.value
    nightly = match if isinstance(match, NightlyMatch) else None
    return Card(
        kind=match.offer.kind,
        id=offer.id,
        rank=match.rank,
        title=best_phrase(offer.title, lang),
        organisation=offer.organisation,
        places=tuple(place_names(offer, lang)),
        is_remote=bool(offer.place.remote),
        band=match.band,
        band_text=Words.of(lang)(BANDS[match.band]),
        is_new=nightly is not None and nightly.is_new,
        moved=None if nightly is None else nightly.moved,
        replies=() if match.replies is None else tuple(match.replies.told),
        pairs=tuple(
            Pair(
                Phrase(one.competence, spoken),
                Phrase(one.requirement, written),
                is_wish=one.said is PersonPart.WANTS,
                is_plus=one.importance is Importance.OPTIONAL,
            )
            for one in match.reasons
        ),
        lacks=tuple(
            Lack(Phrase(one.requirement, written), one.importance is Importance.OPTIONAL)
            for one in match.missing
        ),
        gates=gate_lines(match.gates, lang),
        questions=tuple(match.questions),
        distance=distance(match.distance_km, known.profile, lang),
        expires=offer.expires,
        url=offer.url,
        credit=match.offer.credit,
        copies=tuple(
            Copy(one.id, best_phrase(one.title, lang), one.organisation, one.url)
            for one in known.copies.get(offer.id, ())
        ),
        instruments=_open_instruments(match),
        noted=tuple(
            one
            for one in known.said
            if one.offer_id == offer.id and one.kind is match.offer.kind and one.action in _NOTED
        ),
    )


def gate_lines(gates: Sequence[Gate], lang: Lang) -> tuple[GateLine, ...]:
    """Return hard constraints as sentences, what stands in the way first and what is met last."""
    lines = [
        GateLine(
            one.outcome,
            gate_sentence(
                GateResult(one.gate, one.outcome, one.required, one.evidence, one.stated), lang
            ),
        )
        for one in gates
    ]
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.outcome)))


def distance(km: float | None, profile: Profile, lang: Lang) -> Distance | None:
    """Return how far it is, and how that compares with what the client travels."""
    if km is None:
        return None
    most = profile.commute.max_km
    words = Words.of(lang)
    return Distance(
        words.km(km) if round(km) else "",
        _share(km),
        _share(most) if most is not None and most <= FULL_KM else None,
        "" if most is None else words.km(most),
        is_far=most is not None and km > most,
    )


def _share(km: float) -> int:
    return round(100 * min(km / FULL_KM, 1.0))


def _open_instruments(match: OfferMatch) -> tuple[InstrumentRuling, ...]:
    """Return the instruments that are open, or of which a fact is missing."""
    if not isinstance(match, SupportedMatch):
        return ()
    return tuple(one for one in match.instruments if one.truth is not Truth.NO)
