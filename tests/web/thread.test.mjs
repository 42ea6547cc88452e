import assert from "node:assert/strict";
import { test } from "node:test";

import { composer } from "../../web/static/web/capabilities.js";
import { message as read } from "../../web/static/web/marks.js";
import {
  fromSnapshot,
  offerState,
  withCapabilities,
  withEntries,
  withHistory,
  withSignal,
} from "../../web/static/web/thread.js";
import { entry, message, snapshot } from "./fixtures.mjs";

const changed = (seq, action, from, to, version) =>
  entry(seq, "order.changed", "sam", {
    action,
    from,
    to,
    order_version: version,
    deadlines: { auto_close_at: "2026-03-08T10:00:00.000Z" },
  });

test("a snapshot plus the entries after it equals the later snapshot", () => {
  const told = withEntries(fromSnapshot(snapshot()), [
    message(11, "sam", "hi"),
    changed(12, "deliver", "in_progress", "delivered", 3),
  ]);
  assert.equal(told.order.state, "delivered");
  assert.equal(told.order.version, 3);
  assert.equal(told.log.head, 12);
});

test("an entry seen twice changes nothing", () => {
  const once = withEntries(fromSnapshot(snapshot()), [message(11, "sam", "hi")]);
  assert.equal(withEntries(once, [message(11, "sam", "hi")]).log.entries.length, 1);
});

test("a hole is reported and nothing behind it is taken", () => {
  const told = withEntries(fromSnapshot(snapshot()), [message(13, "sam", "hi")]);
  assert.equal(told.gap, true);
  assert.equal(told.log.head, 10);
});

test("a snapshot that is older than the stream does not undo what the stream told", () => {
  const ahead = withEntries(fromSnapshot(snapshot()), [changed(11, "deliver", "in_progress", "delivered", 3)]);
  assert.equal(fromSnapshot(snapshot(), ahead).order.state, "delivered");
});

test("edits and deletions read the same whichever way the log is read", () => {
  const entries = [
    message(1, "sam", "one"),
    message(2, "sam", "two"),
    entry(3, "message.edited", "sam", { target: 1, text: "ONE" }),
    entry(4, "message.redacted", "sam", { target: 2, by_role: "seller" }),
  ];
  const forwards = withEntries(fromSnapshot(snapshot({ as_of: 0 })), entries);
  let backwards = withHistory(fromSnapshot(snapshot({ as_of: 4 })), entries.slice(2), false);
  backwards = withHistory(backwards, entries.slice(0, 2), true);
  for (const state of [forwards, backwards]) {
    assert.equal(read(state.log.entries[0], state.marks).text, "ONE");
    assert.deepEqual(read(state.log.entries[1], state.marks), { erased: true, byRole: "seller", reason: undefined });
  }
  assert.equal(backwards.log.complete, true);
});

test("history that does not join on is refused", () => {
  const state = withHistory(fromSnapshot(snapshot()), [message(3, "sam", "x")], false);
  assert.equal(state.log.entries.length, 0);
});

test("an offer has one end, and an accepted one after close leads to its new thread", () => {
  const made = entry(11, "offer.made", "sam", {
    offer: "f1",
    number: 1,
    title: "More",
    price: { amount: 100, currency: "EUR" },
  });
  let state = withEntries(fromSnapshot(snapshot({ order: { state: "closed" } })), [made]);
  assert.equal(offerState(state, state.offers[0]), "open");
  state = withEntries(state, [entry(12, "offer.accepted", "kim", { offer: "f1", order: "o2", thread: "t2" })]);
  assert.equal(offerState(state, state.offers[0]), "accepted");
  assert.deepEqual(state.order.next, [{ order: "o2", thread: "t2" }]);
  assert.equal(state.marks.followUps.f1, "t2");
});

test("an offer accepted on a running order asks for the new price instead of guessing it", () => {
  const state = withEntries(fromSnapshot(snapshot()), [
    entry(11, "offer.accepted", "kim", { offer: "f1" }),
    changed(12, "accept_offer", "in_progress", "in_progress", 3),
  ]);
  assert.equal(state.stale, true);
  assert.equal(state.order.price.amount, 24000);
});

