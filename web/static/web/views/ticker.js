/* Live countdowns: one timer for the whole page moves every element that carries `data-until`.
   Must never run on the device's clock: the desk's server time is handed in. */

import { deadlines, order } from "../strings.js";
import { span, urgency } from "../when.js";
import { h } from "./draw.js";

const FORMS = {
  left: (ms) => (ms > 0 ? deadlines.left(span(ms)) : deadlines.over),
  until: (ms) => (ms > 0 ? order.until(span(ms)) : ""),
  bare: (ms) => span(ms),
};

export function countdown(until, now, form = "left") {
  const node = h("time", { class: "countdown", datetime: until, "data-until": until, "data-form": form });
  tick(node, now);
  return node;
}

function tick(node, now) {
  const left = Date.parse(node.dataset.until) - now;
  const text = FORMS[node.dataset.form](left);
  if (node.textContent !== text) node.textContent = text;
  const level = urgency(left);
  const crossed = node.dataset.level && node.dataset.level !== "over" && level === "over";
  if (node.dataset.level !== level) node.dataset.level = level;
  return crossed;
}

/* `passed` is called once a deadline on screen has run out: what hangs on it must be drawn anew. */
export function startTicker(time, passed) {
  setInterval(() => {
    const now = time.now();
    let crossed = false;
    for (const node of document.querySelectorAll("[data-until]")) crossed = tick(node, now) || crossed;
    if (crossed) passed();
  }, 1000);
}
