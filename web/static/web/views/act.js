/* Takes an action of actions.js: asks what it needs, sends it, and answers for what went wrong in the same dialog.
   Must never send a step for an order version that the person has not seen. */

import { ask } from "../capabilities.js";
import { changes } from "../conflict.js";
import { CommandError } from "../pending.js";
import { conflict, faults } from "../strings.js";
import { h } from "./draw.js";
import { openDialog } from "./dialog.js";
import { drawFields, readFields, sayFault } from "./fields.js";
import { toast } from "./toast.js";

export class Stay extends Error {}

/* target: fields that name what is acted on (an offer, a message). preset: first values. body: what is shown above the fields. */
export function takeAction(
  desk,
  action,
  { target = {}, preset = {}, body = null, title, label, done = () => {} } = {},
) {
  const state = desk.state;
  const { thread } = state;
  const context = { currency: state.order.price.currency };
  const fields = action.fields.map((field) => ({ ...field, value: preset[field.name] ?? field.value }));
  let seen = state.order;

  const send = async (values) => {
    const expect = action.step ? { expect: seen.version } : {};
    return desk.connection.command(action.type, { thread, ...action.fixed, ...target, ...values, ...expect });
  };
  if (!fields.length && !action.confirm && !body) {
    send({}).then(done, (error) => toast(error.message, { tone: "danger" }));
    return;
  }
  openDialog({
    title: title ?? action.label,
    lead: action.confirm,
    body: [body, drawFields(fields, context)],
    confirm: { label: label ?? action.label, tone: action.tone === "danger" ? "danger" : "primary" },
    testid: `dialog-${action.key}`,
    act: async (parts) => {
      const values = readFields(fields, parts.form, context);
      if (!values) throw new Stay();
      try {
        done(await send(values));
        if (action.done) toast(action.done);
      } catch (error) {
        if (error.code === "version_conflict") seen = await showConflict(desk, action, seen, parts);
        else if (!(error instanceof CommandError)) throw error;
        else if (!(error.field && sayFault(parts.form, error.field, error.message))) explain(parts, error);
        throw new Stay();
      }
    },
  });
}

function explain({ alert }, error) {
  alert.replaceChildren(h("p", {}, error.executed === "unknown" ? faults.unknown : error.message || faults.generic));
}

/* The order moved on: read it again, say what is new, and let the person decide on what they now see. */
async function showConflict(desk, action, seen, { alert, go }) {
  await desk.following.resync(desk.open);
  const { order } = desk.state;
  const { refusal } = ask(desk.state, action.key);
  go.barred = Boolean(refusal);
  alert.replaceChildren(
    h("p", {}, h("strong", {}, conflict.title)),
    h(
      "ul",
      {},
      changes(seen, order).map((line) => h("li", {}, line)),
    ),
    h("p", {}, refusal?.message ?? conflict.again),
  );
  return order;
}
