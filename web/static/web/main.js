/* Where the page begins: reads who is signed in, opens the line, draws.
   Must never hold a rule: it only puts the parts together. */

import { BrowserPush } from "./browserpush.js";
import { Connection } from "./connection.js";
import { Decisions } from "./decisions.js";
import { Desk } from "./desk.js";
import { Notifying } from "./notifying.js";
import { Subscriptions } from "./subscriptions.js";
import { fetchTicket } from "./ticket.js";
import { Frame } from "./views/frame.js";
import { loadIcons } from "./views/icons.js";
import { startTicker } from "./views/ticker.js";

const GLANCE_MS = 10_000;
/* So long at most does the end of this device's pushes hold up a sign-out. */
const SIGN_OUT_MS = 3_000;

const root = document.getElementById("app");
const { user, name, role, ticketUrl, socketPath, pushUrl, pushKey, pushWorker } = root.dataset;
const url = new URL(socketPath, location.href);
url.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const connection = new Connection({
  url: url.href,
  ticket: () => fetchTicket(ticketUrl),
  client: { name: "order-threads-web", version: "1" },
});
const desk = new Desk({ connection, storage: sessionStorage });
const decisions = new Decisions(connection);
const browser = new BrowserPush({ worker: pushWorker, key: pushKey });
const notifying = new Notifying({ browser, server: new Subscriptions(pushUrl), storage: localStorage, user });
/* Other tabs of this browser show the same person: one that signs out ends them all. */
const tabs = new BroadcastChannel("order-threads");
tabs.onmessage = ({ data }) => data === "signed-out" && connection.stop("signed-out");
const signOut = async () => {
  tabs.postMessage("signed-out");
  const late = new Promise((pass) => setTimeout(pass, SIGN_OUT_MS));
  await Promise.race([notifying.off(), late]).catch(() => {});
  document.getElementById("sign-out").submit();
};
const frame = new Frame(root, { desk, decisions, notifying, person: { user, name, role }, signOut });

/* Someone else signed in to this browser meanwhile: their conversations must not appear under this name. */
connection.addEventListener("welcome", ({ detail }) => detail.user !== user && location.reload());
startTicker(desk.time, () => desk.changed());
addEventListener("online", () => {
  connection.hint();
  frame.schedule();
});
addEventListener("offline", () => {
  connection.doubt();
  frame.schedule();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  connection.hint();
  notifying.look().catch(() => {});
  desk.following.glance();
  frame.schedule();
});
browser.answer({
  shows: (thread) => desk.open === thread && document.hasFocus(),
  open: (thread) => frame.go(thread || null),
});
loadIcons();
setInterval(() => document.visibilityState === "visible" && desk.following.glance(), GLANCE_MS);
frame.draw();
connection.start();
/* Whatever fails of it is tried again at the next start. */
notifying.begin().catch(() => {});
