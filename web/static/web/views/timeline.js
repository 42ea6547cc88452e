/* The conversation itself: messages, cards and marks in order; older ones on scrolling up; stays at the end while one reads there.
   Must never move what a person is reading, and never mark as read what is out of sight. */

import { items } from "../timeline.js";
import { app, marks, message as words } from "../strings.js";
import { tell } from "../telling.js";
import { clock, dayLabel, fullWhen } from "../when.js";
import { offerCard, proposalCard, supportCard } from "./cards.js";
import { button, h, icon, reconcile } from "./draw.js";
import { drawMessage, tellMessage } from "./message.js";

const NEAR_PX = 80;
const ICONS = {
  order: "check",
  payment: "wallet",
  offer: "tag",
  party: "door",
  dispute: "gavel",
  claim: "shield",
  review: "star",
  support: "lifebuoy",
  proposal: "undo",
  thread: "chat",
  attachment: "file",
};
const STEP_ICONS = {
  start: "play",
  deliver: "box",
  close: "check",
  cancel: "x",
  decline: "x",
  withdraw: "x",
  request_revision: "undo",
  freeze: "snow",
  auto_close: "clock",
  auto_cancel: "clock",
  expire: "clock",
};

export class TimelineView {
  constructor({ desk, go, composer }) {
    Object.assign(this, { desk, go, composer, thread: null, atEnd: true });
    this.top = h("p", { class: "lines-top" });
    this.list = h("ol", { class: "lines-list", "aria-label": app.threads });
    this.typing = h(
      "p",
      { class: "typing", "data-testid": "typing", hidden: true },
      h("span", { class: "typing-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      h("span", { class: "typing-who" }),
    );
    this.scroller = h(
      "div",
      { class: "lines-scroll", tabindex: "0", on: { scroll: () => this.scrolled() } },
      this.top,
      this.list,
      this.typing,
    );
    this.down = button(
      { label: words.toBottom, glyph: "down", tone: "float", hideLabel: true, hidden: true, class: "to-end" },
      () => this.toEnd(true),
    );
    this.live = h("p", { class: "sr", "aria-live": "polite" });
    this.node = h("section", { class: "lines" }, this.scroller, this.down, this.live);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
  }

  draw() {
    const { desk } = this;
    const { state } = desk;
    if (!state) return;
    const fresh = this.thread !== state.thread;
    this.thread = state.thread;
    if (fresh) this.atEnd = true;
    const sending = desk.outbox.of(state.thread, state.log.head);
    const told = items(state, { me: desk.me, sending, unreadAfter: desk.unreadAfter }).map((item) =>
      this.tell(item, state),
    );
    const grown = told.length && this.newest !== told.at(-1).key && told.at(-1).item?.own;
    this.newest = told.at(-1)?.key;
    const { scrollHeight, scrollTop } = this.scroller;
    const prepended = !fresh && this.first !== told[0]?.key && !this.atEnd;
    this.first = told[0]?.key;
    reconcile(this.list, told, (one) => this.build(one));
    this.top.textContent = state.log.complete ? words.begin : words.older;
    this.showTyping(state);
    if (this.atEnd || grown) this.toEnd();
    else if (prepended) this.scroller.scrollTop = scrollTop + this.scroller.scrollHeight - scrollHeight;
    this.scrolled();
  }

  tell(item, state) {
    const { me, capabilities } = { me: this.desk.me, capabilities: state.capabilities };
    const dynamic =
      item.type === "message"
        ? tellMessage(item, state, me)
        : ["offer", "proposal", "support"].includes(item.type)
          ? capabilities
          : null;
    const line = item.pending ? this.desk.connection.status.phase : null;
    const sign = JSON.stringify([
      item.type,
      item.type === "message" ? dynamic : { ...item, entry: undefined },
      dynamic,
      line,
      item.type === "mark" || item.type === "offer" ? Object.values(state.parties).map(({ name }) => name) : null,
      item.type === "day" ? new Date(this.desk.time.now()).toDateString() : null,
    ]);
    return { key: item.key, sign, item, ...(item.type === "message" ? dynamic : {}) };
  }

  build(told) {
    const { item } = told;
    const { desk } = this;
    if (item.type === "message") return drawMessage(told, this);
    if (item.type === "day") return h("li", { class: "day" }, h("span", {}, dayLabel(item.at, desk.time.now(), app)));
    if (item.type === "unread") return h("li", { class: "unread-line" }, h("span", {}, words.unread));
    const card = {
      offer: () => offerCard(item.offer, this),
      proposal: () => proposalCard(item.proposal, this),
      support: () => supportCard(item, this),
    }[item.type];
    return card ? h("li", { class: "card-line", "data-seq": item.seq }, card()) : this.mark(item);
  }

  mark({ entry, at, seq }) {
    const { state, me } = this.desk;
    const text = tell(entry, state, me) || entry.kind;
    const glyph = STEP_ICONS[entry.action] ?? ICONS[entry.kind.split(".")[0]] ?? "info";
    const note =
      entry.note ??
      (entry.kind === "offer.requested" || entry.kind === "dispute.resolved" ? (entry.text ?? entry.reason) : null);
    const tone =
      entry.kind === "party.left" ? "mark-final" : entry.kind === "order.changed" ? `mark-step mark-${entry.to}` : "";
    return h(
      "li",
      { class: `mark ${tone}`, "data-testid": "mark", "data-seq": seq, "data-kind": entry.kind },
      h(
        "p",
        { class: "mark-line" },
        icon(glyph),
        h("span", {}, text),
        h("time", { datetime: at, title: fullWhen(at) }, clock(at)),
      ),
      note && h("blockquote", { class: "mark-note" }, note),
    );
  }

  showTyping(state) {
    const who = Object.entries(state.typing).find(([user, until]) => user !== this.desk.me && until > Date.now());
    this.typing.hidden = !who;
    if (who) this.typing.querySelector(".typing-who").textContent = words.typing(state.parties[who[0]]?.name ?? "");
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.down.hidden = this.atEnd;
    if (scrollTop < 2 * NEAR_PX && this.desk.state) this.desk.following.older(this.desk.open);
    this.look();
  }

  /* Read means: the end is in sight, on a page that is in front. */
  look() {
    if (this.atEnd && document.visibilityState === "visible" && this.node.offsetParent !== null) this.desk.seen();
  }

  toEnd(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  jump(seq) {
    const target = this.list.querySelector(`#m-${seq}`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1500);
  }

  /* What arrives is read out once, in its own place, so that opening a thread does not read the whole of it. */
  announce(entries, state) {
    const heard = entries.filter((entry) => entry.by.user !== this.desk.me);
    const said = heard.map((entry) =>
      entry.kind === "message" && !entry.erased
        ? `${state.parties[entry.by.user]?.name ?? words.staff}: ${entry.text}`
        : marks[entry.kind] || entry.kind === "order.changed"
          ? tell(entry, state, this.desk.me)
          : "",
    );
    this.live.textContent = said.filter(Boolean).join(". ");
  }
}