test("the seller's budget falls with each message after close, and the buyer's reply is asked about", () => {
  const closed = fromSnapshot(
    snapshot({ order: { state: "closed" }, support: { items: [], follow_ups_remaining: 3 } }),
  );
  const less = withEntries(closed, [message(11, "sam", "a"), message(12, "sam", "b")]);
  assert.equal(less.support.follow_ups_remaining, 1);
  assert.equal(withEntries(less, [message(13, "kim", "c")]).stale, true);
});

test("the composer locks on the entry that silences the thread, before the new capabilities arrive", () => {
  let state = withEntries(fromSnapshot(snapshot()), [changed(11, "deliver", "in_progress", "delivered", 3)]);
  assert.equal(composer(state).open.length, 0);
  state = withCapabilities(state, {
    as_of: 11,
    allowed: [],
    refused: { "message.send": { code: "chat_blocked", message: "no" } },
  });
  assert.equal(composer(state).refusal.code, "chat_blocked");
  state = withEntries(state, [changed(12, "close", "delivered", "closed", 4)]);
  state = withCapabilities(state, { as_of: 12, allowed: ["message.send"], refused: {} });
  assert.equal(composer(state).open[0].purpose, "chat");
});

test("a leave closes for good, and says who", () => {
  const state = withEntries(fromSnapshot(snapshot({ order: { state: "closed" } })), [
    entry(11, "party.left", "kim", { role: "buyer" }),
    entry(12, "thread.closed", "kim", { cause: "left", role: "buyer" }),
  ]);
  assert.equal(state.closed.by.user, "kim");
  assert.equal(state.closed.cause, "left");
  assert.equal(composer(state).open.length, 0);
});

test("older capabilities never replace newer ones", () => {
  const state = withCapabilities(fromSnapshot(snapshot()), { as_of: 9, allowed: [], refused: {} });
  assert.deepEqual(state.capabilities.allowed, ["message.send"]);
});

test("cursors merge to their maximum; typing ends with the message", () => {
  let state = withSignal(fromSnapshot(snapshot()), "read", { user: "kim", seq: 5 });
  assert.equal(state.read.kim, 8);
  state = withSignal(state, "typing", { user: "sam", on: true, until: 1e15 });
  assert.equal(withEntries(state, [message(11, "sam", "x")]).typing.sam, 0);
});

test("kinds that nobody here knows advance the log and nothing else", () => {
  const state = withEntries(fromSnapshot(snapshot()), [entry(11, "some.thing", "sam", { x: 1 })]);
  assert.equal(state.log.head, 11);
});

test("a support request is opened once and resolved", () => {
  const opened = entry(11, "support.opened", "kim", { item: "s1", text: "it is broken" });
  let state = withEntries(fromSnapshot(snapshot({ order: { state: "closed" } })), [opened]);
  assert.equal(state.support.items[0].state, "open");
  state = withEntries(state, [entry(12, "support.resolved", "sam", { item: "s1" })]);
  assert.equal(state.support.items[0].state, "resolved");
});

test("of two edits the later one stands, also when history brings it first", () => {
  const edit = (seq, text) => entry(seq, "message.edited", "sam", { target: 1, text });
  let state = withHistory(fromSnapshot(snapshot({ as_of: 3 })), [edit(3, "last")], false);
  state = withHistory(state, [message(1, "sam", "first"), edit(2, "middle")], true);
  assert.equal(read(state.log.entries[0], state.marks).text, "last");
});

test("a step that the snapshot already knows does not set the order back", () => {
  const state = fromSnapshot(snapshot({ as_of: 10, order: { state: "closed", version: 5 } }));
  const told = withEntries(state, [changed(11, "deliver", "in_progress", "delivered", 3)]);
  assert.equal(told.order.state, "closed");
  assert.equal(told.order.version, 5);
});
