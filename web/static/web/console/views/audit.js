/* The record of what staff did and saw: for a lead everybody's, for a moderator their own.
   Must never offer to change one: there is no such command. */

import { button, h } from "../../views/draw.js";
import { fullWhen } from "../../when.js";
import { audit as words, console_ } from "../strings.js";
import { link } from "./rows.js";

const PAGE = 50;

export class AuditView {
  constructor(console) {
    Object.assign(this, { console, records: [], cursor: null });
    const type = (name, label) =>
      h("label", {}, label, h("input", { name, autocomplete: "off", size: 18, "data-testid": `audit-${name}` }));
    const show = (event) => {
      event.preventDefault();
      this.read(null);
    };
    const find = h("button", { type: "submit", class: "btn btn-secondary", "data-testid": "audit-find" }, words.filter);
    this.title = h("h2", {});
    this.form = h("form", { class: "cfilters", on: { submit: show } }, this.title, type("user", words.user), type("thread", words.thread), find);
    this.body = h("tbody", { "data-testid": "audit-rows" });
    const heads = h("tr", {}, words.columns.map((name) => h("th", { scope: "col" }, name)));
    this.table = h("table", { class: "ctable", "aria-label": words.rows }, h("thead", {}, heads), this.body);
    this.none = h("p", { class: "cempty", hidden: true }, words.none);
    this.more = button({ label: console_.more, tone: "quiet", hidden: true }, () => this.read(this.cursor));
    this.node = h("section", { class: "cfeed" }, this.form, h("div", { class: "cscroll", tabindex: "0" }, this.table, this.none, this.more));
  }

  enter() {
    this.title.textContent = this.console.lead ? words.all : words.own;
    return this.read(null);
  }

  async read(cursor) {
    const chosen = [...new FormData(this.form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    const fields = { limit: PAGE, ...Object.fromEntries(chosen), ...(cursor ? { cursor } : {}) };
    const reply = await this.console.tried(this.console.lines.command("moderation.audit", fields));
    if (!reply) return;
    this.cursor = reply.cursor ?? null;
    this.records = cursor ? [...this.records, ...reply.records] : reply.records;
    this.body.replaceChildren(...this.records.map((record) => this.row(record)));
    this.none.hidden = this.records.length > 0;
    this.more.hidden = !this.cursor;
  }

  row({ n, at, moderator, action, thread, user, reason, hash }) {
    const about = thread ? link(this.console, { view: "t", id: thread }, {}, thread) : user && link(this.console, { view: "people", id: user }, {}, user);
    const cells = [n, fullWhen(at), moderator, action, about ?? "", reason ?? "", h("code", {}, String(hash ?? "").slice(0, 10))];
    return h("tr", { "data-testid": "audit-row" }, cells.map((cell) => h("td", {}, cell)));
  }
}
