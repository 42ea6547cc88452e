/* The list of conversations: search, rows newest first, the archived ones tucked away below.
   Must never hide an unread conversation without a way back to it. */

import { sorted } from "../rows.js";
import { isLate, otherOf } from "../capabilities.js";
import { app, list, states } from "../strings.js";
import { shortWhen } from "../when.js";
import { avatar } from "./avatar.js";
import { button, h, icon, reconcile } from "./draw.js";

export class ListView {
  /* What is `beside` stands beside the search. */
  constructor({ desk, go, beside }) {
    Object.assign(this, { desk, go, filter: "" });
    this.rows = h("ul", { class: "rows", "data-testid": "thread-list", "aria-label": app.threads });
    this.away = h("ul", { class: "rows rows-archived", "aria-label": app.archivedLabel });
    this.awayTitle = h("summary", {});
    this.awayBox = h(
      "details",
      { class: "archived", "data-testid": "archived", hidden: true },
      this.awayTitle,
      this.away,
    );
    const older = { label: app.olderThreads, glyph: "down", tone: "quiet", hidden: true, class: "rows-more" };
    this.more = button({ ...older, "data-testid": "list-more" }, () => this.desk.following.more());
    this.hint = h("div", { class: "rows-hint", hidden: true });
    const search = h("input", {
      type: "search",
      class: "search-input",
      placeholder: app.search,
      "aria-label": app.search,
      on: { input: (event) => this.find(event.target.value) },
    });
    this.node = h(
      "nav",
      { class: "list", "aria-label": app.threads },
      h("div", { class: "list-top" }, h("label", { class: "search" }, icon("search"), search), beside),
      this.rows,
      this.hint,
      this.more,
      this.awayBox,
    );
  }

  focus(thread) {
    this.node.querySelector(`[data-thread="${CSS.escape(thread ?? "")}"] .row`)?.focus();
  }

  find(text) {
    this.filter = text.trim().toLowerCase();
    this.draw();
  }

  draw() {
    const { desk } = this;
    const shown = sorted(desk.rows)
      .map((row) => this.tell(row))
      .filter((row) => !this.filter || row.searched.includes(this.filter));
    const here = shown.filter((row) => !row.archived || row.current);
    const away = shown.filter((row) => row.archived && !row.current);
    reconcile(this.rows, here, (row) => this.row(row));
    reconcile(this.away, away, (row) => this.row(row));
    this.more.hidden = !desk.more;
    this.awayBox.hidden = !away.length;
    const waiting = away.reduce((sum, row) => sum + row.unread, 0);
    this.awayTitle.textContent = app.archived(away.length, waiting);
    this.hint.hidden = here.length > 0 || away.length > 0;
    const lines = !desk.listed ? [app.loading] : this.filter ? [app.searchNone] : [app.empty, app.emptyHint];
    if (!this.hint.hidden) this.hint.replaceChildren(...lines.map((line) => h("p", {}, line)));
  }

  tell(row) {
    const { desk } = this;
    const state = desk.threads.get(row.thread);
    const staff = desk.role === "moderator";
    const known = state && !staff ? otherOf(state, desk.me) : row.other;
    const title = state?.order.title ?? row.title ?? "";
    const parties = (row.parties ?? []).map((party) => party.name).join(" · ");
    const other = staff ? { user: row.thread, name: parties } : { online: false, ...known };
    const name = other.name ?? other.user ?? title;
    const typing = Object.entries(state?.typing ?? {}).some(([user, until]) => user !== desk.me && until > Date.now());
    const stateWord = states[row.state] ?? row.state;
    const late = Boolean(state && isLate(state, desk.time.now()));
    const mine = Boolean(row.last?.by) && row.last.by.user === desk.me;
    const said = row.last?.preview || list.kinds[row.last?.kind]?.(stateWord) || "";
    const drawn = {
      thread: row.thread,
      user: other.user,
      name,
      face: staff ? title : name,
      online: other.online,
      title,
      state: row.state,
      chip: late ? "late" : row.state,
      chipWord: late ? states.late : stateWord,
      preview: typing ? null : said,
      mine,
      own: mine && row.last.kind === "message",
      when: row.last ? shortWhen(row.last.at, desk.time.now(), app) : "",
      unread: row.unread,
      muted: row.muted,
      archived: row.archived,
      closed: Boolean(state ? state.closed : row.closed),
      current: desk.open === row.thread,
    };
    return {
      ...drawn,
      key: row.thread,
      sign: JSON.stringify(drawn),
      searched: `${name} ${title} ${said}`.toLowerCase(),
    };
  }

  row(row) {
    const preview =
      row.preview === null
        ? h("em", { class: "typing-word" }, list.typing)
        : row.own
          ? list.by(app.you, row.preview)
          : row.preview;
    const count = row.unread
      ? h(
          "span",
          { class: `badge${row.muted ? " badge-muted" : ""}`, "data-testid": "unread" },
          row.unread > 99 ? "99+" : row.unread,
          h("span", { class: "sr" }, ` ${app.unread(row.unread)}`),
        )
      : null;
    const act = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.go(row.thread);
    };
    const link = h(
      "a",
      {
        class: `row${row.unread && !row.mine ? " row-unread" : ""}`,
        href: `/t/${encodeURIComponent(row.thread)}`,
        "aria-current": row.current ? "true" : null,
        on: { click: act },
      },
      avatar({ user: row.user, name: row.face, online: row.online }),
      h(
        "span",
        { class: "row-text" },
        h(
          "span",
          { class: "row-top" },
          h("strong", { class: "row-title" }, row.title),
          h("span", { class: "row-when" }, row.when),
        ),
        h(
          "span",
          { class: "row-mid" },
          h("span", { class: "row-name" }, row.name),
          h("span", { class: `chip chip-s chip-${row.chip}` }, row.chipWord),
        ),
        h(
          "span",
          { class: "row-low" },
          row.closed && icon("lock"),
          h("span", { class: "row-preview", dir: "auto" }, preview),
          row.muted && icon("bell-off"),
          count,
        ),
      ),
    );
    return h("li", { "data-testid": "thread-row", "data-thread": row.thread, "data-state": row.state }, link);
  }
}
