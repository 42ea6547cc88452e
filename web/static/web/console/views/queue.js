/* The queue: what waits for a moderator, who has it in hand, and what it is about; the next one is a key away.
   Must never show a word of anybody before the item is taken: the look goes on record with it. */

import { states } from "../../strings.js";
import { button, h, swap } from "../../views/draw.js";
import { span } from "../../when.js";
import { held, isFree, next, tabOf } from "../queue.js";
import { queue as words } from "../strings.js";
import { Rows } from "./rows.js";

const LOOK_MS = 5_000;
const PAGE = 50;

export class QueueView {
  constructor(console) {
    Object.assign(this, { console, items: [], picked: null, on: false });
    this.list = new Rows({ label: words.rows, testid: "queue-rows", build: (item) => this.row(item) });
    this.none = h("p", { class: "cempty", "data-testid": "queue-empty", hidden: true }, words.none);
    this.about = h("section", { class: "cabout", "aria-live": "polite", "data-testid": "queue-item" });
    this.node = h("section", { class: "cqueue" }, h("div", { class: "cscroll" }, this.list.node, this.none), this.about);
    setInterval(() => this.on && document.visibilityState === "visible" && this.refresh(), LOOK_MS);
  }

  acts = {
    down: () => this.list.step(1),
    up: () => this.list.step(-1),
    take: () => this.take(),
    watch: () => this.open(),
  };

  async enter() {
    this.on = true;
    await this.refresh();
    if (this.on && this.picked) this.list.focus(this.picked);
  }

  leave() {
    this.on = false;
  }

  async refresh() {
    const { desk, hand } = this.console;
    const { moves } = hand;
    const reply = await this.console.lines.command("moderation.queue", { limit: PAGE }).catch(() => null);
    if (!reply) return;
    this.items = reply.items;
    hand.tell(reply, held(this.items, hand.item?.item, desk.me, desk.time.now()), moves);
    this.draw();
  }

  /* From anywhere: the next item that nobody has in hand, picked in the queue. */
  async next() {
    const { desk, at } = this.console;
    if (at.view !== "queue") this.console.go({ view: "queue" });
    await this.refresh();
    const item = next(this.items, this.picked, desk.me, desk.time.now());
    if (item) this.list.focus(item.item);
  }

  get item() {
    return this.items.find(({ item }) => item === this.picked) ?? null;
  }

  pick(item) {
    this.picked = item.item;
    this.draw();
  }

  async take() {
    const { item, console } = this;
    if (!item) return;
    /* An appeal is read and ruled on among the appeals. */
    if (item.kind === "appeal") return void console.go({ view: "appeals" });
    const taken = await console.tried(console.hand.take(item).then(() => true));
    if (!taken) return this.refresh();
    this.open();
  }

  open() {
    const { item } = this;
    if (item?.kind === "appeal") return void this.console.go({ view: "appeals" });
    if (!item?.thread) return;
    this.console.go({ view: "t", id: item.thread, tab: tabOf(item.item) });
  }

  draw() {
    const { desk } = this.console;
    const now = desk.time.now();
    const minute = (item) => Math.floor((now - Date.parse(item.waiting_since)) / 60_000);
    const told = this.items.map((item) => ({
      key: item.item,
      sign: JSON.stringify([item, minute(item), this.picked === item.item, isFree(item, desk.me, now)]),
      told: item,
    }));
    this.list.draw(told);
    this.none.hidden = this.items.length > 0;
    const { item } = this;
    swap(this.about, [item, item && minute(item), desk.me], () => (item ? this.tell(item, now) : h("p", { class: "cempty" }, words.pick)));
  }

  row(item) {
    const { desk } = this.console;
    const now = desk.time.now();
    const mine = item.claimed_by === desk.me && !isFree(item, null, now);
    const taken = !isFree(item, desk.me, now) ? words.taken(item.claimed_by) : mine ? words.mine : "";
    const picked = this.picked === item.item;
    const given = { type: "button", class: "pick cqueue-row", "aria-current": picked ? "true" : null };
    return h(
      "li",
      { class: "crow", "data-testid": "queue-row", "data-item": item.item },
      h(
        "button",
        { ...given, on: { focus: () => this.pick(item), click: () => this.pick(item), dblclick: () => this.take() } },
        h("span", { class: `chip chip-s ckind-${item.kind}` }, words.kinds[item.kind] ?? item.kind),
        h("span", { class: "crow-title" }, item.title ?? ""),
        h("span", { class: "crow-flags" }, (item.flags ?? []).map((flag) => h("span", { class: "chip chip-s cflag" }, flag))),
        h("span", { class: "cquiet" }, taken),
        h("span", { class: "cquiet cnumber" }, words.waits(span(now - Date.parse(item.waiting_since)))),
      ),
    );
  }

  /* What is known of it without looking into anybody's conversation. */
  tell(item, now) {
    const { desk } = this.console;
    const party = (role) => item.parties?.find((one) => one.role === role);
    const name = (role) => party(role)?.name ?? party(role)?.user ?? "";
    const free = isFree(item, desk.me, now);
    const mine = item.claimed_by === desk.me;
    const take = { label: mine ? words.open : words.take, tone: "primary", disabled: !free, "data-testid": "take-item" };
    return [
      h("p", { class: "cquiet" }, `${words.kinds[item.kind] ?? item.kind} · ${words.priority(item.priority)}`),
      h("h2", {}, item.title ?? item.item),
      item.state && h("p", {}, h("span", { class: `chip chip-s chip-${item.state}` }, states[item.state] ?? item.state)),
      item.parties && h("p", {}, words.between(name("buyer"), name("seller"))),
      item.reports ? h("p", {}, words.reports(item.reports)) : null,
      item.flags?.length ? h("p", {}, item.flags.map((flag) => h("span", { class: "chip chip-s cflag" }, flag))) : null,
      !free && h("p", { class: "why" }, words.taken(item.claimed_by)),
      button(take, () => (mine ? this.open() : this.take())),
      h("p", { class: "cquiet" }, words.takeHint),
    ];
  }
}
