/* One person's line to the server: connects, says hello, resumes, answers pings, retries commands, comes back after a drop.
   Must never know what an order or a message is, and never hand out an entry twice or out of order. */

import { AUTH_FAILED, afterClose } from "./closing.js";
import { Cursors } from "./cursors.js";
import { Pending } from "./pending.js";
import { Silence } from "./silence.js";
import { SignedOut } from "./ticket.js";
import { uuid7 } from "./uuid7.js";

export const SUBPROTOCOL = "order-threads.v1";

export class Connection extends EventTarget {
  #options;
  #socket = null;
  #cursors = new Cursors();
  #pending = new Pending({ send: (frame) => this.#write(frame) });
  #tries = 0;
  #welcomed = false;
  #refused = false;
  #refreshing = false;
  #bye = null;
  #retryTimer = null;
  #silence = new Silence(() => this.#lost(1006));
  #run = 0;

  #frames = {
    welcome: (frame) => this.#welcome(frame),
    ok: (frame) => this.#ok(frame),
    error: (frame) => this.#error(frame),
    subscribed: (frame) => this.#subscribed(frame),
    entries: (frame) => this.#entries(frame),
    reset: (frame) => this.#emit("reset", { ...frame, threads: this.#cursors.reset(frame.thread) }),
    bye: (frame) => (this.#bye = frame),
    "auth.expiring": () => this.#refresh(),
    /* Listeners run synchronously: what came before the ping has been processed by now, and that is what a pong promises. */
    ping: (frame) => this.#write({ type: "pong", n: frame.n }),
  };

  constructor({ url, ticket, client, WebSocket = globalThis.WebSocket, random = Math.random }) {
    super();
    this.#options = { url, ticket, client, WebSocket, random };
    this.status = { phase: "idle" };
  }

  start() {
    if (["idle", "stopped"].includes(this.status.phase)) this.#connect();
  }

  stop(phase = "stopped", reason = null) {
    this.#detach();
    this.#report({ phase, reason });
  }

  command(type, fields = {}, id = uuid7()) {
    return this.#pending.add({ type, id, ...fields });
  }

  /* For what may be lost: typing. */
  whisper(type, fields) {
    if (this.status.phase === "online") this.#write({ type, id: uuid7(), ...fields });
  }

  follows(thread) {
    return this.#cursors.has(thread);
  }

  /* The browser has lost its network; the line itself would say so only after a long silence. */
  doubt() {
    if (this.status.phase === "online") this.#report({ phase: "doubtful" });
  }

  /* The network or the person came back: a delay of our own need not be sat out, and a silent line is suspect. */
  hint() {
    if (this.status.phase === "doubtful" || (this.status.phase === "waiting" && !this.status.named)) {
      this.#detach();
      this.#connect();
    } else if (this.status.phase === "online" && this.#silence.long) this.#lost(1006);
  }

  async #connect() {
    const run = (this.#run += 1);
    this.#bye = null;
    this.#welcomed = false;
    this.#report({ phase: "connecting" });
    this.#silence.heard();
    try {
      const ticket = await this.#options.ticket();
      if (run === this.#run) this.#open(ticket);
    } catch (problem) {
      if (run !== this.#run) return;
      if (problem instanceof SignedOut) this.stop("signed-out");
      else this.#lost(1006);
    }
  }

  #open(ticket) {
    const socket = new this.#options.WebSocket(this.#options.url, [SUBPROTOCOL]);
    const hello = { type: "hello", ticket, client: this.#options.client, resume: this.#cursors.resume() };
    socket.onopen = () => this.#write(hello);
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#lost(event.code);
    this.#socket = socket;
  }

  #receive(text) {
    this.#silence.heard();
    const parsed = JSON.parse(text);
    for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
      const take = this.#frames[frame.type] ?? ((other) => this.#emit(other.type, other));
      take(frame);
    }
  }

  #welcome(frame) {
    Object.assign(this, { user: frame.user, role: frame.role, limits: frame.limits ?? {} });
    this.#cursors.epoch(frame.epoch);
    this.#tries = 0;
    this.#welcomed = true;
    this.#refused = false;
    this.#emit("welcome", frame);
    this.#pending.online();
    this.#report({ phase: "online" });
  }

  #ok(frame) {
    const command = this.#pending.settle(frame);
    if (command?.type === "thread.subscribe" && !frame.already) {
      this.#subscribed({ ...frame, thread: command.thread, after: command.after });
    }
    if (command?.type === "thread.unsubscribe") this.#cursors.forget(command.thread);
  }

  #error(frame) {
    if (frame.id && frame.retry === "reauth" && !this.#refreshing) {
      this.#refresh().then(() => this.#pending.settle({ ...frame, retry: "same", after_ms: 0 }));
    } else if (frame.id) this.#pending.settle(frame);
    else {
      if (frame.thread) this.#cursors.forget(frame.thread);
      this.#emit("refused", frame);
    }
  }

  #subscribed(frame) {
    const from = frame.snapshot ? frame.snapshot.as_of : (frame.after ?? this.#cursors.get(frame.thread));
    this.#cursors.set(frame.thread, from);
    this.#emit("subscribed", frame);
  }

  #entries({ thread, entries }) {
    const fresh = this.#cursors.advance(thread, entries);
    if (fresh.length) this.#emit("entries", { thread, entries: fresh });
  }

  async #refresh() {
    this.#refreshing = true;
    const refresh = async () => this.command("auth.refresh", { ticket: await this.#options.ticket() });
    await refresh().catch((problem) => problem instanceof SignedOut && this.stop("signed-out"));
    this.#refreshing = false;
  }

  #lost(code) {
    const known = { bye: this.#bye, welcomed: this.#welcomed, tries: this.#tries, refused: this.#refused };
    const plan = afterClose({ code, ...known, random: this.#options.random });
    if (!plan.again) return this.stop("stopped", this.#bye?.reason ?? String(code));
    this.#refused ||= code === AUTH_FAILED;
    this.#tries += 1;
    this.#detach();
    this.#retryTimer = setTimeout(() => this.#connect(), plan.delay);
    this.#report({ phase: "waiting", retryAt: Date.now() + plan.delay, named: plan.named });
  }

  #detach() {
    this.#run += 1;
    clearTimeout(this.#retryTimer);
    this.#pending.offline();
    this.#silence.stop();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #write(frame) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #report(status) {
    this.status = status;
    this.#emit("status", status);
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
