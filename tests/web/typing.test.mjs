import assert from "node:assert/strict";
import { test } from "node:test";

import { Typing } from "../../web/static/web/typing.js";

function typing(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const said = [];
  return { said, typing: new Typing({ say: (thread) => said.push(thread), pause: () => 3000 }) };
}

test("a sign is given at once, and no second one within the pause", (t) => {
  const { said, typing: kim } = typing(t);
  kim.typed("t1");
  t.mock.timers.tick(2900);
  kim.typed("t1");
  assert.deepEqual(said, ["t1"]);
  kim.typed("t2");
  assert.deepEqual(said, ["t1", "t2"]);
});

test("whoever goes on typing after sending is announced when the pause ends, with no further key", (t) => {
  const { said, typing: kim } = typing(t);
  kim.typed("t1");
  kim.stopped("t1");
  t.mock.timers.tick(1000);
  kim.typed("t1");
  kim.typed("t1");
  assert.deepEqual(said, ["t1"]);
  t.mock.timers.tick(2000);
  assert.deepEqual(said, ["t1"], "the server would drop it");
  t.mock.timers.tick(500);
  assert.deepEqual(said, ["t1", "t1"]);
});

test("a sign that is due falls away when the text was sent or taken back", (t) => {
  const { said, typing: kim } = typing(t);
  kim.typed("t1");
  t.mock.timers.tick(1000);
  kim.typed("t1");
  kim.stopped("t1");
  t.mock.timers.tick(10_000);
  assert.deepEqual(said, ["t1"]);
});
