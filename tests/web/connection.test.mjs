import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { afterClose, fullJitter, wordFor } from "../../web/static/web/closing.js";
import { Connection } from "../../web/static/web/connection.js";
import { SignedOut } from "../../web/static/web/ticket.js";
import { uuid7 } from "../../web/static/web/uuid7.js";
import { message, snapshot } from "./fixtures.mjs";

/* A socket whose other end is the test. */
class FakeSocket {
  static made = [];
  readyState = 0;
  sent = [];

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
    FakeSocket.made.push(this);
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  say(...frames) {
    this.onmessage({ data: JSON.stringify(frames.length === 1 ? frames[0] : frames) });
  }

  close(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const WELCOME = {
  type: "welcome",
  user: "kim",
  role: "user",
  epoch: "e1",
  now: "2026-03-01T10:00:00.000Z",
  limits: {},
};
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

async function connected({ ticket = async () => "k1" } = {}) {
  FakeSocket.made = [];
  const connection = new Connection({
    url: "ws://x/ws/v1",
    ticket,
    client: { name: "t", version: "1" },
    WebSocket: FakeSocket,
    random: () => 1,
  });
  connection.start();
  await settle();
  const socket = FakeSocket.made[0];
  socket.open();
  socket.say(WELCOME);
  return { connection, socket };
}

async function again() {
  await settle();
  const socket = FakeSocket.made.at(-1);
  socket.open();
  socket.say(WELCOME);
  return socket;
}

test("ranges of closing codes decide, a bye decides better", () => {
  assert.deepEqual([4000, 4006, 4099, 4100, 4200, 4299, 1006, 1000, 3999].map(wordFor), [
    "no",
    "no",
    "no",
    "backoff",
    "now",
    "now",
    "backoff",
    "backoff",
    "backoff",
  ]);
  assert.equal(afterClose({ code: 4200, welcomed: true, tries: 0 }).delay, 0);
  assert.equal(
    afterClose({ code: 4200, bye: { reconnect: "now", after_ms: 700 }, welcomed: true, tries: 0 }).delay,
    700,
  );
  assert.equal(afterClose({ code: 1006, bye: { reconnect: "no" }, welcomed: true, tries: 0 }).again, false);
  assert.ok(
    afterClose({ code: 4200, welcomed: false, tries: 3, random: () => 1 }).delay > 0,
    "no hammering before a welcome",
  );
  assert.equal(
    fullJitter(0, () => 1),
    500,
  );
  assert.equal(
    fullJitter(99, () => 1),
    30_000,
  );
});

test("says hello with the ticket and the subprotocol, and no resume the first time", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  assert.deepEqual(socket.protocols, ["order-threads.v1"]);
  assert.deepEqual(socket.sent[0], { type: "hello", ticket: "k1", client: { name: "t", version: "1" } });
  assert.equal(connection.status.phase, "online");
});

test("sends the same id again after a drop, until it is answered", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  const sent = connection.command("message.send", { thread: "t1", text: "hi" });
  const first = socket.sent.at(-1);
  socket.close();
  t.mock.timers.tick(500);
  const next = await again();
  assert.deepEqual(next.sent.at(-1), first);
  next.say({ type: "ok", id: first.id, seq: 4, duplicate: true });
  assert.equal((await sent).seq, 4);
});

test("resumes from its cursors and hands out every entry once, arrays included", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  const seen = [];
  connection.addEventListener("entries", ({ detail }) => seen.push(...detail.entries.map(({ seq }) => seq)));
  connection.command("thread.subscribe", { thread: "t1" });
  const { id } = socket.sent.at(-1);
  socket.say(
    { type: "ok", id, head: 10, mode: "snapshot", snapshot: snapshot() },
    { type: "entries", thread: "t1", entries: [message(11, "sam", "a")] },
  );
  socket.close(4206);
  t.mock.timers.tick(0);
  const next = await again();
  assert.deepEqual(next.sent[0].resume, { epoch: "e1", threads: { t1: 11 } });
  next.say(
    { type: "subscribed", thread: "t1", head: 12, mode: "replay" },
    { type: "entries", thread: "t1", entries: [message(11, "sam", "a"), message(12, "sam", "b")] },
  );
  assert.deepEqual(seen, [11, 12]);
});

