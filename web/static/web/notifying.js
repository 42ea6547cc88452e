/* Whether this device tells its person what happens while no page is open, and the switch for it.
   Must never ask for a permission that nobody pressed for, nor leave one person's pushes to the next. */

const OWNER = "push-owner";

export class Notifying extends EventTarget {
  #held = null;
  #name = null;
  #last = Promise.resolve();

  constructor({ browser, server, storage, user }) {
    super();
    Object.assign(this, { browser, server, storage, user });
  }

  /* "unsupported", "blocked" by the browser, "on" or "off". */
  get state() {
    if (!this.browser.supported) return "unsupported";
    if (this.browser.permission === "denied") return "blocked";
    return this.#held ? "on" : "off";
  }

  /* At every start: the server may have forgotten this device, or have a new key. */
  begin() {
    return this.#inTurn(async () => {
      const held = await this.#find();
      if (!held) return;
      const mine = this.#isMine();
      if (mine && this.browser.fits(held)) {
        this.#held = held;
        this.#name = await this.server.add(held);
      } else {
        await held.unsubscribe();
        if (mine && this.browser.permission === "granted") await this.#subscribe();
      }
    });
  }

  /* Another tab may have switched it meanwhile. */
  look() {
    return this.#inTurn(async () => {
      const held = await this.#find();
      this.#held = this.#isMine() ? held : null;
    });
  }

  /* To be called by a press: browsers ask at no other time. Throws what the browser or the server refuses. */
  async on() {
    const permission = await this.browser.ask();
    return this.#inTurn(() => permission === "granted" && this.#subscribe());
  }

  /* Whatever fails of it: without the one or without the other nothing arrives. Also what another tab switched on. */
  off() {
    return this.#inTurn(async () => {
      const held = await this.#find();
      this.#held = null;
      this.storage.removeItem(OWNER);
      if (held) await Promise.allSettled([this.#forget(held), held.unsubscribe()]);
      this.#name = null;
    });
  }

  async #find() {
    return this.browser.supported ? this.browser.held() : null;
  }

  #isMine() {
    return this.storage.getItem(OWNER) === this.user;
  }

  async #subscribe() {
    const made = await this.browser.subscribe();
    try {
      this.#name = await this.server.add(made);
    } catch (error) {
      await made.unsubscribe();
      throw error;
    }
    this.#held = made;
    this.storage.setItem(OWNER, this.user);
  }

  async #forget(held) {
    await this.server.remove(this.#name ?? (await this.server.add(held)));
  }

  /* One after the other, whatever became of the one before. */
  #inTurn(act) {
    const done = this.#last.then(act).finally(() => this.dispatchEvent(new Event("change")));
    this.#last = done.catch(() => {});
    return done;
  }
}
