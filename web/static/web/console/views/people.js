/* One person: their conversations, live, and what may be done about them.
   Must never say more of a person than the feed does: names, orders, what was caught. */

import { button, h } from "../../views/draw.js";
import { act } from "../acting.js";
import { fold, sorted } from "../feed.js";
import { acts } from "../actstrings.js";
import { people as words } from "../strings.js";
import { FeedView } from "./feed.js";
import { Rows } from "./rows.js";

const LIMIT = 50;
const ACTS = ["moderation.warn", "moderation.suspend", "moderation.reinstate"];

export class PeopleView {
  constructor(console) {
    Object.assign(this, { console, rows: [], user: "", on: false });
    this.input = h("input", { name: "user", autocomplete: "off", "aria-label": words.look, "data-testid": "people-user" });
    const find = (event) => {
      event.preventDefault();
      console.go({ view: "people", id: this.input.value.trim() });
    };
    const form = h(
      "form",
      { class: "cfilters", on: { submit: find } },
      h("label", {}, words.look, this.input),
      h("button", { type: "submit", class: "btn btn-secondary", "data-testid": "people-find" }, words.find),
      h("p", { class: "cquiet" }, words.hint),
    );
    const give = (type) =>
      button({ label: acts[type].label, tone: type.endsWith("suspend") ? "danger" : "secondary", "data-testid": `people-${type}` }, () =>
        act(console.lines, type, { user: this.user }, { lead: this.user }),
      );
    this.found = h("div", { class: "cperson", hidden: true }, h("h2", {}), h("div", { class: "cacts" }, ACTS.map(give)));
    this.list = new Rows({ label: words.threads, testid: "people-rows", build: (row) => FeedView.prototype.row.call(this, row) });
    this.none = h("p", { class: "cempty", hidden: true }, words.none);
    this.node = h("section", { class: "cfeed" }, form, this.found, h("div", { class: "cscroll" }, this.list.node, this.none));
    console.lines.addEventListener("feed", ({ detail }) => this.on && this.show(fold(this.rows, detail, { sort: "newest", limit: LIMIT })));
  }

  acts = { down: () => this.list.step(1), up: () => this.list.step(-1) };

  async enter({ id }) {
    this.user = id ?? "";
    this.input.value = this.user;
    this.found.hidden = !this.user;
    this.found.firstElementChild.textContent = this.user;
    this.on = Boolean(this.user);
    if (!this.user) {
      this.show([]);
      return this.input.focus();
    }
    const fields = { on: true, user: this.user, limit: LIMIT };
    const reply = await this.console.tried(this.console.lines.command("moderation.feed", fields));
    if (reply && this.on) this.show(sorted(reply.rows, "newest"));
  }

  leave() {
    if (this.on) this.console.lines.command("moderation.feed", { on: false }).catch(() => {});
    this.on = false;
  }

  show(rows) {
    this.rows = rows;
    this.list.draw(rows.map((row) => ({ key: row.thread, sign: JSON.stringify(row), told: row })));
    this.none.hidden = !this.user || rows.length > 0;
  }
}
