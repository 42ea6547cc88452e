import assert from "node:assert/strict";
import { test } from "node:test";

import { fromList, unreadAfter, unreadTotal, withEntries, withRead } from "../../web/static/web/rows.js";
import { headline, listed } from "../../web/static/web/telling.js";
import { entry, message } from "./fixtures.mjs";

const SAM = { user: "sam", role: "seller", name: "Sam" };
const row = (more = {}) => ({ thread: "t1", other: SAM, head: 1, read: 1, unread: 0, state: "closed", last: null, ...more });
const said = (one) => one.text;
const tell = (known, entries, me = "kim") => ({ ...known, ...withEntries(known, entries, me, said) });
const log = (...entries) => ({ entries, head: entries.at(-1).seq });

test("rows count others' entries once, and keep what a later list does not know yet", () => {
  const told = tell(row(), [message(1, "sam", "old"), message(2, "sam", "new")]);
  assert.equal(told.unread, 1);
  assert.equal(told.last.preview, "new");
  assert.equal(tell(told, [message(2, "sam", "new")]).unread, 1);
  assert.equal(fromList([row()], [told])[0].head, 2);
  assert.equal(unreadTotal([told, { ...told, muted: true }]), 1);
});

test("one's own entries, and those that only book or correct, are no news", () => {
  const entries = [
    message(2, "kim", "mine"),
    entry(3, "payment.held", null),
    entry(4, "thread.opened", null),
    entry(5, "message.edited", "sam", { target: 1, text: "better" }),
    entry(6, "message.redacted", "sam", { target: 1 }),
  ];
  assert.equal(tell(row(), entries).unread, 0);
  assert.equal(tell(row(), [...entries, entry(7, "order.changed", "sam", { to: "delivered" })]).unread, 1);
  assert.equal(unreadAfter(log(...entries, message(7, "sam", "news")), 1, "kim"), 1);
});

test("staff read without a count", () => {
  assert.equal(tell(row({ other: null }), [message(2, "sam", "new")], "mia").unread, 0);
});

test("what was read on another device is read here, and what came after it stays unread", () => {
  const told = tell(row(), [message(2, "sam", "a"), message(3, "sam", "b"), message(4, "sam", "c")]);
  const held = log(message(2, "sam", "a"), message(3, "sam", "b"), message(4, "sam", "c"));
  assert.equal(told.unread, 3);
  assert.deepEqual(withRead(told, 4, null), { read: 4, unread: 0 });
  assert.deepEqual(withRead(told, 3, unreadAfter(held, 3, "kim")), { read: 3, unread: 1 });
  assert.deepEqual(withRead({ ...told, read: 4, unread: 0 }, 3, 1), {}, "a cursor never falls");
  assert.equal(unreadAfter(held, 0, "kim"), null, "what is not held cannot be counted");
});

test("a list that was asked for before something was read does not bring it back", () => {
  const asked = row({ head: 3, read: 1, unread: 2 });
  const since = { ...asked, read: 3, unread: 0 };
  assert.equal(fromList([asked], [since])[0].unread, 0);
  const ahead = tell(since, [message(4, "sam", "d")]);
  assert.equal(fromList([asked], [ahead])[0].unread, 1);
  /* Read elsewhere while this page was away: only the list tells. */
  const away = row({ head: 3, read: 1, unread: 2 });
  assert.equal(fromList([row({ head: 3, read: 3 })], [away])[0].unread, 0);
  const both = fromList([row({ head: 3, read: 3 })], [tell(away, [message(4, "sam", "d")])], () => 1)[0];
  assert.deepEqual([both.head, both.read, both.unread], [4, 3, 1]);
});

test("the server's list is told in the same words as what arrives live", () => {
  const parties = [SAM];
  const by = { role: "seller", user: "sam" };
  const said = (last, me = "kim") => listed({ parties, last: { by, ...last } }, me);
  assert.equal(said({ kind: "offer.made", preview: "Business cards" }), "Offer: Business cards");
  assert.equal(said({ kind: "message", preview: "Hello" }), "Hello");
  assert.equal(said({ kind: "review.contested", preview: null }), "Sam contested the review");
  assert.equal(said({ kind: "proposal.made", preview: null }, "sam"), "You made a proposal");
  assert.equal(said({ kind: "payment.held", preview: null }), "", "the list has its own word");
  assert.equal(listed({ last: { kind: "review.kept", preview: null } }, "mia"), "Our team kept the review");
});

test("a title is the first line of a text, in whole words", () => {
  assert.equal(headline("  Could it strike?\nAnd be silent."), "Could it strike?");
  const long = headline(`${"word ".repeat(30)}end`);
  assert.ok(long.endsWith("word…") && long.length <= 80);
  assert.equal([...headline("x".repeat(200))].length, 80);
});
