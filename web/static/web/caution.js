/* Asks, when one pauses in writing, what sending it would catch. Nothing of the question is kept.
   Must never ask twice for one text, and never show the answer to a text that has changed since. */

const PAUSE_MS = 600;
const STRICT = ["hold", "mask", "flag"];

export class Caution {
  #text = "";
  #timer = null;
  #options;

  constructor({ ask, show, schedule = (work, ms) => setTimeout(work, ms), cancel = (timer) => clearTimeout(timer) }) {
    this.#options = { ask, show, schedule, cancel };
  }

  /* What stands in the field now; an empty text is nothing to ask about. */
  wrote(thread, text) {
    const { ask, show, schedule, cancel } = this.#options;
    if (text === this.#text) return;
    this.#text = text;
    cancel(this.#timer);
    if (!text) return show([]);
    this.#timer = schedule(async () => {
      const { caught = [] } = await ask(thread, text).catch(() => ({}));
      if (text === this.#text) show(caught);
    }, PAUSE_MS);
  }
}

/* What is done about the whole, and the kinds that lead to it: the strictest decides. */
export function strictest(caught) {
  const action = STRICT.find((one) => caught.some((find) => find.action === one));
  return action && { action, kinds: caught.filter((find) => find.action === action).map(({ kind }) => kind) };
}
