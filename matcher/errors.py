"""Every error that the library raises on purpose.

::

    MatcherError
    ├── InputError        what was given cannot be used: a row, a field, a setting, a file
    ├── NotFoundError     nothing is stored under that id
    ├── ConflictError     somebody else has changed it meanwhile
    ├── NotReadyError     a step that must come first has not been taken yet
    ├── ForbiddenError    the caller may not see or do this
    ├── FeedError         another service refused, or did not answer whole
    ├── SnapshotError     an index snapshot is damaged or does not fit
    └── StoreError        the database refused, or another process holds it

Each message says what is wrong, with which value, and what to do next. Errors carry their
data as attributes and know nothing of HTTP; ``api`` maps them to problem documents and
the command line to exit codes.
"""

from __future__ import annotations


class MatcherError(Exception):
    """Base of all errors raised on purpose.

    Parameters
    ----------
    message
        What is wrong, with which value.
    remedy
        What the reader can do next; appended to the message.
    """

    def __init__(self, message: str, *, remedy: str | None = None) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(message if remedy is None else f"{message} {remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from one process to another whole, whatever a subclass is made from."""
        return _restored, (type(self), self.args, self.__dict__)


class InputError(MatcherError):
    """Something that was given cannot be used.

    Parameters
    ----------
    message, remedy
        As in `MatcherError`.
    where
        File, row or setting, as in ``"profiles.csv, row 7"``.
    field
        Name of the field at fault.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        where: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.where = where
        self.field = field

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.where, self.field) if part)
        text = super().__str__()
        return f"{place}: {text}" if place else text


class NotFoundError(MatcherError):
    """Nothing is stored under that id.

    Parameters
    ----------
    kind
        What was looked for, as in ``"profile"``.
    id
        The id that was asked for.
    """

    def __init__(self, kind: str, id: str, *, remedy: str | None = None) -> None:
        super().__init__(f"There is no {kind} {id!r}.", remedy=remedy)
        self.kind = kind
        self.id = id


class ConflictError(MatcherError):
    """Somebody else has changed it since it was read.

    Parameters
    ----------
    kind, id
        What was to be changed.
    expected, found
        The version that the writer has seen, and the one there is now.
    """

    def __init__(self, kind: str, id: str, *, expected: int, found: int) -> None:
        super().__init__(
            f"The {kind} {id!r} has been changed meanwhile: "
            f"version {expected} was expected, {found} is there.",
            remedy="Read it again, and repeat your change if it is still needed.",
        )
        self.kind = kind
        self.id = id
        self.expected = expected
        self.found = found


class NotReadyError(MatcherError):
    """A step that must come first has not been taken yet."""


class ForbiddenError(MatcherError):
    """The caller may not see or do this."""


class SnapshotError(MatcherError):
    """An index snapshot is damaged or does not fit.

    Parameters
    ----------
    message, remedy
        As in `MatcherError`.
    path
        The file or folder at fault.
    expected, found
        What the manifest promises and what was read.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        path: str | None = None,
        expected: str | None = None,
        found: str | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.path = path
        self.expected = expected
        self.found = found


class FeedError(MatcherError):
    """Another service refused to answer, or did not answer whole."""


class StoreError(MatcherError):
    """The database refused, or another process holds it."""


def _restored(
    kind: type[MatcherError], args: tuple[object, ...], state: dict[str, object]
) -> MatcherError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
