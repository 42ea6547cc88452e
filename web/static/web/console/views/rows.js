/* A list that is walked through by j and k: the row that has the focus is the one that keys are about.
   Must never lose that row when the list changes under it: rows keep their nodes by their keys. */

import { h, reconcile } from "../../views/draw.js";

export class Rows {
  /* build(row) makes the row's node, which holds one link or button with class `pick`. */
  constructor({ label, testid, build }) {
    this.build = build;
    this.rows = [];
    this.node = h("ol", { class: "crows", "aria-label": label, "data-testid": testid });
  }

  /* Each row with a key, and a signature of all that it shows. */
  draw(rows) {
    this.rows = rows;
    reconcile(this.node, rows, (row) => this.build(row.told));
  }

  get current() {
    const at = [...this.node.children].findIndex((node) => node.contains(document.activeElement));
    return at < 0 ? null : this.rows[at].told;
  }

  step(by) {
    const picks = [...this.node.querySelectorAll(".pick")];
    const at = picks.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : picks.length - 1) : Math.max(0, Math.min(picks.length - 1, at + by));
    picks[to]?.focus();
    picks[to]?.scrollIntoView({ block: "nearest" });
  }

  focus(key) {
    const at = this.rows.findIndex((row) => row.key === key);
    this.node.children[at]?.querySelector(".pick")?.focus();
  }
}

/* A link inside the console: the address says it, and no page is loaded. */
export function link(console, to, props, ...children) {
  const act = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    console.go(to);
  };
  return h("a", { href: console.hrefOf(to), ...props, on: { click: act } }, ...children);
}
