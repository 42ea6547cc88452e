/* A conversation as it stood at any entry or moment, with what each side could do then, and why not the rest.
   Must never show what came later as if it had been there. */

import { actionFor } from "../../actions.js";
import { states } from "../../strings.js";
import { preview } from "../../telling.js";
import { button, h } from "../../views/draw.js";
import { fullWhen } from "../../when.js";
import { beside } from "../replay.js";
import { replay as words } from "../strings.js";

const CALM_MS = 150;
/* So many of the last entries say what had just happened. */
const RECENT = 8;

export class ReplayView {
  #asking = null;

  constructor(console) {
    Object.assign(this, { console, desk: console.desk, thread: null });
    const change = (event) => this.to(Number(event.target.value));
    this.slider = h("input", { type: "range", min: 1, "aria-label": words.slider, "data-testid": "replay-slider", on: { input: change } });
    this.seq = h("input", { type: "number", min: 1, size: 6, "data-testid": "replay-seq", on: { change } });
    this.at = h("input", { type: "datetime-local", step: 1, "data-testid": "replay-at" });
    const when = () => this.at.value && this.ask({ at: new Date(this.at.value).toISOString() });
    this.controls = h(
      "div",
      { class: "creplay-controls" },
      h("label", {}, words.seq, this.seq),
      this.slider,
      h("label", {}, words.at, this.at),
      button({ label: words.show, "data-testid": "replay-show" }, when),
    );
    this.told = h("div", { class: "creplay-told", "aria-live": "polite", "data-testid": "replay-told" });
    this.node = h("div", { class: "creplay", tabindex: "0" }, this.controls, this.told);
  }

  async enter(thread) {
    const { head } = this.desk.state.log;
    this.slider.max = this.seq.max = head;
    if (this.thread === thread && this.told.firstChild) return;
    this.thread = thread;
    this.told.replaceChildren();
    this.to(head, 0);
  }

  to(seq, wait = CALM_MS) {
    if (!Number.isInteger(seq) || seq < 1) return;
    this.slider.value = this.seq.value = seq;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.ask({ seq }), wait);
  }

  async ask(when) {
    const { thread } = this;
    const reply = await this.console.tried(this.console.lines.command("moderation.replay", { thread, ...when }));
    if (!reply || thread !== this.thread) return;
    this.slider.value = this.seq.value = reply.as_of;
    this.told.replaceChildren(...this.build(reply));
  }

  build({ as_of: seq, at, snapshot, capabilities }) {
    const { state } = this.desk;
    const then = state?.log.entries.filter((entry) => entry.seq <= seq).slice(-RECENT) ?? [];
    const line = (entry) => h("li", {}, h("span", { class: "cquiet" }, `#${entry.seq}`), " ", preview(entry, state, this.desk.me) || entry.kind);
    const chip = { class: `chip chip-${snapshot.order.state}`, "data-testid": "replay-state", "data-state": snapshot.order.state };
    return [
      h("h3", {}, words.stood(seq, at ? fullWhen(at) : "")),
      h("p", {}, h("span", chip, states[snapshot.order.state] ?? snapshot.order.state)),
      h("div", { class: "creplay-two" }, h("section", {}, h("h4", {}, words.timeline), h("ol", { class: "ctold" }, then.map(line))), this.table(snapshot, capabilities)),
    ];
  }

  table({ parties }, capabilities) {
    const name = (role) => parties.find((party) => party.role === role)?.name ?? role;
    const heads = [words.action, name("buyer"), name("seller")].map((text) => h("th", { scope: "col" }, text));
    const cell = (verdict) => {
      if (!verdict) return h("td", { class: "cquiet" }, "–");
      if (verdict.allowed) return h("td", { class: "cyes" }, words.allowed);
      return h("td", { class: "cno" }, verdict.why, verdict.until && h("span", { class: "cquiet" }, ` ${fullWhen(verdict.until)}`));
    };
    const row = ({ key, buyer, seller }) =>
      h("tr", { "data-key": key }, h("th", { scope: "row" }, words.names[key] ?? actionFor(key)?.label ?? key), cell(buyer), cell(seller));
    return h(
      "section",
      {},
      h("h4", {}, words.caps),
      h("table", { class: "ctable", "data-testid": "replay-caps" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, beside(capabilities).map(row))),
    );
  }
}
