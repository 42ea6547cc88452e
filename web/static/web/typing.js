/* Tells the others that this person is typing: at most one sign per thread in the pause that the server keeps to.
   Must never say it sooner, for the server drops that sign, nor of a text that was sent or taken back meanwhile. */

/* The server counts from when a sign arrives; the network does not carry every one equally fast. */
const MARGIN_MS = 200;

export class Typing {
  #said = new Map();
  #due = new Map();
  #options;

  constructor({ say, pause, now = Date.now }) {
    this.#options = { say, pause, now };
  }

  /* A key was pressed: said at once, or at the end of the pause. */
  typed(thread) {
    if (this.#due.has(thread)) return;
    const { pause, now } = this.#options;
    const left = (this.#said.get(thread) ?? -Infinity) + pause() + MARGIN_MS - now();
    if (left <= 0) this.#say(thread);
    else this.#due.set(thread, setTimeout(() => this.#say(thread), left));
  }

  stopped(thread) {
    clearTimeout(this.#due.get(thread));
    this.#due.delete(thread);
  }

  #say(thread) {
    this.#due.delete(thread);
    this.#said.set(thread, this.#options.now());
    this.#options.say(thread);
  }
}
