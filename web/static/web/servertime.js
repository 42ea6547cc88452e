/* The server's clock as this page knows it: every countdown runs on it, never on the device's own time.
   Must never run behind an entry that has already happened. */

export class ServerTime {
  #offset = 0;

  constructor(local = Date.now) {
    this.local = local;
  }

  now() {
    return this.local() + this.#offset;
  }

  welcome(now) {
    this.#offset = Date.parse(now) - this.local();
  }

  /* A server under test moves its clock while we are connected; the entries tell. */
  observe(at) {
    const ahead = Date.parse(at) - this.now();
    if (ahead > 0) this.#offset += ahead;
  }
}
