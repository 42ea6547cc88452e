/* Commands that have no answer yet. No answer means unknown, so each is sent again with the same id until `ok` or `error`.
   Must never drop one silently, and never have more running than the server takes (it closes with 4103 beyond). */

import { fullJitter } from "./closing.js";

const WINDOW = 16;
const MAX_TRIES = 8;

export class CommandError extends Error {
  constructor(frame) {
    super(frame.message ?? frame.code);
    Object.assign(this, { code: frame.code, executed: frame.executed, retry: frame.retry, field: frame.field });
    this.info = frame.info ?? {};
  }
}

export class Pending {
  #items = new Map();
  #send;
  #schedule;
  #online = false;

  constructor({ send, schedule = (work, ms) => setTimeout(work, ms) }) {
    this.#send = send;
    this.#schedule = schedule;
  }

  get size() {
    return this.#items.size;
  }

  add(frame) {
    return new Promise((resolve, reject) => {
      this.#items.set(frame.id, { frame, resolve, reject, sent: false, resting: false, tries: 0 });
      this.flush();
    });
  }

  online() {
    this.#online = true;
    for (const item of this.#items.values()) item.sent = false;
    this.flush();
  }

  offline() {
    this.#online = false;
  }

  flush() {
    if (!this.#online) return;
    let running = 0;
    for (const item of this.#items.values()) if (item.sent) running += 1;
    for (const item of this.#items.values()) {
      if (running >= WINDOW) return;
      if (item.sent || item.resting) continue;
      item.sent = true;
      running += 1;
      this.#send(item.frame);
    }
  }

  /* Returns the command's own frame when it is finished, so that the caller can act on it before later frames. */
  settle(answer) {
    const item = this.#items.get(answer.id);
    if (!item) return null;
    if (answer.type === "error" && answer.retry === "same" && item.tries < MAX_TRIES) {
      this.#rest(item, answer.after_ms ?? fullJitter(item.tries + 1));
      return null;
    }
    this.#items.delete(answer.id);
    if (answer.type === "ok") item.resolve(answer);
    else item.reject(new CommandError(answer));
    this.flush();
    return item.frame;
  }

  #rest(item, delay) {
    Object.assign(item, { sent: false, resting: true, tries: item.tries + 1 });
    this.#schedule(() => {
      item.resting = false;
      this.flush();
    }, delay);
    this.flush();
  }
}
