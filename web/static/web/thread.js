/* One thread as its snapshot and the entries after it tell it. Pure: every function returns a new state.
   Must never guess what only the server knows (prices after an offer, reviews, rulings): it sets `stale`, and the caller asks. */

import { append, emptyLog, prepend } from "./log.js";
import { NO_MARKS, mark } from "./marks.js";

const WAITS_FOR_SNAPSHOT = /^(review|dispute|claim|proposal\.accepted|payment\.refunded|statement)/;

export function fromSnapshot(snapshot, before = null) {
  const { as_of: asOf, capabilities, parties, ...facts } = snapshot;
  const state = {
    ...facts,
    parties: Object.fromEntries(parties.map((party) => [party.user, party])),
    statements: facts.statements ?? [],
    claims: facts.claims ?? [],
    capabilities: newer(before?.capabilities, { as_of: asOf, ...capabilities }),
    asOf,
    log: before?.log ?? emptyLog(asOf),
    marks: before?.marks ?? NO_MARKS,
    typing: before?.typing ?? {},
    stale: false,
  };
  /* The stream may be ahead of this snapshot; what it brought since is told again on top. */
  return state.log.entries.filter((entry) => entry.seq > asOf).reduce(fold, state);
}

function newer(known, offered) {
  return known && known.as_of > offered.as_of ? known : offered;
}

export function withCapabilities(state, { as_of, allowed, refused }) {
  return { ...state, capabilities: newer(state.capabilities, { as_of, allowed, refused }) };
}

export function withEntries(state, entries) {
  const { log, fresh, gap } = append(state.log, entries);
  if (gap) return { ...state, stale: true, gap: true };
  return fresh.reduce((told, entry) => fold({ ...told, marks: mark(told.marks, entry) }, entry), { ...state, log });
}

export function withHistory(state, page, complete) {
  const { log, older } = prepend(state.log, page, complete);
  const marks = older.reduce(mark, state.marks);
  const known = new Set(state.offers.map(({ offer }) => offer));
  const forgotten = older.filter((entry) => entry.kind === "offer.made" && !known.has(entry.offer)).map(offerOf);
  return { ...state, log, marks, offers: [...forgotten, ...state.offers] };
}

export function withSignal(state, kind, { user, seq, online, on, until }) {
  if (kind === "presence") {
    const party = state.parties[user];
    return party ? { ...state, parties: { ...state.parties, [user]: { ...party, online } } } : state;
  }
  if (kind === "typing") return { ...state, typing: { ...state.typing, [user]: on ? until : 0 } };
  const merged = Math.max(seq, state[kind]?.[user] ?? 0);
  return { ...state, [kind]: { ...state[kind], [user]: merged } };
}

export function offerState(state, offer) {
  return state.marks.ends[offer.offer] ?? offer.state ?? "open";
}

function offerOf(entry) {
  return { ...entry, state: "open", seq: entry.seq };
}

function fold(state, entry) {
  const stale = state.stale || WAITS_FOR_SNAPSHOT.test(entry.kind);
  const told = folds[entry.kind]?.(state, entry) ?? state;
  return stale === told.stale ? told : { ...told, stale: told.stale || stale };
}

const folds = {
  /* The budget's size is the server's setting, so a message by the buyer asks for it rather than resetting it here. */
  message(state, entry) {
    const typing = { ...state.typing, [entry.by.user]: 0 };
    /* Let through by now: one's own entry names its command. */
    const held = state.held?.filter(({ command }) => command !== entry.command);
    const told = held ? { ...state, typing, held } : { ...state, typing };
    const left = state.support?.follow_ups_remaining;
    if (state.order.state !== "closed" || left == null || entry.seq <= state.asOf) return told;
    if (entry.by.role === "buyer") return { ...told, stale: true };
    if (entry.by.role !== "seller") return told;
    return { ...told, support: { ...state.support, follow_ups_remaining: Math.max(0, left - 1) } };
  },
  "order.changed"(state, entry) {
    if (entry.order_version <= state.order.version) return state;
    const order = {
      ...state.order,
      state: entry.to,
      version: entry.order_version,
      deadlines: entry.deadlines,
      late: false,
    };
    const stale = state.stale || entry.action === "accept_offer" || entry.to === "closed" || entry.to === "frozen";
    return { ...state, order, typing: {}, changedAt: entry.seq, stale };
  },
  "offer.made"(state, entry) {
    if (state.offers.some(({ offer }) => offer === entry.offer)) return state;
    return { ...state, offers: [...state.offers, offerOf(entry)] };
  },
  "offer.accepted"(state, { order, thread }) {
    if (!thread || thread === state.thread || state.order.next.some((next) => next.thread === thread)) return state;
    return { ...state, order: { ...state.order, next: [...state.order.next, { order, thread }] } };
  },
  "proposal.made"(state, { proposal, proposal_kind, by, reason, amount, deliver_by, expires_at }) {
    if (state.proposals.some((known) => known.proposal === proposal)) return state;
    const made = { proposal, kind: proposal_kind, state: "open", by, reason, amount, deliver_by, expires_at };
    return { ...state, proposals: [...state.proposals, made] };
  },
  "support.opened"(state, { item, by, seq }) {
    if (state.support.items.some((known) => known.item === item)) return state;
    const items = [...state.support.items, { item, state: "open", opened_by: by, seq }];
    return { ...state, support: { ...state.support, items } };
  },
  "support.resolved"(state, { item }) {
    const items = state.support.items.map((known) => (known.item === item ? { ...known, state: "resolved" } : known));
    return { ...state, support: { ...state.support, items } };
  },
  "party.left"(state, { by, at, seq }) {
    return state.closed ? state : { ...state, typing: {}, closed: { by, cause: "left", at }, changedAt: seq };
  },
  "thread.closed"(state, { by, cause, at, seq }) {
    return { ...state, closed: { ...(state.closed ?? { by, at }), cause }, changedAt: seq };
  },
};
