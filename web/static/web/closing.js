/* What to do when a socket has closed: pure, from the closing code and the `bye` before it.
   Must never let a whole crowd return at the same instant: every wait that the server did not name is drawn at random. */

export const AUTH_FAILED = 4002;

const CAP_MS = 30_000;
const FIRST_MS = 500;

export function fullJitter(tries, random = Math.random) {
  return Math.round(random() * Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(tries, 16)));
}

/* Codes that nobody here knows are read by their range, so that a newer server can add some. */
export function wordFor(code) {
  if (code >= 4000 && code < 4100) return "no";
  if (code >= 4200 && code < 4300) return "now";
  return "backoff";
}

/* `welcomed` guards "at once": a server that closes before its welcome would otherwise be hammered.
   `refused`: the last ticket was, too. A spent one is one new ticket away from working; twice in a row is meant. */
export function afterClose({ code, bye = null, welcomed, tries, refused = false, random = Math.random }) {
  const word = bye?.reconnect ?? wordFor(code);
  if (word === "no" && code === AUTH_FAILED && !refused) return { again: true, delay: 0 };
  if (word === "no") return { again: false, delay: null };
  if (Number.isFinite(bye?.after_ms)) return { again: true, delay: bye.after_ms, named: true };
  if (word === "now" && welcomed) return { again: true, delay: 0 };
  return { again: true, delay: fullJitter(tries, random) };
}
