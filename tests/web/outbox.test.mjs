import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../web/static/web/outbox.js";
import { message } from "./fixtures.mjs";

function shelf() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

function laid(command, storage = shelf()) {
  const outbox = new Outbox({ command, storage, now: () => 0, changed: () => {} });
  outbox.restore("kim");
  return { outbox, storage };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("messages of a thread leave one after another", async () => {
  const waiting = [];
  const { outbox } = laid((_, { text }) => new Promise((resolve) => waiting.push({ text, resolve })));
  outbox.send("t1", { text: "a" });
  outbox.send("t1", { text: "b" });
  assert.deepEqual(
    waiting.map(({ text }) => text),
    ["a"],
  );
  waiting[0].resolve({ seq: 1 });
  await turn();
  assert.deepEqual(
    waiting.map(({ text }) => text),
    ["a", "b"],
  );
});

test("a message goes when its entry arrives, known by the command's id or by the head", async () => {
  const { outbox } = laid(async () => ({ seq: 5 }));
  const id = outbox.send("t1", { text: "a" });
  await turn();
  assert.equal(outbox.of("t1").length, 1);
  assert.equal(outbox.of("t1", 5).length, 0);
  outbox.confirm("t1", [{ ...message(5, "kim", "a"), command: id }]);
  assert.equal(outbox.of("t1").length, 0);
});

test("a refused text stays with its reason until it is let go or tried again", async () => {
  let fine = false;
  const ids = [];
  const { outbox } = laid(async (type, fields, id) => {
    ids.push(id);
    if (!fine) throw Object.assign(new Error("closed"), { code: "thread_closed", retry: "never" });
    return { seq: 1 };
  });
  const id = outbox.send("t1", { text: "a" });
  await turn();
  assert.equal(outbox.of("t1")[0].error.code, "thread_closed");
  fine = true;
  outbox.again(id);
  await turn();
  assert.deepEqual(ids, [id, id]);
  outbox.discard(id);
  assert.equal(outbox.of("t1").length, 0);
});

test("after a reload the same id is sent again", async () => {
  const storage = shelf();
  const first = laid(() => new Promise(() => {}), storage);
  const id = first.outbox.send("t1", { text: "a", reply_to: 3 });
  const sent = [];
  laid(async (type, fields, again) => (sent.push([again, fields]), { seq: 1 }), storage);
  assert.deepEqual(sent, [[id, { thread: "t1", text: "a", purpose: "chat", reply_to: 3 }]]);
});

test("a held message waits visibly; a statement, which has no entry, does not", async () => {
  const { outbox } = laid(async () => ({ at: "x" }));
  outbox.send("t1", { text: "call me", purpose: "chat" });
  outbox.send("t2", { text: "my side", purpose: "statement" });
  await turn();
  assert.equal(outbox.of("t1")[0].state, "held");
  assert.equal(outbox.of("t2").length, 0);
});
