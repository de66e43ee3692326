"""Matches written for the store as they come into lists, without making them first.

Many people meet the same offers, and are told the same of them: what is asked for and how
that comes out, which of their words answer which of the offer's. Each such piece is put into
JSON once and joined for every match. What is written is what `matcher.match.listing.as_match`
tells, to be read back as a `matcher.domain.match.Match`.
"""

from __future__ import annotations

from itertools import count
from typing import Final, NamedTuple, TypeVar

import orjson

from matcher.domain.match import PhrasePair
from matcher.encode.text import Phrase, RecordText
from matcher.match.bands import band_of
from matcher.match.gates.journeys import road_km
from matcher.match.gates.remembered import Remembered
from matcher.match.listing import Listed, as_match
from matcher.match.reasons.explain import missing_of, pair_of
from matcher.match.sides import Person
from matcher.match.wishes.limits import NO_WISHES
from matcher.store import codec

#: So many pieces of each sort are kept, of a few hundred bytes each.
_MOST: Final = 200_000
#: And people; more than are matched at once.
_MOST_PEOPLE: Final = 1000
_Key = TypeVar("_Key")
_Piece = TypeVar("_Piece")


class Written(NamedTuple):
    """A match in a list, as it is stored.

    A tuple: a night makes millions of them, and makes one in a fifth of the time.

    Parameters
    ----------
    offer_id, rank, score, band
        As in `Match`.
    payload
        The whole match as JSON.
    """

    offer_id: str
    rank: int
    score: float
    band: str
    payload: str


class _Teller(NamedTuple):
    """What is told of a person in all matches: words, id as JSON, numbers of the phrases.

    Phrases of the same words and role have the same number.
    """

    words: RecordText
    id: str
    numbers: list[int]


class Writer:
    """Writes matches; keeps what it has written of offers and words for the next ones.

    What it keeps is about people. It is for the night, which ends.

    Attributes
    ----------
    remembered
        How gates came out.
    """

    def __init__(self) -> None:
        self.remembered = Remembered()
        self._pairs: dict[tuple[int, int, int], tuple[str, str]] = {}
        self._gaps: dict[tuple[int, tuple[int, ...]], str] = {}
        self._offers: dict[tuple[int, str | None], tuple[str, str]] = {}
        self._numbers: dict[tuple[str, str, int], int] = {}
        self._count = count()
        self._people: dict[int, _Teller] = {}

    def __call__(self, listed: Listed) -> Written:
        """Return an offer in a list as it is stored."""
        pick, rank = listed.pick, listed.rank
        band = band_of(pick.score, known=listed.person.known).value
        payload = self._payload(listed, band)
        return Written(pick.entry.offer.id, rank, pick.score, band, payload)

    def _payload(self, listed: Listed, band: str) -> str:
        if listed.wishes is not NO_WISHES:
            return codec.dump(as_match(listed))
        pick, teller = listed.pick, self._teller(listed.person)
        ids, km = self._offer(listed)
        gates = ",".join([text for one in pick.judged if (text := one.written)])
        return (
            f'{{"profile_id":{teller.id},{ids},"rank":{listed.rank},"score":{pick.score!r},'
            f'"band":"{band}","reasons":[{self._reasons(listed, teller)}],'
            f'"missing":[{self._missing(listed)}],"gates":[{gates}],'
            f'"distance_km":{km}{self._replies(listed)}}}'
        )

    def _offer(self, listed: Listed) -> tuple[str, str]:
        """Return which offer it is, and how far away."""
        profile, entry = listed.person.profile, listed.pick.entry
        key = entry.number, profile.municipality
        known = self._offers.get(key)
        if known is None:
            ids = orjson.dumps({"offer_id": entry.offer.id, "kind": listed.search.kind})
            km = orjson.dumps(road_km(profile, entry.offer))
            known = _keep(self._offers, key, (ids[1:-1].decode(), km.decode()))
        return known

    def _reasons(self, listed: Listed, teller: _Teller) -> str:
        entry, numbers, pairs = listed.pick.entry.number, teller.numbers, self._pairs
        grounds, count = listed.grounds, len(listed.grounds.adds)
        # All numbers at once, which takes a third of writing one after another.
        amounts = orjson.dumps(grounds.strengths + grounds.adds)[1:-1].decode().split(",")
        written = []
        for i, (asked, held) in enumerate(zip(grounds.asked, grounds.held, strict=True)):
            key = entry, asked, numbers[held]
            known = pairs.get(key) or _keep(pairs, key, _around_numbers(_pair(listed, asked, held)))
            before, after = known
            written.append(f'{before}{amounts[i]},"contribution":{amounts[count + i]}{after}')
        return ",".join(written)

    def _replies(self, listed: Listed) -> str:
        """Return what is heard of the employer, with the comma before it, if anything is."""
        heard, offer = listed.search.heard, listed.pick.entry.offer
        replies = heard.of(offer)
        if replies is None:
            return ""
        return f',"replies":{orjson.dumps(replies).decode()},"lift":{heard.lift(offer)!r}'

    def _teller(self, person: Person) -> _Teller:
        """Return what is told of a person alone; people of a block come again and again."""
        known = self._people.get(id(person.words))
        if known is None or known.words is not person.words:
            if len(self._people) > _MOST_PEOPLE:
                self._people.clear()
            numbers = [self._number(phrase) for phrase in person.words.phrases]
            known = _Teller(person.words, orjson.dumps(person.profile.id).decode(), numbers)
            self._people[id(person.words)] = known
        return known

    def _number(self, phrase: Phrase) -> int:
        key = phrase.text, phrase.shown, int(phrase.role)
        known = self._numbers.get(key)
        return _keep(self._numbers, key, next(self._count)) if known is None else known

    def _missing(self, listed: Listed) -> str:
        entry, gaps = listed.pick.entry, listed.grounds.missing
        key = entry.number, gaps
        known = self._gaps.get(key)
        if known is None:
            missing = missing_of(entry.words.phrases, gaps)
            known = _keep(self._gaps, key, orjson.dumps(missing)[1:-1].decode())
        return known


def _pair(listed: Listed, asked: int, held: int) -> PhrasePair:
    """Return a pair of phrases as it is told, without its numbers."""
    texts = listed.texts()
    return pair_of(
        (texts.offer[asked], texts.profile[held]),
        (texts.offer_vectors[asked], texts.profile_vectors[held]),
        (0.0, 0.0),
        listed.search.explainer.clauses,
    )


def _around_numbers(pair: PhrasePair) -> tuple[str, str]:
    """Return a pair as JSON up to its similarity, and from behind what it adds."""
    fields = {
        "requirement": pair.requirement,
        "competence": pair.competence,
        "importance": pair.importance,
    }
    before = orjson.dumps(fields)[:-1].decode()
    after = orjson.dumps({"part": pair.part, "said": pair.said})[1:].decode()
    return f'{before},"similarity":', f",{after}"


def _keep(known: dict[_Key, _Piece], key: _Key, piece: _Piece) -> _Piece:
    if len(known) > _MOST:
        known.clear()
    known[key] = piece
    return piece
