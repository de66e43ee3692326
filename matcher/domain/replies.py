"""How an employer has answered about the people who were shown to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replies:
    """Of how many people an employer has said what; nothing here says who they are.

    People about whom there is still time to answer are not counted.

    Parameters
    ----------
    taken_up
        Invited, interviewed or hired.
    declined
        Not chosen, for whatever reason.
    silent
        Without an answer though there was time for one.
    """

    taken_up: int = 0
    declined: int = 0
    silent: int = 0

    @property
    def counted(self) -> int:
        """How many people it is known of."""
        return self.taken_up + self.declined + self.silent


#: Of an employer of whom nothing is known.
NO_REPLIES = Replies()
