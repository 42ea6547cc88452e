/* The order beside (on a phone above) its conversation: what happens next, until when, and every button that is named.
   Must never draw a button that the server did not name in its capabilities. */

import { orderActions } from "../actions.js";
import { isLate, otherOf } from "../capabilities.js";
import { app, deadlines as deadlineWords, next, order as words, watch } from "../strings.js";
import { fullWhen } from "../when.js";
import { takeAction } from "./act.js";
import { aftercare } from "./aftercare.js";
import { button, h, icon, swap } from "./draw.js";
import { facts, links, refusedActions } from "./orderfacts.js";
import { progress } from "./progress.js";
import { countdown } from "./ticker.js";

const MAIN_DEADLINE = {
  pending: "start_by",
  in_progress: "deliver_by",
  delivered: "auto_close_at",
  revision_requested: "answer_by",
  revision_refused: "auto_close_at",
};
/* So many buttons stay in sight on a phone, and only of the ranks that drive the order. */
const IN_SIGHT = 2;

export class PanelView {
  constructor({ desk, go, watching }) {
    Object.assign(this, { desk, go, watching, expanded: false, refusedOpen: false });
    this.node = h("aside", { class: "panel", "aria-label": app.details });
  }

  draw() {
    const { desk } = this;
    const { state } = desk;
    if (!state) return;
    const late = isLate(state, desk.time.now());
    const { thread, order, capabilities, review, support, statements, claims, closed, parties, log } = state;
    const { allowed, refused } = capabilities;
    const names = Object.values(parties).map(({ name }) => name);
    const shown = [
      thread,
      order,
      allowed,
      refused,
      review,
      support,
      statements,
      claims,
      closed,
      names,
      late,
      log.complete,
      this.expanded,
    ];
    swap(this.node, shown, () => this.build(state, late));
    this.node.classList.toggle("panel-expanded", this.expanded);
  }

  build(state, late) {
    const now = this.desk.time.now();
    const { open, closed } = orderActions(state.capabilities);
    const sight = open.filter((action) => action.rank <= IN_SIGHT).slice(0, IN_SIGHT);
    const rest = open.filter((action) => !sight.includes(action)).map((action) => this.act(action));
    const acts = sight.map((action) => this.act(action));
    const folded = { open: this.refusedOpen, toggled: (is) => (this.refusedOpen = is) };
    return [
      h(
        "section",
        { class: "panel-now" },
        this.now(state, late, now),
        acts.length ? h("div", { class: "panel-acts" }, acts) : null,
      ),
      h(
        "div",
        { class: "panel-more" },
        progress(state.order),
        facts(state, MAIN_DEADLINE[state.order.state], now),
        rest.length
          ? h("section", { class: "panel-block" }, h("h2", {}, words.actions), h("div", { class: "panel-list" }, rest))
          : null,
        aftercare(this.desk, state),
        links(state, this.go),
        closed.length ? refusedActions(closed, now, folded) : null,
      ),
    ];
  }

  now(state, late, now) {
    const { order, parties } = state;
    const role = parties[this.desk.me]?.role ?? "moderator";
    const other = otherOf(state, this.desk.me)?.name ?? "";
    const scene = state.closed ? "left" : late ? "late" : order.state;
    const main = MAIN_DEADLINE[order.state];
    const until = order.deadlines?.[main];
    const said = next[scene]?.[role]?.({ other, due: until && fullWhen(until) }) ?? "";
    const due =
      until &&
      h("p", { class: "panel-deadline" }, icon("clock"), h("span", {}, deadlineWords[main]), countdown(until, now));
    return [h("p", { class: "panel-next", "data-testid": "next-step" }, said), this.toggle(), due, this.watch(now)];
  }

  watch(now) {
    const until = this.watching.until(this.desk.open);
    return until && h("p", { class: "panel-deadline" }, icon("eye"), h("span", {}, watch.until), countdown(until, now));
  }

  toggle() {
    const act = () => {
      this.expanded = !this.expanded;
      this.draw();
    };
    const given = {
      type: "button",
      class: "panel-toggle",
      "aria-expanded": String(this.expanded),
      "data-testid": "panel-toggle",
    };
    return h("button", { ...given, on: { click: act } }, this.expanded ? words.less : words.more, icon("chevron"));
  }

  act(action) {
    const look = { label: action.label, glyph: action.icon, tone: action.tone, "data-testid": `action-${action.key}` };
    return button(look, () => takeAction(this.desk, action));
  }
}
