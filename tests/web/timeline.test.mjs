import assert from "node:assert/strict";
import { test } from "node:test";

import { orderActions } from "../../web/static/web/actions.js";
import { preview, tell } from "../../web/static/web/telling.js";
import { fromSnapshot, withEntries } from "../../web/static/web/thread.js";
import { items } from "../../web/static/web/timeline.js";
import { AT, entry, message, snapshot } from "./fixtures.mjs";

const state = (entries) => withEntries(fromSnapshot(snapshot({ as_of: 0 })), entries);

test("messages of one author within minutes form a group; others do not join it", () => {
  const told = items(state([message(1, "sam", "a"), message(2, "sam", "b"), message(3, "kim", "c")]), { me: "kim" });
  assert.deepEqual(
    told.filter((item) => item.type === "message").map(({ first, last, own }) => [first, last, own]),
    [
      [true, false, false],
      [false, true, false],
      [true, true, true],
    ],
  );
});

test("every day has its own line, and entries about others have none", () => {
  const told = items(
    state([
      message(1, "sam", "a"),
      message(2, "sam", "b", {}, "2026-03-03T10:00:00.000Z"),
      entry(3, "message.edited", "sam", { target: 1, text: "A" }),
    ]),
    { me: "kim" },
  );
  assert.deepEqual(
    told.map(({ type }) => type),
    ["day", "message", "day", "message"],
  );
  assert.equal(told[1].text, "A");
  assert.equal(told[1].edited, true);
});

test("what is being sent stands at the end, and joins one's own group", () => {
  const sending = [{ id: "c1", text: "later", purpose: "chat", at: AT, state: "sending" }];
  const told = items(state([message(1, "kim", "a")]), { me: "kim", sending });
  assert.equal(told.at(-1).pending.id, "c1");
  assert.equal(told.at(-1).first, false);
});

test("the line above what is new stands before the first unread entry of another", () => {
  const told = items(state([message(1, "sam", "a"), message(2, "kim", "b"), message(3, "sam", "c")]), {
    me: "kim",
    unreadAfter: 1,
  });
  assert.deepEqual(
    told.map(({ type }) => type),
    ["day", "message", "message", "unread", "message"],
  );
});

test("a staff message is a notice, for everybody", () => {
  const [, notice] = items(state([message(1, "mia", "careful")]), { me: "mia" });
  assert.equal(notice.notice, true);
  assert.equal(notice.own, false);
});

test("marks say who did what, with 'You' for oneself", () => {
  const told = state([]);
  const step = entry(1, "order.changed", "sam", { action: "deliver" });
  assert.equal(tell(step, told, "kim"), "Sam delivered the order");
  assert.equal(tell(step, told, "sam"), "You delivered the order");
  assert.equal(
    tell(entry(2, "payment.held", null, { amount: { amount: 24000, currency: "EUR" } }), told, "kim").includes(
      "240.00",
    ),
    true,
  );
});

test("a preview never shows an erased text", () => {
  assert.equal(preview({ ...message(1, "sam", "secret"), erased: true }, state([]), "kim").includes("secret"), false);
});

test("only what the server names is drawn, possible things first by rank", () => {
  const { open, closed } = orderActions({
    allowed: ["order.cancel", "order.deliver", "message.send", "un.known"],
    refused: { "order.start": { code: "not_allowed", message: "no" } },
  });
  assert.deepEqual(
    open.map(({ key }) => key),
    ["order.deliver", "order.cancel"],
  );
  assert.equal(closed[0].refusal.message, "no");
});

test("a variant is sent as its command with the variant's field", () => {
  const { open } = orderActions({ allowed: ["proposal.make:refund"], refused: {} });
  assert.equal(open[0].type, "proposal.make");
  assert.deepEqual(open[0].fixed, { kind: "refund" });
});

test("two members of staff are two authors", () => {
  const notices = [message(1, "mia", "a"), { ...message(2, "mia", "b"), by: { role: "moderator", user: "max" } }];
  const told = items(state(notices), { me: "kim" }).filter((item) => item.type === "message");
  assert.deepEqual(
    told.map(({ first }) => first),
    [true, true],
  );
});
