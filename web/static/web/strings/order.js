/* Words of an order: its states, deadlines, what happens next, offers and proposals.
   Must never hold a rule or a number of the trade: those come from the server. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const states = {
  pending: "Waiting to start",
  in_progress: "In progress",
  late: "Late",
  delivered: "Delivered",
  revision_requested: "Revision requested",
  revision_refused: "Revision refused",
  frozen: "Under review",
  closed: "Closed",
  cancelled: "Cancelled",
  expired: "Expired",
};

export const deadlines = {
  start_by: "Start by",
  deliver_by: "Deliver by",
  answer_by: "Answer by",
  auto_close_at: "Closes by itself",
  expires_at: "Order expires",
  review_until: "Review until",
  chat_until: "Conversation ends",
  over: "overdue",
  left: (span) => `${span} left`,
};

/* What happens next, said to each side; {other} is the other party's name. */
export const next = {
  pending: {
    buyer: ({ other }) =>
      `${other} will start soon. Share everything they need; you can still withdraw for a full refund.`,
    seller: ({ other }) => `Read ${other}'s brief, ask what is unclear, then start the order.`,
    moderator: () => "Paid, waiting for the seller to start.",
  },
  in_progress: {
    buyer: ({ other, due }) =>
      `${other} is working on your order. If it is not delivered by ${due}, you may cancel alone for a full refund.`,
    seller: ({ other, due }) =>
      `Deliver here when your work is ready. If not delivered by ${due}, ${other} may cancel alone.`,
    moderator: ({ due }) => `The seller is working. If not delivered by ${due}, the buyer may cancel alone.`,
  },
  late: {
    buyer: ({ other }) => `The delivery date has passed. Talk to ${other}, or cancel for a full refund.`,
    seller: () => "The delivery date has passed. Deliver now: the buyer may cancel at any time.",
    moderator: () => "The delivery date has passed; the buyer may cancel alone.",
  },
  delivered: {
    buyer: ({ other }) => `Check ${other}'s delivery. Accept it to close the order, or ask for a revision.`,
    seller: ({ other }) => `${other} is checking your delivery. Without an answer the order closes by itself.`,
    moderator: () => "The buyer is checking the delivery; nobody may write.",
  },
  revision_requested: {
    buyer: ({ other }) => `${other} will accept or refuse the revision you asked for.`,
    seller: ({ other }) => `${other} asked for a revision. Accept it, or refuse with a reason.`,
    moderator: () => "The seller has to answer a revision request.",
  },
  revision_refused: {
    buyer: ({ other }) => `${other} refused the revision. Accept the delivery, or ask our team for help.`,
    seller: ({ other }) =>
      `${other} decides now: close the order, or ask our team. Without an answer it closes by itself.`,
    moderator: () => "The buyer closes the order or files a claim.",
  },
  frozen: {
    buyer: () => "Our team is looking into this order. The money is safe and every deadline stands still.",
    seller: () => "Our team is looking into this order. The money is safe and every deadline stands still.",
    moderator: () => "Frozen: write to both, read their statements, then resolve.",
  },
  closed: {
    buyer: ({ other }) => `Finished. You and ${other} can keep talking here for as long as you both like.`,
    seller: ({ other }) => `Finished and paid. Stay in touch: check in, give support, or make ${other} a new offer.`,
    moderator: () => "Finished; the conversation stays open until a party leaves.",
  },
  cancelled: {
    buyer: () => "Cancelled and fully refunded. You can still write to each other.",
    seller: () => "Cancelled; the buyer was fully refunded. You can still write to each other.",
    moderator: () => "Cancelled and fully refunded.",
  },
  left: {
    buyer: () => "This conversation is closed for good. Your review and your other orders are not affected.",
    seller: () => "This conversation is closed for good. Your wallet and your other orders are not affected.",
    moderator: () => "A party left: nobody can write here again.",
  },
  expired: {
    buyer: () => "This order ran out of time and is over.",
    seller: () => "This order ran out of time and is over.",
    moderator: () => "Ran out of time; the escrow went to the platform.",
  },
};

export const order = {
  price: "Price",
  previous: "Previous order",
  next: "Follow-up order",
  late: "Late",
  more: "Details",
  less: "Less",
  progress: "How far this order is",
  steps: { pending: "Placed", in_progress: "In progress", delivered: "Delivered", closed: "Closed" },
  notNow: (count) => `Not possible now (${count})`,
  until: (span) => `Possible in ${span}`,
  deadlines: "Deadlines",
  actions: "What you can do",
  review: "Review",
  reviewStates: { contested: "Contested. Our team decides whether it stays." },
  support: "After-sales support",
  statements: "Your statements",
  claims: "Requests for help",
  claim: {
    open: "Open",
    picked_up: "Being looked at",
    withdrawn: "Withdrawn",
    rejected: "Rejected",
    upheld: "Upheld",
    void: "Over",
  },
  removed: "Our team removed the review.",
  resolved: "Resolved",
  opened: (title) => `Order placed: ${title}`,
  placed: "Order placed",
};

export const offer = {
  title: (number) => `Offer ${number}`,
  days: (count) => plural(count, "day", "days"),
  delivery: "Delivery",
  revisions: "Revisions",
  expires: "Expires",
  states: {
    open: "Open",
    awaiting_payment: "Waiting for payment",
    accepted: "Accepted",
    declined: "Declined",
    withdrawn: "Withdrawn",
    expired: "Expired",
    void: "Void",
  },
  goTo: "Open the new order",
  buying: "You are buying exactly this",
  extends: "The price and the days are added to this running order.",
  starts: "A new order starts, with a conversation of its own.",
  acceptTitle: "Accept this offer?",
  pay: (price) => `Accept and pay ${price}`,
  accepted: "Offer accepted. Here is your new order.",
};

export const proposal = {
  kinds: { cancellation: "Cancellation", refund: "Partial refund", extension: "More time" },
  /* What accepting does. */
  effects: {
    cancellation: () => "The order ends, and the buyer is refunded in full.",
    refund: ({ amount }) => `${amount} goes back to the buyer; the order goes on.`,
    extension: ({ by }) => `The delivery date moves to ${by}.`,
  },
  answer: "Can be answered for",
  states: {
    open: "Open",
    accepted: "Accepted",
    declined: "Declined",
    withdrawn: "Withdrawn",
    expired: "Expired",
    void: "Void",
  },
};
