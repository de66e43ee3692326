"""Which instruments can support a person's start, alone or with an offer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Final

from matcher.domain.offer import Offer, kind_of
from matcher.pathways.area import Area, InstrumentRule, in_force
from matcher.pathways.conditions import evaluate
from matcher.pathways.factnames import FactName
from matcher.pathways.facts import offer_facts, told_by
from matcher.pathways.standing import Ruling, Standing
from matcher.pathways.truth import Truth

_ORDER: Final = (Truth.YES, Truth.UNKNOWN, Truth.NO)


def instruments_for(standing: Standing, offer: Offer) -> tuple[Ruling[InstrumentRule], ...]:
    """Judge every instrument that goes with an offer of this kind.

    Returns
    -------
    tuple of Ruling
        Eligible ones first, then the unknown, then the others; each in the order of the law
        file. The rule says who decides and what has to be shown.
    """
    return _ordered(
        Ruling(rule, evaluate(rule.when, {**standing.facts, **offer_facts(offer, rule.instrument)}))
        for rule in _with(offer, standing.area, standing.on)
    )


def instruments_by_offer(
    standing: Standing, offers: Iterable[Offer]
) -> list[tuple[Ruling[InstrumentRule], ...]]:
    """Judge the instruments of many offers for one person, as `instruments_for` does each.

    Offers that tell rules the same are judged once, and share one tuple.
    """
    judged: dict[Hashable, tuple[Ruling[InstrumentRule], ...]] = {}
    rulings = []
    for offer in offers:
        told = told_by(offer)
        if told not in judged:
            judged[told] = instruments_for(standing, offer)
        rulings.append(judged[told])
    return rulings


def own_instruments(standing: Standing) -> tuple[Ruling[InstrumentRule], ...]:
    """Judge the instruments that a person may get without any offer, such as a start-up grant."""
    return _ordered(
        Ruling(rule, evaluate(rule.when, standing.facts))
        for rule in in_force(standing.area.instruments, standing.on)
        if not rule.offers
    )


def instruments_open_to(offer: Offer, area: Area, on: date) -> tuple[Ruling[InstrumentRule], ...]:
    """Return the instruments that an offer allows, whoever the person will be.

    Those for which the employer still has to tell its readiness are left out. What a ruling
    misses are facts of the person: this is for the employer's side, before anybody is named.
    """
    rulings = (
        Ruling(rule, evaluate(rule.when, offer_facts(offer, rule.instrument)))
        for rule in _with(offer, area, on)
    )
    return tuple(
        each
        for each in rulings
        if each.truth is not Truth.NO and FactName.EMPLOYER_READY not in each.missing
    )


def _with(offer: Offer, area: Area, on: date) -> tuple[InstrumentRule, ...]:
    kind = kind_of(offer)
    return tuple(rule for rule in in_force(area.instruments, on) if kind in rule.offers)


def _ordered(rulings: Iterable[Ruling[InstrumentRule]]) -> tuple[Ruling[InstrumentRule], ...]:
    return tuple(sorted(rulings, key=lambda each: _ORDER.index(each.truth)))
