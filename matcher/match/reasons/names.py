"""What kinds of offers, bands and the respects in which an offer fits are called."""

from __future__ import annotations

from typing import Final

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.i18n.message import ClientMessage, Message, client_msg, msg

KINDS: Final[dict[OfferKind, ClientMessage]] = {
    OfferKind.VACANCY: client_msg("Jobs"),
    OfferKind.NEED: client_msg("Company needs"),
    OfferKind.TRAINING: client_msg("Trainings"),
    OfferKind.SERVICE: client_msg("Services"),
}
#: A single one of each.
SINGLE: Final[dict[OfferKind, Message]] = {
    OfferKind.VACANCY: msg("Vacancy"),
    OfferKind.NEED: msg("Company need"),
    OfferKind.TRAINING: msg("Training"),
    OfferKind.SERVICE: msg("Service"),
}
BANDS: Final[dict[Band, ClientMessage]] = {
    Band.STRONG: client_msg("strong match"),
    Band.GOOD: client_msg("good match"),
    Band.POSSIBLE: client_msg("possible match"),
    Band.TOO_LITTLE_KNOWN: client_msg("too little known"),
}
#: By name of `matcher.match.features.Feature`.
FEATURES: Final[dict[str, Message]] = {
    "dense": msg("Profile and offer as a whole"),
    "lexical": msg("Words in common"),
    "title": msg("Occupation"),
    "coverage": msg("Requirements and tasks answered"),
    "taken_up": msg("What the person said, found in the offer"),
    "occupation": msg("Same line of work"),
    "within_reach": msg("Open to newcomers"),
}
