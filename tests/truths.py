"""What must be true of every order and its thread, whatever people did (domain.md, "Invariants").

Read from outside: the log, the snapshot, and the transfers as the database has them.
"""

from tests.market import Deal, Said, balances

# The parties may not write to each other in these (I4).
HUSHED = {"delivered", "frozen", "expired"}
ENDED = {"closed", "cancelled", "expired"}
PARTIES = {"buyer", "seller"}
ENDS = {
    "accepted": "accepted",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "expired": "expired",
    "voided": "void",
    # Not ends, but an offer's way there and back.
    "awaiting": "awaiting_payment",
    "reopened": "open",
}
# Where one begins that does not begin at `open`.
BEFORE = {
    "accepted": {"open", "awaiting_payment"},
    "voided": {"open", "awaiting_payment"},
    "reopened": {"awaiting_payment"},
}
WRITTEN = {"message", "message.edited", "message.redacted"}


def hold(deal: Deal) -> None:
    """All of it. Raises AssertionError with the log."""
    log, snapshot = deal.log(), deal.kim.sees()
    order = snapshot["order"]
    try:
        no_gap(log)
        states_follow(log, order)
        nothing_after_a_leave(log)
        silence_is_kept(log)
        money_agrees(log, order, balances(deal.order))
        for what in ("offer", "proposal"):
            all_end_once(log, snapshot, what)
    except AssertionError as fault:
        raise AssertionError(f"{fault}\n" + "\n".join(map(str, log))) from fault


def no_gap(log: list[Said]) -> None:
    """I13; and time never runs backwards in a thread."""
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    times = [entry["at"] for entry in log]
    assert times == sorted(times)
    assert len({entry["entry"] for entry in log}) == len(log)


def states_follow(log: list[Said], order: Said) -> None:
    """Each step begins where the last one ended, each version is one more, and nothing leaves an end (I3)."""
    state, version = "pending", 1
    for entry in log:
        if entry["kind"] == "order.changed":
            assert state not in ENDED
            assert (entry["from"], entry["order_version"]) == (state, version + 1)
            state, version = entry["to"], entry["order_version"]
    assert (order["state"], order["version"]) == (state, version)
    if last := [entry for entry in log if entry["kind"] == "order.changed"]:
        assert order["deadlines"] == last[-1]["deadlines"]


def nothing_after_a_leave(log: list[Said]) -> None:
    """I1; and a thread is closed once, by one who leaves or by its time."""
    kinds = [entry["kind"] for entry in log]
    assert kinds.count("party.left") <= kinds.count("thread.closed") <= 1
    if "thread.closed" in kinds:
        at = kinds.index("thread.closed")
        assert (log[at]["cause"] == "left") == (kinds[at - 1] == "party.left") == ("party.left" in kinds)
        later = [entry for entry in log[at + 1 :] if entry["by"]["role"] in PARTIES]
        assert {entry["kind"] for entry in later} <= {"review.written", "review.replied", "review.contested"}


def silence_is_kept(log: list[Said]) -> None:
    """I4: no word between the parties while the order is checked, frozen or expired."""
    state = "pending"
    for entry in log:
        if entry["kind"] == "order.changed":
            state = entry["to"]
        if entry["kind"] in WRITTEN and entry["by"]["role"] in PARTIES:
            assert state not in HUSHED


def money_agrees(log: list[Said], order: Said, there: dict[str, int]) -> None:
    """I14: the ledger balances, escrow is what the log says, never below zero and empty after the end."""
    said = {"held": 0, "released": 0, "refunded": 0, "forfeited": 0}
    for entry in log:
        if entry["kind"].startswith("payment."):
            said[entry["kind"].removeprefix("payment.")] += entry["amount"]["amount"]
            assert said["held"] >= said["released"] + said["refunded"] + said["forfeited"]
    escrow = said["held"] - said["released"] - said["refunded"] - said["forfeited"]
    assert sum(there.values()) == 0
    assert there.get("escrow", 0) == escrow
    assert there.get("wallet", 0) == said["released"]
    assert there.get("platform", 0) == said["forfeited"]
    assert there["buyer"] == said["refunded"] - said["held"]
    assert (order["state"] in ENDED) == (escrow == 0)


def all_end_once(log: list[Said], snapshot: Said, what: str) -> None:
    """I5: one end each, after it was made; the snapshot says the same; none but an offer outlives its order."""
    states: dict[str, str] = {}
    for entry in log:
        kind, _, happened = entry["kind"].partition(".")
        if kind != what or happened == "requested":
            continue
        if happened == "made":
            assert entry[what] not in states
            states[entry[what]] = "open"
            assert what == "proposal" or entry["number"] == len(states)
        else:
            assert states[entry[what]] in BEFORE.get(happened, {"open"})
            states[entry[what]] = ENDS[happened]
    assert {each[what]: each["state"] for each in snapshot[f"{what}s"]} == states
    over = snapshot["order"]["state"] in ENDED if what == "proposal" else is_left(log)
    assert not over or not {"open", "awaiting_payment"} & set(states.values())


def is_left(log: list[Said]) -> bool:
    return any(entry["kind"] == "thread.closed" for entry in log)
