/* The way to what our team decided about this person, and the list of it. Nobody without a decision sees either.
   Must never say who decided: the server tells nobody. */

import { app, decisions as words } from "../strings.js";
import { fullWhen } from "../when.js";
import { openDialog, Stay } from "./dialog.js";
import { button, h, swap } from "./draw.js";
import { drawFields, readFields } from "./fields.js";

const LONGEST = 4000;
let count = 0;

export class DecisionsView {
  constructor({ decisions, time, go }) {
    Object.assign(this, { decisions, time, go, list: null });
    this.node = h("div", { class: "decisions", hidden: true });
    decisions.addEventListener("change", () => this.list && this.fill());
  }

  draw() {
    const { list } = this.decisions;
    this.node.hidden = !list.length;
    const look = { label: words.open, glyph: "gavel", tone: "quiet", hideLabel: true };
    swap(this.node, list.length > 0, () => button({ ...look, "data-testid": "decisions-open" }, () => this.show()));
  }

  show() {
    const id = `decisions-${(count += 1)}`;
    const close = () => dialog.close();
    const cross = { label: app.close, glyph: "x", tone: "quiet", hideLabel: true, "data-testid": "dialog-close" };
    this.list = h("ul", { class: "dialog-body decision-list" });
    const head = h("header", { class: "dialog-head" }, h("h2", { id }, words.title), button(cross, close));
    const given = { class: "dialog", "aria-labelledby": id, "data-testid": "decisions" };
    const dialog = h("dialog", given, h("div", { class: "dialog-form" }, head, this.list));
    this.close = close;
    dialog.addEventListener("close", () => {
      this.list = null;
      dialog.remove();
    });
    this.fill();
    document.body.append(dialog);
    dialog.showModal();
  }

  fill() {
    const { list } = this.decisions;
    swap(this.list, list, () => list.map((each) => this.row(each)));
  }

  row({ decision, act, thread, reason, at, appeal, appeal_until: until }) {
    const open = () => {
      this.close();
      this.go(thread);
    };
    return h(
      "li",
      { class: "decision", "data-testid": "decision", "data-decision": decision },
      h("strong", {}, words.measures[act] ?? words.other),
      h("time", { datetime: at }, fullWhen(at)),
      h("p", { class: "decision-words", dir: "auto" }, reason),
      thread && button({ label: words.thread, glyph: "chat", tone: "quiet" }, open),
      appeal ? this.appealed(appeal) : until && Date.parse(until) > this.time.now() && this.offer(decision, until),
    );
  }

  offer(decision, until) {
    const look = { label: words.appeal, tone: "secondary", "data-testid": "appeal-open" };
    return [h("p", {}, words.until(fullWhen(until))), button(look, () => this.ask(decision))];
  }

  appealed({ text, state, outcome, reason }) {
    const ruled = state === "ruled";
    return h(
      "div",
      { class: "decision-appeal", "data-testid": "appeal", "data-state": state },
      h("strong", {}, words.appealed),
      h("p", { class: "decision-words", dir: "auto" }, text),
      h("p", {}, ruled ? h("strong", {}, words[outcome]) : words.waits),
      ruled && h("p", { class: "decision-words", dir: "auto" }, reason),
    );
  }

  ask(decision) {
    const fields = [{ name: "text", kind: "text", required: true, max: LONGEST, label: words.appealField }];
    const { form } = openDialog({
      title: words.appeal,
      lead: words.appealLead,
      testid: "appeal-dialog",
      body: drawFields(fields, {}),
      confirm: { label: words.appeal },
      act: async () => {
        const values = readFields(fields, form, {});
        if (!values) throw new Stay();
        await this.decisions.appeal(decision, values.text);
      },
    });
  }
}
