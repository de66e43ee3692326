"""The store: everything that outlives a process, behind one door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from types import MappingProxyType, TracebackType
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from matcher.domain.audit import Happening
from matcher.domain.decision import Decision
from matcher.domain.offer import OFFER_TYPES, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.rights import Erasure, Ground
from matcher.errors import NotFoundError
from matcher.store import schema
from matcher.store.answers import Answers, forget_answers
from matcher.store.attributes import Attributes, forget_attributes
from matcher.store.audit import AuditLog, extend, forget_pseudonym, nameless
from matcher.store.casefiles import CaseFiles, forget_case
from matcher.store.coaches import Coaches
from matcher.store.concepts import Concepts
from matcher.store.conflicts import Conflicts, forget_conflicts
from matcher.store.consents import Consents, forget_consents
from matcher.store.corrections import Corrections, forget_corrections
from matcher.store.database import Database
from matcher.store.decisions import Decisions, add_decisions, forget_decisions
from matcher.store.duties import Duties, forget_duty
from matcher.store.erasures import Erasures, prove
from matcher.store.feedback import FeedbackLog, forget_feedback
from matcher.store.feeds import Feeds
from matcher.store.holds import Holds, check_not_held, forget_holds
from matcher.store.keys import Keys
from matcher.store.links import PersonLinks, forget_links
from matcher.store.lists import Lists, forget
from matcher.store.logins import Logins
from matcher.store.migrate import migrate
from matcher.store.months import Months
from matcher.store.need_writes import NeedWrites
from matcher.store.overrides import Overrides
from matcher.store.people import OF_PEOPLE, count_about, redact_journals, rows_about
from matcher.store.portfolio import Portfolios
from matcher.store.quarantine import Quarantine
from matcher.store.rankers import Rankers
from matcher.store.replies import RepliesLog
from matcher.store.repository import Repository
from matcher.store.revisions import highest, numbering, revision_now
from matcher.store.runs import Runs
from matcher.store.sessions import Revocations, Sessions, forget_sessions
from matcher.store.shares import NeedShares, Shares, forget_shares
from matcher.store.sheets import Sheets
from matcher.store.sight import People, forget_staff
from matcher.store.situations import Situations, forget_situation
from matcher.store.train_ups import TrainUpLists, forget_train_ups
from matcher.store.transfers import Transfers, forget_moves
from matcher.store.versions import Moment, forget_profile
from matcher.store.writes import bury, delete_row, hold_people

_OFFER_TABLES: Final[dict[OfferKind, Table]] = {
    OfferKind.VACANCY: schema.vacancies,
    OfferKind.NEED: schema.needs,
    OfferKind.TRAINING: schema.trainings,
    OfferKind.SERVICE: schema.services,
}


#: Built once: to build it takes longer than to run it.
_MOMENT: Final = select(
    revision_now(),
    select(func.max(schema.feedback.c.number)).scalar_subquery(),
    select(func.max(schema.rankers.c.number)).scalar_subquery(),
    select(func.max(schema.employer_replies.c.number)).scalar_subquery(),
)
#: Nothing was removed elsewhere.
NOWHERE: Final[Mapping[str, int]] = MappingProxyType({})
#: What empties each table of what it holds of a person, but for the profile itself.
_FORGETTING: Final[tuple[Callable[[Connection, str], None], ...]] = (
    forget,
    forget_decisions,
    forget_profile,
    forget_feedback,
    forget_consents,
    forget_answers,
    forget_case,
    forget_situation,
    forget_duty,
    forget_moves,
    forget_corrections,
    forget_attributes,
    forget_holds,
    forget_pseudonym,
    forget_shares,
    forget_staff,
    forget_links,
    forget_sessions,
    forget_conflicts,
    forget_train_ups,
)


class Store:
    """Records, case files, situations, taxonomy, quarantine, lists, runs and keys in one database.

    Open it with `Store.open`; it closes itself at the end of a ``with`` block. It may be
    shared by threads, but not taken along into a forked process.

    Attributes
    ----------
    profiles, feedback, consents, answers, cases, coaches, situations, transfers
        What is known of people and of the work with them.
    people, portfolios, shares, links, conflicts, need_shares
        Who may see whom, and what.
    need_writes
        Changes of needs, with the consents to them.
    keys, sessions, logins, revocations
        Who may come in.
    corrections, erasures, holds
        What became of people's rights to their data.
    attributes
        What nobody is ranked by.
    concepts, overrides, quarantine, rankers, replies, lists, train_ups, sheets, decisions, runs,
    duties, months, audit, feeds
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
        self.answers = Answers(database)
        self.cases = CaseFiles(database)
        self.coaches = Coaches(database)
        self.situations = Situations(database)
        self.transfers = Transfers(database)
        self.attributes = Attributes(database)
        self.corrections = Corrections(database)
        self.erasures = Erasures(database)
        self.holds = Holds(database)
        self.concepts = Concepts(database)
        self.overrides = Overrides(database)
        self.quarantine = Quarantine(database)
        self.rankers = Rankers(database)
        self.replies = RepliesLog(database)
        self.lists = Lists(database)
        self.train_ups = TrainUpLists(database)
        self.sheets = Sheets(database)
        self.decisions = Decisions(database)
        self.runs = Runs(database)
        self.people = People(database)
        self.portfolios = Portfolios(database)
        self.duties = Duties(database)
        self.months = Months(database)
        self.shares = Shares(database)
        self.need_shares = NeedShares(database)
        self.need_writes = NeedWrites(database)
        self.links = PersonLinks(database)
        self.conflicts = Conflicts(database)
        self.keys = Keys(database)
        self.audit = AuditLog(database)
        self.feeds = Feeds(database)
        self.sessions = Sessions(database)
        self.logins = Logins(database)
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

    def reading(self) -> AbstractContextManager[None]:
        """Return a block within which all that one thread reads is of one state.

        What asks the store many times takes half as long in it. It is not for what writes.
        """
        return self._database.reading()

    def offers(self, kind: OfferKind) -> Repository[Offer]:
        """Return the offers of one kind."""
        return self._offers[kind]

    def note(self, happenings: Sequence[Happening], shown: Sequence[Decision]) -> None:
        """Write down what is about to be done, with the records of lists about to be shown.

        Raises
        ------
        StoreError
            If it cannot be written down; then nothing may be shown or done.
        """
        with self._database.write() as connection:
            if shown:
                # All at once, in the one order in which people are held.
                people = {one.profile_id for one in shown}
                hold_people(connection, people | nameless(connection, happenings))
            add_decisions(connection, shown)
            extend(connection, happenings)

    def moment(self) -> Moment:
        """Return the state that the store is in now, to come back to it later."""
        with self._database.ask() as connection:
            return Moment(*(number or 0 for number in connection.execute(_MOMENT).one()))

    def at(self, moment: Moment) -> Store:
        """Return records, wishes, weights and employers' replies as they were, for reading only.

        It works on the connections of this store and is not to be closed. What was erased
        since is not in it.
        """
        return PastStore(self, moment)

    def erase_profile(
        self,
        id: str,
        now: datetime,
        *,
        by: str = "",
        ground: Ground = Ground.NOT_NEEDED,
        digest: str = "",
        elsewhere: Mapping[str, int] = NOWHERE,
    ) -> Erasure:
        """Erase a profile in whatever state, with its lists and all that is kept of the person.

        Parameters
        ----------
        id
            Of the profile.
        now, by, ground, digest
            What the proof says; see `Erasure`.
        elsewhere
            What the caller has removed elsewhere, for the proof.

        Returns
        -------
        Erasure
            The proof, which does not tell who it was.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        ForbiddenError
            If a legal hold keeps the person's data.
        """
        with self._database.write() as connection, numbering(connection) as numbers:
            check_not_held(connection, id)
            counts = count_about(connection, id)
            if not delete_row(connection, schema.profiles, id):
                raise NotFoundError("profile", id)
            revision = next(numbers)
            bury(connection, "profile", id, revision, now)
            for forget_rows in _FORGETTING:
                forget_rows(connection, id)
            journals = redact_journals(connection, id)
            counts = {**counts, "journals": journals, **elsewhere}
            return prove(
                connection,
                at=now,
                by=by,
                ground=ground,
                revision=revision,
                counts={name: count for name, count in counts.items() if count},
                digest=digest,
            )

    def held_of(self, id: str) -> dict[str, list[dict[str, Any]]]:
        """Return every row about a person as plain data, by table.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        with self._database.read() as connection:
            found = rows_about(connection, id)
        if schema.profiles.name not in found:
            raise NotFoundError("profile", id)
        return found

    def settle_erasures(self) -> None:
        """Have the database drop what it still keeps of deleted rows in files of its own."""
        self._database.vacuum([table.name for table, _ in OF_PEOPLE])

    def revision(self) -> int:
        """Return the number of the last change in the whole store, 0 if there was none."""
        with self._database.ask() as connection:
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


class PastStore(Store):
    """Records, wishes, weights and employers' replies of a store as they were at a moment.

    Parameters
    ----------
    now
        The store.
    moment
        When.
    """

    def __init__(self, now: Store, moment: Moment) -> None:
        super().__init__(now._database)
        self._moment = moment
        self.profiles = now.profiles.at(moment.revision)
        self._offers = {kind: now.offers(kind).at(moment.revision) for kind in OfferKind}
        self.feedback = FeedbackLog(now._database, moment.said)
        self.rankers = Rankers(now._database, moment.ranked)
        self.replies = RepliesLog(now._database, moment.heard)

    def revision(self) -> int:
        """Return the revision of the moment."""
        return self._moment.revision

    def moment(self) -> Moment:
        """Return the moment."""
        return self._moment
