/* What belongs to an order besides its steps: the review, support requests, the person's own statements.
   Must never show another person's statement: the server sends only one's own. */

import { actionFor } from "../actions.js";
import { ask } from "../capabilities.js";
import { order as words, supportOffer } from "../strings.js";
import { nameOf } from "../telling.js";
import { takeAction } from "./act.js";
import { button, h, icon } from "./draw.js";

export function stars(rating) {
  const shown = [1, 2, 3, 4, 5].map((value) =>
    h("span", { class: value <= rating ? "star-on" : "star-off" }, icon("star")),
  );
  return h("span", { class: "stars", role: "img", "aria-label": `${rating} / 5` }, shown);
}

function reviewBlock(review) {
  if (!review) return null;
  const reply = review.reply?.text ?? review.reply;
  return h(
    "section",
    { class: "panel-block", "data-testid": "review" },
    h("h2", {}, words.review),
    review.rating && stars(review.rating),
    h("p", { class: "said" }, review.text ?? ""),
    reply && h("blockquote", { class: "said" }, reply),
  );
}

function supportRow(desk, state, item) {
  const done = item.state === "resolved";
  const right = ask(state, "support.resolve");
  const opener = nameOf(state, item.opened_by, desk.me);
  const offer = ask(state, "offer.make");
  return h(
    "li",
    { class: done ? "support-done" : "", "data-testid": "support-item" },
    h("p", {}, icon(done ? "check" : "lifebuoy"), h("span", {}, item.text ?? opener)),
    !done && right.named
      ? button(
          {
            label: actionFor("support.resolve").label,
            tone: "quiet",
            disabled: !right.allowed,
            title: right.refusal?.message,
            "data-testid": "action-support.resolve",
          },
          () => takeAction(desk, actionFor("support.resolve"), { target: { item: item.item } }),
        )
      : null,
    !done && offer.allowed
      ? button({ label: supportOffer, tone: "quiet", "data-testid": "support-offer" }, () =>
          takeAction(desk, actionFor("offer.make"), { preset: { title: state.order.title, description: item.text } }),
        )
      : null,
  );
}

export function aftercare(desk, state) {
  const { review, support, statements } = state;
  const items = support?.items ?? [];
  return [
    reviewBlock(review),
    items.length
      ? h(
          "section",
          { class: "panel-block" },
          h("h2", {}, words.support),
          h(
            "ul",
            { class: "support-list" },
            items.map((item) => supportRow(desk, state, item)),
          ),
        )
      : null,
    statements.length
      ? h(
          "section",
          { class: "panel-block" },
          h("h2", {}, words.statements),
          statements.map((one) => h("p", { class: "said" }, one.text ?? one)),
        )
      : null,
  ];
}
