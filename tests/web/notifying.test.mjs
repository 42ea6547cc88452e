import assert from "node:assert/strict";
import { test } from "node:test";

import { base64url } from "../../web/static/web/browserpush.js";
import { Notifying } from "../../web/static/web/notifying.js";

/* A browser and a server, each with what it knows; `said` is what passed between page and server. */
function device({ answer = "granted", user = "kim", kept = new Map() } = {}) {
  const said = [];
  const browser = {
    supported: true,
    permission: "default",
    subscription: null,
    key: "new",
    ask: async () => (browser.permission = answer),
    held: async () => browser.subscription,
    fits: (subscription) => subscription.key === browser.key,
    subscribe: async () => {
      const unsubscribe = async () => (browser.subscription = null);
      return (browser.subscription = { key: browser.key, unsubscribe });
    },
  };
  const server = {
    fails: false,
    add: async () => {
      if (server.fails) throw new Error("503");
      said.push("add");
      return "s1";
    },
    remove: async (name) => {
      if (server.fails) throw new Error("503");
      said.push(`remove ${name}`);
    },
  };
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const page = (who = user) => new Notifying({ browser, server, storage, user: who });
  return { browser, server, said, page };
}

test("nobody is asked at the start; a press asks, and the server is told", async () => {
  const { browser, said, page } = device();
  const kim = page();
  await kim.begin();
  assert.deepEqual([kim.state, browser.permission, said], ["off", "default", []]);
  await kim.on();
  assert.deepEqual([kim.state, browser.permission, said], ["on", "granted", ["add"]]);
});

test("a question that is waved away leaves it off, one that is denied blocked", async () => {
  for (const [answer, state] of [
    ["default", "off"],
    ["denied", "blocked"],
  ]) {
    const { browser, said, page } = device({ answer });
    const kim = page();
    await kim.on();
    assert.deepEqual([kim.state, browser.subscription, said], [state, null, []]);
  }
});

test("it is not on where the server was not told, and the press learns so", async () => {
  const { browser, server, page } = device();
  const kim = page();
  server.fails = true;
  await assert.rejects(kim.on());
  assert.deepEqual([kim.state, browser.subscription], ["off", null]);
  server.fails = false;
  await kim.on();
  assert.equal(kim.state, "on");
});

test("every start tells the server again, and stays on where that fails", async () => {
  const { server, said, page } = device();
  await page().on();
  const again = page();
  await again.begin();
  assert.deepEqual([again.state, said], ["on", ["add", "add"]]);
  server.fails = true;
  const third = page();
  await assert.rejects(third.begin());
  assert.equal(third.state, "on");
});

test("off ends it with the browser even where the server does not answer", async () => {
  const { browser, server, said, page } = device();
  const kim = page();
  await kim.on();
  await kim.off();
  assert.deepEqual([kim.state, browser.subscription, said], ["off", null, ["add", "remove s1"]]);
  await kim.on();
  server.fails = true;
  await kim.off();
  assert.deepEqual([kim.state, browser.subscription], ["off", null]);
});

test("what another tab switched is seen at the next look", async () => {
  const { browser, said, page } = device();
  const [here, there, sam] = [page(), page(), page("sam")];
  await there.on();
  await Promise.all([here.look(), sam.look()]);
  assert.deepEqual([here.state, sam.state], ["on", "off"]);
  await here.off();
  await there.look();
  assert.deepEqual([there.state, browser.subscription], ["off", null]);
  assert.deepEqual(said, ["add", "add", "remove s1"]);
});

test("signing out in one tab ends what another has just switched on", async () => {
  const { browser, said, page } = device();
  const [here, there] = [page(), page()];
  await there.on();
  await here.off();
  assert.equal(browser.subscription, null);
  assert.equal(said.at(-1), "remove s1");
});

test("off pressed while the start is under way comes after it", async () => {
  const { browser, said, page } = device();
  await page().on();
  const kim = page();
  await Promise.all([kim.begin(), kim.off()]);
  assert.deepEqual([kim.state, browser.subscription, said], ["off", null, ["add", "add", "remove s1"]]);
});

test("another person's subscription ends when the next one signs in, who gets nothing unasked", async () => {
  const { browser, said, page } = device();
  await page("kim").on();
  const sam = page("sam");
  await sam.begin();
  assert.deepEqual([sam.state, browser.subscription, said], ["off", null, ["add"]]);
});

test("a server with a new key is subscribed to anew", async () => {
  const { browser, said, page } = device();
  await page().on();
  browser.key = "newer";
  const kim = page();
  await kim.begin();
  assert.deepEqual([kim.state, browser.subscription.key, said], ["on", "newer", ["add", "add"]]);
});

test("a browser without push has no switch", async () => {
  const { browser, page } = device();
  browser.supported = false;
  const kim = page();
  await kim.begin();
  await kim.off();
  assert.equal(kim.state, "unsupported");
});

test("a key is told as the standard writes it", () => {
  assert.equal(base64url(new Uint8Array([251, 255, 190, 0]).buffer), "-_--AA");
});
