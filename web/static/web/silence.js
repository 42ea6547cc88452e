/* Notices that a connection has gone quiet for longer than any healthy one is: half-open sockets never close by themselves.
   Must never count time in which the page itself slept as proof: the caller asks again when the page wakes. */

export const SILENCE_MS = 40_000;

export class Silence {
  #timer = null;
  #heard = 0;
  #found;

  constructor(found) {
    this.#found = found;
  }

  heard() {
    this.#heard = Date.now();
    this.stop();
    this.#timer = setTimeout(this.#found, SILENCE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  get long() {
    return Date.now() - this.#heard > SILENCE_MS;
  }
}
