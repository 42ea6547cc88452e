/* What each capability looks like as a button and a dialog: place, rank, tone, fields. Data only; the words are in strings.
   Must never say who may do what or when: a key is drawn if, and only if, the server names it. */

import { actions as words, grounds, outcomes, rulings } from "./strings.js";

const text = (name, more = {}) => ({ name, kind: "text", required: true, max: 4000, ...more });
const amount = (name) => ({ name, kind: "money", required: true });
const choice = (name, options) => ({ name, kind: "choice", required: true, options: Object.entries(options) });
const integer = (name, value, min, max) => ({ name, kind: "integer", required: true, value, min, max });

/* rank orders the order's buttons (1 first); without one, the action is drawn beside its target.
   step: carries `expect`, the order version that the person saw. */
const table = {
  "order.start": { icon: "play", tone: "primary", rank: 1, step: true },
  "order.deliver": { icon: "box", tone: "primary", rank: 1, step: true, fields: [text("note")] },
  "order.close": { icon: "check", tone: "primary", rank: 1, step: true },
  "order.accept_revision": { icon: "check", tone: "primary", rank: 1, step: true },
  "order.request_revision": { icon: "undo", rank: 2, step: true, fields: [text("text")] },
  "order.refuse_revision": { icon: "x", rank: 2, step: true, fields: [text("reason")] },
  "order.decline": { icon: "x", tone: "danger", rank: 5, step: true },
  "order.withdraw": { icon: "x", tone: "danger", rank: 5, step: true },
  "order.cancel": { icon: "x", tone: "danger", rank: 6, step: true, fields: [text("reason")] },
  "offer.make": {
    icon: "tag",
    rank: 2,
    fields: [
      text("title", { max: 200, rows: 1 }),
      amount("price"),
      text("description", { required: false }),
      integer("delivery_days", 7, 1, 365),
      integer("revisions", 1, 0, 1000),
    ],
  },
  "offer.request": { icon: "tag", rank: 3, fields: [text("text")] },
  "review.write": { icon: "star", rank: 2, fields: [{ name: "rating", kind: "rating", required: true }, text("text")] },
  "review.reply": { icon: "reply", rank: 3, fields: [text("text")] },
  "review.contest": {
    icon: "flag",
    tone: "quiet",
    rank: 7,
    fields: [choice("ground", grounds), text("text")],
  },
  "support.open": { icon: "lifebuoy", tone: "quiet", rank: 4, fields: [text("text")] },
  "proposal.make:extension": {
    icon: "clock",
    tone: "quiet",
    rank: 4,
    fixed: { kind: "extension" },
    fields: [{ name: "deliver_by", kind: "moment", required: true }, text("reason")],
  },
  "proposal.make:refund": {
    icon: "coins",
    tone: "quiet",
    rank: 5,
    fixed: { kind: "refund" },
    fields: [amount("amount"), text("reason")],
  },
  "proposal.make:cancellation": {
    icon: "undo",
    tone: "quiet",
    rank: 5,
    fixed: { kind: "cancellation" },
    fields: [text("reason")],
  },
  "claim.file": { icon: "shield", tone: "quiet", rank: 7, fields: [text("reason")] },
  "claim.withdraw": { icon: "undo", tone: "quiet", rank: 7 },
  "moderation.note": { icon: "edit", rank: 2, fields: [text("text")] },
  "moderation.freeze": { icon: "snow", tone: "danger", rank: 5, fields: [text("reason")] },
  "moderation.resolve": {
    icon: "gavel",
    rank: 3,
    fields: [choice("outcome", outcomes), { ...amount("amount"), required: false }, text("reason")],
  },
  "moderation.rule_review": { icon: "star", rank: 3, fields: [choice("outcome", rulings), text("reason")] },

  "offer.accept": { icon: "check", tone: "primary" },
  "offer.decline": { icon: "x", tone: "quiet" },
  "offer.withdraw": { icon: "x", tone: "quiet" },
  "proposal.accept": { icon: "check", tone: "primary" },
  "proposal.decline": { icon: "x", tone: "quiet" },
  "proposal.withdraw": { icon: "x", tone: "quiet" },
  "support.resolve": { icon: "check", tone: "quiet" },
  "moderation.reject_claim": { icon: "x", tone: "quiet", fields: [text("reason")] },
  "message.redact": { icon: "trash", tone: "danger" },
  "message.report": { icon: "flag", tone: "danger", fields: [text("reason")] },
};

export function actionFor(key) {
  const shape = table[key];
  if (!shape) return null;
  const { label, confirm, done, fields = {}, hints = {} } = words[key];
  const told = (shape.fields ?? []).map((field) => ({ ...field, label: fields[field.name], hint: hints[field.name] }));
  return { key, type: key.split(":")[0], fixed: {}, tone: "secondary", ...shape, label, confirm, done, fields: told };
}

/* The order's buttons: what is possible, by rank; apart from it what is not, with the server's reason. */
export function orderActions({ allowed, refused }) {
  const known = (keys) =>
    keys
      .filter((key) => table[key]?.rank)
      .map(actionFor)
      .sort((a, b) => a.rank - b.rank);
  return {
    open: known(allowed),
    closed: known(Object.keys(refused)).map((action) => ({ ...action, refusal: refused[action.key] })),
  };
}
