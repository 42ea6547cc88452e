"""Who may do what, for every table, state, role and action there is, against domain.md written anew."""

from collections.abc import Iterator
from itertools import product

import pytest

from chat.refusals import Refused
from chat.rules import THREAD, Role, Rule, Table
from orders.process import TABLES
from tests.rules import domain
from tests.rules.conftest import counted
from tests.rules.domain import Row

EXPECTED: dict[str, tuple[str, list[Row]]] = {
    "order": (domain.ORDER_STATES, domain.ORDER),
    "offer": (domain.OFFER_STATES, domain.OFFER),
    "proposal": (domain.PROPOSAL_STATES, domain.PROPOSAL),
    "claim": (domain.CLAIM_STATES, domain.CLAIM),
    "thread": (domain.ALWAYS, domain.THREAD),
}
EVERY = {table.name: table for table in (*TABLES, THREAD)}


def expected(name: str, action: str, state: str, role: str) -> tuple[str, str] | str:
    """(where it leads, by which deadline), or the code of the refusal."""
    rows = [row for row in EXPECTED[name][1] if row[0] == action and role in row[1].split()]
    if not rows:
        return "wrong_role"
    for _, _, states, to, by in rows:
        if state in states.split():
            return to, by
    codes = (
        code for begins, states, code in domain.CODES[name] if action.startswith(begins) and state in states.split()
    )
    return next(codes, "not_allowed")


def found(table: Table, action: str, state: str, role: Role) -> tuple[str, str] | str:
    try:
        row = table.check(action, state, role)
    except Refused as refused:
        return refused.code
    return row.to or "", row.after or ""


def test_there_are_these_tables_and_no_others() -> None:
    assert set(EVERY) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_knows_the_actions_and_states_of_the_domain_and_no_others(name: str) -> None:
    states, rows = EXPECTED[name]
    assert EVERY[name].states == set(states.split())
    assert EVERY[name].actions == {row[0] for row in rows}


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_may_exactly_what_the_domain_says_in_every_state(name: str) -> None:
    states, rows = EXPECTED[name]
    wrong = []
    for action, state, role in product(sorted({row[0] for row in rows}), states.split(), Role):
        said, wanted = found(EVERY[name], action, state, role), expected(name, action, state, role)
        counted["cases"] += 1
        if said != wanted:
            wrong.append(f"{role} {action} in {state}: {said}, not {wanted}")
    counted["rows"] += len(EVERY[name].rows)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_available_is_what_is_allowed(name: str) -> None:
    table = EVERY[name]
    for state, role in product(table.states, Role):
        offered = {row.action for row in table.available(state, role)}
        assert offered == {action for action in table.actions if isinstance(found(table, action, state, role), tuple)}
        counted["cases"] += 1


def test_an_ended_order_s_refusal_names_what_is_possible_instead() -> None:
    table = EVERY["order"]
    told = 0
    for action, state, role in product(table.actions, domain.ENDED.split(), Role):
        try:
            table.check(action, state, role)
        except Refused as refused:
            if refused.code == "order_ended":
                told += 1
                wanted = ["order_again"] if state == "expired" else ["order_again", "offer"]
                assert refused.info == {"possible": wanted}, (action, state)
    assert told >= 40


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
    from orders.process import MODE

    assert {str(state): str(mode) for state, mode in MODE.items()} == domain.MODES
    assert set(MODE.values()) | {"left"} == THREAD.states
    assert [row.to for row in THREAD.rows if row.to is not None] == ["left"]
    assert not [row for row in THREAD.rows if "left" in row.states and row.to is not None]


def test_no_row_leaves_an_ended_order() -> None:
    moving = [row for row in EVERY["order"].rows if row.to is not None]
    assert len(moving) >= 15
    assert not [row for row in moving if row.states & set(domain.ENDED.split())]


def clock_rows() -> list[tuple[str, Rule]]:
    return [(name, row) for name, table in EVERY.items() for row in table.rows if row.roles == {Role.CLOCK}]


def test_every_step_of_the_clock_waits_for_a_deadline_that_the_row_of_the_thing_has() -> None:
    from orders.models import Offer, Order, Proposal

    models = {"order": Order, "offer": Offer, "proposal": Proposal}
    assert len(clock_rows()) >= 5
    for name, row in clock_rows():
        assert row.after in {field.name for field in models[name]._meta.get_fields()}, row
    for table in EVERY.values():
        assert not [row for row in table.rows if row.after and row.roles != {Role.CLOCK}]
