/* Which threads this page follows: lists them, subscribes to each, reads older entries, reads again what went stale.
   Must never ask for everything at once: the connection's window and the server's limits are for all threads together. */

import { firstSeq } from "./log.js";

const PAGE = 50;
const LISTED = 100;
/* A glance reads the top of the list, where what is new stands, and now and then all of it. */
const GLANCED = 5;
const GLANCE_MS = 8_000;
const REFRESH_MS = 60_000;
const STAFF_REFRESH_MS = 18_000;
const SOON_MS = 120;

export class Following {
  #desk;
  #connection;
  #asking = new Set();
  #resyncs = new Map();
  #refreshed = 0;
  #glanced = 0;
  #cursor;
  #relisting = null;

  constructor(desk, connection) {
    this.#desk = desk;
    this.#connection = connection;
  }

  async refresh() {
    if (!this.#desk.lists) return;
    this.#refreshed = Date.now();
    const reply = await this.#list({});
    if (!reply) return;
    if (this.#cursor === undefined) this.#cursor = reply.cursor;
    this.#take(reply.rows);
  }

  /* One listing for a burst of reasons. */
  relist() {
    this.#relisting ??= setTimeout(() => {
      this.#relisting = null;
      this.refresh();
    }, SOON_MS);
  }

  /* Nobody tells this socket of an order that the marketplace placed: so a page in sight looks, but seldom and briefly.
     Staff follow no thread that they do not watch: their whole list is old by then. */
  async glance() {
    const now = Date.now();
    /* Whoever comes back reads the whole list anyway. */
    if (this.#connection.status.phase !== "online" || now - this.#glanced < GLANCE_MS) return;
    this.#glanced = now;
    const staff = this.#desk.role === "moderator";
    if (now - this.#refreshed > (staff ? STAFF_REFRESH_MS : REFRESH_MS)) return void this.refresh();
    const reply = staff ? null : await this.#list({ limit: GLANCED });
    if (reply) this.#take(reply.rows);
  }

  #take(rows) {
    this.#desk.list(rows, Boolean(this.#cursor));
    if (this.#desk.role === "moderator") return;
    for (const { thread } of rows) this.follow(thread).catch(() => {});
  }

  /* Older rows are only listed; following them too would exceed what a socket may follow. */
  async more() {
    const reply = await this.#list({ cursor: this.#cursor });
    if (!reply) return;
    this.#cursor = reply.cursor;
    this.#desk.list(reply.rows, Boolean(this.#cursor));
  }

  #list(fields) {
    return this.#connection.command("thread.list", { limit: LISTED, ...fields }).catch(() => null);
  }

  async follow(thread) {
    if (this.#connection.follows(thread) || this.#asking.has(thread)) return;
    this.#asking.add(thread);
    try {
      await this.#connection.command("thread.subscribe", { thread });
    } finally {
      this.#asking.delete(thread);
    }
  }

  async older(thread) {
    const state = this.#desk.threads.get(thread);
    const key = `older ${thread}`;
    if (!state || state.log.complete || this.#asking.has(key)) return;
    this.#asking.add(key);
    try {
      const fields = { thread, before: firstSeq(state.log), limit: PAGE };
      const { entries, complete } = await this.#connection.command("thread.history", fields);
      this.#desk.history(thread, entries, complete);
    } catch {
      /* Asked for again by the next scroll. */
    } finally {
      this.#asking.delete(key);
    }
  }

  /* One reading for a burst of reasons. */
  resync(thread) {
    if (!this.#resyncs.has(thread)) {
      const reading = new Promise((resolve) => setTimeout(resolve, SOON_MS))
        .then(() => {
          this.#resyncs.delete(thread);
          return this.#connection.command("thread.snapshot", { thread });
        })
        .then((snapshot) => this.#desk.snapshot(snapshot))
        .catch(() => {});
      this.#resyncs.set(thread, reading);
    }
    return this.#resyncs.get(thread);
  }
}
