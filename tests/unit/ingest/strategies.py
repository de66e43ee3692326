"""Profiles and offers of any shape, for round trips."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from matcher.domain import codes
from matcher.domain.barriers import BarrierArea
from matcher.domain.offer import CompanyNeed, Offer, Service, Training, Vacancy
from matcher.domain.parts import (
    Availability,
    Cefr,
    Commute,
    Competence,
    Evidence,
    Hours,
    Importance,
    LanguageSkill,
    Level,
    Occupation,
    Place,
    Requirement,
    Restriction,
    Support,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText

#: Words that no reader of cells takes for anything else.
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöÅÄÖ", min_size=1, max_size=12)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TEXTS = st.just("") | PHRASES
CONCEPTS = st.none() | WORDS.map("http://data.europa.eu/esco/skill/{}".format)
DATES = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
FLAGS = st.none() | st.booleans()
HALVES = st.integers(1, 120).map(lambda number: number / 2)


def _tuples(members: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(members, max_size=most).map(tuple)


def _some(options: list[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(options), max_size=most, unique=True).map(tuple)


LANGUAGES = _tuples(
    st.builds(
        LanguageSkill, st.sampled_from(["fi", "sv", "en", "fse"]), st.none() | st.sampled_from(Cefr)
    )
)
LICENCES = _some(sorted(codes.LICENCE_INCLUDES))
CARDS = _some(sorted(codes.permit_cards()))
MUNICIPALITIES = sorted(codes.municipalities())
OCCUPATIONS = _tuples(st.builds(Occupation, PHRASES, CONCEPTS))
HOURS = st.builds(
    Hours,
    st.none() | st.lists(st.sampled_from(WorkingTime), unique=True).map(tuple),
    st.none() | st.lists(st.sampled_from(WorkExtent), unique=True).map(tuple),
    st.none() | HALVES,
)
AVAILABILITY = st.builds(Availability, DATES, DATES)
LOCAL_TEXTS = st.builds(LocalText, TEXTS, TEXTS, TEXTS)
TITLES = LOCAL_TEXTS.filter(lambda text: bool(text.values()))

PROFILES = st.builds(
    Profile,
    id=WORDS,
    language=st.sampled_from(Lang),
    text=PHRASES,
    competences=_tuples(
        st.builds(
            Competence,
            PHRASES,
            st.none() | st.sampled_from(Level),
            st.none() | st.sampled_from(Evidence),
            CONCEPTS,
        )
    ),
    occupations_done=OCCUPATIONS,
    occupations_wanted=OCCUPATIONS,
    education=TEXTS,
    languages=st.none() | LANGUAGES,
    licences=st.none() | LICENCES,
    cards=st.none() | CARDS,
    municipality=st.none() | st.sampled_from(MUNICIPALITIES),
    commute=st.builds(Commute, st.none() | HALVES, FLAGS, FLAGS, FLAGS),
    hours=HOURS,
    availability=AVAILABILITY,
    restrictions=_tuples(st.builds(Restriction, PHRASES)),
    birth_date=st.none() | st.dates(date(1940, 1, 1), date(2012, 12, 31)),
    active=st.booleans(),
)

_OFFER = {
    "id": WORDS,
    "language": st.sampled_from(Lang),
    "title": TITLES,
    "text": LOCAL_TEXTS,
    "organisation": TEXTS,
    "occupations": OCCUPATIONS,
    "requirements": _tuples(st.builds(Requirement, PHRASES, st.sampled_from(Importance), CONCEPTS)),
    "languages": LANGUAGES,
    "licences": LICENCES,
    "cards": CARDS,
    "place": st.builds(
        Place,
        _some(MUNICIPALITIES),
        _some(sorted(codes.regions())),
        _some(["FI", "SE", "EE"]),
        FLAGS,
    ),
    "hours": HOURS,
    "availability": AVAILABILITY,
    "published": DATES,
    "expires": DATES,
    "places": st.none() | st.integers(1, 100),
    "url": st.just("") | WORDS.map("https://example.org/{}".format),
}
_PHRASE_LISTS = _tuples(PHRASES)

VACANCIES: st.SearchStrategy[Offer] = st.builds(Vacancy, **_OFFER)
NEEDS: st.SearchStrategy[Offer] = st.builds(
    CompanyNeed,
    **_OFFER,
    tasks=_PHRASE_LISTS,
    hidden=st.booleans(),
    support=st.lists(st.sampled_from(Support), unique=True).map(tuple),
)
TRAININGS: st.SearchStrategy[Offer] = st.builds(
    Training,
    **_OFFER,
    outcomes=_PHRASE_LISTS,
    duration_months=st.none() | HALVES,
    cost_eur=st.none() | HALVES,
)
SERVICES: st.SearchStrategy[Offer] = st.builds(
    Service,
    **_OFFER,
    helps_with=_PHRASE_LISTS,
    served_in=st.none()
    | st.lists(st.sampled_from(["fi", "sv", "en", "ru"]), max_size=3).map(tuple),
    areas=st.none() | st.lists(st.sampled_from(BarrierArea), max_size=3).map(tuple),
)
