/* Steps, payments and answers as marks between the messages, with the words that came with a step.
   Must never stand out more than a message does, except where something ended. */

import { tell } from "../telling.js";
import { clock, fullWhen } from "../when.js";
import { stars } from "./aftercare.js";
import { h, icon } from "./draw.js";

const BY_KIND = {
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
const BY_ACTION = {
  start: "play",
  deliver: "box",
  cancel: "x",
  decline: "x",
  withdraw: "x",
  request_revision: "undo",
  refuse_revision: "x",
  freeze: "snow",
  auto_close: "clock",
  auto_cancel: "clock",
  expire: "clock",
};

function tone({ kind, to }) {
  if (kind === "party.left") return "mark-final";
  return kind === "order.changed" ? `mark-step mark-${to}` : "";
}

export function drawMark({ entry, at, seq }, { state, me }) {
  const glyph = BY_ACTION[entry.action] ?? BY_KIND[entry.kind.split(".")[0]];
  const note = entry.note ?? entry.text ?? entry.reason;
  const time = h("time", { datetime: at, title: fullWhen(at) }, clock(at));
  return h(
    "li",
    { class: `mark ${tone(entry)}`, "data-testid": "mark", "data-seq": seq, "data-kind": entry.kind },
    h("p", { class: "mark-line" }, icon(glyph), h("span", {}, tell(entry, state, me) || entry.kind), time),
    entry.rating && stars(entry.rating),
    note && h("blockquote", { class: "mark-note", dir: "auto" }, note),
  );
}
