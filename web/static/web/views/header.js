/* The bar above a conversation: who, what order, in which state, and the way back.
   Must never promise more than the panel does: one chip, one name. */

import { ask, isLate, otherOf } from "../capabilities.js";
import { app, leave, message, order as words, states } from "../strings.js";
import { avatar } from "./avatar.js";
import { button, h, icon, swap } from "./draw.js";
import { openLeave } from "./leave.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";

export class HeaderView {
  constructor({ desk, go }) {
    Object.assign(this, { desk, go });
    this.node = h("header", { class: "head" });
  }

  draw() {
    const { desk } = this;
    const { state } = desk;
    if (!state) return;
    const staff = desk.role === "moderator";
    const other = staff ? null : otherOf(state, desk.me);
    const names = Object.values(state.parties)
      .map(({ name }) => name)
      .join(" · ");
    const late = isLate(state, desk.time.now());
    const { order, muted, archived } = state;
    swap(this.node, [state.thread, other, names, order.title, order.state, late, muted, archived, state.closed], () => [
      h(
        "a",
        {
          class: "btn btn-quiet btn-icon back",
          href: "/",
          "aria-label": app.back,
          "data-testid": "back",
          on: { click: (event) => (event.preventDefault(), this.go(null)) },
        },
        icon("back"),
      ),
      avatar(other ?? { user: state.thread, name: order.title }),
      h(
        "div",
        { class: "head-text" },
        h("h1", { class: "head-name" }, h("span", {}, other?.name ?? names), muted && icon("bell-off")),
        h(
          "p",
          { class: "head-title" },
          other && h("span", { class: "head-presence" }, other.online ? message.online : message.offline),
          h("span", { class: "head-order" }, order.title),
        ),
      ),
      h(
        "span",
        { class: "head-state" },
        late && h("span", { class: "chip chip-late", "data-testid": "order-late" }, icon("clock"), words.late),
        h(
          "span",
          { class: `chip chip-${order.state}`, "data-testid": "order-state", "data-state": order.state },
          states[order.state] ?? order.state,
        ),
      ),
      !staff &&
        button(
          {
            label: app.options,
            glyph: "more",
            tone: "quiet",
            hideLabel: true,
            "aria-haspopup": "menu",
            "data-testid": "options-open",
          },
          (event) => openMenu(event.currentTarget, { label: app.options, choices: () => this.options(), source: desk }),
        ),
    ]);
  }

  options() {
    const { desk } = this;
    const { state } = desk;
    if (!state) return [];
    const flip = (what, on, label) => ({
      label,
      act: () => desk.toggle(state.thread, what, on).catch((error) => toast(error.message, { tone: "danger" })),
    });
    const items = [
      {
        ...flip("mute", !state.muted, state.muted ? leave.unmute : leave.mute),
        icon: state.muted ? "bell" : "bell-off",
        testid: "options-mute",
      },
      {
        ...flip("archive", !state.archived, state.archived ? leave.unarchive : leave.archive),
        icon: "archive",
        testid: "options-archive",
      },
    ];
    const right = ask(state, "thread.leave");
    if (right.named && !state.closed) {
      items.push({
        label: leave.item,
        icon: "door",
        danger: true,
        disabled: !right.allowed,
        hint: right.refusal?.message,
        testid: "leave-open",
        act: () => openLeave(desk),
      });
    }
    return items;
  }
}
