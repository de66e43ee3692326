"""Why an offer is in the list, as the client reads it: also in plain Finnish and in Russian.

What the client or the offer says is quoted in its own language, in sentences built so that
quotes need no other form.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.match import OfferPart, PersonPart
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.i18n.message import ClientMessage, client_msg
from matcher.i18n.words import ClientWords

_FITS: Final[dict[OfferPart, ClientMessage]] = {
    OfferPart.TITLE: client_msg("You said: “{competence}”. The job is: “{requirement}”."),
    OfferPart.REQUIREMENT: client_msg(
        "You said: “{competence}”. The job asks for this: “{requirement}”."
    ),
    OfferPart.TASK: client_msg(
        "You said: “{competence}”. In the job you do this: “{requirement}”."
    ),
}
_TRAINING: Final[dict[OfferPart, ClientMessage]] = {
    OfferPart.TITLE: client_msg("You said: “{competence}”. The training is: “{requirement}”."),
    OfferPart.TASK: client_msg("You said: “{competence}”. You learn this: “{requirement}”."),
}
_SERVICE: Final[dict[OfferPart, ClientMessage]] = {
    OfferPart.TITLE: client_msg("You said: “{competence}”. The service is: “{requirement}”."),
    OfferPart.TASK: client_msg(
        "You said: “{competence}”. You get help with this: “{requirement}”."
    ),
}
_ELSE: Final = {OfferKind.TRAINING: _TRAINING, OfferKind.SERVICE: _SERVICE}
_WANTS: Final = client_msg("You want: “{competence}”. This is close to it: “{requirement}”.")
_WANTS_THIS: Final = client_msg("You want: “{competence}”. This is just that.")
_MISSING: Final[dict[Importance, ClientMessage]] = {
    Importance.ESSENTIAL: client_msg(
        "This is asked for: “{requirement}”. Can you do it? Tell your coach."
    ),
    Importance.OPTIONAL: client_msg(
        "This would be a plus: “{requirement}”. You can do without it."
    ),
}


def carries(
    pair: tuple[str, str], said: PersonPart, part: OfferPart, kind: OfferKind, words: ClientWords
) -> str:
    """Return what carries a match.

    Parameters
    ----------
    pair
        What the client says, and what of the offer it answers.
    said, part
        Whether the client has or wants it, and where the offer says its own.
    kind
        Of the offer.
    words
        In the client's language.
    """
    competence, requirement = pair
    if said is PersonPart.WANTS:
        is_this = competence.casefold() == requirement.casefold()
        message = _WANTS_THIS if is_this else _WANTS
    else:
        message = _ELSE.get(kind, _FITS).get(part) or _FITS[part]
    return words(message, competence=competence, requirement=requirement)


def lacks(requirement: str, importance: Importance, words: ClientWords) -> str:
    """Return what the client has not told of, and whether one can do without it."""
    return words(_MISSING[importance], requirement=requirement)
