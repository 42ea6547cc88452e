/* Every English word of the console, so that it can be translated and proofread as one text.
   Must never hold a rule or a number of the trade: those come from the server. */

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const console_ = {
  name: "Console",
  views: "Views",
  work: "Work",
  lead: "Lead",
  moderator: "Moderator",
  signOut: "Sign out",
  keys: "Keys",
  keysHint: "Press ? for the keys",
  noStaff: "This account is not staff any more.",
  more: "More",
  refresh: "Refresh",
  soon: "This server does not offer that yet.",
};

export const views = {
  queue: "Queue",
  feed: "Live feed",
  people: "People",
  audit: "Audit",
  appeals: "Appeals",
  policies: "Policies",
};

export const keys = {
  down: "Next row or message",
  up: "Row or message before",
  next: "Next item of the queue",
  take: "Take the item",
  back: "Put the item back",
  settle: "Decide the item",
  watch: "Look, with a reason",
  redact: "Remove the message",
  freeze: "Freeze the order",
  note: "Internal note",
  resolve: "Rule on the dispute",
  write: "Write a staff notice",
  talk: "Conversation",
  case: "Case",
  replay: "Replay",
  queue: "Queue",
  feed: "Live feed",
  people: "People",
  audit: "Audit",
  appeals: "Appeals",
  policies: "Policies",
  help: "These keys",
};

export const feed = {
  filters: "Filters",
  state: "State",
  anyState: "Any state",
  flagged: "Flagged only",
  user: "Person",
  currency: "Currency",
  from: "From",
  to: "To",
  language: "Language",
  sort: "Order",
  sorts: { newest: "Newest", risk: "Risk", waiting: "Waiting longest" },
  rows: "Live threads",
  none: "No thread fits these filters.",
  moved: (count) => plural(count, "thread came in", "threads came in"),
  risk: (risk) => `Risk ${risk}`,
  waits: (span) => `waits ${span}`,
  live: (count) => `${plural(count, "thread", "threads")} on screen, live`,
};

export const queue = {
  rows: "Queue",
  none: "Nothing waits. Well done.",
  kinds: {
    message: "Message",
    held: "Held message",
    claim: "Claim",
    review: "Contested review",
    appeal: "Appeal",
  },
  pick: "Pick an item, or press n for the next one.",
  taken: (who) => `in hand with ${who}`,
  mine: "in your hand",
  reports: (count) => plural(count, "report", "reports"),
  waits: (span) => `waits ${span}`,
  take: "Take it",
  takeHint: "The look is recorded with this item as its reason.",
  open: "Open",
  back: "Put back",
  decide: "Decide",
  inHand: "In your hand",
  left: "Yours for",
  between: (buyer, seller) => `${buyer} buys from ${seller}`,
  priority: (value) => `Priority ${value}`,
};

export const thread = {
  tabs: { talk: "Conversation", case: "Case", replay: "Replay" },
  unwatched: "Nothing is shown before you say why you look.",
  unwatchedHint: "The reason is recorded and stays.",
  watch: "Say why and look",
  gone: "There is no such conversation.",
  pickFirst: "Choose a message with j and k first.",
};

export const file = {
  refresh: "Read again",
  order: "The order",
  claims: "Claims",
  statements: "Statements",
  none: "None",
  noStatement: (name) => `${name} has not said anything to you yet.`,
  notes: "Internal notes",
  flags: "What was caught",
  reports: "Reports",
  held: "Held messages",
  originals: "As it was written",
  causes: { edited: "edited", redacted: "removed", masked: "masked" },
  contest: "Why the review is contested",
  settled: { upheld: "upheld", dismissed: "dismissed" },
  looks: "Looks",
  acts: "Acts of staff",
  history: "What happened",
  resolve: "Rule on the dispute",
  reject: "Reject",
  until: (when) => `until ${when}`,
  actions: { mask: "masked", hold: "held", flag: "flagged", allow: "allowed" },
};

export const replay = {
  seq: "As it stood after entry",
  at: "or at this moment",
  show: "Show",
  slider: "Entries of this conversation",
  stood: (seq, when) => `After entry ${seq}, ${when}`,
  state: "State",
  action: "Action",
  allowed: "possible",
  caps: "What each could do then",
  timeline: "What had happened by then",
  /* For what has no button of its own. */
  names: {
    "message.send": "Write",
    "message.send:support": "Write as support",
    "message.send:check_in": "Check in",
    "message.send:statement": "Make a statement to staff",
    "message.edit": "Edit a message",
    "message.redact": "Delete a message",
    "message.report": "Report a message",
    "offer.accept": "Accept an offer",
    "offer.decline": "Decline an offer",
    "offer.withdraw": "Withdraw an offer",
    "proposal.accept": "Accept a proposal",
    "proposal.decline": "Decline a proposal",
    "proposal.withdraw": "Withdraw a proposal",
    "support.resolve": "Mark a support request as resolved",
    "thread.leave": "Leave for good",
  },
};

export const people = {
  look: "Person",
  find: "Look up",
  hint: "The name under which the marketplace knows them.",
  threads: "Their conversations",
  none: "No conversation is theirs.",
};

export const audit = {
  rows: "Records",
  all: "All records",
  own: "Your own records",
  none: "No record yet.",
  user: "Person",
  thread: "Conversation",
  filter: "Show",
  columns: ["No.", "When", "Who", "Act", "About", "Reason", "Chain"],
};
