/* The part of a thread's numbered log that this page holds: one unbroken run of entries up to the newest.
   Must never hold a hole: what does not join on is left out and said, so that the caller reads again. */

export function emptyLog(head) {
  return { entries: [], head, complete: head === 0 };
}

export function firstSeq(log) {
  return log.entries[0]?.seq ?? log.head + 1;
}

/* Live entries: duplicates are dropped; `gap` says that something between is missing. */
export function append(log, entries) {
  const fresh = entries.filter((entry) => entry.seq > log.head);
  if (!fresh.length) return { log, fresh, gap: false };
  if (fresh[0].seq !== log.head + 1) return { log, fresh: [], gap: true };
  return { log: { ...log, entries: log.entries.concat(fresh), head: fresh.at(-1).seq }, fresh, gap: false };
}

/* A page of history, older than all that is held. */
export function prepend(log, page, complete) {
  const first = firstSeq(log);
  const older = page.filter((entry) => entry.seq < first);
  const joins = !older.length || older.at(-1).seq === first - 1;
  if (!joins) return { log, older: [] };
  return { log: { ...log, entries: older.concat(log.entries), complete }, older };
}

export function find(log, seq) {
  const entry = log.entries[seq - firstSeq(log)];
  return entry?.seq === seq ? entry : undefined;
}
