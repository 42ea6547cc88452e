/* What happened, in one line: for the timeline's marks and the list's previews. Pure.
   Must never show what was erased. */

import { money } from "./money.js";
import { app, list, marks, offer as offerWords, order as orderWords } from "./strings.js";

export function nameOf(state, by, me) {
  if (by?.user && by.user === me) return app.you;
  return state?.parties?.[by?.user]?.name ?? (by?.role === "moderator" ? app.staff : app.name);
}

/* Phrases that begin with a small letter want the name of who did it before them. */
function withWho(phrase, state, by, me) {
  return /^[a-z]/.test(phrase) ? `${nameOf(state, by, me)} ${phrase}` : phrase;
}

export function tell(entry, state, me) {
  const { kind, by } = entry;
  if (kind === "thread.opened") return entry.title ? orderWords.opened(entry.title) : orderWords.placed;
  if (kind === "offer.made") return list.offer(entry.title ?? offerWords.title(entry.number));
  const phrase = kind === "order.changed" ? marks[entry.action] : marks[kind];
  if (!phrase) return "";
  return typeof phrase === "function" ? phrase(money(entry.amount)) : withWho(phrase, state, by, me);
}

export function preview(entry, state, me) {
  if (entry.kind !== "message") return entry.kind === "thread.closed" ? "" : tell(entry, state, me);
  if (entry.erased) return list.erased;
  return entry.text;
}

/* The beginning of a text as a title: its first line, and of that whole words. */
export function headline(text, most = 80) {
  const line = text.trim().split("\n")[0].trim();
  if ([...line].length <= most) return line;
  const cut = [...line].slice(0, most - 1).join("");
  const end = cut.lastIndexOf(" ");
  return `${end > most / 2 ? cut.slice(0, end) : cut}…`;
}

/* The same of a row as the server lists it: with the beginning of its last entry's words, but without the entry.
   Empty where the list has a word of its own for that kind. */
export function listed({ last, parties = [] }, me) {
  if (last.preview) return last.kind === "offer.made" ? list.offer(last.preview) : last.preview;
  const phrase = list.kinds[last.kind] ? null : marks[last.kind];
  const known = Object.fromEntries(parties.map((party) => [party.user, party]));
  return typeof phrase === "string" ? withWho(phrase, { parties: known }, last.by, me) : "";
}
