"""Read a benchmark of profiles and advertisements with graded pairs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from matcher.domain import codes
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.evaluate.readers import fingerprint
from matcher.ingest.places import place_from
from matcher.ingest.records import ProfileRecord, VacancyRecord, offer_from, profile_from
from matcher.ingest.rows import Notes

_LEVELS: Final = {"perus": "basic", "hyvä": "good", "vahva": "strong"}
_EVIDENCE: Final = {
    "työ": "work",
    "koulutus": "education",
    "todistus": "certificate",
    "harrastus": "hobby",
    "kartoitus": "mapping",
}
_TIMES: Final = {
    "päivä": "day",
    "ilta": "evening",
    "yö": "night",
    "viikonloppu": "weekend",
    "vuoro": "shift",
}
_AD_FIELDS: Final = ("id", "title", "text")
_JUDGEMENT_FIELDS: Final = ("profile", "ad", "blocked_by", "location_km_ok")
_PROFILE_FIELDS: Final = (
    *("id", "language", "text", "competences", "occupations_done", "occupations_wanted"),
    *("education", "languages", "licences", "cards", "municipality", "commute"),
    *("working_time", "restrictions"),
)
_EXTENTS: Final = {"kokoaika": "full_time", "osa-aika": "part_time"}


@dataclass(frozen=True, slots=True)
class MatchingSet:
    """Profiles and ads with graded pairs, exact duplicates collapsed.

    Parameters
    ----------
    name
        Name of the directory.
    profiles, ads
        What is matched.
    qrels
        Profile to ad to grade 0–3, of competence fit alone.
    blocked
        Pairs that a hard constraint rules out, or that are too far apart.
    data
        Fingerprint of the files.
    """

    name: str
    profiles: tuple[Profile, ...]
    ads: tuple[Offer, ...]
    qrels: dict[str, dict[str, int]]
    blocked: frozenset[tuple[str, str]]
    data: str

    @property
    def eligible(self) -> dict[str, dict[str, int]]:
        """The grades with blocked pairs as 0, of profiles that keep a grade of 2 or more."""
        graded = {
            profile: {
                ad: 0 if (profile, ad) in self.blocked else grade for ad, grade in ads.items()
            }
            for profile, ads in self.qrels.items()
        }
        return {profile: ads for profile, ads in graded.items() if max(ads.values()) > 1}


def read_matching(directory: Path) -> MatchingSet:
    """Read a directory.

    Parameters
    ----------
    directory
        Holds ``profiles.jsonl``, ``corpus.jsonl``, ``qrels.tsv`` and, if there are any,
        ``judgments.jsonl`` and ``duplicates.tsv``.

    Raises
    ------
    InputError
        If a file is missing or a row cannot be used.
    """
    names = ("profiles.jsonl", "corpus.jsonl", "qrels.tsv", "judgments.jsonl", "duplicates.tsv")
    files = [directory / name for name in names]
    profiles, corpus, qrels, judgements, duplicates = files
    first = dict(_columns(duplicates, 2)) if duplicates.exists() else {}
    grades: dict[str, dict[str, int]] = {}
    for profile, _, copy, grade in _columns(qrels, 4):
        known = grades.setdefault(profile, {})
        ad = first.get(copy, copy)
        known[ad] = max(known.get(ad, 0), _grade(grade, profile, copy))
    return MatchingSet(
        name=directory.name,
        profiles=tuple(_profile(row, where) for where, row in _objects(profiles, _PROFILE_FIELDS)),
        ads=tuple(
            _ad(row, where) for where, row in _objects(corpus, _AD_FIELDS) if row["id"] not in first
        ),
        qrels=grades,
        blocked=_blocked(judgements, first),
        data=fingerprint([file for file in files if file.exists()]),
    )


def _blocked(judgements: Path, first: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    if not judgements.exists():
        return frozenset()
    return frozenset(
        (row["profile"], first.get(row["ad"], row["ad"]))
        for _, row in _objects(judgements, _JUDGEMENT_FIELDS)
        if row["blocked_by"] or row["location_km_ok"] is False
    )


def _profile(row: dict[str, Any], where: str) -> Profile:
    cards = [codes.permit_card_code(card) for card in row["cards"]]
    record = {
        "language": row["language"],
        "text": row["text"],
        "competences": [
            {
                "name": competence["name"],
                "level": _LEVELS.get(competence["level"]),
                "evidence": _EVIDENCE.get(competence["evidence"]),
            }
            for competence in row["competences"]
        ],
        "occupations_done": row["occupations_done"],
        "occupations_wanted": row["occupations_wanted"],
        "education": row["education"],
        "languages": row["languages"],
        "licences": row["licences"],
        "cards": [card for card in cards if card],
        "municipality": row["municipality"],
        "commute": row["commute"],
        "hours": {
            "times": [_TIMES[time] for time in row["working_time"] if time in _TIMES],
            "extents": [_EXTENTS[time] for time in row["working_time"] if time in _EXTENTS],
        },
        "restrictions": row["restrictions"],
    }
    try:
        return profile_from(ProfileRecord.model_validate(record), id=row["id"])
    except ValidationError as error:
        raise _unusable(error, where) from error


def _ad(row: dict[str, Any], where: str) -> Offer:
    place = place_from(row.get("municipality") or "", Notes())
    record = {
        "language": row.get("lang", "fi"),
        "title": row["title"],
        "text": row["text"],
        "organisation": row.get("company", ""),
        "place": {
            "municipalities": place.municipalities,
            "regions": place.regions,
            "countries": place.countries,
        },
    }
    try:
        return offer_from(VacancyRecord.model_validate(record), id=row["id"])
    except ValidationError as error:
        raise _unusable(error, where) from error


def _unusable(error: ValidationError, where: str) -> InputError:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return InputError(f"{first['msg']}.", where=where, field=field, remedy="Correct the row.")


def _grade(text: str, profile: str, ad: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise InputError(
            f"The grade {text!r} of {profile} and {ad} is no number.", remedy="Give 0 to 3."
        ) from error


def _objects(file: Path, fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(_lines(file), 1):
        where = f"{file.name}, row {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"No JSON: {error.msg}.", where=where) from error
        absent = [field for field in fields if field not in row]
        if absent:
            raise InputError("Missing.", where=where, field=absent[0], remedy="Complete the row.")
        yield where, row


def _columns(file: Path, count: int) -> Iterator[list[str]]:
    for number, line in enumerate(_lines(file), 1):
        columns = line.split("\t")
        if len(columns) != count:
            raise InputError(
                f"{len(columns)} columns instead of {count}.",
                where=f"{file.name}, row {number}",
                remedy="Separate columns with tabs.",
            )
        yield columns


def _lines(file: Path) -> Iterator[str]:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError as error:
        raise InputError(f"{file} is missing.", remedy="Give a benchmark folder.") from error
    yield from (line for line in text.split("\n") if line.strip())
