/* Tells the server how far this person has received and read each thread.
   Must never say "read" of what was not on a visible screen, nor speak for a moderator, who watches without a trace. */

const DELIVERED_MS = 400;
const READ_MS = 150;

export class Reading {
  #said = new Map();
  #timers = new Map();

  constructor({ command }) {
    this.command = command;
  }

  delivered(thread, seq) {
    this.#later("thread.delivered", thread, seq, DELIVERED_MS);
  }

  read(thread, seq) {
    this.#later("thread.read", thread, seq, READ_MS);
  }

  /* One timer per cursor: a burst of entries is one report of the newest. */
  #later(type, thread, seq, delay) {
    const key = `${type} ${thread}`;
    if ((this.#said.get(key) ?? 0) >= seq) return;
    this.#said.set(key, seq);
    if (this.#timers.has(key)) return;
    const work = () => {
      this.#timers.delete(key);
      this.command(type, { thread, seq: this.#said.get(key) }).catch(() => {});
    };
    this.#timers.set(key, setTimeout(work, delay));
  }
}
