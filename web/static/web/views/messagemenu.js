/* What one may do with a message: reply, copy, edit, delete, report.
   Must never offer what the server did not name; that a window is over it may know by itself. */

import { actionFor } from "../actions.js";
import { ask, mayChange } from "../capabilities.js";
import { message as words } from "../strings.js";
import { takeAction } from "./act.js";
import { button } from "./draw.js";
import { openMenu } from "./menu.js";
import { copyText } from "./toast.js";

const EDIT_WINDOW_S = 900;

export function messageMenu(item, view) {
  const look = { label: words.menu, glyph: "more", tone: "quiet", hideLabel: true, class: "msg-menu" };
  const open = (event) =>
    openMenu(event.currentTarget, { label: words.menu, choices: () => choices(item, view), source: view.desk });
  return button({ ...look, "aria-haspopup": "menu", "data-testid": "message-menu" }, open);
}

function choices(item, { desk, composer }) {
  const { state, me, limits } = desk;
  if (!state) return [];
  const windowMs = (limits.edit_window_s ?? EDIT_WINDOW_S) * 1000;
  const fresh = item.own && mayChange(state, item.entry, me, desk.time.now(), windowMs);
  const take = (key) => () => takeAction(desk, actionFor(key), { target: { target: item.seq } });

  const written = (key, label, icon, act, danger = false) => {
    const { named, allowed, refusal } = ask(state, key);
    return named && { label, icon, act, danger, disabled: !allowed, hint: refusal?.message, testid: `action-${key}` };
  };
  const reply = { label: words.reply, icon: "reply", testid: "menu-reply", act: () => composer.reply(item) };
  const copy = { label: words.copy, icon: "copy", testid: "menu-copy", act: () => copyText(item.text) };
  const mayDelete = fresh || desk.role === "moderator";
  return [
    ask(state, "message.send").allowed && reply,
    copy,
    fresh && written("message.edit", words.edit, "edit", () => composer.edit(item)),
    mayDelete && written("message.redact", words.remove, "trash", take("message.redact"), true),
    !item.own && !item.notice && written("message.report", words.report, "flag", take("message.report"), true),
  ].filter(Boolean);
}
