/* The case of a conversation: both sides' statements beside each other, claims, what was caught and held, what staff did.
   Must never mix the sides: each statement stands under the name of who made it. */

import { actionFor } from "../../actions.js";
import { ask } from "../../capabilities.js";
import { money } from "../../money.js";
import { grounds, order as orderWords } from "../../strings.js";
import { nameOf, tell } from "../../telling.js";
import { takeAction } from "../../views/act.js";
import { button, h, swap } from "../../views/draw.js";
import { fullWhen } from "../../when.js";
import { act } from "../acting.js";
import { acts } from "../actstrings.js";
import { file as words } from "../strings.js";

const report = ({ reason, outcome, answer }) => (outcome ? `${reason} → ${words.settled[outcome]}: ${answer}` : reason);

export class CaseView {
  constructor(console) {
    Object.assign(this, { console, desk: console.desk, case: null, thread: null });
    this.node = h("div", { class: "ccase", tabindex: "0", "data-testid": "case" });
    /* A claim, a statement or a note has no place in the log that would tell of it: what follows one reads again. */
    this.desk.addEventListener("news", ({ detail }) => detail.thread === this.thread && !this.node.hidden && this.again());
  }

  async enter(thread) {
    if (this.thread !== thread) this.case = null;
    this.thread = thread;
    this.draw();
    await this.again();
  }

  async again() {
    const { thread } = this;
    if (!thread) return;
    const reply = await this.console.tried(this.console.lines.command("moderation.case", { thread }));
    if (!reply || thread !== this.thread) return;
    this.case = reply;
    this.console.watching.granted(thread, reply.watch_until);
    this.console.schedule();
  }

  draw() {
    const { state } = this.desk;
    if (!state) return;
    const { order, capabilities, claims, log } = state;
    swap(this.node, [this.case, order, capabilities, claims, log.head], () => this.build(state, this.case ?? {}));
  }

  build(state, told) {
    const isNote = ({ action }) => action === "moderation.note";
    const [notes, done] = [told.acts?.filter(isNote), told.acts?.filter((one) => !isNote(one))];
    const contest = told.contest ? [told.contest] : [];
    return [
      h("div", { class: "ccase-bar" }, this.resolve(state), button({ label: words.refresh, tone: "tiny" }, () => this.again())),
      h("div", { class: "csides" }, ["buyer", "seller"].map((role) => this.side(state, told, role))),
      this.block(words.claims, told.claims ?? state.claims, (claim) => this.claim(state, claim)),
      this.block(words.held, told.held, (one) => this.held(state, one)),
      this.block(words.reports, told.reports, (one) => this.line(state, one, `#${one.target} · ${nameOf(state, one.by, this.desk.me)}`, report(one))),
      this.block(words.flags, told.flags, (one) => this.line(state, one, `#${one.seq ?? ""} ${one.kind}`, words.actions[one.action] ?? one.action)),
      this.block(words.contest, contest, (one) => this.line(state, one, grounds[one.ground] ?? one.ground, one.text)),
      this.block(words.originals, told.originals, (one) => this.line(state, one, `#${one.target} · ${words.causes[one.cause] ?? one.cause}`, one.text)),
      this.block(words.notes, notes, (one) => this.line(state, one, one.moderator, one.reason)),
      this.block(words.looks, told.looks, (one) => this.line(state, one, one.moderator, `${one.reason} · ${words.until(fullWhen(one.until))}`)),
      this.block(words.acts, done, (one) => this.line(state, one, `${one.moderator} · ${one.action}`, one.reason)),
      this.block(words.history, this.happened(state), ({ entry, said }) => this.line(state, entry, nameOf(state, entry.by, this.desk.me), said)),
    ];
  }

  resolve(state) {
    const { named, allowed, refusal } = ask(state, "moderation.resolve");
    if (!named) return null;
    const look = { label: words.resolve, glyph: "gavel", tone: "primary", disabled: !allowed, title: refusal?.message };
    return button({ ...look, "data-testid": "case-resolve" }, () =>
      takeAction(this.desk, actionFor("moderation.resolve"), { done: () => this.again() }),
    );
  }

  side(state, told, role) {
    const party = Object.values(state.parties).find((one) => one.role === role);
    const said = (told.statements ?? []).filter((one) => (one.by?.user ?? one.by) === party?.user);
    const one = ({ at, text }) => h("blockquote", { class: "said", dir: "auto" }, at && h("time", { class: "cquiet" }, fullWhen(at)), h("p", {}, text));
    return h(
      "section",
      { class: "cside-said", "data-testid": `statements-${role}` },
      h("h3", {}, `${party?.name ?? role} · ${role}`),
      said.length ? said.map(one) : h("p", { class: "cquiet" }, words.noStatement(party?.name ?? role)),
    );
  }

  block(title, list, draw) {
    if (!list?.length) return null;
    return h("section", { class: "cblock" }, h("h3", {}, title), h("ul", {}, list.map(draw)));
  }

  line(state, { at }, who, text) {
    const when = at && h("time", { class: "cquiet", datetime: at }, fullWhen(at));
    return h("li", {}, h("strong", {}, who), " ", when, text && h("p", { dir: "auto" }, text));
  }

  claim(state, claim) {
    const { claim: id, by, reason, answer, ...row } = claim;
    const open = ["open", "picked_up"].includes(row.state);
    const who = typeof by === "string" ? { user: by } : by;
    const reject = open && ask(state, "moderation.reject_claim").allowed;
    const look = { label: words.reject, tone: "tiny", "data-testid": "reject-claim" };
    const refuse = () => takeAction(this.desk, actionFor("moderation.reject_claim"), { target: { claim: id }, done: () => this.again() });
    return h(
      "li",
      { "data-testid": "case-claim", "data-state": row.state },
      h("strong", {}, nameOf(state, who, this.desk.me)),
      " ",
      h("span", { class: "chip chip-s" }, orderWords.claim[row.state] ?? row.state),
      reason && h("blockquote", { class: "said", dir: "auto" }, reason),
      answer && h("p", { dir: "auto" }, answer),
      reject && button(look, refuse),
    );
  }

  held(state, { held, by, text, at }) {
    const fixed = { thread: state.thread, target: held };
    const give = (type) =>
      button({ label: acts[type].label, tone: "tiny", "data-testid": `case-${type}` }, async () => {
        if (await act(this.console.lines, type, fixed, { canned: this.console.hand.canned })) this.again();
      });
    const who = typeof by === "string" ? { user: by } : by;
    return h(
      "li",
      { "data-testid": "case-held" },
      h("strong", {}, nameOf(state, who, this.desk.me)),
      " ",
      at && h("time", { class: "cquiet" }, fullWhen(at)),
      h("blockquote", { class: "said", dir: "auto" }, text),
      give("moderation.release_message"),
      give("moderation.reject_message"),
    );
  }

  /* The steps and the money, without what people said to each other: that is the conversation's. */
  happened(state) {
    const kinds = /^(order|payment|dispute|claim|proposal|review|thread|party)\./;
    return state.log.entries
      .filter((entry) => kinds.test(entry.kind))
      .map((entry) => ({ entry, said: [tell(entry, state, this.desk.me), money(entry.amount)].filter(Boolean)[0] || entry.kind }));
  }
}
