/* Leaving a conversation: shows what would be lost, offers what is reversible first, and asks for an explicit yes.
   Must never leave by one press: it is final for both parties. */

import { otherOf } from "../capabilities.js";
import { leave as words } from "../strings.js";
import { button, h, icon } from "./draw.js";
import { openDialog } from "./dialog.js";
import { toast } from "./toast.js";

function gentler(desk, thread, what, on, label, hint, glyph, close) {
  const act = () => desk.toggle(thread, what, on).then(close, (error) => toast(error.message, { tone: "danger" }));
  return h(
    "li",
    {},
    button({ label, glyph, tone: "secondary", "data-testid": `leave-${what}` }, act),
    h("p", {}, hint),
  );
}

export function openLeave(desk) {
  const { state } = desk;
  const { thread, muted, archived } = state;
  const other = otherOf(state, desk.me).name;
  const close = () => parts.close();
  const understood = h("input", {
    type: "checkbox",
    "data-testid": "leave-understand",
    on: { change: (event) => bar(!event.target.checked) },
  });
  const bar = (barred) => Object.assign(parts.go, { barred, disabled: barred });
  const parts = openDialog({
    title: words.title,
    testid: "leave-dialog",
    body: [
      h("p", { class: "dialog-lead" }, words.lead),
      h(
        "ul",
        { class: "leave-gentler" },
        gentler(
          desk,
          thread,
          "mute",
          !muted,
          muted ? words.unmute : words.mute,
          words.muteHint,
          muted ? "bell" : "bell-off",
          close,
        ),
        gentler(
          desk,
          thread,
          "archive",
          !archived,
          archived ? words.unarchive : words.archive,
          words.archiveHint,
          "archive",
          close,
        ),
      ),
      h(
        "section",
        { class: "leave-lost" },
        h("h3", {}, words.lost),
        h(
          "ul",
          {},
          words.losses(other).map((line) => h("li", {}, icon("x"), line)),
        ),
      ),
      h(
        "section",
        { class: "leave-kept" },
        h("h3", {}, words.kept),
        h(
          "ul",
          {},
          words.keeps.map((line) => h("li", {}, icon("check"), line)),
        ),
      ),
      h("label", { class: "leave-understand" }, understood, words.understand),
    ],
    confirm: { label: words.confirm, tone: "danger", testid: "leave-confirm" },
    act: () => desk.connection.command("thread.leave", { thread, confirm: true }),
  });
  bar(true);
}
