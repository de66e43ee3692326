"""What a lead looks at: the figures of a month, and how the nights went."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import CallerDep, Id, ServicesDep
from api.routes.indicators import rows_of
from api.state import Services
from api.web import month_figures, night_figures
from api.web.page import PageDep
from matcher.casework.client_month import Month
from matcher.casework.indicator_report import HIDDEN
from matcher.casework.months import stored_month
from matcher.domain.calendar import finnish_day
from matcher.errors import NotFoundError
from matcher.i18n.message import msg
from matcher.nightly.journal import KIND, NightState
from matcher.nightly.report import NightReport, report_from

router = APIRouter(include_in_schema=False)
MonthAsked = Annotated[str, Query(pattern=r"^((19|20)[0-9]{2}-(0[1-9]|1[0-2]))?$")]
#: So many nights are listed.
_NIGHTS: Final = 14
#: Said of figures that a night has counted, and of those that the page has counted.
_BEFORE: Final = msg("Counted on {day} at {time}; what has changed since shows tomorrow.")
_NOW: Final = msg("Counted on {day} at {time}; changes show after a quarter of an hour at most.")
_ENDED: Final = (NightState.PUBLISHED, NightState.REFUSED)


@router.get("/lead")
def show_month(
    page: PageDep, services: ServicesDep, caller: CallerDep, month: MonthAsked = ""
) -> Response:
    """Show the figures of a month: the current one unless another is asked for."""
    today, now = services.today(), services.clock()
    first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
    asked = Month.of(first.year, first.month)
    services.store.months.want(caller.scope, now)
    stored = stored_month(services.store, asked, caller.scope, now)
    counted = stored or services.months.get(
        asked,
        caller.scope,
        lambda: rows_of(asked, services, caller),
        on=today,
        now=now,
    )
    following = (first + timedelta(days=31)).replace(day=1)
    return page.show(
        "lead/month.html",
        {
            "month": page.words.month(first),
            "before": (first - timedelta(days=1)).strftime("%Y-%m"),
            "after": following.strftime("%Y-%m") if following <= today else "",
            "everybody": month_figures.everybody(counted.rows, page.words),
            "columns": month_figures.columns(page.words),
            "tables": month_figures.tables(counted.rows, page.words),
            "crowding": month_figures.crowding(services.settings.data, first, page.words),
            "hidden": HIDDEN,
            "counted": page.words(
                _BEFORE if stored else _NOW,
                day=page.words.day(finnish_day(counted.at)),
                time=page.words.time(counted.at),
            ),
        },
    )


@router.get("/lead/nights")
def show_nights(page: PageDep, services: ServicesDep) -> Response:
    """List the last nights."""
    return page.show("lead/nights.html", {"nights": _nights(services)[:_NIGHTS]})


@router.get("/lead/nights/{id}")
def show_night(page: PageDep, services: ServicesDep, caller: CallerDep, id: Id) -> Response:
    """Show how a night went."""
    report = next((each for each in _nights(services) if each.run_id == id), None)
    if report is None:
        raise NotFoundError("night", id)
    words = page.words
    bands = night_figures.band_bars(report, words)
    return page.show(
        "lead/night.html",
        {
            "report": report,
            "bands": bands,
            "band_lines": [(bar.name, [bar.text]) for bar in bands],
            "kinds": night_figures.kind_lines(report, words),
            "gates": night_figures.gate_lines(report.judged.figures, words),
            "spread": night_figures.spread_tables(report, words),
            "groups": night_figures.group_tables(report, caller.scope, words),
        },
    )


def _nights(services: Services) -> list[NightReport]:
    """Return the nights that have ended, newest first."""
    told = [one for state in _ENDED for one in services.store.runs.reports(KIND, state)]
    found = [report for one in told if (report := report_from(one)) is not None]
    return sorted(found, key=_began, reverse=True)


def _began(report: NightReport) -> datetime:
    return report.started_at
