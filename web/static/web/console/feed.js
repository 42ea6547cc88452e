/* The rows of the live feed, as the server's frames change them. Pure.
   Must never show a thread that belongs on the page no more, nor put more on it than fits. */

import { digitsOf } from "../money.js";

const ORDERS = {
  newest: (a, b) => b.at.localeCompare(a.at),
  risk: (a, b) => (b.risk ?? 0) - (a.risk ?? 0) || b.at.localeCompare(a.at),
  /* Who waits longest comes first; who waits for nothing, last. */
  waiting: (a, b) => since(a) - since(b) || b.at.localeCompare(a.at),
};
const NEVER = Number.MAX_SAFE_INTEGER;

function since({ waiting_since: at }) {
  return at ? Date.parse(at) : NEVER;
}

export function sorted(rows, sort) {
  return [...rows].sort((a, b) => (ORDERS[sort] ?? ORDERS.newest)(a, b) || a.thread.localeCompare(b.thread));
}

/* A frame brings changed rows whole, and `out` names those that have left the page. */
export function fold(rows, { rows: changed = [], out = [] }, { sort, limit }) {
  const gone = new Set(out);
  const told = new Map(rows.map((row) => [row.thread, row]));
  for (const row of changed) told.set(row.thread, row);
  for (const thread of gone) told.delete(thread);
  return sorted(told.values(), sort).slice(0, limit);
}

/* The threads of a frame that this page did not show before: what is worth saying aloud. */
export function fresh(before, after) {
  const known = new Set(before.map((row) => row.thread));
  return after.filter((row) => !known.has(row.thread));
}

/* What a person chose, as the command's fields: empty choices are left out, amounts are whole units of money. */
export function asked({ state, flagged, user, currency, from, to, language, sort }, limit) {
  const named = currency?.trim().toUpperCase();
  const unit = 10 ** digitsOf(/^[A-Z]{3}$/.test(named) ? named : "EUR");
  const minor = (value) => (/^\d{1,9}$/.test(value ?? "") ? Number(value) * unit : null);
  const fields = {
    state: state || null,
    flagged: flagged || null,
    user: user?.trim() || null,
    currency: named || null,
    min_amount: minor(from),
    max_amount: minor(to),
    language: language?.trim() || null,
    sort: sort || null,
  };
  const said = Object.entries(fields).filter(([, value]) => value !== null);
  return { on: true, limit, ...Object.fromEntries(said) };
}
