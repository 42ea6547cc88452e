/* One conversation as staff see it: the talk, the case, how it stood before; after a reason, and as long as the look lasts.
   Must never show anything before there is a reason on record. */

import { actionFor } from "../../actions.js";
import { ask, partyOf } from "../../capabilities.js";
import { states } from "../../strings.js";
import { takeAction } from "../../views/act.js";
import { ComposerView } from "../../views/composer.js";
import { button, h, icon, swap } from "../../views/draw.js";
import { PanelView } from "../../views/panel.js";
import { TimelineView } from "../../views/timeline.js";
import { toast } from "../../views/toast.js";
import { askReason } from "../../views/watch.js";
import { act } from "../acting.js";
import { TABS } from "../address.js";
import { parts } from "../queue.js";
import { thread as words } from "../strings.js";
import { CaseView } from "./casefile.js";
import { ReplayView } from "./replay.js";
import { link } from "./rows.js";

export class ThreadView {
  constructor(console) {
    const { desk, watching } = console;
    const go = (thread) => console.go({ view: "t", id: thread });
    Object.assign(this, { console, desk, watching, picked: null });
    this.composer = new ComposerView({ desk });
    this.lines = new TimelineView({ desk, go, composer: this.composer });
    this.panel = new PanelView({ desk, go, watching });
    this.panel.expanded = true;
    this.file = new CaseView(console);
    this.replay = new ReplayView(console);
    this.head = h("header", { class: "cthread-head" });
    this.talk = h("div", { class: "ctalk" }, this.lines.node, this.composer.node);
    this.tabs = { talk: this.talk, case: this.file.node, replay: this.replay.node };
    this.body = h("div", { class: "cthread-body" }, this.talk, this.file.node, this.replay.node, this.panel.node);
    this.empty = h("div", { class: "cempty" });
    this.node = h("section", { class: "cthread" }, this.head, this.body, this.empty);
    desk.addEventListener("ended", ({ detail }) => detail.thread === desk.open && this.on && this.look());
    const tell = ({ thread, entries, state }) => thread === desk.open && this.on && this.lines.announce(entries, state);
    desk.addEventListener("news", ({ detail }) => tell(detail));
  }

  get on() {
    return this.console.view === this;
  }

  acts = {
    down: () => this.step(1),
    up: () => this.step(-1),
    redact: () => this.redact(),
    freeze: () => this.take("moderation.freeze"),
    note: () => this.take("moderation.note"),
    resolve: () => this.take("moderation.resolve"),
    watch: () => this.look(),
    write: () => this.composer.input.focus(),
    talk: () => this.turn("talk"),
    case: () => this.turn("case"),
    replay: () => this.turn("replay"),
  };

  enter({ id, tab }) {
    this.tab = tab;
    /* Who gave no reason is not asked at every turn. */
    if (this.silent === id) return;
    this.silent = null;
    if (this.desk.open !== id) {
      this.picked = null;
      const { item } = this.console.hand;
      if (item?.thread === id) this.picked = parts(item.item).seq ?? null;
    }
    this.desk.show(id).then(() => this.on && this.opened(id));
  }

  leave() {
    this.silent = null;
    this.desk.show(null);
  }

  opened(id) {
    if (this.desk.open !== id || !this.desk.state) return;
    if (this.tab !== "talk") this[this.tab === "case" ? "file" : "replay"].enter(id);
    this.draw();
  }

  turn(tab) {
    this.console.go({ view: "t", id: this.desk.open, tab });
  }

  /* Says why, and looks on; also to make a look last that is about to end. */
  look() {
    const { open } = this.desk;
    if (open && !document.querySelector("dialog[open]"))
      askReason({ begin: (thread, why) => this.begin(thread, why) }, open, () => (this.silent = this.desk.state ? null : open));
  }

  async begin(thread, why) {
    await this.watching.begin(thread, why);
    this.silent = null;
    this.opened(thread);
  }

  take(key) {
    const { state } = this.desk;
    if (!state) return;
    const { allowed, refusal } = ask(state, key);
    if (allowed) takeAction(this.desk, actionFor(key), { done: () => this.file.again() });
    else if (refusal) toast(refusal.message, { tone: "danger" });
  }

  async redact() {
    const { state } = this.desk;
    if (!state || !this.picked) return void toast(words.pickFirst);
    const { canned } = this.console.hand;
    await act(this.desk.connection, "message.redact", { thread: state.thread, target: this.picked }, { canned });
  }

  /* Messages are walked through like rows; the picked one is marked, and keeps its mark when it is drawn anew. */
  step(by) {
    const told = [...this.lines.list.querySelectorAll('[data-testid="message"][data-seq]')];
    const at = told.findIndex((node) => Number(node.dataset.seq) === this.picked);
    const to = told[at < 0 ? (by > 0 ? 0 : told.length - 1) : Math.max(0, Math.min(told.length - 1, at + by))];
    if (!to) return;
    this.picked = Number(to.dataset.seq);
    this.mark();
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  }

  mark() {
    for (const node of this.lines.list.children) {
      const picked = this.picked !== null && Number(node.dataset.seq) === this.picked;
      node.classList.toggle("cpicked", picked);
      if (picked) node.tabIndex = -1;
    }
  }

  draw() {
    const { state, open, gone } = this.desk;
    this.body.hidden = !state;
    this.empty.hidden = Boolean(state);
    swap(this.empty, [open, gone.has(open), this.console.ready], () => this.nothing(open, gone));
    this.drawHead(state);
    if (!state) return;
    for (const [name, node] of Object.entries(this.tabs)) node.hidden = name !== this.tab;
    this.composer.draw();
    this.lines.draw();
    this.panel.draw();
    this.mark();
    if (this.tab === "case") this.file.draw();
  }

  nothing(open, gone) {
    if (gone.has(open)) return h("p", {}, words.gone);
    const look = { label: words.watch, glyph: "eye", tone: "primary", "data-testid": "watch" };
    return [icon("eye"), h("p", {}, words.unwatched), h("p", { class: "cquiet" }, words.unwatchedHint), button(look, () => this.look())];
  }

  drawHead(state) {
    const parties = Object.values(state?.parties ?? {});
    const until = this.watching.until(this.desk.open);
    const shown = [state?.thread, state?.order.title, state?.order.state, parties.map(({ name }) => name), this.tab, until];
    swap(this.head, shown, () => (state ? this.heading(state, parties) : []));
  }

  heading({ thread, order, ...state }, parties) {
    const person = ({ user, role }) =>
      link(this.console, { view: "people", id: user }, { class: "cparty" }, `${partyOf(state, user).name} (${role})`);
    const tab = (name) =>
      link(this.console, { view: "t", id: thread, tab: name }, { "aria-current": name === this.tab ? "page" : null, "data-testid": `tab-${name}` }, words.tabs[name]);
    const chip = { class: `chip chip-${order.state}`, "data-testid": "order-state", "data-state": order.state };
    return [
      h("h2", {}, order.title),
      h("span", chip, states[order.state] ?? order.state),
      h("span", { class: "cquiet" }, parties.map(person)),
      h("nav", { class: "ctabs" }, TABS.map(tab)),
    ];
  }
}
