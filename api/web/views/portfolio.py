"""The clients whom a caller sees, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from api.access import Caller
from api.auditing import Trail
from api.state import Services
from api.web.views.todo import Due, Owed, to_do
from matcher.casework.mapping import MappedPart, is_thin, unknown_parts
from matcher.casework.next_duty import settle_duties
from matcher.domain.casework.meetings import Meeting
from matcher.domain.codes import municipalities
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.index.publication import published
from matcher.pathways.duties import duties_of, held_meetings
from matcher.pathways.pathway import home_standing
from matcher.pathways.phase import phase_of
from matcher.pathways.words import DUTIES, PHASES
from matcher.store.portfolio import NEVER, Ask, Narrowed, Place, PortfolioRow

PAGE_SIZE: Final = 50
#: How many people a page looks through for those of whom too little is known.
_LOOKED_THROUGH: Final = 400
#: A page asks the rules about so many changed clients at most: more would be waited for.
_SETTLED_AT_ONCE: Final = 100
_SOON: Final = timedelta(days=7)


class Shown(StrEnum):
    """Which clients are shown."""

    ALL = "all"
    MINE = "mine"
    OVERDUE = "overdue"
    SOON = "soon"
    UNOPENED = "unopened"
    THIN = "thin"
    UNASSIGNED = "unassigned"


SHOWN: Final[Mapping[Shown, Message]] = {
    Shown.ALL: msg("All clients"),
    Shown.MINE: msg("Only my own"),
    Shown.OVERDUE: msg("Something is overdue"),
    Shown.SOON: msg("Something is due within a week"),
    Shown.UNOPENED: msg("New list, not opened yet"),
    Shown.THIN: msg("Too little is known"),
    Shown.UNASSIGNED: msg("No coach"),
}
MAPPED: Final[Mapping[MappedPart, Message]] = {
    MappedPart.COMPETENCES: msg("competences (fewer than three)"),
    MappedPart.WISHES: msg("wishes for work"),
    MappedPart.HOME: msg("home municipality"),
    MappedPart.COMMUTE: msg("how far the client can travel"),
    MappedPart.LANGUAGES: msg("languages"),
    MappedPart.LICENCES: msg("driving licences"),
    MappedPart.CARDS: msg("permit cards"),
    MappedPart.HOURS: msg("when the client can work"),
}


class PortfolioAsked(BaseModel):
    """What the address asks for; what cannot be used is refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    show: Shown = Shown.ALL
    q: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    town: Annotated[str, Field(max_length=3, pattern=r"^[0-9]*$")] = ""
    after: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    due: date | None = None

    @property
    def place(self) -> Place | None:
        """Where the page before ended; None for the first page."""
        return Place(id=self.after, due=self.due or NEVER) if self.after else None

    def next(self, place: Place) -> str:
        """Return the address of the page that goes on after somebody."""
        told = {"show": self.show.value, "q": self.q, "town": self.town, "after": place.id}
        if place.due != NEVER:
            told["due"] = place.due.isoformat()
        return "/clients?" + urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client on the page.

    Parameters
    ----------
    id, municipality, wishes
        Who, from where, and what the client aims at.
    coach
        Who is responsible; None if nobody is.
    phase
        Where in the path the client stands; None if facts are missing.
    due, overdue
        What has to be done first, agreed or asked by the rules, and how many things should be done
        already.
    new
        How many offers are new since somebody opened the list; None without a list.
    unknown
        What is not known of the client.
    thin
        Whether that is too much.
    """

    id: str
    municipality: str | None
    wishes: Sequence[str]
    coach: str | None
    phase: Message | None
    due: Due | None
    overdue: int
    new: int | None
    unknown: Sequence[Message]
    thin: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page of clients.

    Parameters
    ----------
    clients
        In their order.
    next
        Address of the page that goes on; empty at the end.
    towns
        Municipalities that one may choose from, with their names.
    """

    clients: Sequence[ClientRow]
    next: str
    towns: Sequence[tuple[str, str]]


def portfolio(
    asked: PortfolioAsked, services: Services, caller: Caller, trail: Trail, lang: Lang
) -> Portfolio:
    """Return the clients whom a caller sees, what is due on the first day before all.

    The rules are asked first about some of those of whom something has changed, so that whoever
    has changed a client finds them where they belong.
    """
    settle_duties(services.store, services.today(), limit=_SETTLED_AT_ONCE)
    today, snapshot = services.today(), published(services.settings.snapshots)
    ask = Ask(
        reach=caller.reach(today),
        soon=today + _SOON,
        snapshot=snapshot,
        narrowed=Narrowed.ALL if asked.show is Shown.THIN else Narrowed(asked.show.value),
        municipality=asked.town,
        words=asked.q.strip(),
    )
    is_thin_asked = asked.show is Shown.THIN
    limit = _LOOKED_THROUGH if is_thin_asked else PAGE_SIZE
    looked = services.store.portfolios.page(ask, after=asked.place, limit=limit + 1)
    found = [row for row in looked[:limit] if not is_thin_asked or is_thin(row.profile)]
    shown = found[:PAGE_SIZE]
    # What was looked through and did not fit is not looked through again.
    last = shown[-1] if len(found) > PAGE_SIZE else looked[:limit][-1] if looked else None
    goes_on = len(found) > PAGE_SIZE or len(looked) > limit
    trail.saw(row.profile.id for row in shown)
    return Portfolio(
        clients=_rows(shown, services, today, snapshot, Words.of(lang)),
        next=asked.next(last.place) if goes_on and last else "",
        towns=_several(towns_of(caller, lang)),
    )


def _rows(
    shown: Sequence[PortfolioRow],
    services: Services,
    today: date,
    snapshot: str | None,
    words: Words,
) -> list[ClientRow]:
    ids, store = [row.profile.id for row in shown], services.store
    due = store.portfolios.open_entries(ids)
    new = {} if snapshot is None else store.portfolios.new_offers(ids, snapshot)
    situations = store.situations.get_many(ids)
    meetings = store.cases.of_people(ids, Meeting)

    def row_of(row: PortfolioRow) -> ClientRow:
        profile = row.profile
        situation = situations.get(profile.id)
        standing = None if situation is None else home_standing(profile, situation, today)
        phase = None if standing is None else phase_of(standing).phase
        held = held_meetings(meetings.get(profile.id, ()))
        duties = () if standing is None else duties_of(standing, held)
        owed = [Owed(words(DUTIES[one.rule.duty]), one.due, one.state) for one in duties]
        ahead = to_do(due.get(profile.id, ()), owed, today, words)
        return ClientRow(
            id=profile.id,
            municipality=profile.municipality,
            wishes=[job.title for job in profile.occupations_wanted],
            coach=row.coach,
            phase=None if phase is None else PHASES[phase],
            due=ahead[0] if ahead else None,
            overdue=sum(one.is_late for one in ahead),
            new=len(new[profile.id]) if profile.id in new else None,
            unknown=[MAPPED[part] for part in unknown_parts(profile)],
            thin=is_thin(profile),
        )

    return [row_of(row) for row in shown]


def towns_of(caller: Caller, lang: Lang) -> list[tuple[str, str]]:
    """Return code and name of the municipalities that a caller works for, by name."""
    known = municipalities()
    codes = known.keys() if caller.scope is None else caller.scope
    named = [(code, known[code].name.best(lang)) for code in codes if code in known]
    return sorted(named, key=lambda pair: pair[1])


def _several(towns: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Return what there is to choose from: nothing where there is one."""
    return towns if len(towns) > 1 else ()
