"""What a list on a terminal says of an employer's replies."""

from __future__ import annotations

import io

from rich.console import Console

from matcher.cli.lists import match_json, show_list
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.domain.replies import Replies
from matcher.domain.text import Lang
from tests.unit.match.region import NEED

MATCH = Match("welder", NEED.id, OfferKind.NEED, 1, 0.5, Band.STRONG, (), (), ())
SILENT = Match(
    *("welder", NEED.id, OfferKind.NEED, 1, 0.5, Band.STRONG, (), (), ()),
    replies=Replies(silent=3),
    lift=-0.02,
)


def printed(match: Match) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_list(console, OfferKind.NEED, [(match, NEED)], None, Lang.EN)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_list_tells_how_an_employer_has_replied_and_what_that_moves() -> None:
    assert "The employer has not answered about 3 people shown to it." in printed(SILENT)
    told = match_json(SILENT, NEED, Lang.EN)
    assert told["replies"] == {"taken_up": 0, "declined": 0, "silent": 3}
    assert told["lift"] == -0.02


def test_where_nothing_is_known_nothing_is_told() -> None:
    assert "employer" not in printed(MATCH)
    told = match_json(MATCH, NEED, Lang.EN)
    assert (told["replies"], told["lift"]) == (None, 0.0)
