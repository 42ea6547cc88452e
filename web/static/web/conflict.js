/* What changed in an order between two looks, in words: shown when a step was refused because the order had moved on. Pure.
   Must never be empty: a newer version without a visible difference is said as such. */

import { money } from "./money.js";
import { conflict, deadlines, states } from "./strings.js";
import { fullWhen } from "./when.js";

export function changes(before, after) {
  const told = [];
  if (before.state !== after.state) told.push(conflict.state(states[before.state], states[after.state]));
  if (before.price.amount !== after.price.amount) told.push(conflict.price(money(before.price), money(after.price)));
  for (const [name, at] of Object.entries(after.deadlines ?? {})) {
    if (before.deadlines?.[name] !== at && deadlines[name]) told.push(conflict.deadline(deadlines[name], fullWhen(at)));
  }
  return told.length ? told : [conflict.other];
}
