"""The pages of a lead: figures of months and reports of nights."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.access import ROLES
from api.web.month_figures import tables
from matcher.casework.indicators import Figure, GroupRow, Indicator
from matcher.casework.months import READERS, count_months
from matcher.casework.tightness import FILE
from matcher.config import Settings
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.evaluate.fairness.groups import UNKNOWN, Attribute
from matcher.evaluate.fairness.rates import GroupRate
from matcher.i18n.words import Words
from matcher.match.spread.curve import SpreadFigures
from matcher.metrics.fairness import Interval
from matcher.nightly.fairness import Groups
from matcher.nightly.journal import KIND, NightState
from matcher.nightly.report import NightReport
from matcher.nightly.spread import KindSpread, Spread
from tests.api.conftest import KEMPELE, NOW, OULU, running
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor
from tests.unit.nightly.test_report import REFUSED, REPORT

ALL = Interval(0.9, 0.8, 0.95)
ONE = GroupRate(Attribute.AGE, "", 18, ALL, None, ALL)
AGES = ("25–34", "55 and over", "under 25", UNKNOWN)
RATES = (
    GroupRate(Attribute.SEX, "female", 18, ALL, Interval(0.97, 0.9, 1.04), ALL),
    GroupRate(Attribute.SEX, "male"),
    *(GroupRate(Attribute.AGE, group) for group in AGES),
    GroupRate(Attribute.MUNICIPALITY, OULU, 23, ALL, None, ALL),
    GroupRate(Attribute.MUNICIPALITY, KEMPELE, 12, ALL, None, ALL),
)
EVEN = SpreadFigures(0.0, 0.0, 0.5, 0.1, 0.4, 7, 0, tuple(n / 20 for n in range(21)))
NIGHT = replace(
    REPORT,
    groups=Groups(RATES),
    spread=Spread({OfferKind.VACANCY: KindSpread(36, EVEN, replace(EVEN, starving=3), 0.1)}),
)


def store_night(api: ApiUnderTest, report: NightReport) -> str:
    """Store a night as it ends; return its id."""
    with api.store() as store:
        id = store.runs.start(KIND, NOW)
        told = replace(report, run_id=id, started_at=NOW).document()
        store.runs.finish(id, report.state.value, told, NOW + timedelta(minutes=2))
    return id


def told(page: str) -> str:
    """Return a page without the names that numbers bear on a phone, and with plain spaces."""
    return re.sub(r' data-label="[^"]*"', "", page).replace("\xa0", " ")


@pytest.fixture
def lead(api: ApiUnderTest) -> Visitor:
    """The lead of Oulu."""
    visitor = Visitor(api)
    visitor.sign_in("lead")
    return visitor


def test_a_lead_comes_to_the_figures_of_this_month(lead: Visitor) -> None:
    assert lead.get("/").headers["Location"] == "/lead"
    page = lead.get("/lead").text
    assert "Tunnusluvut, marraskuu 2026" in page
    assert "Laskettu 2.11.2026 klo" in page
    assert 'href="/lead?month=2026-10"' in page
    assert "2026-12" not in page
    assert 'href="/lead?month=2026-11"' in lead.get("/lead?month=2026-10").text


def test_figures_that_the_night_has_counted_are_shown_as_of_the_night(
    api: ApiUnderTest, lead: Visitor
) -> None:
    with api.store() as store:
        count_months(store, NOW - timedelta(hours=3), lambda _: None)
        shown = told(lead.get("/lead").text)
        other = told(lead.get("/lead?month=2026-09").text)
        assert (OULU,) in store.months.wanted()
    assert "sen jälkeiset muutokset näkyvät huomenna" in shown
    assert "viimeistään vartin kuluttua" in other


def test_figures_of_a_night_that_is_long_past_are_counted_anew(
    api: ApiUnderTest, lead: Visitor
) -> None:
    with api.store() as store:
        count_months(store, NOW - timedelta(days=2), lambda _: None)
    assert "viimeistään vartin kuluttua" in told(lead.get("/lead").text)


def test_figures_are_counted_for_every_role_that_may_look_at_them() -> None:
    assert ROLES["show_month"] == ROLES["read_indicators"] == READERS


def test_figures_of_a_month_that_are_not_shown_are_named_in_sentences(lead: Visitor) -> None:
    page = lead.get("/lead").text
    assert "Ei näytetä, koska luku koskee liian harvoja: Asiakkaita; Uusia asiakkaita; " in page
    assert "Ei tietoja tältä kuukaudelta: Kustannus asiakasta kohti, €; Työkyky, 0–10; " in page
    assert '<dl class="tiles">' not in page


def test_a_group_that_is_hidden_has_no_line_and_its_name_in_the_sentence() -> None:
    shown = GroupRow("language", "fi", dict.fromkeys(Indicator, Figure(7.0)))
    small = GroupRow("language", "sv", dict.fromkeys(Indicator, Figure(None, hidden=True)))
    (table,) = tables([shown, small], Words.of(Lang.EN))
    assert [name for name, _ in table.lines] == ["Finnish"]
    assert table.hidden == (
        "1 group is not shown, so that figures of few people cannot be worked out: Swedish."
    )


@pytest.mark.parametrize("month", ["2026-13", "kesä", "2026-1"])
def test_a_month_that_there_is_not_is_refused(lead: Visitor, month: str) -> None:
    assert lead.get(f"/lead?month={month}").status_code == 422


@pytest.mark.parametrize(("month", "title"), [("1900-01", "tammikuu 1900"), ("2099-12", "2099")])
def test_months_without_anybody_are_empty(lead: Visitor, month: str, title: str) -> None:
    page = lead.get(f"/lead?month={month}")
    assert page.status_code == 200
    assert title in page.text


def test_the_newest_statistics_up_to_the_month_are_shown(region_home: Path, tmp_path: Path) -> None:
    rows = "5\t2023-10-01\t41664.0\t15607.0\t1\n5\t2023-09-01\t1.0\t1.0\t1\n"
    head = "ammattiryhma_code\ttime\tTYOTTOMATLOPUSSA\tAVPAIKATLOPUSSA\tammattiryhma_codetaso\n"
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress((head + rows).encode()))
    settings = Settings(data=tmp_path)
    for api in running(region_home, tmp_path / "home", settings):
        visitor = Visitor(api)
        visitor.sign_in("lead")
        page = told(visitor.get("/lead").text)
        assert "Työttömiä avointa työpaikkaa kohti Suomessa, lokakuu 2023" in page
        assert "<td>41 664</td><td>15 607</td><td>2,7</td>" in page


def test_nights_are_listed_newest_first_with_how_they_ended(
    api: ApiUnderTest, lead: Visitor
) -> None:
    assert "Yhtään yöajoa ei ole vielä tehty." in lead.get("/lead/nights").text
    first, second = store_night(api, NIGHT), store_night(api, REFUSED)
    page = lead.get("/lead/nights").text
    assert f'href="/lead/nights/{first}"' in page
    assert f'href="/lead/nights/{second}"' in page
    assert page.count("Julkaistu") == 1 + page.count('data-label="Julkaistu"')
    assert "Hylätty" in page


def test_a_night_tells_how_groups_fare_and_hides_small_ones(
    api: ApiUnderTest, lead: Visitor
) -> None:
    page = told(lead.get(f"/lead/nights/{store_night(api, NIGHT)}").text)
    assert "Yön listat julkaistiin." in page
    women = page.split('<th scope="row">naiset</th>')[1].split("</tr>")[0]
    assert women.startswith("<td>18</td><td>90 % (80 % – 95 %)</td><td>0,97 (0,9 – 1,04)</td>")
    assert '<th scope="row">miehet</th>' not in page
    assert "1 ryhmää ei näytetä, jottei muutaman ihmisen tietoja voi päätellä: miehet." in page


def test_groups_stand_in_their_order_and_who_nothing_is_known_of_last(
    api: ApiUnderTest, lead: Visitor
) -> None:
    rates = (*(replace(ONE, group=group) for group in AGES), GroupRate(Attribute.AGE, "35–44"))
    night = replace(NIGHT, groups=Groups(rates))
    page = lead.get(f"/lead/nights/{store_night(api, night)}").text
    by_age = page.split("<h3>Iän mukaan</h3>")[1].split("</table>")[0]
    names = re.findall(r'<th scope="row">([^<]*)</th>', by_age)
    assert names == ["alle 25-vuotiaat", "25–34", "55 vuotta tai yli", "ei tiedossa"]


def test_of_an_attribute_with_small_groups_only_one_sentence_is_left(
    api: ApiUnderTest, lead: Visitor
) -> None:
    page = lead.get(f"/lead/nights/{store_night(api, NIGHT)}").text
    by_age = page.split("<h3>Iän mukaan</h3>")[1].split("<h3>")[0]
    assert "<table" not in by_age
    assert (
        "4 ryhmää ei näytetä, jottei muutaman ihmisen tietoja voi päätellä: "
        "alle 25-vuotiaat, 25–34, 55 vuotta tai yli ja ei tiedossa."
    ) in by_age


def test_a_number_bears_the_name_of_its_column(api: ApiUnderTest, lead: Visitor) -> None:
    page = lead.get(f"/lead/nights/{store_night(api, NIGHT)}").text
    women = page.split('<th scope="row">naiset</th>')[1].split("</tr>")[0]
    assert '<td data-label="Ihmisiä">18</td>' in women


def test_a_lead_sees_no_other_municipality(api: ApiUnderTest, lead: Visitor) -> None:
    night = store_night(api, NIGHT)
    assert '<th scope="row">Oulu</th>' in lead.get(f"/lead/nights/{night}").text
    assert "Kempele" not in lead.get(f"/lead/nights/{night}").text
    admin = Visitor(api)
    admin.sign_in("admin")
    assert '<th scope="row">Kempele</th>' in admin.get(f"/lead/nights/{night}").text


def test_a_night_tells_how_evenly_jobs_are_shown(api: ApiUnderTest, lead: Visitor) -> None:
    page = told(lead.get(f"/lead/nights/{store_night(api, NIGHT)}").text)
    never = "Työpaikat, joita kukaan ei näe kolmen ensimmäisen joukossa"
    assert f'<th scope="row">{never}</th><td>7</td><td>3</td>' in page
    assert "Vähiten näytettyjen osuus näytöistä (25 % työpaikoista)" in page
    assert page.count('class="chart-line" d="M52.0 280.0L69.0 267.0L') == 1


def test_a_night_of_before_there_were_curves_has_none(api: ApiUnderTest, lead: Visitor) -> None:
    page = lead.get(f"/lead/nights/{store_night(api, REPORT)}").text
    assert "Epätasaisuus" in page
    assert "chart-line" not in page


def test_a_refused_night_says_which_check_did_not_pass(api: ApiUnderTest, lead: Visitor) -> None:
    page = lead.get(f"/lead/nights/{store_night(api, REFUSED)}").text
    assert "edellisen yön listat jäävät käyttöön" in page
    assert "Ei läpäissyt: Hakemisto ei ole kutistunut" in page


def test_what_an_older_version_wrote_is_left_out(api: ApiUnderTest, lead: Visitor) -> None:
    with api.store() as store:
        id = store.runs.start(KIND, NOW)
        store.runs.finish(id, NightState.PUBLISHED.value, {"run_id": id}, NOW)
    assert "Yhtään yöajoa ei ole vielä tehty." in lead.get("/lead/nights").text
    assert lead.get(f"/lead/nights/{id}").status_code == 404
