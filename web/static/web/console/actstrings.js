/* Words of the console's acts: what a button says, what it means, what is asked.
   Must never hold a rule or a number of the trade: those come from the server. */

export const acts = {
  "moderation.warn": {
    label: "Warn",
    fields: { reason: "Reason" },
    hints: { reason: "The person reads it, and may appeal." },
    done: "Warned.",
  },
  "moderation.suspend": {
    label: "Suspend",
    confirm: "Every door is shut on this person at once, live pages too.",
    fields: { reason: "Reason" },
    hints: { reason: "The person reads it, and may appeal." },
    done: "Suspended.",
  },
  "moderation.reinstate": { label: "Reinstate", fields: { reason: "Reason" }, done: "Reinstated." },
  "moderation.settle": {
    label: "Decide on the message",
    fields: { outcome: "Outcome", canned: "Begin with", reason: "Reason" },
    hints: { reason: "Whoever reported it and its author learn the outcome." },
    done: "Decided.",
  },
  "moderation.release_message": {
    label: "Release the message",
    confirm: "It is delivered now, at its place by now.",
    done: "Released.",
  },
  "moderation.reject_message": {
    label: "Refuse the message",
    fields: { canned: "Begin with", reason: "Reason" },
    hints: { reason: "Its author reads it." },
    done: "Refused.",
  },
  "moderation.rule_appeal": {
    label: "Rule on the appeal",
    fields: { outcome: "Ruling", reason: "Reason" },
    hints: { reason: "The person reads it. The ruling is final." },
    done: "Ruled.",
  },
  "message.redact": {
    label: "Remove the message",
    confirm: "Nobody in this conversation can read it any more; staff still can.",
    fields: { canned: "Begin with", reason: "Reason" },
    hints: { reason: "Its author reads it, and may appeal." },
    done: "Removed.",
  },
};

export const outcomes = {
  settle: { upheld: "Upheld: it breaks the rules", dismissed: "Dismissed: nothing is wrong with it" },
  appeal: { overturned: "Overturned: the person is right", upheld: "Upheld: it stays as it was" },
};

/* What was done to somebody, as it is said of them. */
export const deeds = {
  "moderation.warn": "warned",
  "moderation.suspend": "suspended",
  "moderation.settle": "a report was upheld",
  "moderation.reject_message": "a message was refused",
  "moderation.reject_claim": "a claim was rejected",
  "moderation.rule_review": "a review was ruled on",
  "message.redact": "a message was removed",
};
