/* The whole page: list, conversation, order; one visible on a phone, side by side where there is room.
   Must never hold a state of its own that the address does not tell. */

import { strictest } from "../caution.js";
import { followRefusals } from "../heldback.js";
import { unreadTotal } from "../rows.js";
import { app, caught } from "../strings.js";
import { Watching } from "../watching.js";
import { avatar } from "./avatar.js";
import { BannerView } from "./banner.js";
import { ComposerView } from "./composer.js";
import { DecisionsView } from "./decisions.js";
import { button, h, icon } from "./draw.js";
import { HeaderView } from "./header.js";
import { ListView } from "./list.js";
import { NotifyView } from "./notify.js";
import { PanelView } from "./panel.js";
import { TimelineView } from "./timeline.js";
import { toast } from "./toast.js";
import { askReason } from "./watch.js";

export class Frame {
  #scheduled = false;

  constructor(root, { desk, decisions, notifying, person, signOut }) {
    Object.assign(this, { root, desk, watching: new Watching(desk) });
    const go = (thread) => this.go(thread);
    this.banner = new BannerView({ desk });
    this.notify = new NotifyView({ notifying });
    this.decisions = new DecisionsView({ decisions, time: desk.time, go });
    this.list = new ListView({ desk, go, beside: [this.decisions.node, this.notify.node] });
    this.head = new HeaderView({ desk, go });
    this.panel = new PanelView({ desk, go, watching: this.watching });
    this.composer = new ComposerView({ desk });
    this.lines = new TimelineView({ desk, go, composer: this.composer });
    this.empty = h("div", { class: "nothing" });
    this.thread = h(
      "div",
      { class: "thread", hidden: true },
      this.head.node,
      this.panel.node,
      this.lines.node,
      this.composer.node,
    );
    const staff = person.role && h("small", {}, h("a", { href: "/console", "data-testid": "to-console" }, app.console));
    const leave = { label: app.signOut, glyph: "door", tone: "quiet", hideLabel: true, "data-testid": "sign-out" };
    const face = avatar({ user: person.user, name: person.name }, "s");
    const me = h(
      "div",
      { class: "me" },
      face,
      h("span", { class: "me-name" }, person.name, staff),
      button(leave, signOut),
    );
    const side = h(
      "div",
      { class: "side" },
      h("header", { class: "side-head" }, h("h1", { class: "brand" }, app.threads), me),
      this.list.node,
    );
    const place = { class: "conversation", id: "conversation", tabindex: "-1", "aria-label": app.conversation };
    this.conversation = h("section", place, this.empty, this.thread);
    root.replaceChildren(this.banner.node, side, this.conversation);
    for (const source of [desk, decisions, notifying]) source.addEventListener("change", () => this.schedule());
    desk.addEventListener(
      "news",
      ({ detail }) => detail.thread === desk.open && this.lines.announce(detail.entries, detail.state),
    );
    /* A look ended: to go on, a moderator states a reason anew. */
    desk.addEventListener("ended", ({ detail }) => detail.thread === desk.open && this.look());
    desk.addEventListener("caught", ({ detail }) => {
      const { action, kinds } = strictest(detail.caught);
      if (caught.was[action]) toast(caught.was[action](kinds));
    });
    followRefusals(desk);
    desk.connection.addEventListener("welcome", () => this.look(), { once: true });
    addEventListener("popstate", () => this.look());
  }

  go(thread) {
    this.left = this.desk.open;
    history.pushState(null, "", thread ? `/t/${encodeURIComponent(thread)}` : "/");
    this.look();
  }

  /* The address decides what is open. */
  look() {
    const wanted = /^\/t\/([^/]+)/.exec(location.pathname);
    const thread = wanted ? decodeURIComponent(wanted[1]) : null;
    if (thread && this.watching.needed(thread)) {
      this.desk.show(null);
      askReason(this.watching, thread, () => this.go(null));
    } else this.desk.show(thread);
  }

  /* A background tab gets no animation frames, yet its title and cursors must move on. */
  schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const soon = document.visibilityState === "visible" ? requestAnimationFrame : setTimeout;
    soon(() => {
      this.#scheduled = false;
      this.draw();
    });
  }

  draw() {
    const { desk } = this;
    const ready = Boolean(desk.state);
    this.root.dataset.open = String(Boolean(desk.open));
    this.thread.hidden = !ready;
    this.empty.hidden = ready;
    if (!ready) this.drawNothing();
    document.title = app.title(unreadTotal(desk.rows));
    const { banner, decisions, notify, list, head, panel, composer, lines } = this;
    for (const view of [banner, decisions, notify, list, head, panel, composer, lines]) view.draw();
    if (this.left !== undefined) this.follow();
  }

  /* Where one part takes the other's place, the focus goes along: into the conversation, and back to its row. */
  follow() {
    const { left, desk } = this;
    this.left = undefined;
    if (document.activeElement?.checkVisibility() && document.activeElement !== document.body) return;
    if (desk.open) this.conversation.focus({ preventScroll: true });
    else this.list.focus(left);
  }

  drawNothing() {
    const { open, gone } = this.desk;
    const lines = open && gone.has(open) ? [app.gone] : open ? [app.loading] : [app.pick, app.pickHint];
    const back = open && button({ label: app.back, glyph: "back", tone: "secondary" }, () => this.go(null));
    this.empty.replaceChildren(...[icon("chat"), ...lines.map((line) => h("p", {}, line)), back].filter(Boolean));
  }
}
