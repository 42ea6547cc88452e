/* What this moderator has in hand: one item of the queue, until when, and what ends it.
   Must never keep an item that the server has given to somebody else, or that is done. */

import { act } from "./acting.js";
import { parts } from "./queue.js";

export class Hand extends EventTarget {
  item = null;
  /* Usual reasons, as the server words them. */
  canned = [];
  /* How often the hand has moved: what was asked before it did is no news after. */
  moves = 0;

  constructor({ desk, watching }) {
    super();
    Object.assign(this, { desk, watching });
  }

  /* The queue is the truth: an item that is not in it, or not mine any more, is gone from the hand. */
  tell({ canned = [] }, held, moves) {
    this.canned = canned;
    if (moves !== this.moves) return;
    if (held) this.hold({ ...held, until: held.claimed_until });
    else if (this.item) this.drop();
  }

  async take(item) {
    this.moves += 1;
    const { until, watch_until: watch } = await this.desk.connection.command("moderation.take_item", {
      item: item.item,
    });
    if (item.thread && watch) this.watching.granted(item.thread, watch);
    this.hold({ ...item, until });
  }

  async putBack() {
    const { item } = this.item;
    await this.desk.connection.command("moderation.put_back", { item });
    this.drop();
  }

  hold(item) {
    this.moves += 1;
    const changed = this.item?.item !== item.item || this.item?.until !== item.until;
    this.item = item;
    if (changed) this.dispatchEvent(new Event("change"));
  }

  drop() {
    this.moves += 1;
    this.item = null;
    this.dispatchEvent(new Event("change"));
  }

  /* Which acts decide an item of its kind; a claim and a review are decided in the conversation, by its own acts. */
  choices() {
    const { kind, id } = parts(this.item?.item ?? "");
    const { thread, item } = this.item ?? {};
    return (
      {
        message: [["moderation.settle", { item }]],
        held: [
          ["moderation.release_message", { thread, target: id }],
          ["moderation.reject_message", { thread, target: id }],
        ],
      }[kind] ?? []
    );
  }

  async decide([type, fixed]) {
    const reply = await act(this.desk.connection, type, fixed, { canned: this.canned });
    if (reply) this.drop();
    return reply;
  }
}
