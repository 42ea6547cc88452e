/* How far each followed thread has been processed: the one number per thread that makes every gap visible.
   Must never move backwards, except when the server says that the log starts afresh. */

const RESUME_LIMIT = 200;

export class Cursors {
  #seqs = new Map();
  #epoch = null;

  has(thread) {
    return this.#seqs.has(thread);
  }

  set(thread, seq) {
    this.#seqs.set(thread, seq);
  }

  get(thread) {
    return this.#seqs.get(thread) ?? 0;
  }

  forget(thread) {
    this.#seqs.delete(thread);
  }

  epoch(value) {
    this.#epoch = value;
  }

  /* The server promises consecutive entries; what was seen already is dropped all the same, so that nothing is shown twice. */
  advance(thread, entries) {
    const fresh = entries.filter((entry) => entry.seq > this.get(thread));
    if (fresh.length) this.#seqs.set(thread, fresh.at(-1).seq);
    return fresh;
  }

  reset(thread) {
    const lost = thread ? [thread] : [...this.#seqs.keys()];
    for (const name of lost) this.#seqs.delete(name);
    return lost;
  }

  resume() {
    if (!this.#epoch || !this.#seqs.size) return undefined;
    return { epoch: this.#epoch, threads: Object.fromEntries([...this.#seqs].slice(-RESUME_LIMIT)) };
  }
}
