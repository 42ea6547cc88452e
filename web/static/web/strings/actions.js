/* Words of the buttons and dialogs, by capability; the table of actions.js gives them their shape.
   Must never hold a rule or a number of the trade: those come from the server. */

const reason = "Reason";

/* label: the button; confirm: what pressing it means; fields: labels; hints: said under a field;
   done: said afterwards, where nothing in the conversation shows it. */
export const actions = {
  "order.start": { label: "Start the order", confirm: "The delivery clock starts now." },
  "order.deliver": {
    label: "Deliver",
    fields: { note: "What do you deliver?" },
    hints: { note: "The chat pauses until the buyer has checked it." },
  },
  "order.close": {
    label: "Accept & close",
    confirm:
      "The seller is paid, and the order can never be changed, reopened or refunded. The conversation stays open.",
  },
  "order.accept_revision": { label: "Accept revision", confirm: "The order is in progress again." },
  "order.request_revision": { label: "Request revision", fields: { text: "What should change?" } },
  "order.refuse_revision": { label: "Refuse revision", fields: { reason: "Why do you refuse?" } },
  "order.decline": { label: "Decline the order", confirm: "The buyer is refunded in full and the order ends." },
  "order.withdraw": { label: "Withdraw the order", confirm: "You are refunded in full and the order ends." },
  "order.cancel": {
    label: "Cancel the order",
    fields: { reason },
    confirm: "The buyer is refunded in full and the order ends. This is final.",
  },
  "offer.make": {
    label: "Make an offer",
    fields: {
      title: "Title",
      price: "Price",
      description: "What is included",
      delivery_days: "Delivery days",
      revisions: "Revisions",
    },
    hints: { price: "An offer cannot be changed once it is made." },
  },
  "offer.request": { label: "Ask for an offer", fields: { text: "What do you need?" } },
  "offer.accept": { label: "Accept" },
  "offer.decline": { label: "Decline", confirm: "The seller is told that you do not want this offer." },
  "offer.withdraw": { label: "Withdraw", confirm: "The buyer can no longer accept this offer." },
  "review.write": { label: "Write a review", fields: { rating: "Rating", text: "How was it?" } },
  "review.reply": {
    label: "Reply to the review",
    fields: { text: "Your reply" },
    hints: { text: "You can reply once." },
  },
  "review.contest": {
    label: "Contest the review",
    fields: { ground: "Ground", text: "Explain" },
    hints: { text: "Disagreeing is not a ground." },
  },
  "support.open": { label: "Open a support request", fields: { text: "What is it about?" } },
  "support.resolve": { label: "Mark as resolved" },
  "proposal.make:cancellation": { label: "Propose to cancel", fields: { reason }, confirm: "The seller has to agree." },
  "proposal.make:refund": { label: "Propose a partial refund", fields: { amount: "Amount back to the buyer", reason } },
  "proposal.make:extension": { label: "Propose more time", fields: { deliver_by: "New delivery date", reason } },
  "proposal.accept": { label: "Accept", confirm: "This takes effect at once and cannot be taken back." },
  "proposal.decline": { label: "Decline", confirm: "The proposal ends." },
  "proposal.withdraw": { label: "Withdraw", confirm: "The proposal ends." },
  "claim.file": {
    label: "Ask our team for help",
    fields: { reason: "What happened?" },
    hints: { reason: "Only our team reads this." },
  },
  "claim.withdraw": { label: "Withdraw the request for help", confirm: "Our team will not look into it." },
  "message.redact": { label: "Delete", confirm: "Nobody in this conversation can read it any more." },
  "message.report": {
    label: "Report",
    fields: { reason: "What is wrong with it?" },
    done: "Thank you. Our team looks at it and tells you the outcome.",
  },
  "moderation.note": { label: "Internal note", fields: { text: "Note" }, hints: { text: "The parties never see it." } },
  "moderation.freeze": { label: "Freeze the order", fields: { reason } },
  "moderation.resolve": {
    label: "Rule on the dispute",
    fields: { outcome: "Ruling", amount: "The buyer's part, when the money is split", reason },
    hints: { reason: "Both parties read it. A ruling is final." },
  },
  "moderation.rule_review": {
    label: "Rule on the review",
    fields: { outcome: "Ruling", reason },
    hints: { reason: "Both parties read it." },
  },
  "moderation.reject_claim": {
    label: "Reject",
    fields: { reason },
    hints: { reason: "Only the person who asked for help reads it." },
  },
};

export const grounds = {
  abuse: "Abuse",
  personal_data: "Personal data",
  wrong_order: "Wrong order",
  blackmail: "Threat or blackmail",
  fake: "Paid or fake",
  illegal: "Illegal",
};

export const outcomes = {
  refund: "Full refund",
  split: "Split the money",
  resume: "The work goes on",
  pay: "Pay the seller",
  unfreeze: "Unfreeze, as it was",
};

export const rulings = { keep: "Keep the review", remove: "Remove the review" };

export const supportOffer = "Make it an offer";
