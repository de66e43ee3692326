import numpy as np
import pytest

from matcher.region.chance import Dice, Template, Weighted, capitalised


@pytest.fixture
def dice() -> Dice:
    return Dice(np.random.default_rng(7))


def test_the_same_seed_throws_the_same_dice(dice: Dice) -> None:
    again = Dice(np.random.default_rng(7))
    assert [dice.roll() for _ in range(20_000)] == [again.roll() for _ in range(20_000)]


def test_whole_numbers_reach_both_ends(dice: Dice) -> None:
    assert {dice.whole(2, 4) for _ in range(200)} == {2, 3, 4}


def test_weights_need_not_add_up_to_one() -> None:
    assert Weighted.of({"a": 3, "b": 1}) == Weighted(("a", "b"), (0.75, 1.0))


def test_options_are_drawn_by_weight(dice: Dice) -> None:
    weighted = Weighted.of({"often": 9, "seldom": 1, "never": 0})
    drawn = [dice.draw(weighted) for _ in range(5000)]
    assert drawn.count("never") == 0
    assert drawn.count("seldom") / 5000 == pytest.approx(0.1, abs=0.02)


def test_a_sample_holds_no_option_twice(dice: Dice) -> None:
    assert sorted(dice.sample("abcd", 4)) == ["a", "b", "c", "d"]


def test_a_sample_larger_than_the_options_holds_all_of_them(dice: Dice) -> None:
    assert sorted(dice.sample("ab", 5)) == ["a", "b"]


def test_a_template_offers_alternatives_and_fills_slots(dice: Dice) -> None:
    template = Template.parse("[Haen|Etsin] työtä[: {wish}|, {wish}].")
    rendered = {template.render(dice, {"wish": "kokki"}) for _ in range(100)}
    assert rendered == {
        "Haen työtä: kokki.",
        "Haen työtä, kokki.",
        "Etsin työtä: kokki.",
        "Etsin työtä, kokki.",
    }


def test_only_the_first_letter_is_capitalised() -> None:
    assert capitalised("it-tukihenkilö, IT") == "It-tukihenkilö, IT"
