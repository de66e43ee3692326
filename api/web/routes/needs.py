"""An employer's needs: the own ones, posting and rewriting one, and who fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from api.access import Caller
from api.cards import waiting
from api.deps import After, CallerDep, Id, IndexDep, ServicesDep, TrailDep
from api.routes.needs import insight_into, insight_so_far, post_need, rewrite_need
from api.schemas.candidates import Count
from api.schemas.insight import InsightAnswer
from api.scope import check_own_need
from api.state import Services
from api.web.card_words import OUTCOMES
from api.web.forms import Form, FormDep
from api.web.need_choices import choices_in
from api.web.need_form import differing, draft_from, form_of, record_from, wrong
from api.web.page import Page, PageDep
from matcher.domain.calendar import finnish_day
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.text import Lang
from matcher.domain.wording import Finding
from matcher.errors import ConflictError
from matcher.i18n.message import Message, msg
from matcher.ingest.contacts import scrub
from matcher.ingest.records import offer_from
from matcher.match.employer.wording import check_offer
from matcher.match.openings import is_open
from matcher.match.reasons.names import BANDS

router = APIRouter(include_in_schema=False)
_PAGE_SIZE: Final = 50
_CHECK: Final = "check"
_PAST: Final = msg("This day is past.")
_REVERSED: Final = msg("The work ends before it begins.")
_POSTED: Final = msg("The need was posted. Coaches see it at once.")
_SAVED: Final = msg("The changes were saved.")
_WHY: Final = msg("Some words may discriminate. Change them, or tell why they stay.")


@dataclass(frozen=True, slots=True)
class Look:
    """What is told beside the form of a need.

    Parameters
    ----------
    state
        Whether people were counted; if not, because nothing is written yet, something cannot
        be used, or nothing is indexed.
    insight
        Who fits, if people were counted.
    found
        Words that may discriminate.
    """

    state: Literal["told", "empty", "unusable", "unknown"] = "empty"
    insight: InsightAnswer | None = None
    found: Sequence[Finding] = ()

    @property
    def bands(self) -> Sequence[tuple[Message, Count]]:
        """How many people fit how well."""
        counts = self.insight.counts if self.insight else {}
        return [(BANDS[band], people) for band, people in counts.items()]


@router.get("/needs")
def show_needs(
    page: PageDep, services: ServicesDep, caller: CallerDep, after: After = ""
) -> Response:
    """Show the caller's needs."""
    found = services.store.offers(OfferKind.NEED).page(
        after=after, limit=_PAGE_SIZE + 1, owner=caller.owner
    )
    shown = found[:_PAGE_SIZE]
    following = shown[-1].id if len(found) > _PAGE_SIZE else None
    ended = services.store.answers.ended(caller.owner, _PAGE_SIZE)
    titles = services.store.offers(OfferKind.NEED).get_many([one.need_id for one in ended])
    context = {
        "needs": shown,
        "next": following,
        "today": services.today(),
        "waiting": waiting(shown, services),
        "ended": [
            (titles[one.need_id], OUTCOMES[one.outcome], finnish_day(one.at))
            for one in ended
            if one.need_id in titles
        ],
    }
    return page.show("needs/list.html", context)


@router.get("/needs/new")
def show_new_need(page: PageDep, caller: CallerDep) -> Response:
    """Show the form of a need, empty but for the company that the caller comes from."""
    begun = {"language": page.lang, "hidden": "yes", "organisation": caller.grant.organisation}
    return _form(page, Form.of(begun).once(), None)


