/* A staff act that needs no open conversation: asks what it needs, sends it once, says in place what went wrong.
   Must never do a thing twice: the same words keep their id, whatever the line did meanwhile. */

import { faults } from "../strings.js";
import { uuid7 } from "../uuid7.js";
import { h } from "../views/draw.js";
import { openDialog, Stay } from "../views/dialog.js";
import { drawFields, readFields } from "../views/fields.js";
import { toast } from "../views/toast.js";
import { acts, outcomes } from "./actstrings.js";

const reason = { name: "reason", kind: "text", required: true, least: 1, max: 1000 };
const choice = (options) => ({ name: "outcome", kind: "choice", required: true, options: Object.entries(options) });
/* A usual reason, as the server words it in the moderator's language. */
const usual = { name: "canned", kind: "choice" };

/* The fields of each act; the words are in strings. */
const FIELDS = {
  "moderation.warn": [reason],
  "moderation.suspend": [reason],
  "moderation.reinstate": [reason],
  "moderation.settle": [choice(outcomes.settle), usual, reason],
  "moderation.release_message": [],
  "moderation.reject_message": [usual, reason],
  "moderation.rule_appeal": [choice(outcomes.appeal), reason],
  "message.redact": [usual, reason],
};
const DANGER = new Set(["moderation.suspend", "message.redact", "moderation.reject_message"]);

function fieldsOf(type, canned) {
  const { fields: labels = {}, hints = {} } = acts[type];
  const options = [["", ""], ...canned.map(({ text }) => [text, text])];
  return FIELDS[type]
    .filter((field) => field !== usual || canned.length)
    .map((field) => ({ options, ...field, label: labels[field.name], hint: hints[field.name] }));
}

/* fixed: what it is about. Resolves to the reply, or to null where the person thought better of it. */
export function act(connection, type, fixed, { lead, canned = [] } = {}) {
  const { label, confirm, done } = acts[type];
  const fields = fieldsOf(type, canned);
  let last = {};
  return new Promise((resolve) => {
    const parts = openDialog({
      title: label,
      lead: lead ?? confirm,
      body: drawFields(fields, {}),
      confirm: { label, tone: DANGER.has(type) ? "danger" : "primary" },
      testid: `dialog-${type}`,
      act: async () => {
        const values = readFields(fields, parts.form, {});
        if (!values) throw new Stay();
        delete values.canned;
        const content = JSON.stringify(values);
        if (last.content !== content) last = { content, id: uuid7() };
        try {
          resolve(await connection.command(type, { ...fixed, ...values }, last.id));
        } catch (error) {
          const said = error.executed === "unknown" ? faults.unknown : error.message || faults.generic;
          parts.alert.replaceChildren(h("p", {}, said));
          throw new Stay();
        }
        if (done) toast(done);
      },
    });
    begins(parts.form);
    parts.dialog.addEventListener("close", () => resolve(null));
  });
}

/* A usual reason is a beginning: it lands in the field, where it can be changed. */
function begins(form) {
  const { canned: chosen, reason: text } = form.elements;
  chosen?.addEventListener("change", () => {
    if (!chosen.value) return;
    text.value = chosen.value;
    text.focus();
  });
}
