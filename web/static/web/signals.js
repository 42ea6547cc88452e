/* What is passing and may be lost: typing, presence, how far the others have received and read.
   Must never be relied on: each of these only colours what the log already says. */

import * as rowsOf from "./rows.js";
import { withSignal } from "./thread.js";

const TYPING_MS = 6_000;

export class Signals {
  constructor(desk, connection) {
    this.desk = desk;
    const on = (name, act) => connection.addEventListener(name, ({ detail }) => act(detail));
    on("typing", (frame) => this.typing(frame));
    on("presence", (frame) => this.presence(frame));
    on("read", (frame) => this.cursor("read", frame));
    on("delivered", (frame) => this.cursor("delivered", frame));
  }

  typing({ thread, user, on }) {
    const until = Date.now() + TYPING_MS;
    this.desk.update(thread, (state) => withSignal(state, "typing", { user, on, until }));
    if (on) setTimeout(() => this.desk.changed(thread), TYPING_MS + 50);
  }

  presence(frame) {
    for (const thread of this.desk.threads.keys()) {
      this.desk.update(thread, (state) => withSignal(state, "presence", frame));
    }
  }

  cursor(kind, { thread, user, seq }) {
    const { desk } = this;
    desk.update(thread, (state) => withSignal(state, kind, { user, seq }));
    if (kind === "read" && user === desk.me) this.#readByMe(thread, seq);
  }

  /* On any of this person's devices. What is left unread tells the log, where it is held; else the server. */
  #readByMe(thread, seq) {
    const { desk } = this;
    const left = desk.newsAfter(thread, seq);
    if (left === null && seq < desk.row(thread)?.head) desk.following.relist();
    desk.rows = rowsOf.update(desk.rows, thread, (row) => rowsOf.withRead(row, seq, left));
    desk.changed(thread);
  }
}
