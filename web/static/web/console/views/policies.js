/* By which rules the marketplace runs, for leads: what is done about what is caught, and every number.
   Must never offer to change one: they are set where the server is run. */

import { states as names } from "../../strings.js";
import { h } from "../../views/draw.js";
import { policies as words } from "../leadstrings.js";

const plain = (name) => name.replaceAll("_", " ");

export class PoliciesView {
  constructor(console) {
    this.console = console;
    this.told = h("div", { class: "cscroll cpolicies", tabindex: "0" });
    this.node = h("section", { class: "cfeed" }, this.told);
  }

  async enter() {
    const reply = await this.console.tried(this.console.lines.command("moderation.policies"));
    if (!reply) return;
    const { profile, catching } = reply;
    this.told.replaceChildren(
      h("p", { class: "cquiet" }, words.profile(profile)),
      h("h3", {}, words.caught),
      this.caught(catching),
      catching.exempt.length ? h("p", {}, words.exempt(catching.exempt)) : "",
      ...Object.entries(words.groups).flatMap(([group, title]) => [h("h3", {}, title), this.numbers(reply[group])]),
    );
  }

  caught({ kinds, states }) {
    const others = Object.keys(states);
    const heads = [words.kind, words.always, ...others.map((state) => names[state] ?? state)];
    const row = ([kind, action]) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, plain(kind)),
        h("td", {}, action),
        others.map((state) => h("td", {}, states[state][kind] ?? "–")),
      );
    return this.table(heads, Object.entries(kinds).map(row), "policies-caught");
  }

  numbers(told) {
    const row = ([name, value]) => h("tr", {}, h("th", { scope: "row" }, plain(name)), h("td", {}, [value].flat().join(", ")));
    return this.table(null, Object.entries(told).map(row), "policies-numbers");
  }

  table(heads, rows, testid) {
    const head = heads && h("thead", {}, h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text))));
    return h("table", { class: "ctable", "data-testid": testid }, head, h("tbody", {}, rows));
  }
}
