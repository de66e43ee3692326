"""Mapping what a client can do, wants and needs: a form a part, saved as one goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from api.access import Caller
from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.routes.profiles import checked_profile
from api.scope import check_profile, readable_profile
from api.state import Services
from api.web.forms import CHOOSE, Form, FormDep
from api.web.page import Page, PageDep
from api.web.views.mapping import FIELDS, Section, filled, form_of, row_count, seen_of, to_ask
from api.web.views.mapping_words import NAMES, in_words
from api.web.views.portfolio import MAPPED, towns_of
from matcher.domain.access import API_SOURCE
from matcher.domain.calendar import finnish_time
from matcher.domain.codes import municipalities
from matcher.domain.profile import Profile
from matcher.errors import ConflictError, ForbiddenError, InputError
from matcher.i18n.message import msg
from matcher.ingest.one_profile import read_profile
from matcher.ingest.records import ProfileRecord, document_of
from matcher.ingest.tyomarkkinatori_p51 import p51_document
from matcher.store.concepts import ConceptKind
from matcher.taxonomy.suggest import Suggestion

router = APIRouter(prefix="/clients", include_in_schema=False)
Typed = Annotated[str, Query(max_length=200)]
_SAVED: Final = msg("Saved.")
_MADE: Final = msg("The client's profile is made. Go on with the mapping.")
_HOME: Final = msg("Choose a municipality that you work for; clients are moved by transfers.")
_UNREADABLE: Final = msg(
    "This file cannot be used. It has to hold one person: a profile of Työmarkkinatori, "
    "or a filled template."
)
_SAYS_NOTHING: Final = msg("Write something of what the client can do, or choose a file.")
_ENDINGS: Final = frozenset({".json", ".jsonl", ".csv", ".xlsx"})


@router.get("/new")
def show_new_client(page: PageDep, caller: CallerDep) -> Response:
    """Show the form by which a client is added."""
    return _new(page, Form.of({"language": page.lang.value}).once(), caller)


@router.post("/new")
def add_client(
    page: PageDep, form: FormDep, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> Response:
    """Store a new client, filled in by hand or from a file."""
    told = _told(form)
    if isinstance(told, Form):
        return _new(page, told, caller, 422)
    profile = checked_profile(told, f"p-{form.number}", API_SOURCE, services, caller)
    services.store.profiles.add(profile, services.clock())
    trail.saw([profile.id])
    return page.go(f"/clients/{profile.id}/mapping", page.words(_MADE))


@router.get("/{id}/mapping")
def show_mapping(
    id: Id, page: PageDep, services: ServicesDep, caller: CallerDep, q: Typed = ""
) -> Response:
    """Show what is known of a client, in parts that can be filled in."""
    profile = readable_profile(id, services, caller)
    forms = {section: form_of(profile, section, page.lang) for section in Section}
    return _mapping(page, profile, forms, services, typed=q)


@router.post("/{id}/mapping/{section}")
def save_mapping(
    id: Id,
    section: Section,
    *,
    page: PageDep,
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
) -> Response:
    """Save a part of a mapping, unless somebody else has changed that part meanwhile."""
    info = check_profile(caller, id, services)
    profile = services.store.profiles.get(id)
    if form.text("seen") != seen_of(profile, section):
        return _changed_meanwhile(page, profile, section, form, services)
    record = filled(profile, section, form)
    if isinstance(record, Form):
        return _again(page, profile, section, record, services)
    try:
        changed = checked_profile(record, id, info.source, services, caller)
    except ForbiddenError:
        if section is not Section.LIMITS:
            raise  # the home stands in no other section
        return _again(page, profile, section, form.wrong({"municipality": _HOME}), services)
    try:
        services.store.profiles.change(changed, info.revision, services.clock())
    except ConflictError:
        newest = services.store.profiles.get(id)
        return _changed_meanwhile(page, newest, section, form, services)
    if page.is_part:
        return _status(page, section, seen_of(changed, section), services)
    return page.go(f"/clients/{id}/mapping#{section}", page.words(_SAVED))


@router.get("/{id}/suggestions")
def suggest_competences(
    id: Id, page: PageDep, services: ServicesDep, caller: CallerDep, q: Typed = ""
) -> Response:
    """Show the competences of the taxonomy that may be meant by what is being typed."""
    check_profile(caller, id, services)
    return page.show("mapping/suggestions.html", {"q": q, "suggestions": _suggested(q, services)})


@router.get("/{id}/tyomarkkinatori.json")
def download_profile(id: Id, services: ServicesDep, caller: CallerDep) -> Response:
    """Hand a mapping over in the form in which Työmarkkinatori's profile takes it."""
    document = p51_document(readable_profile(id, services, caller))
    headers = {
        "Content-Disposition": 'attachment; filename="tyomarkkinatori.json"',
        "Cache-Control": "no-store",
    }
    return JSONResponse(document, headers=headers)


