/* The list of threads: rows as the server listed them, kept current by the entries of the threads that are followed. Pure.
   Must never count one entry twice: `head` says up to where a row has been told. */

import { firstSeq } from "./log.js";

/* As on the server: what only books what another entry brought, or corrects an earlier one, is no news. */
const UNCOUNTED = /^(payment\.|thread\.|message\.edited|message\.redacted)/;

function isNews(entry, me) {
  return entry.by.user !== me && !UNCOUNTED.test(entry.kind);
}

/* What is unread after a cursor, by the log that this page holds; null where it does not reach back so far. */
export function unreadAfter(log, seq, me) {
  if (firstSeq(log) > seq + 1) return null;
  return log.entries.filter((entry) => entry.seq > seq && isNews(entry, me)).length;
}

/* What is known but not in this page is older, not gone: threads never vanish.
   A reply may be older than what was told meanwhile; `count(thread, read)` then says what is unread, or null. */
export function fromList(rows, known = [], count = () => null) {
  const before = new Map(known.map((row) => [row.thread, row]));
  const listed = new Set(rows.map((row) => row.thread));
  const told = rows.map((row) => {
    const old = before.get(row.thread);
    if (!old || (old.head <= row.head && old.read <= row.read)) return row;
    const { head, last, state, read } = old;
    const unread = row.read > read ? (count(row.thread, row.read) ?? old.unread) : old.unread;
    return { ...row, head, last, state, read: Math.max(read, row.read), unread };
  });
  return [...told, ...known.filter((row) => !listed.has(row.thread))];
}

export function update(rows, thread, change) {
  return rows.map((row) => (row.thread === thread ? { ...row, ...change(row) } : row));
}

export function withEntries(row, entries, me, preview) {
  let { head, unread, state, last } = row;
  for (const entry of entries) {
    if (entry.seq <= head) continue;
    head = entry.seq;
    /* Staff, who have no other party, read without a trace and without a count. */
    if (row.other && isNews(entry, me)) unread += 1;
    if (entry.kind === "order.changed") state = entry.to;
    const said = preview(entry);
    if (said) last = { kind: entry.kind, preview: said, at: entry.at, by: entry.by };
  }
  return { head, unread, state, last };
}

/* Read up to `seq`, on whatever device. `left` is what is unread after it, or null where nobody here knows. */
export function withRead(row, seq, left) {
  if (seq <= row.read) return {};
  return { read: seq, unread: seq >= row.head ? 0 : (left ?? row.unread) };
}

/* Newest first: what happened last is what people look for. */
export function sorted(rows) {
  return [...rows].sort(
    (a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "") || b.thread.localeCompare(a.thread),
  );
}

export function unreadTotal(rows) {
  return rows.reduce((sum, row) => sum + (row.archived || row.muted ? 0 : row.unread), 0);
}
