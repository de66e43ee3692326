"""Hard constraints of an offer held against a profile: met, unmet or unknown.

Unknown is never agreement: it adds nothing to a score and becomes a question. A list that
a coach has filled in (languages, licences, cards) counts as complete; one that was never
asked is unknown. What an offer asks for stands in its fields or in its text, and a gate
shows the sentence; what the text only names can be met or asked about, never unmet.
"""

from __future__ import annotations

from datetime import date

from matcher.domain.match import GateResult
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.match.gates.asked import asked_in
from matcher.match.gates.known import Known
from matcher.match.gates.rules import RULES


def judge(profile: Profile, offer: Offer, on: date) -> tuple[GateResult, ...]:
    """Hold every hard constraint of an offer against a profile.

    Parameters
    ----------
    profile, offer
        Both sides.
    on
        The day on which age limits are judged.

    Returns
    -------
    tuple of GateResult
        One for each licence, card, qualification, language, place and time of work that the
        offer asks for, and one for what the person cannot do, if it is a job; empty if
        there is none.
    """
    asked, known = asked_in(offer), Known.of(profile, on)
    demands = ((rule, rule.demand(offer, asked)) for rule in RULES)
    return tuple(
        result
        for rule, demand in demands
        if demand is not None
        for result in rule.judge(rule.facts(known), demand)
    )
