"""``matcher match`` and ``matcher candidates``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from matcher.cli.console import wide_console
from matcher.cli.explain import (
    explanation_json,
    placed_json,
    show_explanation,
    show_kind,
    show_placed,
)
from matcher.cli.lists import match_json, show_list, show_people
from matcher.cli.noting import Use, note
from matcher.cli.support import standing_today, support_json
from matcher.config import load_settings
from matcher.domain.audit import Deed, Ending, Purpose
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.decision import Decision
from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.i18n.message import msg, msgs
from matcher.i18n.words import Words
from matcher.match.decisions.record import candidate_terms, terms_of
from matcher.match.reasons.questions import profile_questions
from matcher.match.rings import Ring, ring_words, wider
from matcher.match.search import Blocked
from matcher.match.service import Service, open_service
from matcher.match.weights import Weights
from matcher.store.store import Store

_KEPT_OUT: Final = msgs(
    "{n} offer was left out by the client's own wish: matcher feedback wishes {profile}",
    "{n} offers were left out by the client's own wishes: matcher feedback wishes {profile}",
)

_LIST_ID: Final = msg("This list is recorded as {list}.")

app = typer.Typer()

Lists = Mapping[OfferKind, Sequence[Match]]

Length = Annotated[int, typer.Option("-k", min=1, max=1000, help="Longest list wanted.")]
Language = Annotated[Lang | None, typer.Option("--lang", help="Language of the output.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BlockedOption = Annotated[Blocked, typer.Option(help="Leave out what a gate blocks, or show it.")]


@app.command()
def match(
    profile: Annotated[str, typer.Argument(help="Id of a stored profile.")],
    *,
    k: Length = 10,
    kind: Annotated[
        list[OfferKind] | None,
        typer.Option(help="Kind of offer; may be repeated; all if left out."),
    ] = None,
    lang: Language = None,
    blocked: BlockedOption = Blocked.HIDE,
    offer: Annotated[
        str | None,
        typer.Option(help="Id of one offer: where it stands, why, and what keeps it out."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say in sentences why, what is missing, what to ask.")
    ] = False,
    want: Annotated[
        float, typer.Option(min=0, max=1, help="How much wanted occupations count in the order.")
    ] = 0.0,
    near: Annotated[
        float, typer.Option(min=0, max=1, help="How much nearness counts in the order.")
    ] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Show a profile's explained match lists, or where one offer stands."""
    with open_service(load_settings(), utc_now) as service:
        person = find_profile(service.store, profile)
        if offer is not None:
            show_offer(service, person, find_offer(service.store, offer), k, lang, as_json=as_json)
            return
        kinds, now, weights = kind or list(OfferKind), utc_now(), Weights(want, near)
        on, moment = finnish_day(now), service.recorder.moment()
        [lists] = service.matcher.match(
            [person], kinds=kinds, k=k, blocked=blocked, on=on, weights=weights
        )
        terms = terms_of(kinds, k, blocked, weights, now)
        decision = service.recorder.fresh(person, lists, terms, moment, now)
        list_id = recorded(service, "match", decision)
        kept_out = service.matcher.kept_out(person, kinds=kinds, k=k, on=on)
        left_out = sum(map(len, kept_out.values()))
        rings = wider(service.matcher, person, lists, k=k, on=on) if blocked is Blocked.HIDE else []
        shown = lang or person.language
        if as_json:
            document = match_document(service, person, lists, shown, explain=explain)
            beyond = [ring_json(service.store, ring, shown) for ring in rings]
            told = {"list": list_id, **document, "kept_out": left_out, "wider": beyond}
            print_json(told)
            return
        console = wide_console()
        show = show_explained if explain else show_lists
        show(console, service, person, lists, shown)
        show_kept_out(console, person, left_out, shown)
        show_rings(console, service, person, rings, shown)
        show_id(console, list_id, shown)


@app.command()
def candidates(
    need: Annotated[str, typer.Argument(help="Id of a stored company need or other offer.")],
    *,
    k: Length = 10,
    lang: Language = None,
    blocked: BlockedOption = Blocked.HIDE,
    as_json: AsJson = False,
) -> None:
    """Show a coach the profiles that fit a need; employers get counts, from the API."""
    with open_service(load_settings(), utc_now) as service:
        offer = find_offer(service.store, need)
        now, moment = utc_now(), service.recorder.moment()
        found = service.matcher.candidates(offer, k=k, blocked=blocked, on=finnish_day(now))
        terms = candidate_terms(offer, k, blocked, None, now, stored=True)
        places = service.recorder.of_candidates(found, terms, moment, now)
        list_id = places[0].id.partition(".")[0] if places else ""
        use = Use("candidates", Deed.FIND, Purpose.PLACEMENT)
        people = [each.profile_id for each in found]
        note(service.store, use, Ending.DONE, people, shown=places, about=list_id)
        shown = lang or offer.language
        if as_json:
            matches = [match_json(each, offer, shown) for each in found]
            about = {"list": list_id or None, "snapshot": service.live.snapshot, "id": offer.id}
            print_json({**about, "candidates": matches})
        else:
            console = wide_console()
            show_people(console, found, offer, shown)
            if list_id:
                show_id(console, list_id, shown)


