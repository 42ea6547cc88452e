/* What the server says that this person may do here and now, as questions the views ask. Pure.
   Must never decide a right by itself; it may only be stricter than the server for the moment until the server speaks again. */

const MUTE_STATES = new Set(["delivered", "frozen", "expired"]);
const PURPOSES = [
  ["chat", "message.send"],
  ["check_in", "message.send:check_in"],
  ["support", "message.send:support"],
  ["statement", "message.send:statement"],
];

export function ask(state, key) {
  const { allowed, refused } = state.capabilities;
  if (refused[key]) return { named: true, allowed: false, refusal: refused[key] };
  return { named: allowed.includes(key), allowed: allowed.includes(key), refusal: null };
}

export function partyOf(state, user) {
  return state.parties[user];
}

export function otherOf(state, user) {
  return Object.values(state.parties).find((party) => party.user !== user);
}

/* An entry that silences the thread may arrive a moment before the new capabilities do. */
function silencedSince(state) {
  if ((state.changedAt ?? 0) <= state.capabilities.as_of) return false;
  return Boolean(state.closed) || MUTE_STATES.has(state.order.state);
}

export function composer(state) {
  const silenced = silencedSince(state);
  const named = PURPOSES.map(([purpose, key]) => ({ purpose, key, ...ask(state, key) })).filter(({ named }) => named);
  const open = silenced ? [] : named.filter(({ allowed }) => allowed);
  const refusal = named.find(({ purpose }) => purpose === "chat")?.refusal ?? null;
  return { open, refusal, named: named.length > 0 };
}

export function isLate(state, now) {
  const due = state.order.deadlines?.deliver_by;
  return state.order.state === "in_progress" && (state.order.late || (Boolean(due) && Date.parse(due) <= now));
}

/* Within its window, by the server's clock; the server has the last word all the same. */
export function mayChange(state, entry, me, now, windowMs) {
  return entry.by.user === me && now - Date.parse(entry.at) < windowMs;
}
