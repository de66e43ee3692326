from __future__ import annotations

from datetime import date

from matcher.cli.support import support_json, support_words
from matcher.domain.offer import CompanyNeed, Vacancy
from matcher.domain.parts import Support
from matcher.domain.situation import Basis
from matcher.domain.text import Lang
from tests.unit.pathways.people import HELSINKI, basis, person, registered, situation, standing

TOLD = situation(registrations=(registered(date(2026, 3, 2)),), basis=basis(Basis.COMPETENCE_GAP))
CLIENT = standing("finland-2026", person(home=HELSINKI), TOLD, date(2026, 6, 1))
NEED = CompanyNeed(id="n", support=(Support.PAY_SUBSIDY,))


def test_open_instruments_are_named_and_the_employer_is_asked_for_the_others() -> None:
    assert support_words(CLIENT, NEED, Lang.EN) == [
        "Support: pay subsidy",
        "? work trial: Is the employer ready for this form of support?",
    ]
    assert support_words(CLIENT, NEED, Lang.FI)[0] == "Tukimuodot: palkkatuki"


def test_what_is_unknown_of_the_person_is_not_asked_beside_every_offer() -> None:
    stranger = standing("finland-2026", person(home=HELSINKI), situation(basis=()), CLIENT.on)
    assert support_words(stranger, Vacancy(id="v"), Lang.EN) == [
        "? work trial: Is the employer ready for this form of support?"
    ]


def test_without_rules_nothing_is_said() -> None:
    assert support_words(None, NEED, Lang.EN) == []
    assert support_json(None, NEED, Lang.EN) == []


def test_json_has_every_instrument_with_its_answer() -> None:
    found = {each["instrument"]: each["truth"] for each in support_json(CLIENT, NEED, Lang.EN)}
    assert found == {
        "pay_subsidy": "yes",
        "work_trial": "unknown",
        "apprenticeship": "unknown",
        "training_agreement": "no",
        "supported_employment": "no",
        "job_coaching": "no",
        "workplace_adjustment": "no",
    }
