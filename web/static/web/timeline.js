/* A thread's entries as the items a person reads: days, groups of messages, cards and marks. Pure.
   Must never drop a message; entries that only change others (edits, deletions) have no item of their own. */

import { message } from "./marks.js";
import { offerState } from "./thread.js";
import { sameDay } from "./when.js";

const GROUP_MS = 5 * 60_000;
const SILENT = new Set(["message.edited", "message.redacted", "attachment.ready", "thread.closed"]);
const KNOWN = /^(thread|order|payment|offer|proposal|support|claim|dispute|review|party|attachment)\./;

export function items(state, { me, sending = [], unreadAfter = null }) {
  const told = [];
  const role = state.parties[me]?.role ?? "moderator";
  let previous = null;
  /* Who answered has read what came before. */
  const answered = state.log.entries.findLast((entry) => entry.kind === "message" && entry.by.user === me)?.seq ?? 0;
  let unseen = unreadAfter === null ? null : Math.max(unreadAfter, answered);
  for (const entry of state.log.entries) {
    const item = itemOf(state, entry, me);
    if (!item) continue;
    if (!previous || !sameDay(previous.at, item.at)) told.push({ type: "day", key: `day-${entry.seq}`, at: item.at });
    if (unseen !== null && entry.seq > unseen && entry.by.user !== me) {
      /* Above the very first item it would divide nothing. */
      if (previous) told.push({ type: "unread", key: "unread", at: item.at });
      unseen = null;
    }
    item.first = !joins(told.at(-1), item);
    told.push(item);
    previous = item;
  }
  for (const one of sending) {
    const { id, at, purpose, text, reply_to: replyTo } = one;
    const item = { type: "message", key: id, own: true, pending: one, role, author: me, at, purpose, text, replyTo };
    told.push({ ...item, first: !joins(told.at(-1), item) });
  }
  return told.map((item, at) => (item.type === "message" ? { ...item, last: !joins(item, told[at + 1]) } : item));
}

function joins(above, item) {
  if (above?.type !== "message" || item?.type !== "message" || above.role !== item.role) return false;
  if (above.author !== item.author || above.purpose !== item.purpose) return false;
  return Date.parse(item.at) - Date.parse(above.at) < GROUP_MS;
}

function itemOf(state, entry, me) {
  const { seq, kind, at, by } = entry;
  const base = { key: `e-${seq}`, seq, at, entry };
  if (kind === "message") return messageItem(state, entry, me, base);
  if (SILENT.has(kind)) return null;
  if (kind === "offer.made") {
    const offer = state.offers.find((one) => one.offer === entry.offer) ?? entry;
    const card = { ...entry, ...offer, state: offerState(state, offer), followUp: state.marks.followUps[entry.offer] };
    return { ...base, type: "offer", offer: card };
  }
  if (kind === "proposal.made") {
    const ended = state.marks.ends[entry.proposal];
    const known = state.proposals.find((one) => one.proposal === entry.proposal);
    return {
      ...base,
      type: "proposal",
      proposal: { ...entry, ...known, kind: entry.proposal_kind, by, state: ended ?? known?.state ?? "open" },
    };
  }
  if (kind === "support.opened")
    return { ...base, type: "support", item: entry.item, done: state.marks.ends[entry.item] === "resolved" };
  return KNOWN.test(kind) ? { ...base, type: "mark" } : null;
}

function messageItem(state, entry, me, base) {
  const own = entry.by.user === me && entry.by.role !== "moderator";
  const role = entry.by.role;
  const now = message(entry, state.marks);
  const author = entry.by.user ?? role;
  const facts = {
    type: "message",
    own,
    role,
    author,
    purpose: entry.purpose ?? "chat",
    attachments: entry.attachments ?? [],
  };
  return { ...base, ...facts, ...now, replyTo: entry.reply_to, notice: role === "moderator" || role === "host" };
}
