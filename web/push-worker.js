/* What a browser does for us while no page is open: shows what is pushed, and leads to the thread that is pressed.
   A classic script: not every browser takes a module here.
   Must never answer a page's requests, nor keep anything. */

"use strict";

/* Not every window has an answer: the landing's has none. Firefox opens no window later than a second after the press. */
const SHOWS_MS = 3_000;
const OPENS_MS = 700;
const SUBSCRIPTIONS = "/api/v1/push-subscriptions";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data.thread));
});

async function show({ kind, title, thread }) {
  if (thread && (await isBeforeSomebody(thread))) return;
  /* A second attempt of the same push takes the place of the first. */
  await self.registration.showNotification(title, {
    tag: `${thread} ${kind}`,
    renotify: true,
    dir: "auto",
    data: { thread },
  });
}

async function isBeforeSomebody(thread) {
  const question = { asked: "shows", thread };
  const answers = (await windows()).map((window) => ask(window, question, SHOWS_MS));
  return (await Promise.all(answers)).includes(true);
}

async function lead(thread) {
  for (const window of await windows()) {
    /* Also where the browser refuses the focus; a frozen window answers once it has it. */
    const [answer] = await Promise.allSettled([ask(window, { asked: "open", thread }, OPENS_MS), window.focus()]);
    if (answer.value) return;
  }
  await self.clients.openWindow(thread ? `/t/${encodeURIComponent(thread)}` : "/");
}

/* The page would do the same at its next start; until then nothing would arrive. */
async function renew() {
  const applicationServerKey = new URL(self.location.href).searchParams.get("key");
  const made = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const token = await self.cookieStore?.get("csrftoken");
  if (!token) return;
  await fetch(SUBSCRIPTIONS, {
    method: "POST",
    headers: { "X-CSRFToken": token.value, "Content-Type": "application/json" },
    body: JSON.stringify({ kind: "web", ...made.toJSON() }),
  });
}

/* Those that began as a conversation page or the landing; letters and the like are others. */
async function windows() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter(({ url }) => /^\/(t\/.*)?$/.test(new URL(url).pathname));
}

/* What the page in that window says; null from one that knows no answer. Its address alone would not do: to some
   browsers it is for ever the one that the window began with. */
function ask(window, question, ms) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    setTimeout(done, ms, null);
    window.postMessage(question, [port2]);
  });
}
