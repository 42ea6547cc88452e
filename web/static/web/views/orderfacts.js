/* The quiet half of the order's panel: price and dates, neighbouring orders, what is not possible now and why.
   Must never leave a refusal without its reason. */

import { money } from "../money.js";
import { deadlines as deadlineWords, order as words } from "../strings.js";
import { fullWhen } from "../when.js";
import { h, icon } from "./draw.js";
import { countdown } from "./ticker.js";

export function facts({ order }, main, now) {
  const row = (name, ...told) => h("div", {}, h("dt", {}, deadlineWords[name]), h("dd", {}, ...told));
  const dates = Object.entries(order.deadlines ?? {}).filter(([name]) => deadlineWords[name] && name !== main);
  const price = h("dd", { "data-testid": "order-price" }, money(order.price));
  return h(
    "dl",
    { class: "facts" },
    h("div", { class: "fact-price" }, h("dt", {}, words.price), price),
    order.deadlines?.[main] ? row(main, fullWhen(order.deadlines[main])) : null,
    dates.map(([name, at]) => row(name, h("span", {}, fullWhen(at)), countdown(at, now))),
  );
}

export function links({ order }, go) {
  const link = (label, thread) => {
    const act = (event) => {
      event.preventDefault();
      go(thread);
    };
    const given = { class: "order-link", href: `/t/${encodeURIComponent(thread)}`, "data-testid": "order-link" };
    return h("a", { ...given, on: { click: act } }, icon("next"), label);
  };
  const before = order.previous ? [link(words.previous, order.previous.thread)] : [];
  const after = (order.next ?? []).map(({ thread }) => link(words.next, thread));
  return before.length + after.length ? h("section", { class: "panel-block" }, before, after) : null;
}

export function refusedActions(actions, now, { open, toggled }) {
  const row = ({ key, label, icon: glyph, refusal }) => {
    const why = `why-${key}`;
    const given = { type: "button", class: "btn btn-quiet", disabled: true, "aria-describedby": why };
    const until = refusal.until && countdown(refusal.until, now, "until");
    return h(
      "li",
      {},
      h("button", { ...given, "data-testid": `action-${key}` }, icon(glyph), h("span", {}, label)),
      h("p", { id: why, class: "why" }, refusal.message, " ", until),
    );
  };
  const summary = h("summary", { "data-testid": "refused-open" }, words.notNow(actions.length), icon("chevron"));
  const toggle = (event) => toggled(event.currentTarget.open);
  return h("details", { class: "panel-block refusals", open, on: { toggle } }, summary, h("ul", {}, actions.map(row)));
}
