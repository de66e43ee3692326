"""The words of a need, checked when it is stored."""

from __future__ import annotations

from matcher.domain.wording import Ground
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest

GIRL = {
    "title": "Kahvilatyö",
    "text": "Etsimme reipasta tyttöä.",
    "place": {"municipalities": ["564"]},
}


def test_words_that_may_discriminate_come_back_with_law_and_a_better_wording(
    api: ApiUnderTest,
) -> None:
    with api.store() as store:
        before = store.revision()
    response = api.call("employer", "POST", "/v1/needs", GIRL)
    assert response.status_code == 422
    sex, *_, keep = response.json()["errors"]
    assert (sex["location"], sex["field"]) == ("body", "sex")
    assert "609/1986" in sex["message"]
    assert "Käyttäkää ammattinimikettä" in sex["message"]
    assert (keep["location"], keep["field"]) == ("query", "keep_wording")
    with api.store() as store:
        assert store.revision() == before
        assert list(store.overrides.all()) == []


def test_a_need_is_kept_as_it_is_with_a_reason_which_is_recorded(api: ApiUnderTest) -> None:
    path = "/v1/needs?keep_wording=Rooli elokuvassa"
    id = api.json("employer", "POST", path, GIRL)["id"]
    with api.store() as store:
        [kept] = store.overrides.all()
        employer = next(key.id for key in store.keys.list() if key.label == "employer")
    assert (kept.need_id, kept.reason, kept.at, kept.by) == (id, "Rooli elokuvassa", NOW, employer)
    assert set(kept.grounds) == {Ground.SEX}


def test_a_new_version_is_checked_too(api: ApiUnderTest) -> None:
    assert api.call("employer", "PUT", "/v1/needs/n-own", GIRL).status_code == 422
    assert (
        api.call("employer", "PUT", "/v1/needs/n-own?keep_wording=Rooli", GIRL).status_code == 200
    )


def test_an_indexer_meets_the_same_check_by_the_door_of_offers(api: ApiUnderTest) -> None:
    path = "/v1/offers/need/n-own"
    document = {**GIRL, "id": "n-own"}
    assert api.call("indexer", "PUT", path, document).status_code == 422
    kept = f"{path}?keep_wording=Rooli elokuvassa"
    assert api.call("indexer", "PUT", kept, document).status_code == 200
    with api.store() as store:
        [override] = store.overrides.all()
    assert (override.need_id, override.reason) == ("n-own", "Rooli elokuvassa")


def test_nothing_is_recorded_of_words_that_are_fine(api: ApiUnderTest) -> None:
    fine = {**GIRL, "text": "Etsimme reipasta myyjää."}
    api.json("employer", "POST", "/v1/needs?keep_wording=varmuuden vuoksi", fine)
    with api.store() as store:
        assert list(store.overrides.all()) == []
