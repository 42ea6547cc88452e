import assert from "node:assert/strict";
import { test } from "node:test";

import { changes } from "../../web/static/web/conflict.js";
import { decimal, money, parseMoney } from "../../web/static/web/money.js";
import { ServerTime } from "../../web/static/web/servertime.js";
import { shortWhen, span, urgency } from "../../web/static/web/when.js";

test("minor units become exact decimals, by the currency's own number of digits", () => {
  assert.equal(decimal({ amount: 12345, currency: "EUR" }), "123.45");
  assert.equal(decimal({ amount: 5, currency: "EUR" }), "0.05");
  assert.equal(decimal({ amount: 500, currency: "JPY" }), "500");
  assert.equal(decimal({ amount: 1234, currency: "KWD" }), "1.234");
  assert.equal(decimal({ amount: 9007199254740991, currency: "EUR" }), "90071992547409.91");
});

test("typed amounts are read exactly or not at all", () => {
  assert.deepEqual(parseMoney("120,50", "EUR"), { amount: 12050, currency: "EUR" });
  assert.deepEqual(parseMoney("1 200.5", "EUR"), { amount: 120050, currency: "EUR" });
  assert.deepEqual(parseMoney("0.29", "EUR"), { amount: 29, currency: "EUR" });
  for (const wrong of ["", "abc", "1.234", "-5", "1e3", "1,2,3"]) assert.equal(parseMoney(wrong, "EUR"), null, wrong);
  assert.equal(parseMoney("1.5", "JPY"), null);
});

test("money is written the reader's way", () => {
  assert.match(money({ amount: 120050, currency: "EUR" }, "en"), /1,200\.50/);
  assert.match(money({ amount: 120050, currency: "EUR" }, "de"), /1\.200,50/);
});

test("spans have two units at most and never go below zero", () => {
  assert.equal(span(-5), "0 s");
  assert.equal(span(61_000), "1 min 01 s");
  assert.equal(span(3_600_000 * 27), "1 d 3 h");
  assert.equal(span(86_400_000 * 30), "30 d");
  assert.equal(urgency(0), "over");
});

test("the clock is the server's, and an entry from its future moves ours on", () => {
  const time = new ServerTime(() => 1_000);
  time.welcome(new Date(50_000).toISOString());
  assert.equal(time.now(), 50_000);
  time.observe(new Date(40_000).toISOString());
  assert.equal(time.now(), 50_000);
  time.observe(new Date(90_000).toISOString());
  assert.equal(time.now(), 90_000);
});

test("the list's times are as short as they can be without being ambiguous", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  assert.equal(shortWhen("2026-03-09T12:00:00Z", now, { yesterday: "Y" }, "en"), "Y");
  assert.match(shortWhen("2025-03-09T12:00:00Z", now, { yesterday: "Y" }, "en"), /25/);
});

test("a conflict always says what changed", () => {
  const before = { state: "in_progress", price: { amount: 1, currency: "EUR" }, deadlines: {} };
  assert.equal(changes(before, { ...before, state: "delivered" }).length, 1);
  assert.equal(changes(before, before).length, 1);
});
