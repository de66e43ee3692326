"""The store: everything that outlives a process, behind one door."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from types import TracebackType
from typing import Final

from sqlalchemy import Connection, Table

from matcher.domain.offer import OFFER_TYPES, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.errors import NotFoundError
from matcher.store import schema
from matcher.store.audit import AuditLog, forget_pseudonym
from matcher.store.casefiles import CaseFiles, forget_case
from matcher.store.coaches import Coaches
from matcher.store.concepts import Concepts
from matcher.store.conflicts import Conflicts, forget_conflicts
from matcher.store.consents import Consents, forget_consents
from matcher.store.database import Database
from matcher.store.feedback import FeedbackLog, forget_feedback
from matcher.store.feeds import Feeds
from matcher.store.keys import Keys
from matcher.store.links import PersonLinks, forget_links
from matcher.store.lists import Lists, forget
from matcher.store.migrate import migrate
from matcher.store.overrides import Overrides
from matcher.store.quarantine import Quarantine
from matcher.store.rankers import Rankers
from matcher.store.repository import Repository
from matcher.store.revisions import highest, numbering
from matcher.store.runs import Runs
from matcher.store.sessions import Revocations, Sessions, forget_sessions
from matcher.store.shares import NeedShares, Shares, forget_shares
from matcher.store.sheets import Sheets
from matcher.store.sight import People, forget_staff
from matcher.store.situations import Situations, forget_situation
from matcher.store.transfers import Transfers, forget_moves
from matcher.store.writes import bury, delete_row

_OFFER_TABLES: Final[dict[OfferKind, Table]] = {
    OfferKind.VACANCY: schema.vacancies,
    OfferKind.NEED: schema.needs,
    OfferKind.TRAINING: schema.trainings,
    OfferKind.SERVICE: schema.services,
}


class Store:
    """Records, case files, situations, taxonomy, quarantine, lists, runs and keys in one database.

    Open it with `Store.open`; it closes itself at the end of a ``with`` block. It may be
    shared by threads, but not taken along into a forked process.

    Attributes
    ----------
    profiles, feedback, consents, cases, coaches, situations, transfers
        What is known of people and of the work with them.
    people, shares, links, conflicts, need_shares
        Who may see whom, and what.
    keys, sessions, revocations
        Who may come in.
    concepts, overrides, quarantine, rankers, lists, sheets, runs, audit, feeds
        The other rooms of the store; offers are behind `Store.offers`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._offers: dict[OfferKind, Repository[Offer]] = {
            kind: Repository(database, table, OFFER_TYPES[kind], kind.value)
            for kind, table in _OFFER_TABLES.items()
        }
        self.profiles = Repository(database, schema.profiles, Profile, "profile")
        self.feedback = FeedbackLog(database)
        self.consents = Consents(database)
        self.cases = CaseFiles(database)
        self.coaches = Coaches(database)
        self.situations = Situations(database)
        self.transfers = Transfers(database)
        self.concepts = Concepts(database)
        self.overrides = Overrides(database)
        self.quarantine = Quarantine(database)
        self.rankers = Rankers(database)
        self.lists = Lists(database)
        self.sheets = Sheets(database)
        self.runs = Runs(database)
        self.people = People(database)
        self.shares = Shares(database)
        self.need_shares = NeedShares(database)
        self.links = PersonLinks(database)
        self.conflicts = Conflicts(database)
        self.keys = Keys(database)
        self.audit = AuditLog(database)
        self.feeds = Feeds(database)
        self.sessions = Sessions(database)
        self.revocations = Revocations(database)

    @classmethod
    def open(cls, url: str) -> Store:
        """Open a store, making it or bringing it to the newest schema where needed.

        Parameters
        ----------
        url
            ``sqlite:///path`` or ``postgresql://user:password@host/name``.

        Raises
        ------
        InputError
            If the URL is of another kind.
        StoreError
            If the database cannot be used, or a newer program made it.
        """
        database = Database(url)
        with ExitStack() as undo:
            undo.callback(database.close)
            migrate(database)
            undo.pop_all()
        return cls(database)

    def offers(self, kind: OfferKind) -> Repository[Offer]:
        """Return the offers of one kind."""
        return self._offers[kind]

    def erase_profile(self, id: str, now: datetime) -> None:
        """Erase a profile in whatever state, with its lists and all that is kept of the person.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        with self._database.write() as connection, numbering(connection) as numbers:
            if not delete_row(connection, schema.profiles, id):
                raise NotFoundError("profile", id)
            bury(connection, "profile", id, next(numbers), now)
            forget(connection, id)
            forget_feedback(connection, id)
            forget_consents(connection, id)
            forget_case(connection, id)
            forget_situation(connection, id)
            forget_moves(connection, id)
            forget_pseudonym(connection, id)
            _forget_access(connection, id)

    def revision(self) -> int:
        """Return the number of the last change in the whole store, 0 if there was none."""
        with self._database.read() as connection:
            return highest(connection)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _forget_access(connection: Connection, profile_id: str) -> None:
    """Erase who may see a person, what was shared, and how the person comes in."""
    for forget_one in (
        forget_shares,
        forget_staff,
        forget_links,
        forget_sessions,
        forget_conflicts,
    ):
        forget_one(connection, profile_id)
