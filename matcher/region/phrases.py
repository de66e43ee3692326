"""Sentences and facts that fit any occupation, read from ``phrases.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from matcher.domain.text import Lang
from matcher.region.chance import Template, Weighted, templates

Pools = dict[str, tuple[Template, ...]]


@dataclass(frozen=True, slots=True)
class Barrier:
    """What limits a person, said in words and felt in the hours.

    Parameters
    ----------
    key
        Name of the barrier.
    restriction
        The restriction by language.
    text
        Sentences that tell of it, by style: ``fi.own``, ``fi.coach``, ``sv.own``, ``en.own``.
    times, extents, per_week
        What it leaves of the hours; None leaves them as they are.
    not_for
        Families that it keeps out of.
    """

    key: str
    restriction: dict[Lang, str]
    text: Pools
    times: tuple[str, ...] | None
    extents: tuple[str, ...] | None
    per_week: float | None
    not_for: frozenset[str]


@cache
def _phrase_data() -> dict[str, Any]:
    file = resources.files("matcher.region").joinpath("phrases.toml")
    return tomllib.loads(file.read_text("utf-8"))


@cache
def pools(style: str) -> Pools:
    """Return the sentence pools of a style, as in ``"fi.own"`` or ``"en.ad.hours"``."""
    data = _phrase_data()
    for part in style.split("."):
        data = data[part]
    return {name: templates(texts) for name, texts in data.items() if isinstance(texts, list)}


@cache
def employer_names() -> tuple[str, ...]:
    """Return the first halves of invented employers' names."""
    return tuple(_phrase_data()["names"]["firsts"])


def _barrier(data: dict[str, Any]) -> Barrier:
    styles = {"own": "fi.own", "coach": "fi.coach", "sv": "sv.own", "en": "en.own"}
    return Barrier(
        key=data["key"],
        restriction={Lang(lang): text for lang, text in data["restriction"].items()},
        text={styles[name]: templates(texts) for name, texts in data["text"].items()},
        times=tuple(data["times"]) if "times" in data else None,
        extents=tuple(data["extents"]) if "extents" in data else None,
        per_week=data.get("per_week"),
        not_for=frozenset(data.get("not_for", ())),
    )


@cache
def common_barriers() -> Weighted[Barrier]:
    """Return the barriers, drawn as often as they are common."""
    data = _phrase_data()["barriers"]
    weights = Weighted.of({index: entry["weight"] for index, entry in enumerate(data)})
    return Weighted(tuple(_barrier(data[index]) for index in weights.options), weights.bounds)
