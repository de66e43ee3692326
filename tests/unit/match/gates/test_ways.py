"""Sites out of somebody's reach, many at once: as the gate finds them one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import GateOutcome
from matcher.domain.parts import Place
from matcher.match.gates.journeys import Site, Travels, commute
from matcher.match.gates.ways import Ways

OULU, KEMPELE, HELSINKI, NOWHERE = "564", "244", "091", "999"
MAYBE = st.sampled_from([None, True, False])
SITES = st.builds(
    Site,
    st.builds(
        Place,
        st.lists(st.sampled_from([OULU, KEMPELE, HELSINKI, NOWHERE]), max_size=2).map(tuple),
        st.lists(st.sampled_from(["17", "01"]), max_size=1).map(tuple),
        st.lists(st.sampled_from(["FI", "SE"]), max_size=2).map(tuple),
        MAYBE,
    ),
    st.booleans(),
    st.booleans(),
)
TRAVELS = st.builds(
    Travels,
    st.sampled_from([None, OULU, KEMPELE, HELSINKI, NOWHERE]),
    st.one_of(st.none(), st.sampled_from([0.0, 4.0, 30.0, 700.0])),
    MAYBE,
    MAYBE,
)


@given(TRAVELS, st.lists(SITES, max_size=8))
def test_shut_are_the_sites_whose_gate_is_unmet(travels: Travels, sites: list[Site]) -> None:
    unmet = [
        any(gate.outcome is GateOutcome.UNMET for gate in commute(travels, site)) for site in sites
    ]
    assert Ways(sites).shut(travels).tolist() == unmet


def test_people_of_many_homes_are_told_apart() -> None:
    ways = Ways([Site(Place((HELSINKI,)), asks=True, moves=True)])
    homes = [HELSINKI, *(f"{code:03}" for code in range(20)), OULU, HELSINKI]
    shut = [bool(ways.shut(Travels(home, 50.0, None, None))[0]) for home in homes]
    assert (shut[0], shut[-2], shut[-1]) == (False, True, False)
