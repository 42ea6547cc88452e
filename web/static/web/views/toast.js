/* Short news at the edge of the screen, read out politely, gone by itself.
   Must never carry anything that a person has to act on: that belongs in place. */

import { message } from "../strings.js";
import { button, h, icon } from "./draw.js";

const STAY_MS = 6_000;
let shelf = null;

export function toast(text, { tone = "info", action = null } = {}) {
  shelf ??= document.body.appendChild(h("div", { class: "toasts", role: "status", "aria-live": "polite" }));
  const act = action && button({ label: action.label, tone: "quiet" }, () => (node.remove(), action.act()));
  const node = h(
    "div",
    { class: `toast toast-${tone}`, "data-testid": "toast" },
    icon(tone === "danger" ? "warn" : "info"),
    h("p", {}, text),
    act,
  );
  shelf.append(node);
  setTimeout(() => node.remove(), STAY_MS);
}

export function copyText(text) {
  navigator.clipboard?.writeText(text).then(() => toast(message.copied));
}
