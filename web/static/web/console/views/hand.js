/* What is in hand, above whatever is open: which item, how long still, and the acts that decide it.
   Must never stand there without a way to put it back. */

import { button, h, swap } from "../../views/draw.js";
import { countdown } from "../../views/ticker.js";
import { openMenu } from "../../views/menu.js";
import { acts } from "../actstrings.js";
import { queue as words } from "../strings.js";
import { parts, tabOf } from "../queue.js";
import { link } from "./rows.js";

export class HandView {
  constructor(console) {
    this.console = console;
    this.node = h("aside", { class: "chand", "aria-label": words.inHand, "data-testid": "in-hand", hidden: true });
  }

  draw() {
    const { item } = this.console.hand;
    this.node.hidden = !item;
    swap(this.node, [item?.item, item?.until], () => (item ? this.build(item) : []));
  }

  build(item) {
    const { desk, hand, tried } = this.console;
    const { kind, seq } = parts(item.item);
    const title = `${words.kinds[kind] ?? kind} · ${item.title ?? ""}`;
    const to = { view: "t", id: item.thread, tab: tabOf(item.item) };
    const where = item.thread ? link(this.console, to, { class: "chand-title" }, title) : h("strong", {}, title);
    const decide = hand.choices().map((choice) => {
      const look = { label: acts[choice[0]].label, tone: "tiny", "data-testid": `hand-${choice[0]}` };
      return button(look, () => this.decide(choice));
    });
    const back = () => tried.call(this.console, hand.putBack());
    return [
      h("span", { class: "chip chip-s chip-offer-open" }, words.inHand),
      where,
      seq && h("span", { class: "cquiet" }, `#${seq}`),
      h("span", { class: "chand-left" }, words.left, " ", countdown(item.until, desk.time.now(), "bare")),
      ...decide,
      button({ label: words.back, tone: "tiny", "data-testid": "put-back" }, back),
    ];
  }

  async decide(choice) {
    const reply = await this.console.hand.decide(choice);
    if (reply) this.console.views.queue.refresh();
  }

  settle() {
    const choices = this.console.hand.choices();
    if (choices.length === 1) return void this.decide(choices[0]);
    if (!choices.length) return;
    const told = () => choices.map((choice) => ({ label: acts[choice[0]].label, icon: "gavel", act: () => this.decide(choice) }));
    openMenu(this.node.querySelector(".btn"), { label: words.decide, choices: told, source: this.console.desk });
  }
}
