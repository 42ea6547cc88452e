import assert from "node:assert/strict";
import { test } from "node:test";

import { Caution, strictest } from "../../web/static/web/caution.js";
import { followRefusals, withHeld } from "../../web/static/web/heldback.js";
import { Outbox } from "../../web/static/web/outbox.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const find = (kind, action) => ({ kind, start: 0, end: 4, action });

function shelf() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("what waits is told by the snapshot, and once", () => {
  const held = [{ held: "h1", command: "c1", text: "call me", caught: [], at: "2026-01-01T00:00:00.000Z" }];
  assert.deepEqual(
    withHeld([{ id: "c2", text: "hello" }], held).map(({ id, state }) => [id, state]),
    [
      ["c1", "held"],
      ["c2", undefined],
    ],
  );
  assert.equal(withHeld([{ id: "c1", state: "held" }], held).length, 1);
  assert.deepEqual(withHeld([]), []);
});

test("a refused one stays as refused, whichever page it was written on", async () => {
  const connection = new EventTarget();
  const storage = shelf();
  const outbox = new Outbox({ command: async () => ({ held: "h1" }), storage, now: () => 0, changed: () => {} });
  outbox.restore("kim");
  outbox.send("t1", { text: "call me" });
  await turn();
  const threads = new Map([["t1", { held: [{ held: "h2", command: "c2", text: "or mail", at: "x" }] }]]);
  followRefusals({ connection, outbox, threads, update: (thread, change) => threads.set(thread, change(threads.get(thread))) });
  for (const held of ["h1", "h2", "nobody's"]) {
    const decision = { act: "moderation.reject_message", thread: "t1", reason: "no numbers", about: { held } };
    connection.dispatchEvent(new CustomEvent("decision", { detail: { decision } }));
  }
  assert.deepEqual(
    outbox.of("t1").map(({ text, state, error }) => [text, state, error.message]),
    [
      ["call me", "refused", "no numbers"],
      ["or mail", "refused", "no numbers"],
    ],
  );
  assert.deepEqual(threads.get("t1").held, []);
});

test("after a reload the server tells what waits, not the page", async () => {
  const storage = shelf();
  const given = { command: async () => ({ held: "h1" }), storage, now: () => 0, changed: () => {} };
  const before = new Outbox(given);
  before.restore("kim");
  before.send("t1", { text: "call me" });
  await turn();
  assert.equal(before.of("t1")[0].held, "h1");
  const after = new Outbox(given);
  after.restore("kim");
  assert.deepEqual(after.of("t1"), []);
});

function paused(ask) {
  const shown = [];
  let due = null;
  const caution = new Caution({
    ask,
    show: (caught) => shown.push(caught),
    schedule: (work) => (due = work),
    cancel: () => (due = null),
  });
  return { caution, shown, pause: async () => (await due?.(), (due = null)) };
}

test("one text is asked about once, when its author pauses", async () => {
  const asked = [];
  const { caution, shown, pause } = paused(async (_, text) => (asked.push(text), { caught: [find("phone", "flag")] }));
  for (const text of ["call", "call 0151", "call 0151 23456789", "call 0151 23456789"]) caution.wrote("t1", text);
  await pause();
  assert.deepEqual(asked, ["call 0151 23456789"]);
  assert.equal(shown.at(-1)[0].kind, "phone");
  caution.wrote("t1", "");
  assert.deepEqual(shown.at(-1), []);
  await pause();
  assert.equal(asked.length, 1);
});

test("an answer about another text is not shown", async () => {
  let answer = null;
  const { caution, shown, pause } = paused(() => new Promise((resolve) => (answer = resolve)));
  caution.wrote("t1", "call 0151 23456789");
  const asking = pause();
  caution.wrote("t1", "call me maybe");
  answer({ caught: [find("phone", "flag")] });
  await asking;
  assert.deepEqual(shown, []);
});

test("a question that fails shows nothing", async () => {
  const { caution, shown, pause } = paused(async () => {
    throw new Error("busy");
  });
  caution.wrote("t1", "call 0151 23456789");
  await pause();
  assert.deepEqual(shown, [[]]);
});

test("the strictest of the finds says what is done", () => {
  assert.equal(strictest([]), undefined);
  assert.deepEqual(strictest([find("link", "flag"), find("phone", "hold"), find("card", "mask")]), {
    action: "hold",
    kinds: ["phone"],
  });
});
