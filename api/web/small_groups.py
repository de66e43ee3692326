"""What is said of groups that are too small to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matcher.i18n.message import msgs
from matcher.i18n.words import Words

_HIDDEN: Final = msgs(
    "{n} group is not shown, so that figures of few people cannot be worked out: {names}.",
    "{n} groups are not shown, so that figures of few people cannot be worked out: {names}.",
)


def hidden_groups(names: Sequence[str], words: Words) -> str:
    """Return one sentence in the place of their rows; empty if there is none."""
    return words.counted(_HIDDEN, len(names), names=words.listed(names)) if names else ""
