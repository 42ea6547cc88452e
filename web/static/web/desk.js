/* Everything this person has before them: the list, the threads, what is being sent; kept current by the connection.
   Must never touch the document: views listen to "change" and "news" and draw what stands here. */

import { Following } from "./following.js";
import { Outbox } from "./outbox.js";
import { Reading } from "./reading.js";
import * as rowsOf from "./rows.js";
import { ServerTime } from "./servertime.js";
import { preview } from "./telling.js";
import { fromSnapshot, withCapabilities, withEntries, withHistory, withSignal } from "./thread.js";

const TYPING_MS = 6_000;

export class Desk extends EventTarget {
  time = new ServerTime();
  rows = [];
  listed = false;
  threads = new Map();
  gone = new Set();
  open = null;
  unreadAfter = null;
  me = null;
  role = null;

  constructor({ connection, storage }) {
    super();
    const command = (...given) => connection.command(...given);
    this.connection = connection;
    this.following = new Following(this, connection);
    this.reading = new Reading({ command });
    this.outbox = new Outbox({
      command,
      storage,
      now: () => this.time.now(),
      changed: (thread) => this.changed(thread),
      told: (thread, purpose, ok) => this.#told(thread, purpose, ok),
    });
    const on = (name, act) => connection.addEventListener(name, ({ detail }) => act(detail));
    on("status", () => this.changed());
    on("welcome", (frame) => this.#welcome(frame));
    on("subscribed", ({ thread, snapshot }) => snapshot && this.#began(thread, snapshot));
    on("entries", ({ thread, entries }) => this.#entries(thread, entries));
    on("capabilities", (frame) => this.#update(frame.thread, (state) => withCapabilities(state, frame)));
    on("typing", (frame) => this.#typing(frame));
    on("presence", (frame) => this.#presence(frame));
    for (const kind of ["read", "delivered"]) on(kind, (frame) => this.#cursor(kind, frame));
    on("reset", ({ threads }) => this.#reset(threads));
    on("refused", ({ thread, code }) => thread && code === "not_found" && this.lost(thread));
  }

  get state() {
    return this.threads.get(this.open);
  }

  row(thread) {
    return this.rows.find((row) => row.thread === thread);
  }

  changed(thread = null) {
    this.dispatchEvent(new CustomEvent("change", { detail: { thread } }));
  }

  /* Looking at a thread: follow it and have a page of its past. */
  async show(thread) {
    this.open = thread;
    this.unreadAfter = this.#firstUnread(thread);
    this.changed(thread);
    if (!thread) return;
    try {
      await this.following.follow(thread);
    } catch (error) {
      if (error.code === "not_found") this.lost(thread);
    }
    this.#past(thread);
  }

  lost(thread) {
    this.gone.add(thread);
    this.changed(thread);
  }

  seen() {
    const { state, role } = this;
    if (!state || role === "moderator" || (state.read[this.me] ?? 0) >= state.log.head) return;
    this.reading.read(state.thread, state.log.head);
    this.#cursor("read", { thread: state.thread, user: this.me, seq: state.log.head });
  }

  async toggle(thread, what, on) {
    await this.connection.command(`thread.${what}`, { thread, on });
    const word = what === "mute" ? "muted" : "archived";
    this.rows = rowsOf.update(this.rows, thread, () => ({ [word]: on }));
    this.#update(thread, (state) => ({ ...state, [word]: on }));
  }

  list(rows) {
    this.rows = rowsOf.fromList(rows, this.rows);
    this.listed = true;
    this.changed();
  }

  snapshot(snapshot) {
    const known = this.threads.get(snapshot.thread);
    if (known) this.#update(snapshot.thread, (state) => fromSnapshot(snapshot, state));
  }

  history(thread, entries, complete) {
    this.#update(thread, (state) => withHistory(state, entries, complete));
  }

  #welcome(frame) {
    const first = this.me === null;
    Object.assign(this, { me: frame.user, role: frame.role, limits: frame.limits ?? {} });
    this.time.welcome(frame.now);
    if (first) this.outbox.restore(this.me);
    this.following.refresh();
    if (this.open) this.show(this.open);
  }

  #began(thread, snapshot) {
    const known = this.threads.get(thread);
    this.threads.set(thread, fromSnapshot(snapshot, known?.log.head === snapshot.as_of ? known : null));
    if (thread === this.open) {
      this.unreadAfter ??= this.#firstUnread(thread);
      this.#past(thread);
    }
    this.#received(thread);
    this.changed(thread);
  }

  #past(thread) {
    const state = this.threads.get(thread);
    if (state && !state.log.entries.length) this.following.older(thread);
  }

  #entries(thread, entries) {
    this.time.observe(entries.at(-1).at);
    const before = this.threads.get(thread);
    if (!before) return;
    this.#update(thread, (state) => withEntries(state, entries));
    const state = this.threads.get(thread);
    const said = (entry) => preview(entry, state, this.me);
    this.rows = rowsOf.update(this.rows, thread, (row) => rowsOf.withEntries(row, entries, this.me, said));
    this.outbox.confirm(thread, entries);
    if (!this.row(thread)) this.following.refresh();
    if (state.stale) this.following.resync(thread);
    this.#received(thread);
    this.dispatchEvent(new CustomEvent("news", { detail: { thread, entries, state } }));
  }

  #received(thread) {
    const state = this.threads.get(thread);
    if (this.role !== "moderator" && (state.delivered[this.me] ?? 0) < state.log.head)
      this.reading.delivered(thread, state.log.head);
  }

  #typing({ thread, user, on }) {
    const until = Date.now() + TYPING_MS;
    this.#update(thread, (state) => withSignal(state, "typing", { user, on, until }));
    if (on) setTimeout(() => this.changed(thread), TYPING_MS + 50);
  }

  #presence(frame) {
    for (const thread of this.threads.keys())
      this.#update(thread, (state) => withSignal(state, "presence", frame), true);
    this.changed();
  }

  #cursor(kind, { thread, user, seq }) {
    this.#update(thread, (state) => withSignal(state, kind, { user, seq }));
    if (kind !== "read" || user !== this.me) return;
    this.rows = rowsOf.update(this.rows, thread, (row) => (seq >= row.head ? { unread: 0 } : {}));
  }

  #firstUnread(thread) {
    const state = this.threads.get(thread);
    const read = state?.read[this.me] ?? 0;
    return state && this.row(thread)?.unread ? read : null;
  }

  #told(thread, purpose, ok) {
    if (purpose === "statement") this.following.resync(thread);
    if (ok.caught?.length) this.dispatchEvent(new CustomEvent("caught", { detail: { thread, caught: ok.caught } }));
  }

  #reset(threads) {
    for (const thread of threads) this.threads.delete(thread);
    this.following.refresh();
    if (threads.includes(this.open)) this.show(this.open);
  }

  #update(thread, change, quiet = false) {
    const state = this.threads.get(thread);
    if (!state) return;
    this.threads.set(thread, change(state));
    if (!quiet) this.changed(thread);
  }
}
