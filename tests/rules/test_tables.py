"""Who may do what, for every table, state, role and action there is, against domain.md written anew."""

from collections.abc import Iterator
from itertools import product

import pytest

from chat.refusals import Refused
from chat.rules import STAFF, THREAD, Role, Rule, Table
from orders.process import MODE, TABLES
from tests.rules.codes import ENDED, MODES, POSSIBLE
from tests.rules.conftest import counted
from tests.rules.reading import BOOKS, Answer, wanted

EVERY = {table.name: table for table in (*TABLES, THREAD, STAFF)}


def found(table: Table, action: str, state: str, role: Role) -> Answer:
    try:
        row = table.check(action, state, role)
    except Refused as refused:
        return refused.code
    return row.to or "", row.after or ""


def test_there_are_these_tables_and_no_others() -> None:
    assert set(EVERY) == set(BOOKS)


@pytest.mark.parametrize("name", BOOKS)
def test_a_table_knows_the_actions_and_states_of_the_domain_and_no_others(name: str) -> None:
    assert EVERY[name].states == set(BOOKS[name])
    assert EVERY[name].actions == {action for action, _, _ in wanted(name)}


@pytest.mark.parametrize("name", BOOKS)
def test_everybody_may_exactly_what_the_domain_says_in_every_state(name: str) -> None:
    wrong = []
    for (action, state, role), answer in wanted(name).items():
        said = found(EVERY[name], action, state, Role(role))
        counted["cases"] += 1
        if said != answer:
            wrong.append(f"{role} {action} in {state}: {said}, not {answer}")
    counted["rows"] += len(EVERY[name].rows)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", BOOKS)
def test_what_is_available_is_what_is_allowed(name: str) -> None:
    table = EVERY[name]
    for state, role in product(table.states, Role):
        offered = {row.action for row in table.available(state, role)}
        assert offered == {action for action in table.actions if isinstance(found(table, action, state, role), tuple)}
        counted["cases"] += 1


def test_an_ended_order_s_refusal_names_what_is_possible_instead() -> None:
    told = [case for case, answer in wanted("order").items() if answer == "order_ended"]
    assert len(told) >= 40
    for action, state, role in told:
        with pytest.raises(Refused) as caught:
            EVERY["order"].check(action, state, Role(role))
        assert caught.value.info == {"possible": POSSIBLE[state]}, (action, state)


# Where everything begins.
FIRST = {"order": "pending", "offer": "open", "proposal": "open", "claim": "open"}


def edges(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for state in row.states:
            if row.to is not None:
                yield state, row.to
    if table.name == "order":
        # Time makes an order late; an unfreeze leads back to where the freeze came from.
        yield "in_progress", "late"


@pytest.mark.parametrize("name", FIRST)
def test_every_state_is_reached_from_the_first(name: str) -> None:
    table = EVERY[name]
    reached, known = {FIRST[name]}, set[str]()
    while reached != known:
        known = set(reached)
        reached |= {to for state, to in edges(table) if state in known}
    assert reached == table.states


def test_every_mode_of_a_thread_is_set_by_a_state_or_by_a_leave() -> None:
    assert {str(state): str(mode) for state, mode in MODE.items()} == MODES
    assert set(MODE.values()) | {"left"} == THREAD.states
    assert [row.to for row in THREAD.rows if row.to is not None] == ["left", "left"]
    assert not [row for row in THREAD.rows if "left" in row.states and row.to is not None]


def test_no_row_leaves_an_ended_order() -> None:
    moving = [row for row in EVERY["order"].rows if row.to is not None]
    assert len(moving) >= 15
    assert not [row for row in moving if row.states & set(ENDED)]


def clock_rows() -> list[tuple[str, Rule]]:
    return [(name, row) for name, table in EVERY.items() for row in table.rows if row.roles == {Role.CLOCK}]


def test_every_step_of_the_clock_waits_for_a_deadline_of_the_very_thing_it_moves() -> None:
    from orders.deadlines import NAMES
    from orders.models import Offer, Order, Proposal

    models = {"order": Order, "offer": Offer, "proposal": Proposal}
    assert len([row for _, row in clock_rows() if row.after]) >= 5
    for name, row in clock_rows():
        if name == "thread":
            # Its order's row waits for it.
            continue
        assert row.after in {field.name for field in models[name]._meta.get_fields()}, row
        for state in row.states if name == "order" else ():
            # Late is in_progress to everybody who waits.
            assert row.after in NAMES["in_progress" if state == "late" else state], (row, state)


def test_nobody_but_the_clock_waits_for_a_deadline() -> None:
    assert not [row for table in EVERY.values() for row in table.rows if row.after and row.roles != {Role.CLOCK}]
