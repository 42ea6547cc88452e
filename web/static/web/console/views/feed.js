/* The live feed: where every conversation stands, without a word of anybody; only as many rows as fit on the screen.
   Must never stay open unseen: who leaves the view ends the stream. */

import { money } from "../../money.js";
import { app, states } from "../../strings.js";
import { h } from "../../views/draw.js";
import { shortWhen, span } from "../../when.js";
import { asked, fold, fresh, sorted } from "../feed.js";
import { feed as words } from "../strings.js";
import { link, Rows } from "./rows.js";

const ROW_PX = 46;
const LEAST = 5;
const MOST = 100;
const CALM_MS = 400;
/* News are read out seldom: how many came in, never each of them. */
const SAY_MS = 10_000;

export class FeedView {
  #asking = null;

  constructor(console) {
    Object.assign(this, { console, rows: [], on: false, came: 0 });
    this.form = this.filters();
    this.count = h("p", { class: "cquiet", "data-testid": "feed-count" });
    this.list = new Rows({ label: words.rows, testid: "feed-rows", build: (row) => this.row(row) });
    this.none = h("p", { class: "cempty", hidden: true }, words.none);
    this.live = h("p", { class: "sr", "aria-live": "polite" });
    this.scroller = h("div", { class: "cscroll" }, this.list.node, this.none);
    this.node = h("section", { class: "cfeed" }, this.form, this.count, this.scroller, this.live);
    new ResizeObserver(() => this.on && this.limit !== this.fits() && this.soon()).observe(this.scroller);
    console.lines.addEventListener("feed", ({ detail }) => this.told(detail));
    setInterval(() => this.say(), SAY_MS);
  }

  acts = { down: () => this.list.step(1), up: () => this.list.step(-1) };

  filters() {
    const change = { change: () => this.soon(), input: () => this.soon() };
    const option = ([value, label]) => h("option", { value }, label);
    const pick = (name, label, options) =>
      h("label", {}, label, h("select", { name, "data-testid": `feed-${name}` }, options.map(option)));
    const type = (name, label, more = {}) =>
      h("label", {}, label, h("input", { name, "data-testid": `feed-${name}`, autocomplete: "off", ...more }));
    const all = Object.entries(states).filter(([name]) => name !== "late");
    return h(
      "form",
      { class: "cfilters", "aria-label": words.filters, on: { ...change, submit: (event) => event.preventDefault() } },
      pick("sort", words.sort, Object.entries(words.sorts)),
      pick("state", words.state, [["", words.anyState], ...all]),
      type("user", words.user, { size: 10 }),
      type("currency", words.currency, { size: 4, maxlength: 3 }),
      type("from", words.from, { size: 5, inputmode: "numeric" }),
      type("to", words.to, { size: 5, inputmode: "numeric" }),
      type("language", words.language, { size: 4 }),
      h("label", { class: "ccheck" }, h("input", { type: "checkbox", name: "flagged", "data-testid": "feed-flagged" }), words.flagged),
    );
  }

  get chosen() {
    const given = Object.fromEntries(new FormData(this.form));
    return { ...given, flagged: this.form.elements.flagged.checked };
  }

  fits() {
    return Math.max(LEAST, Math.min(MOST, Math.floor(this.scroller.clientHeight / ROW_PX)));
  }

  enter() {
    this.on = true;
    this.soon(0);
  }

  leave() {
    this.on = false;
    clearTimeout(this.#asking);
    this.console.lines.command("moderation.feed", { on: false }).catch(() => {});
  }

  soon(wait = CALM_MS) {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    if (!this.on) return;
    const { sort } = this.chosen;
    Object.assign(this, { limit: this.fits(), sort });
    const reply = await this.console.tried(this.console.lines.command("moderation.feed", asked(this.chosen, this.limit)));
    if (reply && this.on) this.show(sorted(reply.rows, sort));
  }

  told(frame) {
    if (!this.on) return;
    const rows = fold(this.rows, frame, { sort: this.sort, limit: this.limit });
    this.came += fresh(this.rows, rows).length;
    this.show(rows);
  }

  show(rows) {
    this.rows = rows;
    this.draw();
  }

  say() {
    if (this.on && this.came) this.live.textContent = words.moved(this.came);
    this.came = 0;
  }

  draw() {
    const now = this.console.desk.time.now();
    /* How long somebody waits is told by the minute: a row that only grows older keeps its node. */
    const minute = (since) => since && Math.floor((now - Date.parse(since)) / 60_000);
    const told = this.rows.map((row) => ({ key: row.thread, sign: JSON.stringify([row, minute(row.waiting_since)]), told: row }));
    this.list.draw(told);
    this.none.hidden = this.rows.length > 0;
    this.count.textContent = words.live(this.rows.length);
  }

  row(row) {
    const now = this.console.desk.time.now();
    const [buyer, seller] = ["buyer", "seller"].map((role) => row.parties.find((party) => party.role === role));
    const waits = row.waiting_since && words.waits(span(now - Date.parse(row.waiting_since)));
    const flags = row.flags.map((flag) => h("span", { class: "chip chip-s cflag" }, flag));
    return h(
      "li",
      { class: "crow", "data-thread": row.thread, "data-testid": "feed-row" },
      link(
        this.console,
        { view: "t", id: row.thread },
        { class: "pick cfeed-row" },
        h("span", { class: `chip chip-s chip-${row.state}` }, states[row.state] ?? row.state),
        h("span", { class: "crow-title" }, row.title ?? row.order),
        h("span", { class: "cquiet" }, `${buyer?.name ?? "?"} · ${seller?.name ?? "?"}`),
        h("span", { class: "cnumber" }, money(row.price)),
        h("span", { class: "crow-flags" }, flags),
        h("span", { class: "cquiet" }, waits),
        h("span", { class: "cnumber" }, row.risk ? words.risk(row.risk) : ""),
        h("time", { class: "cquiet cnumber", datetime: row.at }, shortWhen(row.at, now, app)),
      ),
    );
  }
}
