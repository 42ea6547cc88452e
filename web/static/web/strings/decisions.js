/* Words of what our team decided about a person.
   Must never hold a rule or a number of the trade: those come from the server. */

export const decisions = {
  open: "Decisions of our team about you",
  title: "Decisions of our team",
  measures: {
    "message.redact": "We took down a message of yours.",
    "moderation.reject_message": "We did not let a message of yours through.",
    "moderation.settle": "A message of yours was reported, and we agree with the report.",
    "moderation.warn": "We gave you a warning.",
    "moderation.suspend": "We suspended your account.",
    "moderation.reinstate": "We reinstated your account.",
    "moderation.reject_claim": "We rejected your request for help.",
    "moderation.rule_review": "We removed your review.",
    "moderation.resolve": "We decided a dispute of yours.",
  },
  other: "We took a decision about you.",
  thread: "Open the conversation",
  until: (when) => `You can appeal once, until ${when}.`,
  appeal: "Appeal",
  appealLead: "Somebody who did not take the decision will look at it.",
  appealField: "Why do you not agree?",
  appealed: "Your appeal",
  waits: "Somebody who did not take the decision will look at it.",
  upheld: "The decision stands.",
  overturned: "The decision was overturned.",
};
