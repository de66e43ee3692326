"""What employers answer of people, why not, and how a need ended, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.answer import Answer, Outcome, WhyNot
from matcher.domain.consent import Condition, ConsentState
from matcher.i18n.message import ClientMessage, Message, client_msg, msg

ANSWERS: Final[Mapping[Answer, ClientMessage]] = {
    Answer.INVITED: client_msg("invited to an interview"),
    Answer.INTERVIEWED: client_msg("interviewed"),
    Answer.HIRED: client_msg("hired"),
    Answer.NOT_CHOSEN: client_msg("not chosen"),
}
CHOICES: Final[Mapping[Answer, Message]] = {
    Answer.INVITED: msg("I invite the person to an interview"),
    Answer.INTERVIEWED: msg("We have had an interview"),
    Answer.HIRED: msg("I hire the person"),
    Answer.NOT_CHOSEN: msg("I do not choose the person"),
}
WHY_NOT: Final[Mapping[WhyNot, ClientMessage]] = {
    WhyNot.OTHER_CHOSEN: client_msg("another person was chosen"),
    WhyNot.SKILLS: client_msg("something that the work needs is missing"),
    WhyNot.LANGUAGE: client_msg("the language skills are not enough for the work"),
    WhyNot.TIMES: client_msg("working times or the start do not suit"),
    WhyNot.NOT_REACHED: client_msg("the person could not be reached"),
    WhyNot.WORK_GONE: client_msg("the work is not there any more"),
}
OUTCOMES: Final[Mapping[Outcome, Message]] = {
    Outcome.HIRED_HERE: msg("We hired somebody who was shown here"),
    Outcome.HIRED_ELSEWHERE: msg("We hired somebody else"),
    Outcome.NOT_FILLED: msg("We found nobody"),
    Outcome.NOT_NEEDED: msg("The work is not there any more"),
}
STATES: Final[Mapping[ConsentState, ClientMessage]] = {
    ConsentState.ASKED: client_msg("waits for an answer"),
    ConsentState.GIVEN: client_msg("consent given"),
    ConsentState.INTRODUCED: client_msg("introduced by name"),
    ConsentState.REFUSED: client_msg("no consent"),
    ConsentState.NO_ANSWER: client_msg("no answer in time"),
    ConsentState.WITHDRAWN: client_msg("consent withdrawn"),
    ConsentState.EXPIRED: client_msg("consent has ended"),
    ConsentState.LAPSED: client_msg("lapsed: the need changed or was closed"),
}
CONDITIONS: Final[Mapping[Condition, Message]] = {
    Condition.ACTIVE: msg("the profile is in use"),
    Condition.FOLLOW_UP: msg("the follow-up period goes on"),
    Condition.CONSENT: msg("consent holds"),
    Condition.NO_PROTECTION_ORDER: msg("there is no protection order"),
}
