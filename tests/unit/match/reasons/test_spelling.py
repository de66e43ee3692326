from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.match.reasons.spelling import Spelled, joined, spell

TEXTS = st.lists(st.text(min_size=1, max_size=12), max_size=5)


def triples(text: str) -> list[str]:
    padded = f" {text.casefold()} "
    return sorted({padded[i : i + 3] for i in range(len(padded) - 2)})


def read(spelled: Spelled) -> list[list[str]]:
    codes, bounds = spelled
    return [
        sorted(
            "".join(chr(code >> shift & (1 << 21) - 1) for shift in (42, 21, 0))
            for code in codes[start:end].tolist()
        )
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ]


@given(TEXTS)
def test_a_text_is_spelled_by_its_different_triples(texts: list[str]) -> None:
    assert read(spell(texts)) == [triples(text) for text in texts]


@given(TEXTS, TEXTS)
def test_spellings_are_joined_in_their_order(some: list[str], others: list[str]) -> None:
    assert read(joined([spell(some), spell([]), spell(others)])) == read(spell([*some, *others]))


def test_case_does_not_matter() -> None:
    assert read(spell(["HITSAUS"])) == read(spell(["hitsaus"]))
