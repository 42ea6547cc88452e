/* Why one cannot write, in the composer's place.
   Must never leave a person guessing, nor make an unsent text unreachable. */

import { otherOf } from "../capabilities.js";
import { composer, locked as words, message } from "../strings.js";
import { button, h, icon } from "./draw.js";
import { copyText } from "./toast.js";

function why({ state, me, role }, refusal) {
  const other = otherOf(state, me)?.name ?? "";
  const { closed, order } = state;
  if (role === "moderator") return closed ? words.closed : words.watching;
  if (closed)
    return closed.by?.user === me
      ? words.closedByYou
      : closed.by?.user
        ? words.closedBy(state.parties[closed.by.user]?.name ?? other)
        : words.closed;
  if (order.state === "delivered")
    return state.parties[me]?.role === "buyer" ? words.delivered.buyer : words.delivered.seller(other);
  if (refusal?.code === "follow_up_budget") return composer.budgetOver(other);
  if (typeof words[order.state] === "string") return words[order.state];
  return refusal?.message ?? words.title;
}

export function lockedNote(desk, refusal, unsent) {
  return h(
    "div",
    { class: "locked", "data-testid": "composer-locked", role: "status" },
    icon(desk.role === "moderator" ? "eye" : "lock"),
    h("p", {}, why(desk, refusal)),
    unsent.trim() &&
      h(
        "div",
        { class: "locked-draft" },
        h("p", {}, unsent),
        button({ label: message.copy, glyph: "copy", tone: "tiny" }, () => copyText(unsent)),
      ),
  );
}
