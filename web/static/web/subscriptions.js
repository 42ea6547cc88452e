/* Tells the server where this person's pushes go (docs/clients.md).
   Must never name another person: the session says whose they are. */

import { csrfToken } from "./csrf.js";

export class Subscriptions {
  constructor(url) {
    this.url = url;
  }

  /* The name under which the server has it; the same again is the same. */
  async add(subscription) {
    const reply = await this.#send("POST", this.url, { kind: "web", ...subscription.toJSON() });
    return (await reply.json()).subscription;
  }

  async remove(name) {
    await this.#send("DELETE", `${this.url}/${encodeURIComponent(name)}`);
  }

  async #send(method, url, body) {
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json" };
    /* What is sent on the way out arrives though the page has left. */
    const reply = await fetch(url, { method, headers, keepalive: true, body: body && JSON.stringify(body) });
    if (!reply.ok) throw new Error(`push subscriptions: ${reply.status}`);
    return reply;
  }
}
