/* The list of threads: rows as the server listed them, kept current by the entries of the threads that are followed. Pure.
   Must never count one entry twice: `head` says up to where a row has been told. */

/* What is known but not in this page is older, not gone: threads never vanish. */
export function fromList(rows, known = []) {
  const before = new Map(known.map((row) => [row.thread, row]));
  const listed = new Set(rows.map((row) => row.thread));
  const told = rows.map((row) => {
    const old = before.get(row.thread);
    return old && old.head > row.head
      ? { ...row, head: old.head, last: old.last, unread: old.unread, state: old.state }
      : row;
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
    if (entry.by.user !== me) unread += 1;
    if (entry.by.user === me && entry.kind === "message") unread = 0;
    if (entry.kind === "order.changed") state = entry.to;
    const said = preview(entry);
    if (said) last = { kind: entry.kind, preview: said, at: entry.at, by: entry.by };
  }
  return { head, unread, state, last };
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
