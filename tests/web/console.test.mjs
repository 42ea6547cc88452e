/* The console's pure modules: addresses, keys, the feed's rows, the queue's order, what each side could do. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pathOf, read } from "../../web/static/web/console/address.js";
import { asked, fold, fresh, sorted } from "../../web/static/web/console/feed.js";
import { held, isFree, next, parts, tabOf } from "../../web/static/web/console/queue.js";
import { beside } from "../../web/static/web/console/replay.js";

const at = (minute) => `2026-05-04T10:${String(minute).padStart(2, "0")}:00.000Z`;
const row = (thread, minute, more = {}) => ({ thread, at: at(minute), risk: 0, waiting_since: null, ...more });
const page = { sort: "newest", limit: 3 };
const names = (rows) => rows.map(({ thread }) => thread);

test("an address is read as it was written, and what is not understood is the queue", () => {
  for (const to of [
    { view: "feed", id: null, tab: "talk" },
    { view: "people", id: "a person/ü", tab: "talk" },
    { view: "t", id: "thread-1", tab: "case" },
  ])
    assert.deepEqual(read(pathOf(to)), to);
  for (const strange of ["/console", "/console/", "/console/nothing", "/console/t"])
    assert.equal(read(strange).view, "queue");
  assert.equal(read("/console/t/x/elsewhere").tab, "talk");
});

test("a frame changes rows, brings some in and takes out what belongs on the page no more", () => {
  const before = sorted([row("a", 1), row("b", 2), row("c", 3)], "newest");
  const after = fold(before, { rows: [row("a", 9), row("d", 5)], out: ["b"] }, page);
  assert.deepEqual(names(after), ["a", "d", "c"]);
  assert.deepEqual(names(fresh(before, after)), ["d"]);
});

test("no more rows are shown than fit, and a row that is told and left in one frame is gone", () => {
  const full = fold([], { rows: [1, 2, 3, 4].map((minute) => row(`t${minute}`, minute)) }, page);
  assert.deepEqual(names(full), ["t4", "t3", "t2"]);
  assert.deepEqual(names(fold(full, { rows: [row("t4", 8)], out: ["t4"] }, page)), ["t3", "t2"]);
});

test("by risk the riskiest come first, by waiting who waits longest, and who waits for nothing last", () => {
  const rows = [
    row("calm", 9),
    row("risky", 1, { risk: 40, waiting_since: at(8) }),
    row("patient", 2, { risk: 5, waiting_since: at(1) }),
  ];
  assert.deepEqual(names(sorted(rows, "risk")), ["risky", "patient", "calm"]);
  assert.deepEqual(names(sorted(rows, "waiting")), ["patient", "risky", "calm"]);
});

test("filters that are empty are not asked, and amounts are asked in the currency's minor units", () => {
  assert.deepEqual(asked({ sort: "newest", state: "", user: " ", flagged: false }, 20), {
    on: true,
    limit: 20,
    sort: "newest",
  });
  assert.deepEqual(asked({ currency: "eur", from: "12", to: "x" }, 5), {
    on: true,
    limit: 5,
    currency: "EUR",
    min_amount: 1200,
  });
  assert.equal(asked({ currency: "JPY", to: "500" }, 5).max_amount, 500);
});

test("an item's name says what it is and where", () => {
  assert.deepEqual(parts("message:a:b:17"), { kind: "message", id: "a:b", seq: 17 });
  assert.deepEqual(parts("held:0af"), { kind: "held", id: "0af" });
  assert.deepEqual(["message:a:1", "held:0af", "claim:c"].map(tabOf), ["talk", "case", "case"]);
});

test("next is the first after the current one that nobody else has in hand, then from the top", () => {
  const now = Date.parse(at(10));
  const items = [
    { item: "one" },
    { item: "two", claimed_by: "max", claimed_until: at(20) },
    { item: "three", claimed_by: "max", claimed_until: at(9) },
    { item: "four", claimed_by: "mia", claimed_until: at(20) },
  ];
  assert.equal(next(items, null, "mia", now).item, "one");
  assert.equal(next(items, "one", "mia", now).item, "three");
  assert.equal(next(items, "four", "mia", now).item, "one");
  assert.equal(next(items.slice(1, 2), null, "mia", now), null);
  assert.equal(isFree(items[1], "mia", now), false);
  assert.equal(held(items, null, "mia", now).item, "four");
  const two = [...items, { item: "five", claimed_by: "mia", claimed_until: at(20) }];
  assert.equal(held(two, "five", "mia", now).item, "five");
  assert.equal(held(items, "three", "max", now).item, "two");
});

test("what each could do stands beside each other, and nothing that was refused is left out", () => {
  const buyer = { allowed: ["order.close"], refused: { "message.send": { code: "chat_blocked", message: "Not now." } } };
  const seller = { allowed: ["offer.make"], refused: { "message.send": { code: "chat_blocked", message: "Not now." } } };
  const rows = beside({ buyer, seller });
  assert.deepEqual(
    rows.map(({ key }) => key),
    ["order.close", "message.send", "offer.make"],
  );
  assert.deepEqual(rows[0], { key: "order.close", buyer: { allowed: true }, seller: null });
  assert.equal(rows[1].seller.why, "Not now.");
});
