/* The conversation itself: messages, cards and marks in order; older ones on scrolling up; stays at the end while one reads there.
   Must never move what a person is reading, and never mark as read what is out of sight. */

import { withHeld } from "../heldback.js";
import { app, message as words } from "../strings.js";
import { preview } from "../telling.js";
import { items } from "../timeline.js";
import { dayLabel } from "../when.js";
import { offerCard, supportCard } from "./cards.js";
import { button, h, reconcile } from "./draw.js";
import { drawMark } from "./marks.js";
import { drawMessage, tellMessage } from "./message.js";
import { proposalCard } from "./proposals.js";

const NEAR_PX = 80;
const FLASH_MS = 1500;

export class TimelineView {
  constructor({ desk, go, composer }) {
    Object.assign(this, { desk, go, composer, thread: null, atEnd: true });
    this.top = h("p", { class: "lines-top" });
    this.list = h("ol", { class: "lines-list", "aria-label": app.conversation });
    this.who = h("span", {});
    const dots = h("span", { class: "typing-dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.typing = h("p", { class: "typing", "data-testid": "typing", hidden: true }, dots, this.who);
    const scroll = { class: "lines-scroll", tabindex: "0", on: { scroll: () => this.scrolled() } };
    this.scroller = h("div", scroll, this.top, this.list, this.typing);
    const look = { label: words.toBottom, glyph: "down", tone: "float", hideLabel: true, hidden: true };
    this.down = button({ ...look, "data-testid": "to-end" }, () => this.toEnd(true));
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
    const sending = withHeld(desk.outbox.of(state.thread, state.log.head), state.held);
    const told = items(state, { me: desk.me, sending, unreadAfter: desk.unreadAfter }).map((one) => this.tell(one));
    const newest = told.at(-1);
    const wrote = newest && this.newest !== newest.key && newest.item.own;
    const grewAbove = !fresh && this.first !== told[0]?.key;
    Object.assign(this, { first: told[0]?.key, newest: newest?.key });
    const { scrollHeight, scrollTop } = this.scroller;
    reconcile(this.list, told, (one) => this.build(one));
    this.top.textContent = state.log.complete ? words.begin : words.older;
    this.drawTyping(state);
    if (fresh || this.atEnd || wrote) this.toEnd();
    else if (grewAbove) this.scroller.scrollTop = scrollTop + this.scroller.scrollHeight - scrollHeight;
    this.scrolled();
  }

  /* With an item goes a signature of all that its node shows: an unchanged node stays. */
  tell(item) {
    const { state, me, time, connection } = this.desk;
    const { allowed, refused } = state.capabilities;
    const names = Object.values(state.parties).map(({ name }) => name);
    if (item.type === "message") {
      const told = tellMessage(item, state, me);
      const phase = item.pending ? connection.status.phase : null;
      return { ...told, key: item.key, item, sign: JSON.stringify([told, phase]) };
    }
    const around =
      {
        day: () => [new Date(time.now()).toDateString()],
        mark: () => [names],
        unread: () => [],
      }[item.type] ?? (() => [names, allowed, refused]);
    return { key: item.key, item, sign: JSON.stringify([{ ...item, entry: undefined }, around()]) };
  }

  build(told) {
    const { item } = told;
    const now = this.desk.time.now();
    if (item.type === "message") return drawMessage(told, this);
    if (item.type === "day") return h("li", { class: "day" }, h("span", {}, dayLabel(item.at, now, app)));
    if (item.type === "unread") return h("li", { class: "unread-line" }, h("span", {}, words.unread));
    if (item.type === "mark") return drawMark(item, this.desk);
    const card = {
      offer: () => offerCard(item.offer, this),
      proposal: () => proposalCard(item.proposal, this),
      support: () => supportCard(item, this),
    }[item.type];
    return h("li", { class: "card-line", "data-seq": item.seq }, card());
  }

  drawTyping({ typing, parties }) {
    const who = Object.entries(typing).find(([user, until]) => user !== this.desk.me && until > Date.now());
    this.typing.hidden = !who;
    if (who) this.who.textContent = words.typing(parties[who[0]]?.name ?? "");
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

  toEnd(gently = false) {
    const smooth = gently && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  jump(seq) {
    const target = this.list.querySelector(`#m-${seq}`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), FLASH_MS);
  }

  /* What arrives is read out once, apart, so that opening a thread does not read the whole of it. */
  announce(entries, state) {
    const { me } = this.desk;
    const heard = entries.filter((entry) => entry.by.user !== me);
    const say = (entry) => {
      const said = preview(entry, state, me);
      return said && entry.kind === "message" ? `${state.parties[entry.by.user]?.name ?? words.staff}: ${said}` : said;
    };
    this.live.textContent = heard.map(say).filter(Boolean).join(". ");
  }
}
