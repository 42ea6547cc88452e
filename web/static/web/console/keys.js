/* The console's keys: which one does what. Data, and the one listener that reads it.
   Must never take a key from somebody who is writing, nor one that a dialog or the browser wants. */

import { keys as words } from "./strings.js";

/* name: what the view or the frame is asked to do. */
const ROWS = [
  ["j", "down"],
  ["k", "up"],
  ["n", "next"],
  ["t", "take"],
  ["s", "settle"],
  ["b", "back"],
  ["w", "watch"],
  ["i", "note"],
  ["r", "redact"],
  ["f", "freeze"],
  ["v", "resolve"],
  ["m", "write"],
  ["1", "talk"],
  ["2", "case"],
  ["3", "replay"],
  ["q", "queue"],
  ["e", "feed"],
  ["p", "people"],
  ["a", "audit"],
  ["l", "appeals"],
  ["o", "policies"],
  ["?", "help"],
];
const KEYS = new Map(ROWS);

export const legend = ROWS.map(([key, name]) => [key, words[name]]);

const WRITES = "input, textarea, select, [contenteditable]";

export function wants(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return null;
  if (event.target.closest?.(WRITES) || document.querySelector("dialog[open]")) return null;
  return KEYS.get(event.key) ?? null;
}