@router.post("/needs/new")
def send_new_need(
    page: PageDep, form: FormDep, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> Response:
    """Store a new need; or only look who fits it, where no script does that all the time."""
    if form.text("do") == _CHECK:
        return _looked_at(page, form, None, services, caller)
    number, form = form.number, _checked(form, None, services)
    if form.errors:
        return _form(page, form, None, look=_look(form, services, caller, page.lang), status=422)
    reason = form.text("keep_wording")
    record = record_from(form)
    need = post_need(f"n-{number}", record, services, caller, trail, keep_wording=reason)
    return page.go(f"/needs/{need.id}", done=page.words(_POSTED))


@router.post("/needs/check")
def check_need(page: PageDep, form: FormDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Show who fits a need that is being written; nothing is stored."""
    return page.show("needs/look.html", {"look": _look(form, services, caller, page.lang)})


@router.get("/needs/{id}/fit")
def show_fit(
    page: PageDep, id: Id, services: ServicesDep, index: IndexDep, caller: CallerDep
) -> Response:
    """Show how many people fit a need, and what stands in the way."""
    need = own_need(id, services, caller)
    look = Look("told", insight_into(need, index, services, caller, page.lang))
    template = "needs/look.html" if page.is_part else "needs/fit.html"
    return page.show(template, {"need": need, "look": look})


@router.get("/needs/{id}/edit")
def edit_need(page: PageDep, id: Id, services: ServicesDep, caller: CallerDep) -> Response:
    """Show the form with one of the caller's needs in it."""
    need = own_need(id, services, caller)
    seen = services.store.offers(OfferKind.NEED).info(id).revision
    return _form(page, _having_seen(form_of(need), seen), need)


@router.post("/needs/{id}/edit")
def send_need(
    page: PageDep,
    id: Id,
    *,
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
) -> Response:
    """Store a need anew; or only look who fits it as it is written now."""
    info = check_own_need(caller, id, services)
    need = own_need(id, services, caller)
    if form.text("do") == _CHECK:
        return _looked_at(page, form, need, services, caller)
    if form.text("seen") != str(info.revision):
        return _changed_meanwhile(page, id, form, services, caller)
    form = _checked(form, need, services)
    if form.errors:
        return _form(page, form, need, look=_look(form, services, caller, page.lang), status=422)
    record, reason = record_from(form, need), form.text("keep_wording")
    try:
        rewrite_need(id, record, services, caller, trail, keep_wording=reason, seen=info.revision)
    except ConflictError:
        return _changed_meanwhile(page, id, form, services, caller)
    return page.go(f"/needs/{id}", done=page.words(_SAVED))


def own_need(id: str, services: Services, caller: Caller) -> CompanyNeed:
    """Return a need of the caller's own.

    Raises
    ------
    NotFoundError
        If there is none, it is closed, or it belongs to somebody else.
    """
    check_own_need(caller, id, services)
    return cast(CompanyNeed, services.store.offers(OfferKind.NEED).get(id))


def _checked(form: Form, before: CompanyNeed | None, services: Services) -> Form:
    """Return the form with what is wrong with it, words that may discriminate among it."""
    try:
        need = scrub(offer_from(record_from(form, before), id="draft"))
    except ValidationError as error:
        return wrong(form, error)
    if not is_open(need, services.today()):
        return form.wrong({"expires": _PAST})
    begins, ends = need.availability.start, need.availability.end
    if begins and ends and ends < begins:
        return form.wrong({"end": _REVERSED})
    if check_offer(need) and not form.text("keep_wording"):
        return form.wrong({"keep_wording": _WHY})
    return form


def _looked_at(
    page: Page, form: Form, need: CompanyNeed | None, services: Services, caller: Caller
) -> Response:
    """Show who fits what is written so far and, if it cannot be used, where; not what lacks."""
    look = _look(form, services, caller, page.lang)
    found = _checked(form, need, services).errors if look.state == "unusable" else {}
    errors = {name: error for name, error in found.items() if any(form.texts(name))}
    return _form(page, form.wrong(errors), need, look=look)


def _look(form: Form, services: Services, caller: Caller, lang: Lang) -> Look:
    """Return what is told of a need as far as it is written."""
    try:
        record = draft_from(form)
    except ValidationError:
        return Look("unusable")
    if record is None:
        return Look("empty")
    draft = scrub(offer_from(record, id="draft"))
    insight = insight_so_far(draft, services, caller, lang)
    return Look("told" if insight else "unknown", insight, check_offer(draft))


def _changed_meanwhile(
    page: Page, id: str, form: Form, services: Services, caller: Caller
) -> Response:
    """Show what somebody else has saved beside what was typed: whoever saves again has chosen."""
    revision = check_own_need(caller, id, services).revision
    need = own_need(id, services, caller)
    look = _look(form, services, caller, page.lang)
    shown = _having_seen(form, revision)
    return _form(page, shown, need, look=look, theirs=differing(form, form_of(need)), status=409)


def _having_seen(form: Form, revision: int) -> Form:
    """Return a form that names the revision of the need that its reader has seen."""
    return replace(form, fields={**form.fields, "seen": (str(revision),)})


def _form(
    page: Page,
    form: Form,
    need: CompanyNeed | None,
    *,
    look: Look | None = None,
    theirs: Mapping[str, tuple[str, ...]] | None = None,
    status: int = 200,
) -> Response:
    context = {
        "theirs": theirs,
        "form": form,
        "need": need,
        "look": look or Look(),
        "action": f"/needs/{need.id}/edit" if need else "/needs/new",
        "choices": choices_in(page.lang),
    }
    return page.show("needs/form.html", context, status)
