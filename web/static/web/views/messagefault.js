/* What stands under a message that is not in the log: kept, held, or refused and why.
   Must never take the text away: only its author lets it go. */

import { message as words } from "../strings.js";
import { button, h, icon } from "./draw.js";
import { copyText } from "./toast.js";

export function messageFault({ pending, text, last }, { desk }) {
  if (pending.state === "held") return h("p", { class: "msg-fault held" }, icon("clock"), words.held);
  if (pending.state === "refused") return refused(pending, text, desk.outbox);
  /* Said once, below the last of those that wait. */
  return !last || desk.connection.status.phase === "online" ? null : h("p", { class: "msg-fault kept" }, words.kept);
}

function refused({ id, error }, text, outbox) {
  const copy = button({ label: words.copy, glyph: "copy", tone: "tiny" }, () => copyText(text));
  const again = button({ label: words.again, tone: "tiny", "data-testid": "message-again" }, () => outbox.again(id));
  const discard = button({ label: words.discard, tone: "tiny", "data-testid": "message-discard" }, () =>
    outbox.discard(id),
  );
  const why = h(
    "span",
    {},
    h("strong", {}, error.executed === "unknown" ? words.unsure : words.refused),
    ` · ${error.message}`,
  );
  return h(
    "div",
    { class: "msg-fault refused", role: "alert", "data-testid": "message-refused", "data-code": error.code },
    h("p", {}, icon("warn"), why),
    h("p", { class: "msg-fault-acts" }, copy, error.retry !== "never" && again, discard),
  );
}