test("answers a ping after what came before it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  let processed = 0;
  connection.addEventListener("typing", () => (processed = socket.sent.length));
  socket.say({ type: "typing", thread: "t1", user: "sam", on: true }, { type: "ping", n: 7 });
  assert.deepEqual(socket.sent.at(-1), { type: "pong", n: 7 });
  assert.equal(processed, socket.sent.length - 1);
});

test("a refusal rejects with all that the server said; 'same' is tried again by itself", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  const refused = connection.command("order.close", { thread: "t1", expect: 1 });
  socket.say({
    type: "error",
    id: socket.sent.at(-1).id,
    code: "version_conflict",
    message: "changed",
    executed: "no",
    retry: "resync",
    info: { version: 3 },
  });
  await assert.rejects(refused, { code: "version_conflict", retry: "resync", info: { version: 3 } });
  const limited = connection.command("message.send", { thread: "t1", text: "x" });
  const frame = socket.sent.at(-1);
  socket.say({
    type: "error",
    id: frame.id,
    code: "rate_limited",
    message: "slow",
    executed: "no",
    retry: "same",
    after_ms: 800,
  });
  t.mock.timers.tick(799);
  const count = socket.sent.length;
  t.mock.timers.tick(1);
  assert.equal(socket.sent.length, count + 1);
  assert.deepEqual(socket.sent.at(-1), frame);
  socket.say({ type: "ok", id: frame.id, seq: 1 });
  await limited;
});

test("never runs more commands than the server takes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  for (let n = 0; n < 40; n += 1) connection.command("thread.subscribe", { thread: `t${n}` });
  assert.equal(socket.sent.length, 1 + 16);
  socket.say({ type: "ok", id: socket.sent[1].id, head: 0, mode: "replay" });
  assert.equal(socket.sent.length, 1 + 17);
});

test("does not come back after 4000s, except once with a new ticket after 4002", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  socket.close(4003);
  assert.equal(connection.status.phase, "stopped");
  const second = await connected();
  second.socket.close(4002);
  t.mock.timers.tick(0);
  await settle();
  assert.equal(FakeSocket.made.length, 2);
  FakeSocket.made[1].close(4002);
  assert.equal(second.connection.status.phase, "stopped");
});

test("silence of 40 s is a lost line", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection } = await connected();
  t.mock.timers.tick(39_999);
  assert.equal(connection.status.phase, "online");
  t.mock.timers.tick(1);
  assert.equal(connection.status.phase, "waiting");
});

test("without a network the line is in doubt at once, and is opened anew as soon as there is one", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  connection.doubt();
  assert.equal(connection.status.phase, "doubtful");
  const sent = connection.command("message.send", { thread: "t1", text: "hi" });
  const { id } = socket.sent.at(-1);
  connection.hint();
  const next = await again();
  assert.notEqual(next, socket);
  assert.equal(connection.status.phase, "online");
  next.say({ type: "ok", id, seq: 4 });
  assert.equal((await sent).seq, 4);
});

test("a reset forgets the cursors, and a person who is signed out is told so", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, socket } = await connected();
  connection.command("thread.subscribe", { thread: "t1" });
  socket.say({ type: "ok", id: socket.sent.at(-1).id, head: 10, mode: "snapshot", snapshot: snapshot() });
  assert.equal(connection.follows("t1"), true);
  socket.say({ type: "reset", scope: "all" });
  assert.equal(connection.follows("t1"), false);
  const out = new Connection({
    url: "ws://x",
    ticket: async () => {
      throw new SignedOut();
    },
    client: {},
    WebSocket: FakeSocket,
  });
  out.start();
  await settle();
  assert.equal(out.status.phase, "signed-out");
});

test("an expiring session is refreshed with a new ticket", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const ticket = mock.fn(async () => `k${ticket.mock.callCount() + 1}`);
  const { socket } = await connected({ ticket });
  socket.say({ type: "auth.expiring", in_ms: 60_000 });
  await settle();
  assert.equal(socket.sent.at(-1).type, "auth.refresh");
  assert.equal(socket.sent.at(-1).ticket, "k2");
});

test("ids are UUIDs of version 7 that sort by time", () => {
  const [a, b] = [uuid7(1_700_000_000_000), uuid7(1_700_000_000_001)];
  assert.match(a, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(a < b);
});