def recorded(service: Service, command: str, decision: Decision) -> str:
    """Write a client's list down before a command shows it; return its id."""
    use = Use(command, Deed.LIST, Purpose.GUIDANCE)
    note(service.store, use, Ending.DONE, [decision.profile_id], shown=[decision])
    return decision.id


def show_id(console: Console, list_id: str, lang: Lang) -> None:
    """Print under which id a list is recorded."""
    console.print(Text(Words.of(lang)(_LIST_ID, list=list_id), style="dim"))


def show_lists(
    console: Console, service: Service, person: Profile, lists: Lists, lang: Lang
) -> None:
    """Print the lists of one profile as tables, then what to ask about the profile itself."""
    standing = standing_today(service.store, person)
    for kind, matches in lists.items():
        show_list(console, kind, with_offers(service.store, kind, matches), standing, lang)
    for question in profile_questions(person, lang):
        console.print(f"? {question}")


def show_kept_out(console: Console, person: Profile, left_out: int, lang: Lang) -> None:
    """Print how many offers only the client's wishes keep out of the lists, if any."""
    if left_out:
        console.print(Words.of(lang).counted(_KEPT_OUT, left_out, profile=person.id))


def show_rings(
    console: Console, service: Service, person: Profile, rings: Sequence[Ring], lang: Lang
) -> None:
    """Print what is further away than the client travels, and what to ask about it."""
    standing = standing_today(service.store, person)
    for ring in rings:
        console.print(f"? {ring_words(ring, lang)}")
        show_list(
            console, ring.kind, with_offers(service.store, ring.kind, ring.matches), standing, lang
        )


def ring_json(store: Store, ring: Ring, lang: Lang) -> dict[str, object]:
    """Return a ring as plain data."""
    matches = with_offers(store, ring.kind, ring.matches)
    return {
        "kind": ring.kind.value,
        "own_km": ring.own_km,
        "km": ring.km,
        "question": ring_words(ring, lang),
        "matches": [match_json(each, offer, lang) for each, offer in matches],
    }


def show_explained(
    console: Console, service: Service, person: Profile, lists: Lists, lang: Lang
) -> None:
    """Print the lists of one profile in sentences."""
    for kind, matches in lists.items():
        show_kind(console, kind, lang)
        for each, offer in with_offers(service.store, kind, matches):
            explanation = service.placing.explain(person, offer, each)
            show_explanation(console, explanation, offer, lang)
    for question in profile_questions(person, lang):
        console.print(f"? {question}")


def show_offer(
    service: Service, person: Profile, offer: Offer, k: int, lang: Lang | None, *, as_json: bool
) -> None:
    """Print where one offer stands for a profile, and why."""
    shown = lang or person.language
    placed = service.placing.place(person, offer, k=k, on=finnish_day(utc_now()))
    if as_json:
        match = match_json(placed.explanation.match, offer, shown)
        print_json(
            {"snapshot": service.live.snapshot, **match, **placed_json(placed, offer, shown)}
        )
    else:
        show_placed(wide_console(), placed, offer, shown)


def match_document(
    service: Service, person: Profile, lists: Lists, lang: Lang, *, explain: bool
) -> dict[str, object]:
    """Return the lists of one profile as plain data."""
    standing = standing_today(service.store, person)

    def document(match: Match, offer: Offer) -> dict[str, object]:
        support = support_json(standing, offer, lang)
        told = {**match_json(match, offer, lang), "instruments": support}
        if explain:
            explanation = service.placing.explain(person, offer, match)
            return {**told, **explanation_json(explanation, lang)}
        return told

    documents = {
        kind.value: [
            document(each, offer) for each, offer in with_offers(service.store, kind, matches)
        ]
        for kind, matches in lists.items()
    }
    return {
        "profile": person.id,
        "snapshot": service.live.snapshot,
        "questions": profile_questions(person, lang),
        "lists": documents,
    }


def with_offers(
    store: Store, kind: OfferKind, matches: Sequence[Match]
) -> list[tuple[Match, Offer]]:
    """Return the matches beside their offers; one that was deleted meanwhile is left out."""
    offers = store.offers(kind).get_many([each.offer_id for each in matches])
    return [(each, offers[each.offer_id]) for each in matches if each.offer_id in offers]


def find_profile(store: Store, id: str) -> Profile:
    """Return the profile of that id.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = store.profiles.get_many([id])
    if id not in found:
        raise NotFoundError("profile", id, remedy="Check the id, or import the profile first.")
    return found[id]


def find_offer(store: Store, id: str) -> Offer:
    """Return the offer of that id, whatever its kind; company needs are looked at first.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    for kind in (OfferKind.NEED, OfferKind.VACANCY, OfferKind.TRAINING, OfferKind.SERVICE):
        found = store.offers(kind).get_many([id])
        if found:
            return found[id]
    raise NotFoundError("need or other offer", id, remedy="Import it first.")


def print_json(document: object) -> None:
    """Print a document as JSON."""
    print(json.dumps(document, ensure_ascii=False, indent=2))
