from __future__ import annotations

import pytest

from matcher.domain.text import Lang
from matcher.taxonomy.everyday import written_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trukkikuskina", "trukkikuljettajana"),
        ("taksikuskina", "taksikuskina"),
        ("roskakuskin", "jätekuskin"),
        ("opetin matikkaa", "opetin matematiikkaa"),
        ("sairaanhoitajaks", "sairaanhoitajaksi"),
        ("kokin hommii", "kokin hommia"),
        ("perushoitoo", "perushoitoa"),
        ("oon tehny", "oon tehnyt"),
        ("nettisivuja ja verkkoja", "verkkosivuja ja verkkoja"),
        ("opettaja", "opettaja"),
    ],
)
def test_finnish_everyday_words_are_written_as_in_taxonomies(text: str, expected: str) -> None:
    assert written_out(text, Lang.FI) == expected


def test_each_language_has_words_of_its_own() -> None:
    assert written_out("kört truck", Lang.SV) == "kört gaffeltruck"
    assert written_out("dagisfröken", Lang.SV) == "förskolelärare"
    assert written_out("fixed a lorry", Lang.EN) == "repair a truck"
    assert written_out("truck", Lang.EN) == "truck"
