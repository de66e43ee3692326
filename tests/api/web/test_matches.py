"""A client's lists on pages: looked at, weighed, answered to, compared and handed over."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from matcher.domain.audit import Deed, Ending
from matcher.domain.feedback import Action, Reason
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.domain.replies import Replies
from matcher.match.replies.heard import employer_of
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

HOME = "/clients/p-oulu"
LISTS = f"{HOME}/matches"
SAVED = {"kind": "vacancy", "offer_id": "v-welder", "action": "saved"}


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def test_the_page_shows_all_kinds_with_the_pairs_that_carry_each_match(coach: Visitor) -> None:
    page = coach.get(LISTS).text
    for title in ("Avoimet työpaikat", "Yritysten tarpeet", "Koulutukset", "Palvelut"):
        assert re.search(rf'<h2 id="list-\w+">{title}</h2>', page)
    assert 'osaa</span> <q lang="fi">MIG/MAG-hitsaus</q>' in page
    assert 'pyydetään</span> <q lang="fi">MIG/MAG-hitsaus</q>' in page
    assert '<q lang="fi">trukin ajaminen</q>' in page
    assert "Lähde: Työmarkkinatorin asiakastietojärjestelmä" in page


def test_from_a_need_the_way_leads_to_asking_for_consent(coach: Visitor) -> None:
    ways = re.findall(rf'href="({HOME}/consents/new[^"]+)"', coach.get(LISTS).text)
    assert sorted(ways) == [
        f"{HOME}/consents/new?need={id}" for id in ("n-other", "n-own", "n-survey")
    ]
    assert "Hitsaaja telakalle" in coach.get(f"{HOME}/consents/new?need=n-own").text


def test_a_list_that_is_shown_is_recorded_and_can_be_looked_into(
    api: ApiUnderTest, coach: Visitor
) -> None:
    found = re.search(rf'href="({HOME}/lists/[^"]+)"', coach.get(LISTS).text)
    assert found
    record = coach.get(found[1])
    assert record.status_code == 200
    assert "matcher replay l-" in record.text
    assert "tietokoneohjelma" in record.text
    with api.store() as store:
        seen = [(one.happening.deed, one.happening.operation) for one in store.audit.of("p-oulu")]
    assert (Deed.LIST, "show_matches") in seen
    assert (Deed.LIST, "show_list_record") in seen


def test_the_list_of_the_night_is_shown_unless_something_is_weighed(
    api: ApiUnderTest, coach: Visitor
) -> None:
    match = Match("p-oulu", "v-welder", OfferKind.VACANCY, 1, 0.7, Band.GOOD, (), (), ())
    entry = ListEntry(OfferKind.VACANCY, "v-welder", 1, 0.7, Band.GOOD, True, codec.dump(match))
    with api.store() as store:
        store.lists.replace_many([StoredList("p-oulu", "run-1", api.snapshot, NOW, (entry,))])
    stored = coach.get(LISTS).text
    assert "Listat on tehty yöllä 2.11.2026." in stored
    assert "Uusi</span>" in stored
    assert "Listat tehtiin juuri äsken." in coach.get(f"{LISTS}?want=0.5").text


def test_filters_say_how_much_they_hide(coach: Visitor) -> None:
    every = coach.get(LISTS).text
    some = coach.get(f"{LISTS}?new=true").text
    assert 'id="vacancy-1"' in every
    assert 'id="vacancy-1"' not in some
    assert "Rajauksesi piilottaa 1 vaihtoehdon." in some


@pytest.mark.parametrize("query", ["want=2", "near=x", "km=-1", "band=best", "kind=boat"])
def test_a_query_that_cannot_be_used_is_told_as_a_page(coach: Visitor, query: str) -> None:
    refused = coach.get(f"{LISTS}?{query}")
    assert refused.status_code == 422
    assert "<h1>" in refused.text


def test_what_is_noted_of_an_offer_stands_on_its_card(api: ApiUnderTest, coach: Visitor) -> None:
    form = {**SAVED, **coach.token(LISTS), "position": "1", "shown": "s", "back": f"{LISTS}?near=1"}
    done = coach.post(f"{HOME}/feedback", form)
    assert (done.status_code, done.headers["Location"]) == (303, f"{LISTS}?near=1")
    page = coach.get(LISTS).text
    assert "Vaihtoehto on tallennettu asiakkaalle." in page
    assert "Tallennettu: 2.11.2026" in page
    with api.store() as store:
        [event] = [one for one in store.feedback.of_profile("p-oulu") if one.action is Action.SAVED]
        log = [one.happening for one in store.audit.of("p-oulu")]
    assert (event.position, event.shown) == (1, "s")
    endings = [one.ending for one in log if one.operation == "give_feedback"]
    assert sorted(endings) == [Ending.BEGUN, Ending.DONE]


@pytest.mark.parametrize("position", ["9" * 5000, "0", "first"])
def test_a_place_in_the_list_that_is_no_place_is_refused(coach: Visitor, position: str) -> None:
    form = {**SAVED, **coach.token(LISTS), "position": position, "back": LISTS}
    assert coach.post(f"{HOME}/feedback", form).status_code == 422


def test_what_the_filters_hide_is_not_handed_over(coach: Visitor) -> None:
    assert 'class="paper-offer"' in coach.get(f"{HOME}/handout").text
    assert 'class="paper-offer"' not in coach.get(f"{HOME}/handout?new=true").text


def test_an_offer_that_does_not_suit_leaves_the_lists_until_the_wish_is_withdrawn(
    api: ApiUnderTest, coach: Visitor
) -> None:
    token = coach.token(LISTS)
    refused = {**SAVED, **token, "action": "not_suitable", "reason": "pay"}
    assert coach.post(f"{HOME}/feedback", refused).headers["Location"] == LISTS
    page = coach.get(LISTS).text
    assert 'id="vacancy-1"' not in page
    assert "Asiakkaan toiveiden vuoksi pois jäi 1 vaihtoehto." in page
    with api.store() as store:
        held = store.feedback.wishes(["p-oulu"])["p-oulu"]
    [wish] = [one.id for one in held if one.reason is Reason.PAY]
    back = coach.post(f"{HOME}/wishes/{quote(wish)}", token)
    assert back.headers["Location"] == LISTS
    assert 'id="vacancy-1"' in coach.get(LISTS).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "other"}, "Kerro muutamalla sanalla, miksi."),
        ({"reason": ""}, "Valitse jokin vaihtoehdoista."),
        ({"reason": "boredom"}, "Valitse jokin vaihtoehdoista."),
        ({"reason": "other", "text": "x" * 2001}, "Teksti on liian pitkä."),
    ],
)
def test_a_reason_that_is_missing_is_asked_for_with_all_that_was_told(
    coach: Visitor, given: dict[str, str], said: str
) -> None:
    form = {**SAVED, **coach.token(LISTS), "action": "not_suitable", **given}
    asked = coach.post(f"{HOME}/feedback", form)
    assert asked.status_code == 422
    assert said in asked.text
    assert 'name="offer_id" value="v-welder"' in asked.text


def test_a_form_leads_back_to_pages_of_this_service_only(coach: Visitor) -> None:
    form = {**SAVED, **coach.token(LISTS), "back": "https://example.fi/"}
    assert coach.post(f"{HOME}/feedback", form).headers["Location"] == LISTS


def test_an_offer_that_the_coach_expected_is_found_and_explained(coach: Visitor) -> None:
    found = coach.get(f"{HOME}/offers?q=hitsaaja")
    assert f'href="{HOME}/offers/need/n-survey"' in found.text
    page = coach.get(f"{HOME}/offers/need/n-survey").text
    assert "Vaihtoehto on listalla sijalla" in page
    assert "Löytyykö asiakkaalta tämä: ”trukin ajaminen”?" in page
    assert "Avoinna ei ole tämännimistä" in coach.get(f"{HOME}/offers?q=ydinfyysikko").text


def test_two_offers_stand_side_by_side(coach: Visitor) -> None:
    page = coach.get(f"{HOME}/compare?o=vacancy:v-welder&o=need:n-survey").text
    assert page.count('<th scope="col"><a') == 2
    assert "Satama Oy" in page
    assert "Pohjolan Konepaja Oy" in page


@pytest.mark.parametrize("chosen", ["", "?o=vacancy:v-welder", "?o=a&o=b&o=c"])
def test_to_compare_one_has_to_choose_two(coach: Visitor, chosen: str) -> None:
    asked = coach.get(f"{HOME}/compare{chosen}")
    assert asked.status_code == 422
    assert "Valitse listoilta kaksi." in asked.text


@pytest.mark.parametrize("named", ["boat:1", "vacancy:", "v-welder"])
def test_what_names_no_offer_cannot_be_compared(coach: Visitor, named: str) -> None:
    assert coach.get(f"{HOME}/compare?o={named}&o={named}").status_code in {400, 422}


@pytest.mark.parametrize(
    ("tongue", "said"),
    [
        ("fi", "Ehdotuksia sinulle"),
        ("fi-simple", "Sinä kerroit: ”MIG/MAG-hitsaus”."),
        ("ru", "Предложения для вас"),
        ("sv", "Svetsare"),
    ],
)
def test_the_client_reads_the_list_in_the_own_language(
    coach: Visitor, tongue: str, said: str
) -> None:
    assert said in coach.get(f"{HOME}/handout?tongue={tongue}").text


def test_what_was_chosen_alone_is_handed_over(coach: Visitor) -> None:
    page = coach.get(f"{HOME}/handout?o=need:n-survey").text
    assert "Hitsaaja konepajalle" in page
    assert "Valmennus" not in page


def test_a_script_in_a_competence_is_shown_as_words(api: ApiUnderTest, coach: Visitor) -> None:
    body = {"competences": ["<script>alert(1)</script>", "hitsaus", "MIG/MAG-hitsaus"]}
    api.json("coach", "PUT", "/v1/profiles/p-oulu", body | {"municipality": "564"})
    need = {
        "title": "<script>alert(2)</script> hitsaus",
        "requirements": ["<script>alert(1)</script>"],
    }
    api.json("employer", "POST", "/v1/needs", need | {"place": {"municipalities": ["564"]}})
    page = coach.get(LISTS).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_another_coach_sees_nothing_of_the_client(api: ApiUnderTest) -> None:
    visitor = Visitor(api)
    visitor.sign_in("other coach")
    for path in (LISTS, f"{HOME}/offers?q=hitsaaja", f"{HOME}/handout", f"{HOME}/compare"):
        assert visitor.get(path).status_code == 404


def test_a_coach_reads_how_the_employer_of_a_need_has_answered(
    api: ApiUnderTest, coach: Visitor
) -> None:
    plain = coach.get(LISTS).text
    assert "esittelyyn" not in plain
    with api.store() as store:
        needs = store.offers(OfferKind.NEED).get_many(store.offers(OfferKind.NEED).ids())
        employers = {employer_of(need): Replies(silent=3) for need in needs.values()}
        store.replies.note(employers, NOW)
    silent = "Työnantaja ei ole vastannut 3 esittelyyn."
    lower = "Vastausten puuttumisen vuoksi tarve on listalla hieman alempana."
    page = coach.get(LISTS).text
    assert f'<p class="quietly">{silent} {lower}</p>' in page
    [need] = re.findall(rf'href="({HOME}/offers/need/[^"]+)"', page)[:1]
    assert silent in coach.get(need).text
