/* One message as a bubble: who, what kind, what it answers, whether it arrived.
   Must never show a text that was deleted, and never render text as anything but text. */

import { message as words } from "../strings.js";
import { nameOf } from "../telling.js";
import { clock, fullWhen } from "../when.js";
import { avatar } from "./avatar.js";
import { h, icon } from "./draw.js";
import { messageFault } from "./messagefault.js";
import { messageMenu } from "./messagemenu.js";

/* What was refused or is held back has no place on the way to the other side. */
const PENDING_TICKS = { waiting: "sending", sending: "sending", sent: "sent" };
const TICKS = { sending: "clock", sent: "check", delivered: "checks", seen: "checks" };

/* Everything that drawMessage shows, so that an unchanged bubble is left alone. */
export function tellMessage(item, state, me) {
  const author = nameOf(state, item.entry?.by ?? { user: me }, null);
  const quoted = item.replyTo ? quote(state, item.replyTo) : null;
  return {
    ...item,
    entry: undefined,
    author,
    user: item.author,
    quoted,
    tick: item.own ? tick(item, state, me) : null,
    online: undefined,
  };
}

function tick(item, state, me) {
  if (item.pending) return PENDING_TICKS[item.pending.state];
  const others = Object.keys(state.parties).filter((user) => user !== me);
  const reached = (cursors) => others.some((user) => (cursors?.[user] ?? 0) >= item.seq);
  if (reached(state.read)) return "seen";
  return reached(state.delivered) ? "delivered" : "sent";
}

function quote(state, seq) {
  const entry = state.log.entries.find((one) => one.seq === seq);
  if (!entry) return { name: words.original, text: "" };
  const gone = entry.erased || state.marks.erasures[seq];
  return {
    seq,
    name: nameOf(state, entry.by, null),
    text: gone ? words.erased : (state.marks.edits[seq]?.text ?? entry.text ?? ""),
  };
}

export function drawMessage(told, view) {
  const { item } = told;
  const pending = item.pending?.state;
  const classes = [
    "msg",
    item.own ? "own" : "other",
    item.first && "first",
    item.last && "last",
    item.notice && "notice",
    item.erased && "erased",
    pending && `pending pending-${pending}`,
  ];
  const label = item.notice ? words.staff : words.purposes[item.purpose];
  const bubble = h(
    "div",
    { class: `bubble${label ? " bubble-labelled" : ""}` },
    label &&
      h(
        "p",
        { class: "msg-label" },
        icon(item.notice ? "shield" : item.purpose === "check_in" ? "chat" : "lifebuoy"),
        label,
      ),
    told.quoted && quoteBlock(told.quoted, view),
    h(
      "p",
      { class: "msg-text", dir: "auto" },
      item.erased ? (item.byRole === "moderator" ? words.erasedByStaff : words.erased) : item.text,
    ),
    files(item),
    meta(told),
  );
  return h(
    "li",
    {
      class: classes.filter(Boolean).join(" "),
      "data-testid": "message",
      "data-seq": item.seq ?? "",
      "data-pending": String(Boolean(pending)),
      "data-own": String(item.own),
      id: item.seq ? `m-${item.seq}` : null,
    },
    !item.own && (item.last ? avatar({ user: told.user, name: told.author }, "s") : h("span", { class: "avatar-gap" })),
    h(
      "div",
      { class: "msg-body" },
      item.first && !item.own && h("p", { class: "msg-author" }, told.author),
      h(
        "div",
        { class: "msg-line" },
        bubble,
        item.seq && !item.erased && (!item.notice || view.desk.role === "moderator") && messageMenu(item, view),
      ),
      pending && messageFault(item, view),
    ),
  );
}

function meta({ item, tick: state }) {
  const time = h("time", { datetime: item.at, title: fullWhen(item.at) }, clock(item.at));
  const sign =
    state &&
    h(
      "span",
      { class: `tick tick-${state}`, "data-testid": "tick", "data-tick": state },
      icon(TICKS[state]),
      h("span", { class: "sr" }, words[state]),
    );
  return h("p", { class: "msg-meta" }, item.edited && h("span", {}, words.edited), time, sign);
}

function quoteBlock({ seq, name, text }, view) {
  return h(
    "button",
    { type: "button", class: "quote", on: { click: () => seq && view.jump(seq) } },
    h("strong", {}, name),
    h("span", {}, text),
  );
}

function files({ attachments = [] }) {
  if (!attachments.length) return null;
  return h(
    "ul",
    { class: "files" },
    attachments.map((file) => h("li", {}, icon("file"), file.name ?? words.file)),
  );
}
