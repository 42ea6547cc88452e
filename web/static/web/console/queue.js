/* The queue as a person works through it: what is next, and what an item's name says. Pure.
   Must never offer as next what somebody else has in hand. */

/* An item's name says what it is and where: message:<thread>:<seq>, held:<id>, claim:<id>, review:<order>, appeal:<id>. */
export function parts(item) {
  const [kind, ...rest] = item.split(":");
  if (kind !== "message") return { kind, id: rest.join(":") };
  return { kind, id: rest.slice(0, -1).join(":"), seq: Number(rest.at(-1)) };
}

/* Where an item is worked on: a message in the conversation, all else in the case. */
export function tabOf(item) {
  return parts(item).kind === "message" ? "talk" : "case";
}

export function isFree({ claimed_by: by, claimed_until: until }, me, now) {
  return !by || by === me || Date.parse(until) <= now;
}

/* The first free one after `current`, else the first free one at all. */
export function next(items, current, me, now) {
  const free = (item) => item.item !== current && isFree(item, me, now);
  const at = items.findIndex((item) => item.item === current);
  return items.slice(at + 1).find(free) ?? items.find(free) ?? null;
}

/* What is in hand, told from the queue: also after a reload, or on another device. Of several, the one that was before. */
export function held(items, current, me, now) {
  const mine = items.filter(({ claimed_by: by, claimed_until: until }) => by === me && Date.parse(until) > now);
  return mine.find(({ item }) => item === current) ?? mine[0] ?? null;
}
