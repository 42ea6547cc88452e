/* Everything this person has before them: the list, the threads, what is being sent; kept current by the connection.
   Must never touch the document: views listen to "change" and "news" and draw what stands here. */

import { Following } from "./following.js";
import { Outbox } from "./outbox.js";
import { Reading } from "./reading.js";
import * as rowsOf from "./rows.js";
import { ServerTime } from "./servertime.js";
import { Signals } from "./signals.js";
import { listed, preview } from "./telling.js";
import { fromSnapshot, withCapabilities, withEntries, withHistory, withSignal } from "./thread.js";

/* Not this person's to see any more. */
const FINAL = new Set(["not_found", "wrong_role", "suspended"]);

export class Desk extends EventTarget {
  time = new ServerTime();
  rows = [];
  listed = false;
  more = false;
  threads = new Map();
  gone = new Set();
  open = null;
  unreadAfter = null;
  me = null;
  role = null;

  /* `lists`: whether this page shows, and so keeps, the list of conversations. */
  constructor({ connection, storage, lists = true }) {
    super();
    const command = (...given) => connection.command(...given);
    Object.assign(this, { connection, lists });
    this.following = new Following(this, connection);
    this.reading = new Reading({ command });
    this.signals = new Signals(this, connection);
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
    on("capabilities", (frame) => this.update(frame.thread, (state) => withCapabilities(state, frame)));
    on("reset", ({ threads }) => this.#reset(threads));
    on("refused", (frame) => frame.thread && this.lost(frame.thread, frame));
  }

  get state() {
    return this.threads.get(this.open);
  }

  row(thread) {
    return this.rows.find((row) => row.thread === thread);
  }

  /* How many entries after `seq` are news to this person; null where this page does not hold them. */
  newsAfter(thread, seq) {
    const state = this.threads.get(thread);
    return state ? rowsOf.unreadAfter(state.log, seq, this.me) : null;
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
      this.lost(thread, error);
    }
    this.#past(thread);
  }

  /* What one may no longer see goes from the screen too; what merely lost its place is read afresh. */
  lost(thread, { code, retry }) {
    if (retry === "resync") return this.#reset([thread]);
    if (!FINAL.has(code) && code !== "reason_required") return;
    this.threads.delete(thread);
    if (code === "reason_required") this.dispatchEvent(new CustomEvent("ended", { detail: { thread } }));
    else this.gone.add(thread);
    this.changed(thread);
  }

  seen() {
    const { state, role } = this;
    if (!state || role === "moderator" || (state.read[this.me] ?? 0) >= state.log.head) return;
    this.reading.read(state.thread, state.log.head);
    this.signals.cursor("read", { thread: state.thread, user: this.me, seq: state.log.head });
  }

  async toggle(thread, what, on) {
    await this.connection.command(`thread.${what}`, { thread, on });
    const now = { [what === "mute" ? "muted" : "archived"]: on };
    this.rows = rowsOf.update(this.rows, thread, () => now);
    this.update(thread, (state) => ({ ...state, ...now }));
  }

  list(rows, more) {
    const told = rows.map((row) => ({ ...row, last: row.last && { ...row.last, preview: listed(row, this.me) } }));
    this.rows = rowsOf.fromList(told, this.rows, (thread, seq) => this.newsAfter(thread, seq));
    Object.assign(this, { listed: true, more });
    /* What was read elsewhere while this page was away comes with the list alone. */
    const mine = (seq) => (state) => withSignal(state, "read", { user: this.me, seq });
    for (const { thread, read } of rows) this.update(thread, mine(read));
    this.changed();
  }

  snapshot(snapshot) {
    /* Over a hole the held log cannot be continued: it begins again at the snapshot. */
    this.update(snapshot.thread, (state) => fromSnapshot(snapshot, state.gap ? null : state));
    if (snapshot.thread === this.open) this.#past(this.open);
  }

  history(thread, entries, complete) {
    this.update(thread, (state) => withHistory(state, entries, complete));
  }

  update(thread, change) {
    const state = this.threads.get(thread);
    if (!state) return;
    this.threads.set(thread, change(state));
    this.changed(thread);
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
    /* What came between the list and this subscription is told by neither. */
    if (this.row(thread)?.head < snapshot.as_of) this.following.relist();
    this.#received(thread);
    this.changed(thread);
  }

  #past(thread) {
    const state = this.threads.get(thread);
    if (state && !state.log.entries.length) this.following.older(thread);
  }

  #entries(thread, entries) {
    this.time.observe(entries.at(-1).at);
    if (!this.threads.has(thread)) return;
    this.update(thread, (state) => withEntries(state, entries));
    const state = this.threads.get(thread);
    const told = (row) => rowsOf.withEntries(row, entries, this.me, (entry) => preview(entry, state, this.me));
    this.rows = rowsOf.update(this.rows, thread, told);
    this.outbox.confirm(thread, entries);
    /* An accepted offer may have opened a thread that nothing else tells of. */
    const opened = entries.some(({ kind, thread: to }) => kind === "offer.accepted" && to && !this.row(to));
    if (opened || !this.row(thread)) this.following.relist();
    if (state.stale) this.following.resync(thread);
    this.#received(thread);
    this.dispatchEvent(new CustomEvent("news", { detail: { thread, entries, state } }));
  }

  #received(thread) {
    const state = this.threads.get(thread);
    if (this.role !== "moderator" && (state.delivered[this.me] ?? 0) < state.log.head)
      this.reading.delivered(thread, state.log.head);
  }

  #firstUnread(thread) {
    const state = this.threads.get(thread);
    return state && this.row(thread)?.unread ? (state.read[this.me] ?? 0) : null;
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
}
