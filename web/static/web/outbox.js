/* Messages written here that are not in the log yet: kept over drops and reloads, sent one after another per thread.
   Must never change an id once made, and never throw away a text that was refused: it stays until its author lets it go. */

import { uuid7 } from "./uuid7.js";

const FINAL = new Set(["sent", "refused", "held"]);

export class Outbox {
  #items = [];
  #busy = new Set();
  #options;

  constructor({ command, storage, now, changed, told = () => {} }) {
    this.#options = { command, storage, now, changed, told };
  }

  restore(me) {
    this.key = `order-threads.outbox.${me}`;
    try {
      this.#items = JSON.parse(this.#options.storage.getItem(this.key) ?? "[]");
    } catch {
      this.#items = [];
    }
    /* What waits for a check the server tells, on every device. */
    this.#items = this.#items.filter(({ state }) => state !== "held");
    for (const item of this.#items) if (!FINAL.has(item.state)) item.state = "waiting";
    for (const thread of new Set(this.#items.map((item) => item.thread))) this.#pump(thread);
  }

  send(thread, { text, purpose = "chat", reply_to }) {
    const item = {
      id: uuid7(),
      thread,
      text,
      purpose,
      reply_to,
      at: new Date(this.#options.now()).toISOString(),
      state: "waiting",
    };
    this.#items.push(item);
    this.#changed(thread);
    this.#pump(thread);
    return item.id;
  }

  /* `head` hides what the log shows by now, should the entry have come without the command's id. */
  of(thread, head = 0) {
    return this.#items.filter((item) => item.thread === thread && !(item.seq && item.seq <= head));
  }

  again(id) {
    const item = this.#items.find((one) => one.id === id);
    if (!item) return;
    Object.assign(item, { state: "waiting", error: undefined });
    this.#changed(item.thread);
    this.#pump(item.thread);
  }

  /* What was held will not be sent; `known` is how the server told it, where it was not written on this page. */
  refuse(thread, held, message, known) {
    let item = this.#items.find((one) => one.held === held);
    if (!item && known) {
      item = { id: known.command, thread, text: known.text, purpose: "chat", at: known.at, held };
      this.#items.push(item);
    }
    if (!item) return;
    Object.assign(item, { state: "refused", error: { code: "not_allowed", message, retry: "never", executed: "no" } });
    this.#changed(thread);
  }

  discard(id) {
    const item = this.#items.find((one) => one.id === id);
    this.#items = this.#items.filter((one) => one.id !== id);
    if (item) this.#changed(item.thread);
  }

  confirm(thread, entries) {
    const done = new Set(entries.map((entry) => entry.command).filter(Boolean));
    if (!this.#items.some((item) => done.has(item.id))) return;
    this.#items = this.#items.filter((item) => !done.has(item.id));
    this.#changed(thread);
  }

  /* One at a time: a message that had to be retried must not land behind the one written after it. */
  async #pump(thread) {
    if (this.#busy.has(thread)) return;
    this.#busy.add(thread);
    for (;;) {
      const item = this.#items.find((one) => one.thread === thread && one.state === "waiting");
      if (!item) break;
      await this.#deliver(item);
      this.#changed(thread);
    }
    this.#busy.delete(thread);
  }

  async #deliver(item) {
    const { id, thread, text, purpose, reply_to } = item;
    item.state = "sending";
    try {
      const ok = await this.#options.command(
        "message.send",
        { thread, text, purpose, ...(reply_to ? { reply_to } : {}) },
        id,
      );
      this.#options.told(thread, purpose, ok);
      if (ok.seq) Object.assign(item, { state: "sent", seq: ok.seq });
      else if (purpose === "statement") this.#items = this.#items.filter((one) => one !== item);
      else Object.assign(item, { state: "held", held: ok.held });
    } catch (error) {
      item.state = "refused";
      item.error = { code: error.code, message: error.message, retry: error.retry, executed: error.executed };
    }
  }

  #changed(thread) {
    if (this.key) this.#options.storage.setItem(this.key, JSON.stringify(this.#items));
    this.#options.changed(thread);
  }
}
