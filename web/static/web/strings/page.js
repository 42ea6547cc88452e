/* Words of the page around a conversation: lists, the line to the server, watching, faults.
   Must never hold a rule or a number of the trade: those come from the server. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const app = {
  name: "Order Threads",
  title: (unread) => (unread ? `(${unread}) Order Threads` : "Order Threads"),
  threads: "Conversations",
  conversation: "Conversation",
  search: "Search conversations",
  olderThreads: "Older conversations",
  searchNone: "No conversation matches.",
  archivedLabel: "Archived conversations",
  archived: (count, unread) => `Archived (${count})${unread ? ` · ${unread} unread` : ""}`,
  empty: "No orders yet",
  emptyHint: "When an order is placed, its conversation appears here.",
  pick: "Pick a conversation",
  pickHint: "Messages, offers and every step of an order live in its own thread.",
  loading: "Loading…",
  back: "Back to conversations",
  options: "Conversation options",
  signOut: "Sign out",
  staff: "Staff",
  console: "To the console",
  you: "You",
  today: "Today",
  yesterday: "Yesterday",
  close: "Close",
  cancel: "Cancel",
  confirm: "Confirm",
  details: "Order details",
  unread: (count) => plural(count, "unread message", "unread messages"),
  muted: "Muted",
  gone: "This conversation is not available to you.",
};

export const line = {
  connecting: "Connecting…",
  pending: "Waiting for the connection; it is sent as soon as that is back.",
  waiting: "Reconnecting… your messages are kept.",
  offline: "You are offline. Your messages are kept and sent when you are back.",
  stopped: (reason) => `The server ended this session (${reason}). Reload to try again.`,
  signedOut: "You have been signed out.",
  reload: "Reload",
  signIn: "Sign in",
};

export const list = {
  by: (name, text) => `${name}: ${text}`,
  typing: "typing…",
  offer: (title) => `Offer: ${title}`,
  /* For the last entry of a thread, where the server's list gives its kind only. */
  kinds: {
    "order.changed": (state) => `Order: ${state}`,
    "offer.made": () => "New offer",
    "offer.awaiting": () => "Payment under way",
    "offer.reopened": () => "Offer open again",
    "offer.accepted": () => "Offer accepted",
    "offer.declined": () => "Offer declined",
    "offer.withdrawn": () => "Offer withdrawn",
    "offer.expired": () => "Offer expired",
    "offer.voided": () => "Offer void",
    "payment.held": () => "Payment held safely",
    "payment.released": () => "Payment released",
    "payment.refunded": () => "Payment refunded",
    "message.redacted": () => "Message deleted",
    "thread.closed": () => "Conversation closed",
    "party.left": () => "Conversation closed",
    "review.written": () => "New review",
  },
  erased: "Message deleted",
  purposes: { support: "After-sales support", check_in: "Check-in" },
};

export const watch = {
  title: "Why do you open this conversation?",
  hint: "Every look is recorded with its reason and cannot be removed.",
  reason: "Reason (10 characters or more)",
  confirm: "Watch",
  until: "Watching ends",
  over: "Your watch has ended.",
};

export const conflict = {
  title: "The order changed while you were looking",
  state: (from, to) => `State: ${from} → ${to}`,
  price: (from, to) => `Price: ${from} → ${to}`,
  deadline: (name, to) => `${name}: ${to}`,
  other: "Its version is newer than the one you saw.",
  again: "Check it and confirm once more.",
};

export const faults = {
  generic: "That did not work. Please try again.",
  unknown: "We do not know yet whether this was done. Check the conversation before you try again.",
  required: "Please fill this in.",
  money: "Enter an amount, such as 120.00.",
  short: (least) => `At least ${least} characters.`,
  integer: (min, max) => `A whole number from ${min} to ${max}.`,
};
