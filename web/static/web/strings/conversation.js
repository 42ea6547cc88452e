/* Words of a conversation: messages, the composer and why it is locked, leaving.
   Must never hold a rule or a number of the trade: those come from the server. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const message = {
  edited: "edited",
  erased: "This message was deleted.",
  erasedByStaff: "Our team removed this message.",
  staff: "Staff notice",
  sending: "Sending…",
  sent: "Sent",
  delivered: "Delivered",
  seen: "Seen",
  kept: "Waiting for the connection; it will be sent.",
  held: "Waiting for a check by our team",
  refused: "Not sent",
  unsure: "Not confirmed",
  copy: "Copy text",
  copied: "Text copied",
  discard: "Discard",
  again: "Try again",
  menu: "Message options",
  reply: "Reply",
  edit: "Edit",
  remove: "Delete",
  report: "Report",
  older: "Loading earlier messages…",
  begin: "This is where it began.",
  unread: "New",
  toBottom: "Jump to the newest message",
  typing: (name) => `${name} is typing…`,
  online: "Online",
  offline: "Offline",
  original: "Earlier message",
  purposes: { check_in: "Check-in", support: "After-sales support", statement: "Statement to our team" },
  file: "File",
};

export const composer = {
  label: "Write a message",
  placeholder: (name) => `Message ${name}`,
  staff: "Write a staff notice; both parties see it",
  statement: "Your side, for our team only",
  support: (name) => `Support ${name} with what you delivered`,
  check_in: (name) => `Ask ${name} how the project is going`,
  purposes: { chat: "Message", check_in: "Check in", support: "Support", statement: "Statement" },
  purpose: "Kind of message",
  send: "Send",
  save: "Save",
  replying: (name) => `Replying to ${name}`,
  editing: "Editing your message",
  stop: "Cancel",
  tooLong: (over) => `${over} too many`,
  budgetSeller: (left, name) => `${plural(left, "message", "messages")} left until ${name} replies`,
  budgetBuyer: (left, name) => `${name} can write ${plural(left, "more message", "more messages")} until you reply`,
  budgetOver: (name) =>
    `You have written enough for now. You can go on when ${name} replies; offers are always possible.`,
};

export const locked = {
  title: "You cannot write here now",
  closedBy: (name) => `${name} left this conversation. It is closed for good.`,
  closedByYou: "You left this conversation. It is closed for good.",
  closed: "This conversation is closed for good.",
  delivered: {
    buyer: "Chat pauses while you check the delivery. Accept it or ask for a revision to go on.",
    seller: (name) => `Chat pauses while ${name} checks your delivery.`,
  },
  frozen: "Chat pauses while our team looks into this order.",
  expired: "This order has expired; its conversation can only be read.",
  watching: "You are watching. Nothing you do here is shown to the parties.",
};

export const leave = {
  item: "Leave conversation",
  title: "Leave for good?",
  lead: "Maybe this is enough:",
  mute: "Mute",
  muteHint: "Stay, without notifications.",
  unmute: "Unmute",
  archive: "Archive",
  archiveHint: "Put it away; it comes back when you want it.",
  unarchive: "Take out of the archive",
  lost: "If you leave",
  losses: (other) => [
    `Neither you nor ${other} can ever write here again.`,
    "Open offers and proposals become void.",
    "Nobody can undo it, not even our team.",
  ],
  kept: "What stays",
  keeps: ["Both of you can still read everything.", "The right to review, your wallet and your other conversations."],
  understand: "I understand that this is final",
  confirm: "Leave for good",
};