def _told(form: Form) -> ProfileRecord | Form:
    """Return the profile of a new client; the form if it cannot be used."""
    home = form.text("municipality")
    if home not in municipalities():
        return form.wrong({"municipality": CHOOSE})
    file = form.files.get("file")
    if file is not None and file.filename:
        try:
            profile = _from_file(file.filename, file.file.read())
        except InputError:
            return form.wrong({"file": _UNREADABLE})
        told = {**document_of(profile), "id": "", "municipality": home}
        return ProfileRecord.model_validate(told)
    if not form.text("text"):
        return form.wrong({"text": _SAYS_NOTHING})
    blank = Profile(id="", text=form.text("text"), municipality=home)
    return filled(blank, Section.WORDS, form)


def _from_file(name: str, content: bytes) -> Profile:
    """Return the profile in an uploaded file, of which nothing stays on the disk."""
    with TemporaryDirectory() as folder:
        # Readers tell formats from content; of the name only the ending is kept.
        path = (Path(folder) / "profile").with_suffix(_ending(name))
        path.write_bytes(content)
        return read_profile(path)


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending in _ENDINGS else ".json"


def _new(page: Page, form: Form, caller: Caller, status: int = 200) -> Response:
    homes = towns_of(caller, page.lang)
    context = {"form": form, "homes": homes, **NAMES}
    return page.show("mapping/new.html", context, status)


def _mapping(
    page: Page,
    profile: Profile,
    forms: Mapping[Section, Form],
    services: Services,
    *,
    typed: str = "",
    status: int = 200,
    theirs: Section | None = None,
) -> Response:
    context = {
        "id": profile.id,
        "forms": forms,
        "asked": [(MAPPED[part], section) for part, section in to_ask(profile)],
        "rows": {section: row_count(form) for section, form in forms.items()},
        "towns": _all_towns(page),
        "theirs": theirs,
        "stored": in_words(form_of(profile, theirs, page.lang), page.words) if theirs else (),
        "q": typed,
        "suggestions": _suggested(typed, services),
        "sections": Section,
        "fields": FIELDS,
        **NAMES,
    }
    return page.show("mapping/mapping.html", context, status)


def _again(
    page: Page,
    profile: Profile,
    section: Section,
    form: Form,
    services: Services,
    *,
    status: int = 422,
    theirs: Section | None = None,
) -> Response:
    """Show a form again with everything that was typed, and the others as they are stored."""
    if page.is_part:
        context = {"section": section, "form": form, "theirs": theirs, "id": profile.id}
        return page.show("mapping/status.html", {**context, "saved": None, **NAMES})
    forms = {each: form_of(profile, each, page.lang) for each in Section} | {section: form}
    return _mapping(page, profile, forms, services, status=status, theirs=theirs)


def _changed_meanwhile(
    page: Page, profile: Profile, section: Section, form: Form, services: Services
) -> Response:
    """Show what somebody else has saved beside what was typed: whoever saves again has chosen."""
    seen = {**form.fields, "seen": (seen_of(profile, section),)}
    # A script leaves the mark as it is: only who has seen both may overwrite.
    shown = form if page.is_part else replace(form, fields=seen)
    return _again(page, profile, section, shown, services, status=409, theirs=section)


def _status(page: Page, section: Section, seen: str, services: Services) -> Response:
    """Return what stands beside a part that was saved as one goes."""
    saved = f"{finnish_time(services.clock()):%H.%M}"
    context = {"section": section, "form": Form.of({"seen": seen}), "saved": saved, **NAMES}
    return page.show("mapping/status.html", {**context, "theirs": None, "id": ""})


def _suggested(typed: str, services: Services) -> list[Suggestion]:
    return services.suggester.suggest(services.store.concepts, typed, ConceptKind.SKILL)


def _all_towns(page: Page) -> list[tuple[str, str]]:
    named = [(code, each.name.best(page.lang)) for code, each in municipalities().items()]
    return sorted(named, key=lambda pair: pair[1])
