/* Where the console begins: reads who is signed in, opens the line, draws.
   Must never hold a rule: it only puts the parts together. */

import { Connection } from "../connection.js";
import { Desk } from "../desk.js";
import { fetchTicket } from "../ticket.js";
import { loadIcons } from "../views/icons.js";
import { startTicker } from "../views/ticker.js";
import { keepAlive } from "./alive.js";
import { ConsoleFrame } from "./views/frame.js";

const root = document.getElementById("console");
const { user, name, role, ticketUrl, socketPath, hereUrl, idle } = root.dataset;
const url = new URL(socketPath, location.href);
url.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const connection = new Connection({
  url: url.href,
  ticket: () => fetchTicket(ticketUrl),
  client: { name: "order-threads-console", version: "1" },
});
const desk = new Desk({ connection, storage: sessionStorage, lists: false });
const signOut = () => document.getElementById("sign-out").submit();
const frame = new ConsoleFrame(root, { desk, person: { user, name, role }, signOut });

/* Someone else signed in to this browser meanwhile: what they do must not stand under this name. */
connection.addEventListener("welcome", ({ detail }) => detail.user !== user && location.reload());
startTicker(desk.time, () => desk.changed());
addEventListener("online", () => connection.hint());
addEventListener("offline", () => connection.doubt());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.hint());
if (idle) keepAlive(hereUrl);
loadIcons();
frame.draw();
connection.start();
