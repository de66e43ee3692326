"""Forms worked by hand, type by type."""

from __future__ import annotations

import pytest

from matcher.evaluate.finnish.verbs import VerbForm, conjugate


@pytest.mark.parametrize(
    "forms",
    [
        "hitsata: hitsaan hitsasin hitsannut hitsaamaan",
        "käyttää: käytän käytin käyttänyt käyttämään",
        "antaa: annan annoin antanut antamaan",
        "johtaa: johdan johdin johtanut johtamaan",
        "asentaa: asennan asensin asentanut asentamaan",
        "neuvoa: neuvon neuvoin neuvonut neuvomaan",
        "laatia: laadin laadin laatinut laatimaan",
        "arvioida: arvioin arvioin arvioinut arvioimaan",
        "suunnitella: suunnittelen suunnittelin suunnitellut suunnittelemaan",
        "työskennellä: työskentelen työskentelin työskennellyt työskentelemään",
        "tarkkailla: tarkkailen tarkkailin tarkkaillut tarkkailemaan",
        "ratkaista: ratkaisen ratkaisin ratkaissut ratkaisemaan",
        "valita: valitsen valitsin valinnut valitsemaan",
        "leikata: leikkaan leikkasin leikannut leikkaamaan",
        "kuvata: kuvaan kuvasin kuvannut kuvaamaan",
        "tarjota: tarjoan tarjosin tarjonnut tarjoamaan",
        "tehdä: teen tein tehnyt tekemään",
        "hioa: hion hioin hionut hiomaan",
    ],
)
def test_forms_by_hand(forms: str) -> None:
    infinitive, expected = forms.split(": ")
    verb = conjugate(infinitive)
    assert verb is not None
    assert " ".join(verb.form(form) for form in VerbForm) == expected


@pytest.mark.parametrize("word", ["nimetä", "tulkata", "kokki", "vastuu"])
def test_verbs_of_other_types_and_nouns_are_left_alone(word: str) -> None:
    assert conjugate(word) is None
