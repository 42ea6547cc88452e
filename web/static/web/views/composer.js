/* Where one writes: purposes, replies, edits, the follow-up budget; or why one cannot.
   Must never lose a text: what is not sent stays as a draft of its thread. */

import { composer as rights, otherOf } from "../capabilities.js";
import { Caution, strictest } from "../caution.js";
import { caught as caughtWords, composer as words } from "../strings.js";
import { Typing } from "../typing.js";
import { drawContext, drawPurposes } from "./composing.js";
import { h, icon, swap } from "./draw.js";
import { lockedNote } from "./locked.js";
import { toast } from "./toast.js";

const LIMIT = 4000;
const WARN_AT = 3600;
const TYPING_PAUSE_MS = 3_000;

export class ComposerView {
  #drafts = new Map();
  #typing;

  constructor({ desk }) {
    const say = (thread) => desk.connection.whisper("thread.typing", { thread, on: true });
    this.#typing = new Typing({ say, pause: () => desk.limits?.typing_interval_ms ?? TYPING_PAUSE_MS });
    Object.assign(this, { desk, purpose: "chat", about: null, thread: null });
    this.input = h("textarea", {
      class: "composer-input",
      dir: "auto",
      rows: 1,
      "aria-label": words.label,
      "data-testid": "composer-input",
      on: { input: () => this.typed(), keydown: (event) => this.key(event) },
    });
    this.sendButton = h(
      "button",
      {
        type: "submit",
        class: "btn btn-primary btn-icon composer-send",
        "aria-label": words.send,
        title: words.send,
        "data-testid": "composer-send",
      },
      icon("send"),
    );
    this.count = h("p", { class: "composer-count", role: "status", hidden: true });
    this.caught = h("p", { class: "composer-caught", role: "status", "data-testid": "composer-caught", hidden: true });
    this.caution = new Caution({
      ask: (thread, text) => desk.connection.command("message.check", { thread, text }),
      show: (caught) => this.warn(caught),
    });
    this.purposes = h("div", {});
    this.budget = h("div", {});
    this.context = h("div", { class: "composer-context" });
    this.form = h(
      "form",
      { class: "composer-form", on: { submit: (event) => (event.preventDefault(), this.send()) } },
      h("div", { class: "composer-purposes" }, this.purposes, this.budget),
      this.context,
      h("div", { class: "composer-row" }, this.input, this.sendButton),
      this.caught,
      this.count,
    );
    this.closed = h("div", { class: "composer-closed" });
    this.node = h("footer", { class: "composer" }, this.form, this.closed);
  }

  draw() {
    const { desk } = this;
    const { state } = desk;
    if (!state) return;
    if (this.thread !== state.thread) this.turnTo(state.thread);
    const { open, refusal } = rights(state);
    const locked = !open.length;
    if (!open.some(({ purpose }) => purpose === this.purpose)) this.purpose = open[0]?.purpose ?? "chat";
    this.form.hidden = locked;
    this.closed.hidden = !locked;
    const unsent = locked ? this.input.value : "";
    swap(this.closed, [locked, state.closed, state.order.state, refusal, state.parties, desk.role, unsent], () =>
      lockedNote(desk, refusal, unsent),
    );
    if (locked) return;
    const name = otherOf(state, desk.me)?.name ?? "";
    const placeholder =
      desk.role === "moderator" ? words.staff : this.purpose === "chat" ? words.placeholder(name) : words[this.purpose];
    this.input.placeholder = typeof placeholder === "function" ? placeholder(name) : placeholder;
    drawPurposes(this, open, name);
    drawContext(this);
  }

  turnTo(thread) {
    const draft = this.about?.kind === "edit" ? this.about.draft : this.input.value;
    if (this.thread) {
      this.#drafts.set(this.thread, draft);
      this.#typing.stopped(this.thread);
    }
    Object.assign(this, { thread, about: null, purpose: "chat" });
    this.fill(this.#drafts.get(thread) ?? "");
  }

  reply(item) {
    this.about = { kind: "reply", item, name: this.desk.state.parties[item.author]?.name ?? "" };
    this.draw();
    this.input.focus();
  }

  edit(item) {
    this.about = { kind: "edit", item, draft: this.input.value };
    this.fill(item.text);
    this.draw();
    this.input.focus();
  }

  stop() {
    if (this.about?.kind === "edit") this.fill(this.about.draft);
    this.about = null;
    this.draw();
    this.input.focus();
  }

  fill(text) {
    this.input.value = text;
    this.fit();
  }

  key(event) {
    if (event.key === "Escape" && this.about) this.stop();
    /* On a touch keyboard Enter is the only way to a new line. */
    const sends =
      event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches;
    if (!sends) return;
    event.preventDefault();
    this.send();
  }

  typed() {
    this.fit();
    if (this.desk.role === "moderator") return;
    if (this.input.value) this.#typing.typed(this.thread);
    else this.#typing.stopped(this.thread);
  }

  fit() {
    const length = [...this.input.value.trim()].length;
    const over = length - LIMIT;
    this.count.hidden = length < WARN_AT;
    this.count.textContent = over > 0 ? words.tooLong(over) : `${length} / ${LIMIT}`;
    this.sendButton.disabled = length === 0 || over > 0;
    const asks = this.desk.role !== "moderator" && this.purpose !== "statement" && over <= 0;
    this.caution.wrote(this.thread, asks ? this.input.value.trim() : "");
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  /* In place and calm: it says what will happen, and keeps nobody from sending. */
  warn(caught) {
    const found = strictest(caught);
    this.caught.hidden = !found;
    if (!found) return;
    /* A change cannot wait for anybody: what would be held is hidden. */
    const action = found.action === "hold" && this.about?.kind === "edit" ? "mask" : found.action;
    this.caught.dataset.action = action;
    this.caught.replaceChildren(icon("info"), h("span", {}, caughtWords.will[action](found.kinds)));
  }

  send() {
    const text = this.input.value.trim();
    if (!text || this.sendButton.disabled) return;
    const { desk, thread, about, purpose } = this;
    const reply_to = about?.kind === "reply" ? about.item.seq : undefined;
    /* A check-in is a deliberate act each time; the next message is plain again. */
    Object.assign(this, { about: null, purpose: "chat" });
    this.#typing.stopped(thread);
    if (about?.kind === "edit") this.saveEdit(about, text);
    else {
      this.fill("");
      desk.outbox.send(thread, { text, purpose, reply_to });
    }
    this.draw();
    this.input.focus();
  }

  saveEdit({ item, draft }, text) {
    this.fill(draft);
    if (text === item.text) return;
    const failed = (error) => {
      toast(error.message, { tone: "danger" });
      if (!this.input.value) this.fill(text);
    };
    this.desk.connection.command("message.edit", { thread: this.thread, target: item.seq, text }).catch(failed);
  }
}
