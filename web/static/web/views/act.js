/* Takes an action of actions.js: asks what it needs, sends it, and answers for what went wrong in the same dialog.
   Must never send a step for an order version that the person has not seen, nor lose what they typed. */

import { ask } from "../capabilities.js";
import { changes } from "../conflict.js";
import { CommandError } from "../pending.js";
import { conflict, faults, line } from "../strings.js";
import { uuid7 } from "../uuid7.js";
import { h } from "./draw.js";
import { openDialog, Stay } from "./dialog.js";
import { drawFields, readFields, sayFault } from "./fields.js";
import { toast } from "./toast.js";

/* What was typed into a dialog that was closed without sending: it is there again when the dialog is. */
const drafts = new Map();

/* target: fields that name what is acted on (an offer, a message). preset: first values. body: shown above the fields.
   draft: what tells the drafts of one action apart, where its target does not. */
export function takeAction(
  desk,
  action,
  { target = {}, preset = {}, draft: about = target, body = null, title, label, done = () => {} } = {},
) {
  const { thread, order } = desk.state;
  const context = { currency: order.price.currency };
  /* What is to move begins where it stands. */
  const first = (field) => preset[field.name] ?? order.deadlines?.[field.name] ?? field.value;
  const fields = action.fields.map((field) => ({ ...field, value: first(field) }));
  const send = sender(desk, action, { thread, ...action.fixed, ...target });
  let seen = order;

  if (!fields.length && !action.confirm && !body) {
    send({}, seen).then(done, (error) => toast(error.message, { tone: "danger" }));
    return;
  }
  const parts = openDialog({
    title: title ?? action.label,
    lead: action.confirm,
    body: [body, drawFields(fields, context)],
    confirm: { label: label ?? action.label, tone: action.tone === "danger" ? "danger" : "primary" },
    testid: `dialog-${action.key}`,
    act: async () => {
      const values = readFields(fields, parts.form, context);
      if (!values) throw new Stay();
      if (desk.connection.status.phase !== "online") say(parts, line.pending);
      try {
        const reply = await send(values, seen);
        draft.drop();
        done(reply);
        if (action.done) toast(action.done);
      } catch (error) {
        if (error.code === "version_conflict") seen = await showConflict(desk, action, seen, parts);
        else if (!(error instanceof CommandError)) throw error;
        else if (!(error.field && sayFault(parts.form, error.field, error.message))) explain(parts, error);
        throw new Stay();
      }
    },
  });
  const draft = keepDraft(parts, `${thread} ${action.key} ${JSON.stringify(about)}`, fields);
}

/* The same content keeps its id: pressing again after an unknown outcome must not do it twice. */
function sender(desk, action, fixed) {
  let last = {};
  return (values, seen) => {
    const fields = { ...fixed, ...values, ...(action.step ? { expect: seen.version } : {}) };
    const content = JSON.stringify(fields);
    if (last.content !== content) last = { content, id: uuid7() };
    return desk.connection.command(action.type, fields, last.id);
  };
}

function keepDraft({ dialog, form }, key, fields) {
  for (const [name, value] of drafts.get(key) ?? []) if (form.elements[name]) form.elements[name].value = value;
  let sent = false;
  dialog.addEventListener("close", () => {
    if (sent) return;
    drafts.set(
      key,
      fields.map(({ name }) => [name, form.elements[name].value]),
    );
  });
  return {
    drop() {
      sent = true;
      drafts.delete(key);
    },
  };
}

function say({ alert }, text) {
  alert.replaceChildren(h("p", {}, text));
}

function explain(parts, error) {
  say(parts, error.executed === "unknown" ? faults.unknown : error.message || faults.generic);
}

/* The order moved on: read it again, say what is new, and let the person decide on what they now see. */
async function showConflict(desk, action, seen, { alert, go }) {
  await desk.following.resync(desk.open);
  const { order } = desk.state;
  const { refusal } = ask(desk.state, action.key);
  go.barred = Boolean(refusal);
  const news = changes(seen, order).map((change) => h("li", {}, change));
  const next = h("p", {}, refusal?.message ?? conflict.again);
  alert.replaceChildren(h("p", {}, h("strong", {}, conflict.title)), h("ul", {}, news), next);
  return order;
}
