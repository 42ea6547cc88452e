/* The console's frame: the way between views, what is in hand, keys, the state of the line.
   Must never hold a state of its own that neither the address nor the server tells. */

import { Watching } from "../../watching.js";
import { avatar } from "../../views/avatar.js";
import { BannerView } from "../../views/banner.js";
import { button, h, swap } from "../../views/draw.js";
import { openDialog } from "../../views/dialog.js";
import { toast } from "../../views/toast.js";
import { pathOf, read } from "../address.js";
import { Hand } from "../hand.js";
import { legend, wants } from "../keys.js";
import { console_ as words, views as names } from "../strings.js";
import { AppealsView } from "./appeals.js";
import { AuditView } from "./audit.js";
import { FeedView } from "./feed.js";
import { HandView } from "./hand.js";
import { PeopleView } from "./people.js";
import { PoliciesView } from "./policies.js";
import { QueueView } from "./queue.js";
import { link } from "./rows.js";
import { ThreadView } from "./thread.js";

export class ConsoleFrame {
  #scheduled = false;

  constructor(root, { desk, person, signOut }) {
    this.watching = new Watching(desk);
    this.hand = new Hand({ desk, watching: this.watching });
    Object.assign(this, { root, desk, person, lead: person.role === "lead", ready: false });
    this.views = {
      queue: new QueueView(this),
      feed: new FeedView(this),
      people: new PeopleView(this),
      audit: new AuditView(this),
      appeals: new AppealsView(this),
      policies: new PoliciesView(this),
      t: new ThreadView(this),
    };
    this.banner = new BannerView({ desk });
    this.inHand = new HandView(this);
    this.nav = h("nav", { class: "cnav", "aria-label": words.views });
    this.work = h("main", { class: "cwork", id: "work", tabindex: "-1", "aria-label": words.work });
    root.replaceChildren(this.banner.node, this.side(signOut), this.work);
    desk.addEventListener("change", () => this.schedule());
    this.hand.addEventListener("change", () => this.schedule());
    desk.connection.addEventListener("welcome", ({ detail }) => this.welcome(detail));
    addEventListener("popstate", () => this.look());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  get lines() {
    return this.desk.connection;
  }

  side(signOut) {
    const { user, name, role } = this.person;
    const leave = { label: words.signOut, glyph: "door", tone: "quiet", hideLabel: true, "data-testid": "sign-out" };
    const rank = h("small", {}, role === "lead" ? words.lead : words.moderator);
    const me = h("div", { class: "me" }, avatar({ user, name }, "s"), h("span", { class: "me-name" }, name, rank));
    me.append(button(leave, signOut));
    const help = { label: words.keys, tone: "quiet", class: "cnav-keys", title: words.keysHint, "data-testid": "keys" };
    return h("header", { class: "cside" }, h("p", { class: "cbrand" }, words.name), this.nav, button(help, () => this.help()), me);
  }

  /* A line that came back has forgotten the feed, and what is open was read before it broke. */
  welcome({ role, lead = false }) {
    this.lead = lead;
    this.staff = role === "moderator";
    const first = !this.ready;
    this.ready = true;
    if (!this.staff) return this.work.replaceChildren(h("p", { class: "cempty" }, words.noStaff));
    /* What was in hand before a reload is in hand still. */
    if (first) this.views.queue.refresh();
    if (first) this.look();
    else this.view.enter?.(this.at);
  }

  hrefOf(to) {
    return pathOf(to);
  }

  go(to) {
    history.pushState(null, "", pathOf(to));
    this.look();
  }

  look() {
    this.at = read(location.pathname);
    const view = this.views[this.at.view];
    if (this.view !== view) {
      this.view?.leave?.();
      this.view = view;
      this.work.replaceChildren(this.inHand.node, view.node);
    }
    view.enter?.(this.at);
    this.draw();
  }

  key(event) {
    const name = wants(event);
    if (!name || !this.view) return;
    const own = this.view.acts?.[name] ?? this.acts[name];
    if (!own) return;
    event.preventDefault();
    own();
  }

  acts = {
    queue: () => this.go({ view: "queue" }),
    feed: () => this.go({ view: "feed" }),
    people: () => this.go({ view: "people" }),
    audit: () => this.go({ view: "audit" }),
    appeals: () => this.lead && this.go({ view: "appeals" }),
    policies: () => this.lead && this.go({ view: "policies" }),
    next: () => this.views.queue.next(),
    back: () => this.hand.item && this.tried(this.hand.putBack()),
    settle: () => this.inHand.settle(),
    help: () => this.help(),
  };

  help() {
    const row = ([key, name]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, name));
    const { go } = openDialog({
      title: words.keys,
      testid: "keys-dialog",
      body: h("dl", { class: "ckeys" }, legend.map(row)),
      confirm: { label: "OK" },
      act: async () => {},
    });
    go.focus();
  }

  /* What went wrong is said; what is true by now is read again. */
  async tried(work) {
    try {
      return await work;
    } catch (error) {
      /* A page that is newer than its server, while that is being renewed. */
      toast(error.code === "unknown_type" ? words.soon : error.message, { tone: "danger" });
      return null;
    } finally {
      this.schedule();
    }
  }

  schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.draw();
    });
  }

  draw() {
    const shown = ["queue", "feed", "people", "audit", ...(this.lead ? ["appeals", "policies"] : [])];
    const here = this.at?.view === "t" ? "queue" : this.at?.view;
    swap(this.nav, [shown, here], () =>
      shown.map((view) =>
        link(this, { view }, { "aria-current": view === here ? "page" : null, "data-testid": `view-${view}` }, names[view]),
      ),
    );
    this.banner.draw();
    this.inHand.draw();
    this.view?.draw?.();
  }
}
