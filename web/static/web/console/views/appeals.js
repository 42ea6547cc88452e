/* Appeals that wait for a lead: what was decided and why, what the person says against it, and the ruling.
   Must never offer a ruling to who decided: the server refuses it, and the row says so. */

import { button, h } from "../../views/draw.js";
import { fullWhen } from "../../when.js";
import { act } from "../acting.js";
import { acts, deeds } from "../actstrings.js";
import { appeals as words } from "../leadstrings.js";
import { link, Rows } from "./rows.js";

const PAGE = 50;
const RULE = "moderation.rule_appeal";

export class AppealsView {
  constructor(console) {
    Object.assign(this, { console, waiting: [] });
    this.list = new Rows({ label: words.rows, testid: "appeal-rows", build: (row) => this.row(row) });
    this.none = h("p", { class: "cempty", hidden: true }, words.none);
    this.node = h("section", { class: "cfeed" }, h("div", { class: "cscroll" }, this.list.node, this.none));
  }

  acts = {
    down: () => this.list.step(1),
    up: () => this.list.step(-1),
    settle: () => this.list.current && this.rule(this.list.current),
  };

  async enter() {
    const reply = await this.console.tried(this.console.lines.command("moderation.appeals", { limit: PAGE }));
    if (!reply) return;
    this.waiting = reply.appeals;
    this.list.draw(this.waiting.map((row) => ({ key: row.appeal, sign: JSON.stringify(row), told: row })));
    this.none.hidden = this.waiting.length > 0;
  }

  async rule({ appeal }) {
    if (await act(this.console.lines, RULE, { appeal })) this.enter();
  }

  row(row) {
    const { user, moderator, text, at, act: deed, reason, thread, decided_at: when, own } = row;
    const look = { label: acts[RULE].label, tone: "tiny", class: "cappeal-rule", disabled: own, "data-testid": "rule-appeal" };
    const to = thread && link(this.console, { view: "t", id: thread }, {}, words.thread);
    return h(
      "li",
      { class: "crow cappeal", "data-testid": "appeal-row", "data-appeal": row.appeal },
      h(
        "div",
        { class: "pick", tabindex: "0", role: "group", "aria-label": words.of(user) },
        h("strong", {}, `${user} · ${deeds[deed] ?? deed}`),
        h("span", { class: "cquiet" }, words.decided(moderator, fullWhen(when))),
      ),
      h("blockquote", { class: "said", dir: "auto" }, reason),
      h("p", { class: "cquiet" }, words.says(user, fullWhen(at))),
      h("blockquote", { class: "said", dir: "auto" }, text),
      h("p", {}, button(look, () => this.rule(row)), " ", to, own && h("span", { class: "why" }, words.own)),
    );
  }
}
