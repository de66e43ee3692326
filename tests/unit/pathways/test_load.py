"""A wrong area file is refused with the line and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.situation import BenefitDays, Period
from matcher.errors import InputError
from matcher.pathways.factnames import FactName
from matcher.pathways.load import area_named, read_area
from matcher.pathways.phase import phase_of
from matcher.pathways.standing import Ruling, Standing
from matcher.pathways.truth import Truth, Verdict
from tests.unit.pathways.people import DAY, NOKIA, person, situation

AREAS = Path(__file__).resolve().parents[3] / "matcher" / "pathways" / "areas"
NAME = "pirkanmaa-2021.toml"
TEXT = (AREAS / NAME).read_text("utf-8")


def refusal(tmp_path: Path, before: str, after: str) -> InputError:
    """What is said of the Pirkanmaa file once this stands in the place of that."""
    assert TEXT.count(before) >= 1
    path = tmp_path / NAME
    path.write_text(TEXT.replace(before, after, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        read_area(path)
    return refused.value


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        # An unknown key, fact, code, municipality or law.
        ("clients =", "customers =", 7, "customers: .* Remove the key, or correct its name"),
        ('fact = "age"', 'fact = "ages"', 29, "Input should be 'age', 'home_in_area'"),
        ('"Akaa"', '"Akaan"', 10, "'Akaan' is no municipality; give a code or name"),
        ('law = "act-916-2012"', 'law = "act-1"', 8, "no law file 'act-1'. Use: act-380"),
        ('phase = "mapping"', 'phase = "maping"', 55, "'self_directed', 'mapping'"),
        ('instrument = "work_trial"', 'instrument = "trial"', 120, "'work_trial'"),
        # A comparison that does not fit its fact, or none, or two.
        ("below = 30", "is = true", 29, "age is compared by exactly one of: at_least, below"),
        ("below = 30", "below = 30, at_least = 18", 29, "exactly one of"),
        ('"age", below = 30', '"age"', 29, "exactly one of"),
        ('fact = "age", below', "below", 29, "exactly one of the keys all, any, not and fact"),
        ('"home_in_area", is = true', '"home_in_area", is = 1', 21, "valid boolean"),
        ('"age", below = 30', '"hours_per_week", below = 30', 20, "is a fact of an offer"),
        # Contradictions.
        (
            '{ fact = "age", below = 30 }',
            '{ all = [{ fact = "age", below = 30 }, { fact = "age", at_least = 30 }] }',
            29,
            "never met: it contradicts itself",
        ),
        (
            '{ fact = "age", below = 30 }',
            '{ any = [{ fact = "age", below = 30 }, { fact = "age", at_least = 30 }] }',
            29,
            "always met: it excludes nobody",
        ),
        ('"Lempäälä",', '"Lempäälä", "Akaa",', 10, "Municipality 020 is named twice"),
        ('instrument = "pay_subsidy"', 'instrument = "work_trial"', 125, "Two entries decide"),
        ('phase = "mapping"', 'phase = "self_directed"', 55, "has the rules self-directed and"),
        ('id = "mapping"', 'id = "target"', 54, "The id 'target' is used in target already"),
        ('when = { fact = "integration_period", is = true }\n', "", 36, "takes everybody"),
        # Dates.
        ("valid_to = 2023-06-30", "valid_to = 2021-02-01", 4, "before it begins"),
        ("valid_to = 2023-06-30", "valid_to = 2024-06-30", 8, "covers the area's days"),
        # What is left out, or too much.
        ('source = "Article 004 on Pirkanmaa"\nnote', "note", 1, "source: Field required"),
        ('name = "pirkanmaa-2021"', 'name = "pirkanmaa"', 1, "is not the file's. Write 'pirk"),
        ("after_months = 3", "after_months = 3\nat_benefit_days = 5", 86, "A duty has exactly one"),
        ("after_months = 3", "after_months = -1", 89, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    before: str, after: str, line: int, said: str, tmp_path: Path
) -> None:
    assert re.search(rf"line {line}\b.*{said}", str(refusal(tmp_path, before, after)))


MAPPING = 'id = "mapping"\nphase = "mapping"'
FIRST = f"{MAPPING}\nvalid_to = 2022-01-31"
#: A second version of the rule, in the place of the next one.
SECOND = """

[[phases]]
id = "mapping"
phase = "mapping"
valid_from = {start}
begins = {{ fact = "unemployed_months", at_least = 2 }}
source = "s"
"""


def versions(tmp_path: Path, first: str, start: str) -> str:
    """What is said of two versions of the phase's rule."""
    path = tmp_path / NAME
    text = TEXT.replace(MAPPING, first, 1) + SECOND.format(start=start)
    path.write_text(text, "utf-8")
    try:
        read_area(path)
    except InputError as error:
        return str(error)
    return "accepted"


def test_versions_of_a_rule_that_follow_each_other_are_taken(tmp_path: Path) -> None:
    assert versions(tmp_path, FIRST, "2022-02-01") == "accepted"
    area = read_area(tmp_path / NAME)
    days = [rule.valid for rule in area.phases if rule.id == "mapping"]
    assert days == [
        Period(date(2021, 3, 1), date(2022, 1, 31)),
        Period(date(2022, 2, 1), date(2023, 6, 30)),
    ]
    # The newer version stands last in the file and takes the older one's place in the path.
    paid = situation(benefit_days=BenefitDays(500, DAY), earnings_related_right=False)
    client = Standing.of(person(home=NOKIA), paid, area, DAY)
    assert phase_of(client).reached == Ruling(
        area.phases[2], Verdict(Truth.YES, (FactName.BENEFIT_DAYS, FactName.JOB_SEARCH))
    )


@pytest.mark.parametrize(
    ("first", "start", "said"),
    [
        (FIRST, "2022-01-31", "Two versions of mapping hold on 2022-01-31. End the older"),
        (FIRST, "2022-02-03", "No version of mapping holds from 2022-02-01 to 2022-02-02"),
        (MAPPING, "2022-02-01", "Two versions of mapping hold on 2022-02-01"),
        (f"{FIRST}\nvalid_from = 2021-03-02", "2022-02-01", "begins on 2021-03-02, the file on"),
        (f"{MAPPING}\nvalid_to = 2020-01-01", "2020-01-02", "ends on 2020-01-01, before it beg"),
    ],
)
def test_gaps_and_overlaps_of_a_rule_are_refused(
    first: str, start: str, said: str, tmp_path: Path
) -> None:
    assert said in versions(tmp_path, first, start)


def test_all_that_is_wrong_is_counted_and_the_first_line_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(TEXT.replace("clients", "customers").replace("below", "under"), "utf-8")
    with pytest.raises(InputError, match=r"line 7, customers: .* Others after it: 1"):
        read_area(path)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "valid_from = 2021-03-01", "valid_from = 2021-13-01")
    assert str(error).startswith("pirkanmaa-2021.toml: This is no TOML: ")
    assert "line 3, column" in str(error)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(TEXT.encode("latin-1"))
    with pytest.raises(InputError, match=r"pirkanmaa-2021.toml: Byte \d+ is no UTF-8"):
        read_area(path)


def test_a_right_file_gives_the_area_that_the_service_knows() -> None:
    assert read_area(AREAS / NAME) == area_named("pirkanmaa-2021")
