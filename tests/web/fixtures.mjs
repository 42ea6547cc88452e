/* Threads for the tests, as a server would send them. */

export const AT = "2026-03-01T10:00:00.000Z";

export function entry(seq, kind, user, body = {}, at = AT) {
  const role = { kim: "buyer", sam: "seller", mia: "moderator" }[user] ?? "system";
  return { seq, entry: `e${seq}`, kind, version: 1, at, by: user ? { role, user } : { role }, ...body };
}

export function message(seq, user, text, more = {}, at = AT) {
  return entry(seq, "message", user, { text, purpose: "chat", attachments: [], ...more }, at);
}

export function snapshot(more = {}) {
  const { order = {}, ...rest } = more;
  return {
    as_of: 10,
    thread: "t1",
    order: {
      order: "o1",
      title: "Logo",
      state: "in_progress",
      version: 2,
      late: false,
      price: { amount: 24000, currency: "EUR" },
      deadlines: {},
      next: [],
      ...order,
    },
    parties: [
      { user: "kim", role: "buyer", name: "Kim", online: false },
      { user: "sam", role: "seller", name: "Sam", online: true },
    ],
    offers: [],
    proposals: [],
    claims: [],
    support: { items: [], follow_ups_remaining: null },
    statements: [],
    review: null,
    read: { kim: 8, sam: 10 },
    delivered: { kim: 10, sam: 10 },
    muted: false,
    archived: false,
    capabilities: { allowed: ["message.send"], refused: {} },
    closed: null,
    ...rest,
  };
}
