/* Where the page begins: reads who is signed in, opens the line, draws.
   Must never hold a rule: it only puts the parts together. */

import { Connection } from "./connection.js";
import { Desk } from "./desk.js";
import { fetchTicket } from "./ticket.js";
import { Frame } from "./views/frame.js";
import { loadIcons } from "./views/icons.js";
import { startTicker } from "./views/ticker.js";

const root = document.getElementById("app");
const { user, name, role, ticketUrl, socketPath } = root.dataset;
const url = new URL(socketPath, location.href);
url.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const connection = new Connection({
  url: url.href,
  ticket: () => fetchTicket(ticketUrl),
  client: { name: "order-threads-web", version: "1" },
});
const desk = new Desk({ connection, storage: sessionStorage });
const signOut = () => document.getElementById("sign-out").submit();
const frame = new Frame(root, { desk, person: { user, name, role }, signOut });

startTicker(desk.time, () => desk.changed());
addEventListener("online", () => {
  connection.hint();
  frame.schedule();
});
addEventListener("offline", () => frame.schedule());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  connection.hint();
  desk.following.glance();
  frame.schedule();
});
loadIcons();
frame.draw();
connection.start();
