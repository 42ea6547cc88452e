/* Offers and support requests as cards in the conversation, with the buttons that the server names.
   Must never let someone accept what is not fully shown. */

import { actionFor } from "../actions.js";
import { ask } from "../capabilities.js";
import { money } from "../money.js";
import { offer as words, marks, order as orderWords } from "../strings.js";
import { nameOf } from "../telling.js";
import { takeAction } from "./act.js";
import { offerOf } from "./aftercare.js";
import { button, h, icon } from "./draw.js";
import { countdown } from "./ticker.js";
import { toast } from "./toast.js";

/* A card's buttons, each with the reason why not; `more` is what else one may do from here. */
export function acts(desk, keys, options, more = null) {
  const drawn = keys.map((key) => {
    const { named, allowed, refusal } = ask(desk.state, key);
    if (!named) return null;
    const action = actionFor(key);
    const label = { label: action.label, glyph: action.icon, tone: action.tone, "data-testid": `action-${key}` };
    const go = button({ ...label, disabled: !allowed }, () => takeAction(desk, action, options(key)));
    return h(
      "div",
      { class: "card-act" },
      go,
      refusal &&
        h(
          "p",
          { class: "why" },
          refusal.message,
          " ",
          refusal.until && countdown(refusal.until, desk.time.now(), "until"),
        ),
    );
  });
  const besides = more && h("div", { class: "card-act" }, more);
  return drawn.some(Boolean) || more ? h("div", { class: "card-acts" }, drawn, besides) : null;
}

function terms(offer, desk) {
  return h(
    "dl",
    { class: "terms" },
    h("div", {}, h("dt", {}, words.delivery), h("dd", {}, words.days(offer.delivery_days))),
    offer.revisions === undefined ? null : h("div", {}, h("dt", {}, words.revisions), h("dd", {}, offer.revisions)),
    offer.state === "open" && offer.expires_at
      ? h("div", {}, h("dt", {}, words.expires), h("dd", {}, countdown(offer.expires_at, desk.time.now(), "bare")))
      : null,
  );
}

/* The exact thing that is bought, whole, above the button that buys it. */
function purchase(offer, desk) {
  const ended = ["closed", "cancelled"].includes(desk.state.order.state);
  return h(
    "section",
    { class: "purchase", "data-testid": "purchase" },
    h("h3", {}, words.buying),
    h("p", { class: "purchase-title" }, offer.title),
    offer.description && h("p", { class: "purchase-text", dir: "auto" }, offer.description),
    terms(offer, desk),
    h("p", { class: "purchase-price" }, money(offer.price)),
    h("p", { class: "purchase-effect" }, ended ? words.starts : words.extends),
  );
}

export function offerCard(offer, { desk, go }) {
  const mine = offer.by?.user === desk.me;
  const accepted = (reply) => {
    if (reply.thread && reply.thread !== desk.open) {
      go(reply.thread);
      toast(words.accepted);
    } else if (reply.payment === "awaiting") toast(words.states.awaiting_payment);
  };
  const target = { offer: offer.offer };
  const buying = () => ({
    title: words.acceptTitle,
    label: words.pay(money(offer.price)),
    body: purchase(offer, desk),
    done: accepted,
  });
  const options = (key) => ({ target, ...(key === "offer.accept" ? buying() : {}) });
  const follow = offer.followUp && offer.followUp !== desk.open;
  return h(
    "article",
    {
      class: `card offer offer-${offer.state} ${mine ? "card-own" : ""}`,
      "data-testid": "offer-card",
      "data-state": offer.state,
      "data-offer": offer.offer,
    },
    h(
      "header",
      { class: "card-head" },
      icon("tag"),
      h("span", {}, `${words.title(offer.number)} · ${nameOf(desk.state, offer.by, desk.me)}`),
      h("span", { class: `chip chip-s chip-offer-${offer.state}` }, words.states[offer.state] ?? offer.state),
    ),
    h("div", { class: "card-main" }, h("h2", {}, offer.title), h("p", { class: "card-price" }, money(offer.price))),
    offer.description && h("p", { class: "card-text", dir: "auto" }, offer.description),
    terms(offer, desk),
    offer.state === "open" ? acts(desk, mine ? ["offer.withdraw"] : ["offer.accept", "offer.decline"], options) : null,
    follow
      ? h(
          "div",
          { class: "card-acts" },
          button({ label: words.goTo, glyph: "next", tone: "secondary", "data-testid": "offer-follow" }, () =>
            go(offer.followUp),
          ),
        )
      : null,
  );
}

export function supportCard(item, { desk }) {
  const who = nameOf(desk.state, item.entry.by, desk.me);
  return h(
    "article",
    {
      class: `card support ${item.done ? "support-done" : ""}`,
      "data-testid": "support-card",
      "data-state": item.done ? "resolved" : "open",
    },
    h(
      "header",
      { class: "card-head" },
      icon(item.done ? "check" : "lifebuoy"),
      h("span", {}, `${who} ${marks["support.opened"]}`),
    ),
    item.entry.text && h("p", { class: "card-text", dir: "auto" }, item.entry.text),
    item.done
      ? h("p", { class: "why" }, orderWords.resolved)
      : acts(desk, ["support.resolve"], () => ({ target: { item: item.item } }), offerOf(desk, item.entry.text)),
  );
}
