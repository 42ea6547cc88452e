/* What belongs to an order besides its steps: the review, support requests, requests for help, one's own statements.
   Must never show another person's statement or reason: the server sends only what is one's own to read. */

import { actionFor } from "../actions.js";
import { ask } from "../capabilities.js";
import { find } from "../log.js";
import { order as words, supportOffer } from "../strings.js";
import { headline, nameOf } from "../telling.js";
import { takeAction } from "./act.js";
import { button, h, icon } from "./draw.js";

export function stars(rating) {
  const star = (value) => h("span", { class: value <= rating ? "star-on" : "star-off" }, icon("star"));
  return h("span", { class: "stars", role: "img", "aria-label": `${rating} / 5` }, [1, 2, 3, 4, 5].map(star));
}

function block(title, testid, ...told) {
  return h("section", { class: "panel-block", "data-testid": testid }, h("h2", {}, title), ...told);
}

/* One named capability as a small button beside its target. */
function small(desk, key, target) {
  const { named, allowed, refusal } = ask(desk.state, key);
  if (!named) return null;
  const action = actionFor(key);
  const look = { label: action.label, tone: "quiet", disabled: !allowed, title: refusal?.message };
  return button({ ...look, "data-testid": `action-${key}` }, () => takeAction(desk, action, { target }));
}

function said(text) {
  return h("p", { class: "said", dir: "auto" }, text);
}

function reviewBlock(review) {
  if (!review) return null;
  const reply = review.reply && h("blockquote", { class: "said", dir: "auto" }, review.reply);
  const ruling = review.reason && said(review.reason);
  const contested = words.reviewStates[review.state];
  return block(
    words.review,
    "review",
    review.rating && stars(review.rating),
    said(review.text ?? words.removed),
    reply,
    contested && h("p", { class: "why", "data-testid": "review-state" }, icon("flag"), contested),
    ruling,
  );
}

function supportRow(desk, state, { item, opened_by: by, seq, ...row }) {
  const { text } = find(state.log, seq) ?? {};
  const done = row.state === "resolved";
  return h(
    "li",
    { class: done ? "support-done" : "", "data-testid": "support-item", "data-state": row.state },
    h("p", {}, icon(done ? "check" : "lifebuoy"), h("span", { dir: "auto" }, text ?? nameOf(state, by, desk.me))),
    !done && small(desk, "support.resolve", { item }),
    !done && offerOf(desk, text),
  );
}

/* What was asked for as an offer to fill in: who makes it still says what it costs.
   The text may lie further back than this page has read. */
export function offerOf(desk, text) {
  if (!ask(desk.state, "offer.make").allowed) return null;
  const preset = text ? { title: headline(text), description: text } : { title: desk.state.order.title };
  const sell = () => takeAction(desk, actionFor("offer.make"), { preset, draft: text });
  return button({ label: supportOffer, glyph: "tag", tone: "quiet", "data-testid": "support-offer" }, sell);
}

function claimRow(desk, state, { claim, by, reason, answer, ...row }) {
  const open = ["open", "picked_up"].includes(row.state);
  return h(
    "li",
    { class: open ? "" : "support-done", "data-testid": "claim", "data-state": row.state },
    h("p", {}, icon("shield"), h("span", {}, `${nameOf(state, by, desk.me)} · ${words.claim[row.state] ?? row.state}`)),
    reason && said(reason),
    answer && h("blockquote", { class: "said", dir: "auto" }, answer),
    open && small(desk, "moderation.reject_claim", { claim }),
  );
}

export function aftercare(desk, state) {
  const { review, support, statements, claims } = state;
  const items = support?.items ?? [];
  const supports = items.map((item) => supportRow(desk, state, item));
  const asked = claims.map((claim) => claimRow(desk, state, claim));
  return [
    reviewBlock(review),
    items.length ? block(words.support, "support", h("ul", { class: "support-list" }, supports)) : null,
    asked.length ? block(words.claims, "claims", h("ul", { class: "support-list" }, asked)) : null,
    statements.length ? block(words.statements, "statements", ...statements.map((one) => said(one.text))) : null,
  ];
}
