from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.text import Lang
from matcher.match.gates.sentences import gate_sentence

MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        (
            GateResult(GateKind.LICENCE, MET, "B", "B, C"),
            "Ajokortti: B. Ehto täyttyy: B ja C.",
        ),
        (
            GateResult(GateKind.LICENCE, UNMET, "CE", ""),
            "Ajokortti: CE. Asiakkaalla ei ole tätä.",
        ),
        (
            GateResult(GateKind.CARD, UNMET, "074", "022, 079"),
            "Kortti tai lupa: Trukkikortti. Ehto ei täyty. "
            "Asiakkaan tiedoissa: Hygieniapassi ja Työturvallisuuskortti.",
        ),
        (
            GateResult(GateKind.LANGUAGE, UNKNOWN, "fi:B2", "fi"),
            "Kielitaito: suomi B2. Tämä on varmistettava. Asiakkaan tiedoissa: suomi.",
        ),
        (
            GateResult(GateKind.COMMUTE, MET, "564", "0 km"),
            "Työmatka: Oulu. Ehto täyttyy: kotikunnassa.",
        ),
        (
            GateResult(GateKind.COMMUTE, UNMET, "564", "42 km / 30 km"),
            "Työmatka: Oulu. Ehto ei täyty. "
            "Asiakkaan tiedoissa: kotoa 42 km, asiakas kulkee enintään 30 km.",
        ),
        (
            GateResult(GateKind.COMMUTE, UNKNOWN, "564", "42 km"),
            "Työmatka: Oulu. Tämä on varmistettava. Asiakkaan tiedoissa: kotoa 42 km.",
        ),
        (
            GateResult(GateKind.COMMUTE, MET, "091", "relocation"),
            "Työmatka: Helsinki. Ehto täyttyy: asiakas on valmis muuttamaan.",
        ),
        (
            GateResult(GateKind.COMMUTE, MET, "remote", "remote"),
            "Työmatka: etänä. Ehto täyttyy: etänä.",
        ),
        (
            GateResult(GateKind.COMMUTE, UNKNOWN, ""),
            "Vaihtoehdossa ei kerrota paikkakuntaa.",
        ),
        (
            GateResult(GateKind.WORKING_TIME, UNMET, "night", "day,evening"),
            "Työaika: yötyö. Ehto ei täyty. Asiakkaan tiedoissa: päivätyö, iltatyö.",
        ),
        (
            GateResult(GateKind.WORKING_TIME, UNKNOWN, "night"),
            "Työaika: yötyö. Tämä ei ole tiedossa.",
        ),
        (
            GateResult(GateKind.LICENCE, MET, "B|C", "minulla on henkilöauton kortti"),
            "Ajokortti: B tai C. Ehto täyttyy: ”minulla on henkilöauton kortti”.",
        ),
        (
            GateResult(GateKind.START, UNMET, "2026-06-01–2026-08-31", "2026-09-01–"),
            "Työn ajankohta: 1.6.2026–31.8.2026. Ehto ei täyty. Asiakkaan tiedoissa: 1.9.2026–.",
        ),
        (
            GateResult(GateKind.AGE, UNMET, "18", "17"),
            "Ikäraja: 18+ vuotta. Ehto ei täyty. Asiakkaan tiedoissa: 17 vuotta.",
        ),
        (
            GateResult(GateKind.OWN_CAR, UNKNOWN, "car", stated="Oma auto on välttämätön."),
            "Auto: oma auto. Tämä ei ole tiedossa. "
            "Ilmoituksessa sanotaan: ”Oma auto on välttämätön”.",
        ),
        (
            GateResult(GateKind.RESTRICTION, UNMET, "ei nostoja", "ei nostoja", "Nostat taakkoja"),
            "Otettava huomioon: ei nostoja. Vaihtoehto ei ole tämän mukainen. "
            "Ilmoituksessa sanotaan: ”Nostat taakkoja”.",
        ),
        (
            GateResult(GateKind.WISH, UNMET, "employer:Telakka Oy", "2026-11-02"),
            "Toive: asiakkaan oma toive 2.11.2026: ei työnantajaa ”Telakka Oy”. "
            "Vaihtoehto ei ole tämän mukainen.",
        ),
        (
            GateResult(GateKind.RESTRICTION, UNKNOWN, "ei nostoja", "ei nostoja"),
            "Otettava huomioon: ei nostoja.",
        ),
    ],
)
def test_a_gate_says_what_is_asked_how_it_came_out_and_what_is_known(
    gate: GateResult, said: str
) -> None:
    assert gate_sentence(gate, Lang.FI) == said


@pytest.mark.parametrize("kind", GateKind)
@pytest.mark.parametrize("lang", Lang)
def test_every_gate_can_be_told_in_every_language(kind: GateKind, lang: Lang) -> None:
    required = {GateKind.COMMUTE: "564", GateKind.WORKING_TIME: "night", GateKind.AGE: "18"}
    required |= {GateKind.WISH: "employer:Telakka Oy"}
    gate = GateResult(kind, UNKNOWN, required.get(kind, "B"), "2026-11-02")
    said = gate_sentence(replace(gate, evidence=None) if kind is not GateKind.WISH else gate, lang)
    assert said.endswith(".")
    assert "{" not in said
