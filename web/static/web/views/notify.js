/* The bell above the list: whether this device notifies, and the switch for it.
   Must never press itself: only a person's press may bring up the browser's question. */

import { notify as words } from "../strings.js";
import { button, h, swap } from "./draw.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";

export class NotifyView {
  constructor({ notifying }) {
    this.notifying = notifying;
    this.node = h("div", { class: "notify" });
  }

  draw() {
    const { state } = this.notifying;
    this.node.hidden = state === "unsupported";
    const look = { label: words.label[state], glyph: state === "on" ? "bell" : "bell-off", tone: "quiet" };
    const told = { "aria-haspopup": "menu", "data-testid": "notify-open", "data-state": state };
    swap(this.node, state, () => button({ ...look, ...told, hideLabel: true }, (event) => this.open(event)));
  }

  open({ currentTarget }) {
    const { notifying } = this;
    openMenu(currentTarget, { label: words.label[notifying.state], choices: () => this.choices(), source: notifying });
  }

  choices() {
    const { state } = this.notifying;
    if (state === "on") return [{ label: words.turnOff, icon: "bell-off", testid: "notify-off", act: () => this.off() }];
    const blocked = state === "blocked";
    const look = { label: words.turnOn, icon: "bell", testid: "notify-on", disabled: blocked };
    return [{ ...look, hint: blocked ? words.blocked : words.turnOnHint, act: () => this.on() }];
  }

  async on() {
    try {
      await this.notifying.on();
    } catch {
      return toast(words.failed, { tone: "danger" });
    }
    const { state } = this.notifying;
    if (state === "on") toast(words.nowOn);
    if (state === "blocked") toast(words.blocked);
  }

  async off() {
    await this.notifying.off();
    toast(words.nowOff);
  }
}
