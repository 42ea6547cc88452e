/* What entries say about earlier ones, whatever order they are read in: edits, deletions, and how offers and the like ended.
   Must never depend on order: history arrives backwards, live entries forwards, and both must give the same marks. */

export const NO_MARKS = { edits: {}, erasures: {}, ends: {}, followUps: {} };

/* Each of these has exactly one end, whoever races; that is why a plain record of it is enough. */
const ENDS = {
  "offer.awaiting": ["offer", "awaiting_payment"],
  "offer.reopened": ["offer", "open"],
  "offer.accepted": ["offer", "accepted"],
  "offer.declined": ["offer", "declined"],
  "offer.withdrawn": ["offer", "withdrawn"],
  "offer.expired": ["offer", "expired"],
  "offer.voided": ["offer", "void"],
  "proposal.accepted": ["proposal", "accepted"],
  "proposal.declined": ["proposal", "declined"],
  "proposal.withdrawn": ["proposal", "withdrawn"],
  "proposal.expired": ["proposal", "expired"],
  "proposal.voided": ["proposal", "void"],
  "claim.withdrawn": ["claim", "withdrawn"],
  "claim.rejected": ["claim", "rejected"],
  "support.resolved": ["item", "resolved"],
};

export function mark(marks, entry) {
  if (entry.kind === "message.edited") {
    const known = marks.edits[entry.target];
    if (known && known.seq > entry.seq) return marks;
    return { ...marks, edits: { ...marks.edits, [entry.target]: entry } };
  }
  if (entry.kind === "message.redacted") return { ...marks, erasures: { ...marks.erasures, [entry.target]: entry } };
  const end = ENDS[entry.kind];
  if (!end) return marks;
  const [field, state] = end;
  const ends = { ...marks.ends, [entry[field]]: state };
  const followUps = entry.thread ? { ...marks.followUps, [entry.offer]: entry.thread } : marks.followUps;
  return { ...marks, ends, followUps };
}

/* A message as it reads today. */
export function message(entry, marks) {
  const erasure = marks.erasures[entry.seq];
  if (erasure || entry.erased) return { erased: true, byRole: erasure?.by_role, reason: erasure?.reason };
  const edit = marks.edits[entry.seq];
  return { erased: false, text: edit && !edit.erased ? edit.text : entry.text, edited: Boolean(edit) };
}
