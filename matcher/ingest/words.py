"""Words that people write in cells, in Finnish, Swedish and English, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from matcher.domain.barriers import BarrierArea
from matcher.domain.parts import (
    Cefr,
    Evidence,
    Importance,
    Level,
    Support,
    WorkExtent,
    WorkingTime,
)

T = TypeVar("T")


def _words(meanings: Mapping[T, str]) -> dict[str, T]:
    """Return word to meaning from meaning to words, which commas separate."""
    return {
        word.strip().casefold(): meaning
        for meaning, words in meanings.items()
        for word in words.split(",")
    }


LEVELS: Final = _words(
    {
        Level.BASIC: "perus, perusteet, perustaso, grund, grunder, grundläggande, basic",
        Level.GOOD: "hyvä, god, bra, good",
        Level.STRONG: "vahva, erinomainen, stark, utmärkt, strong",
    }
)
EVIDENCE: Final = _words(
    {
        Evidence.WORK: "työ, työkokemus, arbete, arbetserfarenhet, work",
        Evidence.EDUCATION: "koulutus, opinnot, utbildning, studier, education",
        Evidence.CERTIFICATE: "todistus, kortti, pätevyys, intyg, kort, behörighet, certificate",
        Evidence.HOBBY: "harrastus, hobby, fritid, vapaa-aika",
        Evidence.MAPPING: "kartoitus, osaamiskartoitus, kartläggning, mapping",
    }
)
IMPORTANCE: Final = _words(
    {
        Importance.ESSENTIAL: "välttämätön, pakollinen, vaaditaan, nödvändig, krav, essential, "
        "required",
        Importance.OPTIONAL: "eduksi, toivottu, plussaa, meriterande, önskvärd, optional, plus",
    }
)
TIMES: Final = _words(
    {
        WorkingTime.DAY: "päivä, päivätyö, dag, dagarbete, day",
        WorkingTime.EVENING: "ilta, iltatyö, kväll, kvällsarbete, evening",
        WorkingTime.NIGHT: "yö, yötyö, natt, nattarbete, night",
        WorkingTime.PERIOD: "jakso, jaksotyö, period, periodarbete",
        WorkingTime.FLEXIBLE: "jousto, joustava, liukuva, flexibel, flextid, flexible",
        WorkingTime.WEEKDAY: "arki, arkisin, vardag, vardagar, weekday, weekdays",
        WorkingTime.WEEKEND: "viikonloppu, viikonloput, veckoslut, helg, weekend, weekends",
        WorkingTime.SHIFT: "vuoro, vuorotyö, skift, skiftarbete, shift, shifts",
    }
)
EXTENTS: Final = _words(
    {
        WorkExtent.FULL_TIME: "kokoaika, kokoaikainen, kokoaikatyö, heltid, full_time, full-time, "
        "full time",
        WorkExtent.PART_TIME: "osa-aika, osa-aikainen, osa-aikatyö, deltid, part_time, part-time, "
        "part time",
    }
)
AREAS: Final = _words(
    {
        BarrierArea.EMPLOYMENT: "työllistyminen, työnhaku, sysselsättning, employment",
        BarrierArea.COMPETENCE: "osaaminen, kompetens, kunnande, competence",
        BarrierArea.HEALTH: "terveys, hälsa, health",
        BarrierArea.SOCIAL: "sosiaalinen tilanne, arki, social situation, vardag, social",
        BarrierArea.HOUSING: "asuminen, boende, housing",
        BarrierArea.FINANCE: "talous, ekonomi, finance",
        BarrierArea.LANGUAGE: "kieli, kielitaito, språk, language",
        BarrierArea.DIGITAL: "digitaidot, digital färdighet, digital",
        BarrierArea.MOBILITY: "liikkuminen, rörlighet, mobility",
        BarrierArea.CARE: "hoivavastuu, lastenhoito, omsorgsansvar, barnomsorg, care",
    }
)
SUPPORT: Final = _words(
    {
        Support.WORK_TRIAL: "työkokeilu, arbetsprövning, work_trial, work trial",
        Support.PAY_SUBSIDY: "palkkatuki, lönesubvention, pay_subsidy, pay subsidy",
        Support.TRAINING_AGREEMENT: "koulutussopimus, utbildningsavtal, training_agreement, "
        "training agreement",
        Support.APPRENTICESHIP: "oppisopimus, läroavtal, apprenticeship",
        Support.JOB_COACHING: "työhönvalmennus, arbetsträning, job_coaching, job coaching",
    }
)
LANGUAGE_LEVELS: Final = _words(
    {level: level.value for level in Cefr}
    | {Cefr.NATIVE: "native, äidinkieli, modersmål, mother tongue, L1"}
)
YES_NO: Final = _words({True: "kyllä, on, ja, yes, true, 1, x", False: "ei, nej, no, false, 0"})
#: A cell that says "none", which is not the same as an empty one: that is unknown.
NONE: Final = frozenset({"-", "–", "ei ole", "inga", "none"})


def meaning(words: Mapping[str, T], text: str) -> T:
    """Return what a word means.

    Raises
    ------
    ValueError
        If it is none of the words; some of them are listed.
    """
    found = words.get(text.strip().casefold())
    if found is None:
        first: dict[T, str] = {}
        for word, value in words.items():
            first.setdefault(value, word)
        raise ValueError(f"{text.strip()!r} is none of: {', '.join(first.values())}")
    return found
