/* The words of what only leads see.
   Must never hold a rule: what somebody may do comes from the server. */

export const appeals = {
  rows: "Appeals",
  none: "No appeal waits.",
  of: (who) => `Appeal of ${who}`,
  decided: (who, when) => `decided by ${who}, ${when}`,
  says: (who, when) => `${who} says, ${when}:`,
  own: "You decided this: another lead rules.",
  thread: "The conversation",
};

export const policies = {
  caught: "What is done about what is caught",
  kind: "Kind",
  always: "Always",
  exempt: (names) => `Contacts are part of the work in: ${names.join(", ")}.`,
  profile: (name) => `Profile “${name}”. Who runs the server sets it.`,
  groups: { trade: "The trade", conversation: "The conversation" },
};
