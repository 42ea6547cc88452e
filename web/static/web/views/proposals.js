/* Proposals as cards in the conversation: what would change, until when it can be answered, and by whom.
   Must never let someone agree to what is not fully said, nor offer an answer to one's own. */

import { money } from "../money.js";
import { proposal as words } from "../strings.js";
import { nameOf } from "../telling.js";
import { fullWhen } from "../when.js";
import { acts } from "./cards.js";
import { h, icon } from "./draw.js";
import { countdown } from "./ticker.js";

const ICONS = { cancellation: "undo", refund: "coins", extension: "clock" };

/* What accepting it does, whole: on the card, and again above the button that confirms. */
function effect({ kind, amount, deliver_by: by }) {
  return words.effects[kind]?.({ amount: money(amount), by: by && fullWhen(by) }) ?? "";
}

export function proposalCard(proposal, { desk }) {
  const { kind, state, by, reason } = proposal;
  const mine = by?.user === desk.me;
  const open = state === "open";
  const told = h("p", { class: "card-effect", "data-testid": "proposal-effect" }, effect(proposal));
  const options = (key) => ({
    target: { proposal: proposal.proposal },
    body: key === "proposal.accept" ? told.cloneNode(true) : null,
  });
  const until =
    open &&
    h("p", { class: "why" }, icon("clock"), words.answer, " ", countdown(proposal.expires_at, desk.time.now(), "bare"));
  return h(
    "article",
    {
      class: `card proposal offer-${state} ${mine ? "card-own" : ""}`,
      "data-testid": "proposal-card",
      "data-kind": kind,
      "data-state": state,
    },
    h(
      "header",
      { class: "card-head" },
      icon(ICONS[kind] ?? "undo"),
      h("span", {}, `${words.kinds[kind] ?? kind} · ${nameOf(desk.state, by, desk.me)}`),
      h("span", { class: `chip chip-s chip-offer-${state}` }, words.states[state] ?? state),
    ),
    told,
    reason && h("blockquote", { class: "said", dir: "auto" }, reason),
    until,
    open ? acts(desk, mine ? ["proposal.withdraw"] : ["proposal.accept", "proposal.decline"], options) : null,
  );
}
